//! Newsletters: switched on by their readers alone, sent once to those who have, stopped at once.

mod support;

use domain::{
    Conflict, Error, Field, FieldError, IssueId, Language, NewsletterId, Problem,
    newsletters::{
        CloseNewsletter, CreateNewsletter, FindIssue, FindNewsletter, Issue, IssueTexts, NewsletterField,
        PreviewIssue, SaveIssue, SendIssue, SetSwitch, Switch, Translated, UpdateNewsletter, Words,
    },
    sign_in::SetLanguage,
};
use services::{
    Services,
    mail::{Delivery, Mailer, Received, deliver_next},
    newsletters::{self, issues, record, switches},
    sign_in,
};
use store::Caller;
use support::World;

fn translated(en: &str, de: &str) -> Translated {
    Translated { en: en.into(), de: de.into() }
}

fn texts(en: &str, de: &str) -> IssueTexts {
    IssueTexts { subject: translated(en, de), body: translated(en, de) }
}

async fn own(world: &World, caller: &Caller) -> Vec<Switch> {
    switches::list(&world.services, caller).await.expect("switches")
}

async fn turn(world: &World, caller: &Caller, on: bool) -> Result<Vec<Switch>, Error> {
    let first = own(world, caller).await.remove(0);
    let request = SetSwitch { id: first.id, text_version: first.text_version, on };
    switches::set(&world.services, caller, request).await
}

async fn first_newsletter(world: &World) -> NewsletterId {
    let admin = world.caller("admin").await;
    newsletters::list(&world.services, &admin).await.expect("newsletters")[0].id
}

/// A draft of the first newsletter with these texts.
async fn draft(world: &World, admin: &Caller, texts: IssueTexts) -> Issue {
    let newsletter = FindNewsletter { id: first_newsletter(world).await };
    let empty = issues::write(&world.services, admin, newsletter).await.expect("a draft");
    let save = SaveIssue { id: empty.id, version: empty.version, texts };
    issues::save(&world.services, admin, save).await.expect("saved")
}

async fn send(world: &World, admin: &Caller, issue: &Issue) -> Result<Issue, Error> {
    issues::send(&world.services, admin, SendIssue { id: issue.id, version: issue.version }).await
}

async fn look(world: &World, admin: &Caller, id: IssueId) -> Issue {
    issues::find(&world.services, admin, FindIssue { id }).await.expect("an issue")
}

/// Everything that is due, oldest first.
async fn deliver(world: &World) -> Vec<Received> {
    let before = world.services.inbox().expect("an inbox").all().len();
    while deliver_next(&world.services).await.expect("delivered") != Delivery::Nothing {}
    let mut all = world.services.inbox().expect("an inbox").all();
    all.truncate(all.len() - before);
    all.reverse();
    all
}

fn addresses(mails: &[Received]) -> Vec<&str> {
    let mut all: Vec<_> = mails.iter().map(|mail| mail.address.reveal()).collect();
    all.sort_unstable();
    all
}

fn token(mail: &Received) -> String {
    let url = mail.letter.unsubscribe.as_deref().expect("a way to opt out");
    url.strip_prefix("http://localhost:3000/unsubscribe?token=").expect("a token").to_owned()
}

on_both!(everything_is_off_until_its_reader_switches_it_on, async |world: World| {
    let carla = world.caller("carla").await;
    let all = own(&world, &carla).await;
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|switch| !switch.on));
    let on = turn(&world, &carla, true).await.expect("on");
    assert_eq!(on.iter().map(|switch| switch.on).collect::<Vec<_>>(), [true, false]);
    let tom = world.caller("tom").await;
    assert!(own(&world, &tom).await.iter().all(|switch| !switch.on), "nobody else's");
    let admin = world.caller("admin").await;
    let counts = newsletters::list(&world.services, &admin).await.expect("newsletters");
    assert_eq!(counts.iter().map(|it| it.subscribers).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(
        newsletters::list(&world.services, &tom).await.unwrap_err().status(),
        403,
        "who receives what is not for everybody"
    );
});

