//! What is told by mail, to whom, and in which words.

mod support;

use domain::{
    Conflict, Error, Language, PermissionSet, UserId,
    device::Device,
    mail::{MailProblem, MailState, Message},
    profile::SaveProfile,
    roles::{DeleteRole, SetPermissions},
    sign_in::{CheckLink, LinkPurpose, SetLanguage, SetPassword, Visitor},
    users::{AssignRoles, CreateUser, IssueLink},
};
use services::{
    Services, links,
    mail::{Delivery, Mailer, Received, deliver_next},
    profile, roles, sign_in, users,
};
use store::{Caller, Grant, grants::UsersManage, mail};
use support::World;

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";

async fn queue(services: &Services, caller: &Caller, to: UserId, message: Message) {
    let grant = Grant::system(caller.organisation());
    let queued = services.store().write(async move |tx| mail::queue(tx, &grant, to, message).await);
    queued.await.expect("queued");
}

/// Everything that is due, newest first.
async fn deliver(world: &World) -> Vec<Received> {
    let before = world.services.inbox().expect("an inbox").all().len();
    while deliver_next(&world.services).await.expect("delivered") != Delivery::Nothing {}
    let mut all = world.services.inbox().expect("an inbox").all();
    all.truncate(all.len() - before);
    all
}

async fn addresses(world: &World) -> Vec<String> {
    let mut all: Vec<_> =
        deliver(world).await.into_iter().map(|mail| mail.address.reveal().to_owned()).collect();
    all.sort();
    all
}

fn somebody(email: &str) -> CreateUser {
    CreateUser { name: "Nora <b>Bold</b>".into(), email: email.into(), ..CreateUser::default() }
}

async fn set_password(services: &Services, purpose: LinkPurpose, token: &str) -> Result<(), Error> {
    let request = SetPassword { token: token.into(), password: support::PASSWORD.into() };
    links::set_password(services, Visitor::default(), purpose, request).await.map(drop)
}

const MESSAGES: [Message; 13] = [
    Message::Invitation,
    Message::PasswordReset,
    Message::AddressConfirmation,
    Message::AddressChange,
    Message::RightsChanged,
    Message::PasswordChanged,
    Message::PasskeyAdded,
    Message::PasskeyRemoved,
    Message::SecondFactorOn,
    Message::SecondFactorOff,
    Message::NewDevice(Device {
        browser: domain::device::Browser::Other,
        system: domain::device::System::Other,
    }),
    Message::DataRequestAnswered,
    Message::DataRequestExtended,
];

on_both!(every_message_is_written_in_every_language, async |world: World| {
    let admin = world.caller("admin").await;
    let nora = users::create(&world.services, &admin, somebody("nora@demo.test")).await.expect("created").id;
    deliver(&world).await;
    world
        .throwaway
        .execute("UPDATE account SET invitation_ends_at = 4102444800000 WHERE status = 'invited'")
        .await;
    world
        .throwaway
        .execute(
            "INSERT INTO address_change (user_id, lookup, address, expires_at)
             SELECT user_id, lookup, address, 4102444800000 FROM user_contact",
        )
        .await;
    let mut subjects = std::collections::BTreeSet::new();
    for (language, hello) in [("en", "Hello Nora <b>Bold</b>,"), ("de", "Guten Tag Nora <b>Bold</b>,")] {
        if language == "de" {
            world.throwaway.execute("UPDATE account SET language = 'de'").await;
        }
        for message in MESSAGES {
            queue(&world.services, &admin, nora, message).await;
            let [mail] = deliver(&world).await.try_into().expect("one mail");
            let letter = &mail.letter;
            assert_eq!(mail.address.reveal(), "nora@demo.test");
            assert!(letter.text.starts_with(hello), "{message:?} {language}: {}", letter.text);
            assert!(letter.html.contains(&format!("<html lang=\"{language}\">")), "{}", letter.html);
            assert!(letter.html.contains("Nora &#60;b&#62;Bold") && !letter.html.contains("<b>"));
            for part in [&letter.subject, &letter.text, &letter.html] {
                assert!(part.contains("Northwind Partners"), "{message:?} {language}: {part}");
            }
            assert!(
                letter.text.contains("http://localhost:3000/")
                    && letter.html.contains("href=\"http://localhost:3000/")
            );
            assert!(!letter.html.contains("src=") && !letter.html.contains("<link"), "nothing remote");
            let with_link = matches!(
                message,
                Message::Invitation | Message::PasswordReset | Message::AddressConfirmation
            );
            assert_eq!(letter.text.contains("?token="), with_link, "{message:?}");
            assert_eq!(letter.text.contains("(Europe/Berlin)"), with_link, "{message:?}");
            assert!(subjects.insert(letter.subject.clone()), "{}", letter.subject);
        }
    }
    queue(&world.services, &admin, nora, Message::NewDevice(Device::of_user_agent(AGENT))).await;
    assert!(deliver(&world).await[0].letter.text.contains("Firefox unter Linux"));
    queue(&world.services, &admin, nora, Message::Invitation).await;
    assert!(deliver(&world).await[0].letter.text.contains("bis 1. Jan. 2100, 01:00"));
});

