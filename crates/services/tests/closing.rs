//! Closing an organisation: all of it goes and nothing of others, whoever does it and wherever a server
//! dies in between.

mod support;

use domain::{
    Conflict, Error, Field, FieldError, Problem,
    closing::{CloseOrganisation, Going},
    newsletters::{FindNewsletter, SetSwitch},
    notice::SaveNotice,
    partners::{ChangePartnerStatus, CreatePartner, ListPartners, PartnerForm},
    requests::{FileRequest, RequestKind},
    sign_in::{SetUp, Visitor},
    users::{AssignRole, AssignRoles, CreateUser, FindUser},
};
use services::{
    Services, closing, demo,
    mail::{Delivery, deliver_next},
    newsletters::{self, switches},
    notice, partners, privacy, requests, roles, sign_in, support as channels, users,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::Ordering::Relaxed,
};
use store::{Caller, Proven, Store, Tx, closing as stored, grants::RolesManage, housekeeping::tidy_up};
use support::{PASSWORD, World, canaries::Canaries};

const NAME: &str = "Northwind Partners";
/// What belongs to the installation and no organisation.
const OF_ALL: [&str; 4] = ["attempt", "receipt", "set_up_link", "usage_count"];

type Dump = BTreeMap<String, Vec<String>>;

fn named(name: &str) -> CloseOrganisation {
    CloseOrganisation { name: name.into() }
}

fn proven(caller: &Caller, services: &Services) -> Proven {
    caller.proven(services.store().clock().now()).expect("signed in just now")
}

/// The first step, as far as a server got that died then.
async fn mark(services: &Services, admin: &Caller) {
    let grant = admin.require::<RolesManage>().expect("the right");
    let proven = proven(admin, services);
    let write = async move |tx: &mut Tx| {
        let admin = stored::require_admin(tx, &grant).await?;
        stored::begin(tx, &admin, &proven).await
    };
    services.store().write(write).await.expect("the mark");
}

/// Fills what the demo leaves empty, so that there is a row in every table.
async fn plant(world: &World) -> Caller {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let bea = world.caller("billing").await;
    for text in ["Why?", "And why not?"] {
        let request = FileRequest { kind: RequestKind::Access, text: text.into() };
        requests::file(services, &bea, request).await.expect("filed");
    }
    let id = newsletters::list(services, &admin).await.expect("newsletters")[0].id;
    newsletters::issues::write(services, &admin, FindNewsletter { id }).await.expect("a draft");
    let switch = switches::list(services, &bea).await.expect("switches").remove(0);
    let on = SetSwitch { id: switch.id, text_version: switch.text_version, on: true };
    switches::set(services, &bea, on).await.expect("on");
    let draft = notice::find_draft(services, &admin).await.expect("a draft");
    let draft = SaveNotice { current: draft.current, version: draft.version, texts: draft.texts };
    notice::save_draft(services, &admin, draft).await.expect("saved");
    let mut form = channels::settings(services, &admin).await.expect("channels");
    form.channels[0].address = "help@demo.test".into();
    form.protection_contact = "Dana".into();
    channels::save(services, &admin, form).await.expect("saved");
    let some = partners::list(services, &admin, ListPartners::default()).await.expect("partners").partners;
    let request = ChangePartnerStatus { id: some[0].id, version: 1 };
    partners::delete(services, &admin, request).await.expect("deleted");
    let (name, email) = ("Nora New".into(), "nora@demo.test".into());
    users::create(services, &admin, CreateUser { name, email, ..CreateUser::default() })
        .await
        .expect("invited");
    users::find(services, &admin, FindUser { id: bea.user() }).await.expect("looked at");
    privacy::start_export(services, &bea).await.expect("asked for");
    let (tom, now) = (world.caller("tom").await, services.store().clock().now());
    let ended = tom.proven(now).expect("signed in just now");
    store::termination::terminate(services.store(), &tom.own(), &ended).await.expect("a former user");
    store::chain::seal_all(services.store()).await.expect("sealed");
    admin
}

