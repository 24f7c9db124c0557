//! A believable organisation for `--demo` and for tests.

use crate::Services;
use domain::{
    Error, Language, OrganisationId, Permission, PermissionSet, RoleId, UserId,
    billing::BillingForm,
    history::{Action, Subject},
    name::{OrganisationName, RoleName},
    partners::{PartnerForm, PartnerKind},
    users::Contact,
};
use store::{Grant, System, billing, history, notice, partners, roles, set_up, users};

/// The accounts, by the part of their address before `@demo.test`, with name and role.
pub const ACCOUNTS: [(&str, &str, Option<&str>); 8] = [
    ("admin", "Alex Admin", None),
    ("billing", "Bea Brandt", Some("Billing manager")),
    ("viewer", "Vincent Okoro", Some("Partner manager")),
    ("external", "Elena Rossi", Some("External agency")),
    ("dpo", "Dana Petersen", Some("Data protection officer")),
    ("carla", "Carla Nowak", Some("Billing manager")),
    ("tom", "Tom Lindqvist", Some("Partner manager")),
    ("mina", "Mina Haddad", Some("Partner manager")),
];

const ROLES: [(&str, &[Permission]); 4] = [
    ("Billing manager", &[Permission::BillingEdit, Permission::HistoryView]),
    ("Partner manager", &[Permission::PartnersEdit, Permission::BillingView, Permission::UsersView]),
    ("External agency", &[Permission::PartnersView]),
    (
        "Data protection officer",
        &[
            Permission::PrivacyManage,
            Permission::UsersView,
            Permission::HistoryView,
            Permission::InsightsView,
        ],
    ),
];

/// Fills an empty database; does nothing where there is an organisation already.
///
/// # Errors
/// `Invalid` for a password that is too short; `Internal`.
pub async fn fill(services: &Services, password: &str) -> Result<bool, Error> {
    let mut read = services.store().read().await?;
    if !set_up::is_empty(&mut read).await? {
        return Ok(false);
    }
    drop(read);
    let hash = services.hashing().hash(password).await?;
    let first = first_organisation("Northwind Partners", "demo.test", &hash)?;
    let (organisation, admin) = set_up::create(services.store(), first).await?;
    fill_organisation(services, organisation, admin, ("demo.test", &hash)).await?;
    Ok(true)
}

/// The same again under another name and with addresses at `domain`: a foreign organisation, for
/// tests.
///
/// # Errors
/// `Internal`.
#[cfg(feature = "testing")]
pub async fn fill_another(
    services: &Services,
    name: &str,
    domain: &str,
    password: &str,
) -> Result<(), Error> {
    let hash = services.hashing().hash(password).await?;
    let next = first_organisation(name, domain, &hash)?;
    let (organisation, admin) = set_up::create_another(services.store(), next).await?;
    fill_organisation(services, organisation, admin, (domain, &hash)).await
}

fn first_organisation(name: &str, domain: &str, hash: &str) -> Result<set_up::FirstOrganisation, Error> {
    let (admin, admin_name, _) = ACCOUNTS[0];
    Ok(set_up::FirstOrganisation {
        name: OrganisationName::parse(name).map_err(invalid)?,
        time_zone: "Europe/Berlin".into(),
        admin: contact(admin_name, admin, domain)?,
        password_hash: hash.to_owned(),
        language: Language::English,
        notice: crate::notice::shipped(name),
    })
}

async fn fill_organisation(
    services: &Services,
    organisation: OrganisationId,
    admin: UserId,
    (domain, password_hash): (&str, &str),
) -> Result<(), Error> {
    let people = prepare_people(services, organisation, domain).await?;
    let hash = password_hash.to_owned();
    services
        .store()
        .write(async move |tx| {
            let system = Grant::<System>::acting_as(organisation, admin);
            let mut ids = Vec::new();
            for (name, permissions) in ROLES {
                let set =
                    permissions.iter().fold(PermissionSet::EMPTY, |set, permission| set.grant(*permission));
                let role = RoleName::parse(name).map_err(|_| store::Error::Corrupt("demo role"))?;
                ids.push((name, roles::create_filled(tx, &system, &role, set).await?));
            }
            for (account, role) in &people {
                let held: Vec<RoleId> =
                    ids.iter().filter(|(name, _)| Some(*name) == *role).map(|(_, id)| *id).collect();
                let user: UserId = account.user();
                users::create_active(tx, &system, account.clone(), &hash, &held).await?;
                history::record(tx, &system, Action::UserCreated, Subject::User(user)).await?;
            }
            notice::agree_all(tx, &system).await?;
            for number in 0..60 {
                fill_partner(tx, &system, number).await?;
            }
            crate::newsletters::fill_demo(tx, &system).await?;
            billing::save_demo(tx, &system, billing::Owner::Organisation, &own_billing()?).await
        })
        .await?;
    Ok(())
}

async fn prepare_people(
    services: &Services,
    organisation: OrganisationId,
    domain: &str,
) -> Result<Vec<(users::NewAccount, Option<&'static str>)>, Error> {
    let system = Grant::<System>::system(organisation);
    let mut people = Vec::new();
    for (local, name, role) in &ACCOUNTS[1..] {
        let external = *local == "external";
        let contact = contact(name, local, domain)?;
        let draft = users::Draft {
            contact: &contact,
            external,
            access_ends_at: None,
            language: domain::Language::default(),
        };
        people.push((users::prepare_demo(services.store(), &system, &draft).await?, *role));
    }
    Ok(people)
}