on_both!(a_link_in_mail_works_once_and_the_change_is_told, async |world: World| {
    let carla = world.caller("carla").await;
    queue(&world.services, &carla, carla.user(), Message::PasswordReset).await;
    let [mail] = deliver(&world).await.try_into().expect("one mail");
    let url = mail.letter.text.lines().find(|line| line.contains("?token=")).expect("a link");
    let (path, token) = url.split_once("?token=").expect("a token");
    assert_eq!(path, "http://localhost:3000/set-password");
    assert!(set_password(&world.services, LinkPurpose::Password, token).await.is_ok());
    assert!(set_password(&world.services, LinkPurpose::Password, token).await.is_err());
    let [told] = deliver(&world).await.try_into().expect("one mail");
    assert_eq!(told.letter.subject, "Your password at Northwind Partners was changed");
    assert_eq!(told.address.reveal(), "carla@demo.test");
});

on_both!(whoever_sets_a_first_password_is_not_told, async |world: World| {
    let admin = world.caller("admin").await;
    users::create(&world.services, &admin, somebody("nora@demo.test")).await.expect("invited");
    let [mail] = deliver(&world).await.try_into().expect("one mail");
    let url = mail.letter.text.lines().find(|line| line.contains("?token=")).expect("a link");
    let (path, token) = url.split_once("?token=").expect("a token");
    assert_eq!(path, "http://localhost:3000/accept-invite");
    set_password(&world.services, LinkPurpose::Invitation, token).await.expect("accepted");
    assert!(deliver(&world).await.is_empty());
});

on_both!(a_change_of_rights_is_told_once_to_everybody_but_its_author, async |world: World| {
    let admin = world.caller("admin").await;
    let all = roles::matrix(&world.services, &admin).await.expect("roles").roles;
    let named = |name: &str| all.iter().find(|role| role.name == name).expect("a role").clone();
    let (billing, partner) = (named("Billing manager"), named("Partner manager"));
    let carla = world.caller("carla").await.user();

    let both = AssignRoles { id: carla, version: 1, roles: vec![billing.id, partner.id] };
    users::assign_roles(&world.services, &admin, both).await.expect("assigned");
    let set = |version, permissions| SetPermissions { id: billing.id, version, permissions };
    let less = roles::set_permissions(&world.services, &admin, set(billing.version, PermissionSet::EMPTY));
    let less = less.await.expect("less");
    assert_eq!(addresses(&world).await, ["billing@demo.test", "carla@demo.test"], "one mail each");
    roles::set_permissions(&world.services, &admin, set(less.version, PermissionSet::EMPTY))
        .await
        .expect("same");
    assert!(addresses(&world).await.is_empty(), "nothing changed");

    let delete = DeleteRole { id: partner.id, version: partner.version };
    roles::delete(&world.services, &admin, delete).await.expect("deleted");
    let told = ["carla@demo.test", "mina@demo.test", "tom@demo.test", "viewer@demo.test"];
    assert_eq!(addresses(&world).await, told);

    let system = named("Platform admin");
    let own = AssignRoles { id: admin.user(), version: 1, roles: vec![system.id, billing.id] };
    users::assign_roles(&world.services, &admin, own).await.expect("assigned");
    assert!(addresses(&world).await.is_empty(), "the author knows");

    let with_role = CreateUser { roles: vec![billing.id], ..somebody("nora@demo.test") };
    users::create(&world.services, &admin, with_role).await.expect("created");
    assert_eq!(addresses(&world).await, ["nora@demo.test"], "the invitation, and nothing of rights");
});

on_both!(a_promotion_takes_back_the_links_that_were_not_sent_yet, async |world: World| {
    let admin = world.caller("admin").await;
    let carla = world.caller("carla").await.user();
    queue(&world.services, &admin, carla, Message::PasswordReset).await;
    queue(&world.services, &admin, carla, Message::PasskeyAdded).await;
    let all = roles::matrix(&world.services, &admin).await.expect("roles").roles;
    let everything = AssignRoles { id: carla, version: 1, roles: all.iter().map(|role| role.id).collect() };
    users::assign_roles(&world.services, &admin, everything).await.expect("assigned");
    let mut subjects: Vec<_> = deliver(&world).await.into_iter().map(|mail| mail.letter.subject).collect();
    subjects.sort();
    assert_eq!(
        subjects,
        [
            "A passkey was added to your account at Northwind Partners",
            "Your rights at Northwind Partners have changed"
        ]
    );
});