/// The rows that hang together with this id, over whatever other ids they name.
fn connected(dump: &Dump, id: &str) -> BTreeSet<(String, String)> {
    let ids_of = |row: &str| -> Vec<String> {
        let words = row.split(|letter: char| !letter.is_ascii_hexdigit());
        words.filter(|word| word.len() == 32).map(str::to_owned).collect()
    };
    let mut known = BTreeSet::from([id.to_owned()]);
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        for (table, row) in dump.iter().flat_map(|(table, rows)| rows.iter().map(move |row| (table, row))) {
            let ids = ids_of(row);
            if ids.iter().any(|id| known.contains(id)) {
                found.insert((table.clone(), row.clone()));
                known.extend(ids);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn rows(dump: &Dump) -> BTreeSet<(String, String)> {
    let of_organisations = dump.iter().filter(|(table, _)| !OF_ALL.contains(&table.as_str()));
    of_organisations.flat_map(|(table, rows)| rows.iter().map(|row| (table.clone(), row.clone()))).collect()
}

async fn everything(world: &World) -> BTreeSet<(String, String)> {
    rows(&world.throwaway.dump().await)
}

/// Helps along what goes on behind the answer.
async fn until_gone(world: &World, id: &str) {
    let gone = async {
        while world.throwaway.dump().await["organisation"].iter().any(|row| row.contains(id)) {
            stored::resume(world.services.store()).await.expect("resumed");
        }
    };
    tokio::time::timeout(A_WHILE, gone).await.expect("it is under way");
}

const A_WHILE: std::time::Duration = std::time::Duration::from_secs(60);

on_both!(all_of_it_goes_and_nothing_of_others, async |world: World| {
    let (services, admin) = (&world.services, plant(&world).await);
    let id = admin.organisation().0.simple().to_string();
    let of_one = everything(&world).await;
    for (table, _) in stored::TABLES {
        assert!(of_one.iter().any(|(name, _)| name == table), "{table} is empty, so nothing is shown");
    }
    demo::fill_another(services, "Southwind", "south.test", PASSWORD).await.expect("another");
    let before = world.throwaway.dump().await;
    let other = before["organisation"].iter().find(|row| !row.contains(&id)).expect("another");
    let other = other.split(|letter: char| !letter.is_ascii_hexdigit()).find(|word| word.len() == 32);
    let of_other = connected(&before, other.expect("an id"));
    assert!(of_other.len() > 100 && of_other.is_disjoint(&of_one), "{}", of_other.len());

    closing::close(services, &admin, &named(NAME)).await.expect("closed");
    until_gone(&world, &id).await;
    assert_eq!(everything(&world).await, of_other);
});

/// Every row of the one organisation gets a mark into what is plain of it and into what it is sorted by.
const MARKED: [&str; 5] = [
    "UPDATE person SET name = 'kanarie-person-' || name
     WHERE organisation_id = (SELECT id FROM organisation WHERE name = 'Northwind Partners')",
    "UPDATE account SET sort_key = 'kanarie-sort-key-' || sort_key
     WHERE organisation_id = (SELECT id FROM organisation WHERE name = 'Northwind Partners')",
    "UPDATE partner SET sort_key = 'kanarie-partner-' || sort_key, note = 'kanarie-note-' || name
     WHERE organisation_id = (SELECT id FROM organisation WHERE name = 'Northwind Partners')",
    "UPDATE billing_version SET search_text = 'kanarie-billing-' || search_text
     WHERE organisation_id = (SELECT id FROM organisation WHERE name = 'Northwind Partners')",
    "UPDATE role SET sort_key = 'kanarie-role-' || sort_key
     WHERE organisation_id = (SELECT id FROM organisation WHERE name = 'Northwind Partners')",
];

on_both!(not_one_byte_of_it_is_left, async |world: World| {
    let (services, admin) = (&world.services, plant(&world).await);
    demo::fill_another(services, "Southwind", "south.test", PASSWORD).await.expect("another");
    let mut canaries = Canaries::default();
    for (name, statement) in ["person", "sort-key", "partner", "billing", "role"].into_iter().zip(MARKED) {
        canaries.add(name, format!("kanarie-{name}-"));
        world.throwaway.execute(statement).await;
    }
    assert_eq!(canaries.in_any_form(&world.throwaway.everything().await), canaries.names());
    mark(services, &admin).await;
    assert_eq!(finish(services.store().clone(), admin.organisation()).await, Ok(true));
    assert_eq!(canaries.found(&world.throwaway.everything().await), BTreeSet::new());
    assert!(everything(&world).await.len() > 100, "the other organisation is there");
});

on_both!(the_dry_run_says_what_is_there, async |world: World| {
    let admin = plant(&world).await;
    let preview = closing::preview(&world.services, &admin).await.expect("numbers");
    let dump = world.throwaway.dump().await;
    let count = |going| preview.parts.iter().find(|part| part.going == going).map_or(0, |part| part.count);
    for (going, table) in [
        (Going::Users, "account"),
        (Going::Roles, "role"),
        (Going::Partners, "partner"),
        (Going::BillingDetails, "billing_version"),
        (Going::History, "history"),
        (Going::DataRequests, "data_request"),
        (Going::Newsletters, "newsletter"),
        (Going::Notices, "notice"),
    ] {
        assert_eq!(usize::try_from(count(going)), Ok(dump[table].len()), "{table}");
    }
    assert_eq!((count(Going::FormerUsers), count(Going::OpenRequests)), (1, 2));
    assert_eq!(preview.organisation, NAME);
});

on_both!(any_platform_admin_may_with_name_and_proof_and_nobody_else, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let bea = world.caller("billing").await;
    let forbidden = Err(Error::Forbidden { needs: Some(domain::Permission::RolesManage) });
    assert_eq!(closing::close(services, &bea, &named(NAME)).await, forbidden);
    // Whoever holds the right to hand out roles is no platform admin yet.
    for grant in ["roles.manage", "users.view"] {
        let sql = match grant {
            "roles.manage" => {
                "INSERT INTO role_permission SELECT id, 'roles.manage' FROM role WHERE name = 'Billing manager'"
            }
            _ => {
                "INSERT INTO role_permission SELECT id, 'users.view' FROM role WHERE name = 'Billing manager'"
            }
        };
        world.throwaway.execute(sql).await;
    }
    let bea = world.caller("billing").await;
    assert_eq!(closing::close(services, &bea, &named(NAME)).await, Err(Error::Forbidden { needs: None }));
    assert!(closing::preview(services, &bea).await.is_err());

    let tom = world.caller("tom").await.user();
    let matrix = roles::matrix(services, &admin).await.expect("roles").roles;
    let system = matrix.iter().find(|role| role.system).expect("Platform admin").id;
    users::assign_roles(services, &admin, AssignRoles { id: tom, version: 1, roles: vec![system] })
        .await
        .expect("a second admin");
    // Who was one when the request came, but is none when it comes to its turn.
    let former = world.caller("tom").await;
    let billing = matrix.iter().find(|role| role.name == "Billing manager").expect("Billing manager").id;
    let assign = async |role, held| {
        let request = AssignRole { role, users: vec![former.user()], held };
        users::assign_role(services, &admin, request).await.expect("assigned");
    };
    assign(billing, true).await;
    assign(system, false).await;
    assert_eq!(closing::close(services, &former, &named(NAME)).await, Err(Error::Forbidden { needs: None }));
    assign(system, true).await;
    sign_in::sign_out(services, &former).await.expect("signed out");
    assert_eq!(closing::close(services, &former, &named(NAME)).await, Err(Error::Unauthenticated));

    let tom = world.caller("tom").await;
    let another = FieldError { field: Field::Organisation, problem: Problem::AnotherName };
    for wrong in ["", "northwind partners", "Northwind"] {
        assert_eq!(closing::close(services, &tom, &named(wrong)).await, Err(another.into()), "{wrong}");
    }
    let hand = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(services.store().clock().now()));
    hand.fetch_add(11 * 60 * 1000, Relaxed);
    let later = world.server_at(&hand).await;
    assert_eq!(closing::close(&later, &tom, &named(NAME)).await, Err(Error::ProofNeeded));
    assert!(world.try_sign_in("mina@demo.test").await.is_ok(), "nothing happened so far");
    closing::close(services, &tom, &named(&format!(" {NAME} "))).await.expect("closed");
    until_gone(&world, &tom.organisation().0.simple().to_string()).await;
});

on_both!(from_the_mark_on_nobody_gets_in, async |world: World| {
    let (services, admin) = (&world.services, plant(&world).await);
    let token = world.token("mina").await;
    assert!(sign_in::resolve(services, &token).await.expect("an answer").is_some());
    mark(services, &admin).await;
    assert!(sign_in::resolve(services, &token).await.expect("an answer").is_none(), "signed out");
    let refused = world.try_sign_in("mina@demo.test").await;
    assert_eq!(refused.err(), Some(Conflict::WrongCredentials.into()));
    assert!(sign_in::options(services).await.expect("options").needs_set_up, "it is not named any more");
    assert_eq!(deliver_next(services).await, Ok(Delivery::Nothing), "nobody is written to");
    // Somebody whose request was just under way brings nobody in.
    let (name, email) = ("Late Comer".into(), "late@demo.test".into());
    let late = users::create(services, &admin, CreateUser { name, email, ..CreateUser::default() }).await;
    assert_eq!(late.err(), Some(Error::Unauthenticated));
    let keys = world.throwaway.dump().await;
    assert_eq!(keys["user_key"].len(), keys["account"].len(), "and leaves no key");
});

on_both!(whoever_starts_next_finishes_it, async |world: World| {
    let (services, admin) = (&world.services, plant(&world).await);
    let organisation = admin.organisation();
    mark(services, &admin).await;
    // A request that was under way writes once more.
    let fields = PartnerForm { name: "Last one".into(), ..PartnerForm::default() };
    partners::create(services, &admin, CreatePartner { fields }).await.expect("it came through");
    let second = world.throwaway.second().await;
    stored::destroy_keys(&second, organisation).await.expect("the keys");
    assert!(world.throwaway.dump().await["user_key"].is_empty());
    for _ in 0..3 {
        assert!(stored::step(&second, organisation).await.expect("a step"));
    }
    second.close().await;
    let left = everything(&world).await.len();
    assert!(left > 1, "something is left to do");

    tidy_up(&world.throwaway.second().await).await.expect("tidied");
    assert_eq!(everything(&world).await, BTreeSet::new());
    assert_eq!(stored::resume(services.store()).await.expect("resumed"), 0, "doing it again is fine");
    // As on an empty database: the link is offered, and the same name and address can begin anew.
    assert!(sign_in::set_up_link(services).await.expect("an answer").is_some());
    let request = SetUp {
        token: String::new(),
        organisation: NAME.into(),
        name: "Ada New".into(),
        email: "admin@demo.test".into(),
        password: "tram velvet oxide lantern".into(),
    };
    sign_in::create_first(services, &request).await.expect("created");
    let sign = domain::sign_in::SignIn {
        email: request.email,
        password: request.password,
        organisation: String::new(),
        return_to: String::new(),
    };
    assert!(sign_in::sign_in(services, Visitor::default(), sign).await.is_ok());
});

async fn finish(store: Store, organisation: domain::OrganisationId) -> Result<bool, String> {
    stored::finish(&store, organisation).await.map_err(|error| error.to_string())
}

on_both!(two_may_be_at_it_at_once, async |world: World| {
    let admin = plant(&world).await;
    let organisation = admin.organisation();
    mark(&world.services, &admin).await;
    let (one, two) = (world.throwaway.second().await, world.throwaway.second().await);
    let (one, two) = (tokio::spawn(finish(one, organisation)), tokio::spawn(finish(two, organisation)));
    let done = [one.await.expect("ended"), two.await.expect("ended")];
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    stored::resume(world.services.store()).await.expect("resumed");
    assert_eq!(everything(&world).await, BTreeSet::new());
});

on_both!(by_command_it_is_done_by_its_name, async |world: World| {
    let services = &world.services;
    plant(&world).await;
    assert_eq!(closing::preview_named(services, "Nothing").await.err(), Some(Error::NotFound));
    let (organisation, preview) = closing::preview_named(services, NAME).await.expect("numbers");
    assert!(preview.parts.iter().any(|part| part.going == Going::Users && part.count > 5));
    assert_eq!(closing::close_by_command(services, organisation).await, Ok(true));
    assert_eq!(everything(&world).await, BTreeSet::new());
    demo::fill(services, PASSWORD).await.expect("anew");
    demo::fill_another(services, NAME, "south.test", PASSWORD).await.expect("another of that name");
    let twice = closing::preview_named(services, NAME).await;
    assert_eq!(twice.err(), Some(Conflict::NotInThatState.into()), "which one is not clear");
});

/// The mark is the last to go, so that what the logs still hold is not forgotten.
#[tokio::test(flavor = "multi_thread")]
async fn while_somebody_reads_the_files_it_is_not_done() {
    let world = World::new(store::testing::Throwaway::sqlite().await).await;
    let admin = world.caller("admin").await;
    mark(&world.services, &admin).await;
    let reader = world.throwaway.hold("keys.db").await;
    assert_eq!(finish(world.services.store().clone(), admin.organisation()).await, Ok(false));
    assert_eq!(everything(&world).await.len(), 1, "the organisation, and nothing else");
    reader.release().await;
    tidy_up(world.services.store()).await.expect("tidied");
    assert_eq!(everything(&world).await, BTreeSet::new());
}

#[test]
fn every_table_is_erased_or_belongs_to_nobody() {
    let registered: BTreeSet<_> = store::personal_data::REGISTER.iter().map(|column| column.table).collect();
    let hang_on_accounts = store::receipts::TABLES.iter().map(|(table, _)| *table);
    let mut erased: BTreeSet<_> =
        stored::TABLES.iter().map(|(table, _)| *table).chain(hang_on_accounts).collect();
    erased.extend(OF_ALL);
    erased.insert("organisation");
    assert_eq!(erased, registered);
}