fn contact(name: &str, local: &str, domain: &str) -> Result<Contact, Error> {
    Ok(Contact::parse(name, &format!("{local}@{domain}"))?)
}

fn invalid(problem: domain::Problem) -> Error {
    domain::FieldError { field: domain::Field::Name, problem }.into()
}

const FIRST: [&str; 20] = [
    "Aurelio",
    "Bergmann",
    "Cormorant",
    "Delacroix",
    "Evergreen",
    "Fjordlight",
    "Granada",
    "Harbour",
    "Ilmarinen",
    "Juniper",
    "Kestrel",
    "Lindgren",
    "Meridian",
    "Novák",
    "Östergård",
    "Pemberton",
    "Quintero",
    "Rosenthal",
    "Solstice",
    "Tamarind",
];
const SECOND: [(&str, PartnerKind); 6] = [
    ("Media", PartnerKind::Publisher),
    ("Comparisons", PartnerKind::Comparison),
    ("Cashback", PartnerKind::Cashback),
    ("Influence", PartnerKind::Influencer),
    ("Partners", PartnerKind::Agency),
    ("Network", PartnerKind::Network),
];
/// Country, legal form, city, postal code, currency, length of the national part of an IBAN.
const PLACES: [(&str, &str, &str, &str, &str, usize); 6] = [
    ("DE", "GmbH", "Berlin", "10115", "EUR", 18),
    ("SE", "AB", "Stockholm", "114 51", "SEK", 20),
    ("AT", "GmbH", "Wien", "1010", "EUR", 16),
    ("BE", "BV", "Antwerpen", "2000", "EUR", 12),
    ("DK", "ApS", "København", "1050", "DKK", 14),
    ("ES", "SL", "Madrid", "28001", "EUR", 20),
];

async fn fill_partner(tx: &mut store::Tx, system: &Grant<System>, number: usize) -> store::Result<()> {
    let (first, (second, kind)) = (FIRST[number % FIRST.len()], SECOND[number % SECOND.len()]);
    let place = PLACES[(number / 3) % PLACES.len()];
    let name = match number / FIRST.len() {
        0 => format!("{first} {second} {}", place.1),
        1 => format!("{first} & Sons {second} {}", place.1),
        _ => format!("{first} {second} International {}", place.1),
    };
    let form = PartnerForm {
        name: name.clone(),
        kind,
        website: format!("https://www.{}-{number}.example", store::sort_key(first)),
        country: place.0.to_owned(),
        contact_person: ["Ida Holm", "Jonas Weber", "Sofia Marin", "Priya Nair"][number % 4].to_owned(),
        note: if number.is_multiple_of(5) {
            "Prefers to be called in the morning.".into()
        } else {
            String::new()
        },
    };
    let fields = form.parse().map_err(domain::Error::from)?;
    let id = partners::create_demo(tx, system, &fields).await?;
    history::record(tx, system, Action::PartnerCreated, Subject::Partner(id)).await?;
    let details =
        partner_billing(&name, number, place).parse(Language::English).map_err(domain::Error::from)?;
    billing::save_demo(tx, system, billing::Owner::Partner(id), &details).await
}

fn partner_billing(
    name: &str,
    number: usize,
    (country, _, city, postal_code, currency, length): (&str, &str, &str, &str, &str, usize),
) -> BillingForm {
    BillingForm {
        legal_name: name.to_owned(),
        contact: "Accounts payable".into(),
        address_line_1: format!("{} {}", ["Storgatan", "Hauptstraße", "Calle Mayor"][number % 3], number + 1),
        postal_code: postal_code.into(),
        city: city.into(),
        country: country.into(),
        vat_id: format!("{country}{}", 100_000_000 + number * 7_919),
        tax_number: format!("{:02}/{:03}/{:05}", number + 10, number + 200, 40_000 + number * 37),
        registration_number: format!("{}-{}", 556_000 + number, 1000 + number * 7),
        iban: iban(country, 37_040_044_053_201_u64 * (number as u64 + 3), length),
        bic: format!("DEMO{country}2X"),
        account_holder: name.to_owned(),
        currency: currency.into(),
        payment_terms_days: ["14", "30", "60"][number % 3].into(),
        minimum_payout: ["50.00", "100.00", "500.00"][number % 3].into(),
        invoice_email: format!("invoices@partner-{number}.example"),
        purchase_order_reference: format!("PO-2026-{number:04}"),
        ..BillingForm::default()
    }
}

fn own_billing() -> store::Result<domain::billing::BillingDetails> {
    let place = PLACES[0];
    let form = BillingForm {
        invoice_email: "accounts@northwind.example".into(),
        ..partner_billing("Northwind Partners GmbH", 77, place)
    };
    Ok(form.parse(Language::English).map_err(domain::Error::from)?)
}

/// A made-up account number with the right check digits (ISO 13616).
fn iban(country: &str, account: u64, length: usize) -> String {
    let national = format!("{account:0>length$}");
    let national = &national[national.len() - length..];
    (2..99)
        .map(|check| format!("{country}{check:02}{national}"))
        .find(|candidate| domain::iban::Iban::parse(candidate).is_ok())
        .unwrap_or_default()
}

/// The addresses to try: one for each role.
#[must_use]
pub fn addresses() -> Vec<String> {
    ACCOUNTS.iter().take(5).map(|(local, ..)| format!("{local}@demo.test")).collect()
}