on_both!(each_choice_is_kept_with_the_words_that_stood_beside_it, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    turn(&world, &carla, true).await.expect("on already");
    let id = first_newsletter(&world).await;
    let words =
        Words { name: translated("=News", "Neues"), text: translated("Now weekly", "Jetzt wöchentlich") };
    let update = UpdateNewsletter { id, version: 1, words };
    newsletters::update(&world.services, &admin, update.clone()).await.expect("changed");
    let again = newsletters::update(&world.services, &admin, update).await;
    assert_eq!(again, Err(Conflict::Stale.into()));

    // What was on the screen are still the old words.
    let old = |on| SetSwitch { id, text_version: 1, on };
    switches::set(&world.services, &carla, old(false)).await.expect("an opt-out is always taken");
    let stale = switches::set(&world.services, &carla, old(true)).await;
    assert_eq!(stale, Err(Conflict::Stale.into()));
    sign_in::set_language(&world.services, Some(&carla), SetLanguage { language: Language::German })
        .await
        .expect("set");
    let carla = world.caller("carla").await;
    turn(&world, &carla, true).await.expect("on");

    let record = record::json(&world.services, &carla).await.expect("a record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    let told: Vec<_> = record["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| {
            let text = |key: &str| entry[key].as_str().expect("text").to_owned();
            (text("choice"), entry["text_version"].as_i64().expect("a version"), text("text"), text("source"))
        })
        .collect();
    let entry = |choice: &str, version, text: &str| (choice.into(), version, text.into(), "profile".into());
    assert_eq!(
        told,
        [
            entry("on", 1, "Once a month: what is new in the console."),
            entry("off", 1, "Once a month: what is new in the console."),
            entry("on", 2, "Jetzt wöchentlich"),
        ]
    );
    assert!(record["entries"][0]["at"].as_str().expect("a moment").ends_with('Z'));
    let csv = record::csv(&world.services, &carla).await.expect("a table");
    assert_eq!(csv.lines().count(), 4, "{csv}");
    assert!(csv.contains("\"Neues\",\"on\",\"profile\",\"2\",\"de\""), "{csv}");
    let tom = world.caller("tom").await;
    let others = record::json(&world.services, &tom).await.expect("a record");
    assert!(!others.contains("profile"), "only one's own: {others}");
});

on_both!(an_issue_goes_to_those_who_are_opted_in_at_that_moment, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    let (tom, mina) = (world.caller("tom").await, world.caller("mina").await);
    for reader in [&carla, &tom, &mina] {
        turn(&world, reader, true).await.expect("on");
    }
    sign_in::set_language(&world.services, Some(&mina), SetLanguage { language: Language::German })
        .await
        .expect("set");
    let issue = draft(&world, &admin, texts("Hello **you**", "Hallo **Sie**")).await;
    turn(&world, &tom, false).await.expect("off");
    let sent = send(&world, &admin, &issue).await.expect("sent");
    let progress = sent.sending.expect("on its way");
    assert_eq!((progress.recipients, progress.sent, progress.waiting), (2, 0, 2));
    turn(&world, &tom, true).await.expect("on, too late for this one");

    let mails = deliver(&world).await;
    assert_eq!(addresses(&mails), ["carla@demo.test", "mina@demo.test"]);
    for mail in &mails {
        let german = mail.address.reveal().starts_with("mina");
        assert_eq!(mail.letter.subject, if german { "Hallo **Sie**" } else { "Hello **you**" });
        assert!(mail.letter.text.contains(&token(mail)) && mail.letter.html.contains(&token(mail)));
        assert!(mail.letter.html.contains(if german { "<html lang=\"de\">" } else { "<html lang=\"en\">" }));
    }
    assert_ne!(token(&mails[0]), token(&mails[1]));
    let progress = look(&world, &admin, issue.id).await.sending.expect("sent");
    assert_eq!((progress.recipients, progress.sent, progress.waiting), (2, 2, 0));
});

on_both!(the_same_issue_is_never_sent_twice, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    let issue = draft(&world, &admin, texts("Hello", "")).await;
    let (one, two) = tokio::join!(send(&world, &admin, &issue), send(&world, &admin, &issue));
    let refused = Err(Conflict::AlreadySent.into());
    assert!(one.is_ok() != two.is_ok() && (one == refused || two == refused), "{one:?} {two:?}");
    let newer = look(&world, &admin, issue.id).await;
    assert_eq!(send(&world, &admin, &newer).await, refused);
    let save = SaveIssue { id: issue.id, version: newer.version, texts: texts("Other", "") };
    assert_eq!(issues::save(&world.services, &admin, save).await, refused, "and not changed either");
    let delete = SendIssue { id: issue.id, version: newer.version };
    assert!(issues::delete(&world.services, &admin, delete).await.is_err());
    assert_eq!(deliver(&world).await.len(), 1);
});