on_both!(what_is_queued_together_with_a_promotion_is_sent, async |world: World| {
    let admin = world.caller("admin").await;
    let carla = world.caller("carla").await.user();
    let all = roles::matrix(&world.services, &admin).await.expect("roles").roles;
    let (grant, view) = (admin.require().expect("allowed"), admin.require().expect("allowed"));
    let system = all[0].id;
    let promoted = world.services.store().write(async move |tx| {
        mail::queue(tx, &grant, carla, Message::PasswordReset).await?;
        let account = store::users::find(tx, &view, carla).await?;
        store::users::change_roles(tx, &grant, &account, &[system], &[]).await
    });
    promoted.await.expect("promoted");
    assert_eq!(deliver(&world).await.len(), 2);
});

on_both!(the_former_address_is_told_and_then_forgotten, async |world: World| {
    let carla = world.caller("carla").await;
    let save = SaveProfile {
        version: 1,
        name: "Carla Nowak".into(),
        email: "new@demo.test".into(),
        language: Language::English,
    };
    profile::save(&world.services, &carla, save).await.expect("saved");
    let mails = deliver(&world).await;
    let mut told: Vec<_> = mails.iter().map(|mail| mail.address.reveal()).collect();
    told.sort_unstable();
    assert_eq!(told, ["carla@demo.test", "new@demo.test"], "both know that it is asked for");
    let text = mails.iter().map(|mail| mail.letter.text.as_str()).collect::<String>();
    let token = text.split_once("/confirm-address?token=").expect("a link").1;
    let token = token.split_whitespace().next().expect("a token").to_owned();
    let confirm = CheckLink { token };
    links::confirm_address(&world.services, &confirm).await.expect("confirmed");
    assert_eq!(addresses(&world).await, ["carla@demo.test"], "the old one learns that it was done");
    assert!(world.throwaway.dump().await["former_address"].is_empty());
    assert!(world.try_sign_in("new@demo.test").await.is_ok());
    assert!(world.try_sign_in("carla@demo.test").await.is_err());
    let again = links::confirm_address(&world.services, &confirm).await;
    assert_eq!(again, Err(Conflict::LinkExpired.into()));
});

on_both!(an_address_that_somebody_else_has_is_refused_where_it_is_confirmed, async |world: World| {
    let carla = world.caller("carla").await;
    let save = SaveProfile {
        version: 1,
        name: "Carla Nowak".into(),
        email: "Admin@Demo.Test".into(),
        language: Language::English,
    };
    let asked = profile::save(&world.services, &carla, save).await.expect("nothing is told");
    assert_eq!(asked.new_email.as_deref(), Some("Admin@Demo.Test"));
    let mails = deliver(&world).await;
    let text = mails.iter().map(|mail| mail.letter.text.as_str()).collect::<String>();
    let token = text.split_once("/confirm-address?token=").expect("a link").1;
    let token = token.split_whitespace().next().expect("a token").to_owned();
    let taken = links::confirm_address(&world.services, &CheckLink { token }).await;
    assert_eq!(taken, Err(Conflict::EmailTaken.into()));
    assert!(world.try_sign_in("carla@demo.test").await.is_ok(), "nothing changed");
});

on_both!(the_newest_mail_is_shown_to_those_who_manage_users, async |world: World| {
    let admin = world.caller("admin").await;
    let carla = world.caller("carla").await.user();
    let grant = admin.require::<UsersManage>().expect("allowed");
    let latest = async || {
        let mut read = world.services.store().read().await.expect("a connection");
        mail::latest_of_user(&mut read, &grant, carla).await.expect("an answer")
    };
    assert_eq!(latest().await, None);
    queue(&world.services, &admin, carla, Message::PasskeyAdded).await;
    let mail = latest().await.expect("a mail");
    assert_eq!((mail.message, mail.state, mail.problem), (Message::PasskeyAdded, MailState::Queued, None));
    deliver(&world).await;
    assert_eq!(latest().await.expect("a mail").state, MailState::Sent);
    world.throwaway.execute("UPDATE mail SET state = 'failed', problem = '550'").await;
    let mail = latest().await.expect("a mail");
    assert_eq!((mail.state, mail.problem), (MailState::Failed, Some(MailProblem::Refused(550))));
});

on_both!(without_a_mailer_nothing_is_queued, async |world: World| {
    let off = Services::with_mailer(world.throwaway.second().await, "http://localhost:3000", Mailer::Off);
    assert!(!off.sends_mail() && world.services.sends_mail());
    let admin = world.caller("admin").await;
    let carla = world.caller("carla").await.user();
    let link = users::issue_link(&off, &admin, IssueLink { id: carla }).await.expect("a link");
    let token = link.url.split_once("?token=").expect("a token").1;
    set_password(&off, LinkPurpose::Password, token).await.expect("set");
    sign_in::set_language(&off, Some(&admin), SetLanguage { language: Language::German }).await.expect("set");
    assert!(world.throwaway.dump().await["mail"].is_empty());
});