on_both!(an_opt_out_stops_what_has_not_left, async |world: World| {
    let (admin, carla, tom) =
        (world.caller("admin").await, world.caller("carla").await, world.caller("tom").await);
    turn(&world, &carla, true).await.expect("on");
    turn(&world, &tom, true).await.expect("on");
    let issue = draft(&world, &admin, texts("Hello", "")).await;
    send(&world, &admin, &issue).await.expect("sent");
    assert_eq!(deliver_next(&world.services).await, Ok(Delivery::Sent));
    let [first] = world.services.inbox().expect("an inbox").all().try_into().expect("one mail");
    let first: Received = first;
    let (left, stays) = match first.address.reveal() {
        "carla@demo.test" => (&carla, &tom),
        _ => (&tom, &carla),
    };
    turn(&world, stays, false).await.expect("off");
    assert!(deliver(&world).await.is_empty(), "it was stopped");
    let progress = look(&world, &admin, issue.id).await.sending.expect("sent");
    assert_eq!((progress.recipients, progress.sent, progress.waiting), (2, 1, 0));

    // The link in the mail that left, twice.
    for _ in 0..2 {
        switches::opt_out(&world.services, &token(&first)).await.expect("done");
    }
    assert!(!own(&world, left).await[0].on);
    let record = record::csv(&world.services, left).await.expect("a record");
    assert_eq!(record.matches("\"off\",\"mail_link\"").count(), 1, "{record}");
    // An old mail opts out of what was switched on again.
    turn(&world, left, true).await.expect("on");
    switches::opt_out(&world.services, &token(&first)).await.expect("done");
    assert!(!own(&world, left).await[0].on);
});

on_both!(only_active_accounts_get_anything, async |world: World| {
    let (admin, carla, tom) =
        (world.caller("admin").await, world.caller("carla").await, world.caller("tom").await);
    turn(&world, &carla, true).await.expect("on");
    turn(&world, &tom, true).await.expect("on");
    let issue = draft(&world, &admin, texts("Hello", "")).await;
    send(&world, &admin, &issue).await.expect("sent");
    world.throwaway.execute("UPDATE account SET status = 'suspended' WHERE sort_key LIKE 'tom%'").await;
    assert_eq!(addresses(&deliver(&world).await), ["carla@demo.test"]);
    let next = draft(&world, &admin, texts("Next", "")).await;
    assert_eq!(next.subscribers, 1);
    world.throwaway.execute("UPDATE account SET status = 'invited' WHERE sort_key LIKE 'carla%'").await;
    assert_eq!(send(&world, &admin, &next).await, Err(Conflict::NobodyOptedIn.into()));
});

on_both!(a_terminated_user_leaves_nothing_and_the_link_says_the_same, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    let issue = draft(&world, &admin, texts("Hello", "")).await;
    send(&world, &admin, &issue).await.expect("sent");
    let [mail] = deliver(&world).await.try_into().expect("one mail");
    let mail: Received = mail;
    let next = draft(&world, &admin, texts("Next", "")).await;
    send(&world, &admin, &next).await.expect("sent");
    let dump = world.throwaway.dump().await;
    assert!(!dump["consent"].is_empty() && !dump["subscription"].is_empty());
    let end = support::termination();
    services::profile::terminate(&world.services, &carla, end).await.expect("terminated");
    let dump = world.throwaway.dump().await;
    for table in ["consent", "subscription", "mail"] {
        assert!(dump[table].is_empty(), "{table}");
    }
    assert!(deliver(&world).await.is_empty());
    let known = switches::opt_out(&world.services, &token(&mail)).await;
    assert_eq!(known, Ok(()));
    for forged in ["", "0", &"0".repeat(64), &token(&mail)[1..]] {
        assert_eq!(switches::opt_out(&world.services, forged).await, known);
    }
    assert!(world.throwaway.dump().await == dump, "nothing was written");
});

on_both!(a_test_goes_to_its_writer_alone, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    let issue = draft(&world, &admin, texts("", "Hallo")).await;
    issues::test(&world.services, &admin, FindIssue { id: issue.id }).await.expect("queued");
    let [mail] = deliver(&world).await.try_into().expect("one mail");
    let mail: Received = mail;
    assert_eq!((mail.address.reveal(), mail.letter.subject.as_str()), ("admin@demo.test", "[Test] Hallo"));
    assert_eq!(mail.letter.unsubscribe, None);
    assert!(look(&world, &admin, issue.id).await.sending.is_none(), "it is still a draft");
    let delete = SendIssue { id: issue.id, version: issue.version };
    issues::delete(&world.services, &admin, delete).await.expect("deleted");
});

on_both!(what_is_unfinished_is_not_sent, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    let half = IssueTexts { subject: translated("Hello", "Hallo"), body: translated("Hello", "") };
    let issue = draft(&world, &admin, half.clone()).await;
    let field = Field::Newsletter(NewsletterField::Body(Language::German));
    let missing = Error::Invalid(vec![FieldError { field, problem: Problem::Missing }]);
    assert_eq!(send(&world, &admin, &issue).await, Err(missing.clone()));
    let find = FindIssue { id: issue.id };
    assert_eq!(issues::test(&world.services, &admin, find).await, Err(missing.clone()));
    assert_eq!(issues::preview(&admin, &PreviewIssue { texts: half }), Err(missing));
    let create =
        CreateNewsletter { words: Words { name: translated("News", ""), text: translated("a", "b") } };
    assert_eq!(newsletters::create(&world.services, &admin, create).await.unwrap_err().status(), 422);
    let off = Services::with_mailer(world.throwaway.second().await, "http://localhost:3000", Mailer::Off);
    let whole = draft(&world, &admin, texts("Hello", "")).await;
    let request = SendIssue { id: whole.id, version: whole.version };
    assert_eq!(issues::send(&off, &admin, request).await, Err(Conflict::SendsNoMail.into()));
    assert!(deliver(&world).await.is_empty());
});

on_both!(scripts_in_markdown_do_not_arrive, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    let bad = "**bold** [privacy](/privacy) <script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3))";
    let texts = IssueTexts { subject: translated("News", ""), body: translated(bad, "") };
    let previews = issues::preview(&admin, &PreviewIssue { texts: texts.clone() }).expect("a preview");
    let issue = draft(&world, &admin, texts).await;
    send(&world, &admin, &issue).await.expect("sent");
    let [mail] = deliver(&world).await.try_into().expect("one mail");
    let mail: Received = mail;
    assert!(mail.letter.html.contains("<a href=\"http://localhost:3000/privacy\""), "{}", mail.letter.html);
    for html in [previews[0].html.as_str(), &mail.letter.html] {
        assert!(html.contains("<strong>bold</strong>"), "{html}");
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(!html.contains("href=\"javascript:"), "{html}");
    }
});

on_both!(closing_ends_it_for_everybody, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    let issue = draft(&world, &admin, texts("Hello", "")).await;
    send(&world, &admin, &issue).await.expect("sent");
    let id = first_newsletter(&world).await;
    let close = CloseNewsletter { id, version: 1 };
    assert!(newsletters::close(&world.services, &admin, close).await.expect("closed").closed);
    assert_eq!(
        newsletters::close(&world.services, &admin, close).await,
        Err(Conflict::NewsletterClosed.into())
    );
    assert!(deliver(&world).await.is_empty());
    assert_eq!(own(&world, &carla).await.len(), 1);
    let on = SetSwitch { id, text_version: 1, on: true };
    assert_eq!(switches::set(&world.services, &carla, on).await, Err(Conflict::NewsletterClosed.into()));
    let record = record::csv(&world.services, &carla).await.expect("a record");
    assert!(record.contains("\"off\",\"newsletter_closed\""), "{record}");
});

on_both!(nobody_waits_behind_a_newsletter, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    turn(&world, &carla, true).await.expect("on");
    let issue = draft(&world, &admin, texts("Hello", "")).await;
    send(&world, &admin, &issue).await.expect("sent");
    let (grant, user) = (store::Grant::system(admin.organisation()), admin.user());
    let message = domain::mail::Message::PasswordReset;
    let queued =
        world.services.store().write(async move |tx| store::mail::queue(tx, &grant, user, message).await);
    queued.await.expect("queued");
    let order: Vec<_> = deliver(&world).await.into_iter().map(|mail| mail.letter.subject).collect();
    assert_eq!(order, ["A new password for Northwind Partners", "Hello"]);
    let grant = admin.require().expect("allowed");
    let mut read = world.services.store().read().await.expect("a connection");
    let latest = store::mail::latest_of_user(&mut read, &grant, carla.user()).await.expect("an answer");
    assert_eq!(latest, None, "that somebody receives a newsletter is nobody's concern");
});

on_both!(opting_in_again_and_again_is_limited_and_opting_out_never, async |world: World| {
    let carla = world.caller("carla").await;
    for _ in 0..20 {
        turn(&world, &carla, true).await.expect("on");
        turn(&world, &carla, false).await.expect("off");
    }
    let limited = turn(&world, &carla, true).await;
    assert!(matches!(limited, Err(Error::TooManyRequests { .. })), "{limited:?}");
    assert!(!own(&world, &carla).await[0].on);
    assert!(!turn(&world, &carla, false).await.expect("always")[0].on);
    let tom = world.caller("tom").await;
    assert!(turn(&world, &tom, true).await.expect("nobody else is touched")[0].on);
});

on_both!(tests_of_an_issue_are_limited, async |world: World| {
    let admin = world.caller("admin").await;
    let issue = draft(&world, &admin, texts("Hello", "Hallo")).await;
    let test = async || issues::test(&world.services, &admin, FindIssue { id: issue.id }).await;
    for _ in 0..20 {
        test().await.expect("sent to oneself");
    }
    let limited = test().await;
    assert!(matches!(limited, Err(Error::TooManyRequests { .. })), "{limited:?}");
    assert_eq!(world.throwaway.dump().await["mail"].len(), 20);
});
