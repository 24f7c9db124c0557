//! The privacy notice: writing and publishing versions, agreeing to them, and handing over before one
//! goes.

mod support;

use domain::{
    Conflict, Error, Field, Language, Permission, Problem,
    history::{Action, ListHistory},
    notice::{Agree, Draft, FindNotice, MOST, Notice, NoticePart, SaveNotice},
    profile::Appoint,
    users::ListUsers,
};
use services::{history, notice, profile, succession, users};
use store::Caller;
use support::World;

/// The draft with this text in one place, as a page would send it.
fn with(draft: Draft, language: Language, part: NoticePart, text: &str) -> SaveNotice {
    let mut request = SaveNotice { current: draft.current, version: draft.version, texts: draft.texts };
    let place = request.texts.iter_mut().find(|it| it.language == language && it.part == part);
    place.expect("every part is there").text = text.into();
    request
}

/// The next version: other periods, and what changed.
async fn next_version(world: &World, caller: &Caller) -> SaveNotice {
    let draft = notice::find_draft(&world.services, caller).await.expect("a draft");
    let mut request = with(draft, Language::English, NoticePart::Periods, "For **two** years.");
    for it in request.texts.iter_mut().filter(|it| it.part == NoticePart::Changes) {
        it.text = "Two years now.".into();
    }
    request
}

async fn find(world: &World, caller: Option<&Caller>, version: Option<i64>) -> Result<Option<Notice>, Error> {
    let request = FindNotice { version, ..FindNotice::default() };
    notice::find(&world.services, caller, Language::English, request).await
}

on_both!(the_shipped_notice_is_public_and_the_demo_has_agreed, async |world: World| {
    let public = find(&world, None, None).await.expect("an answer").expect("a notice");
    assert_eq!(
        (public.version, public.current, public.organisation.as_str()),
        (1, true, "Northwind Partners")
    );
    assert!(public.editions.is_empty() && public.agreed.is_none());
    assert_eq!(public.parts.len(), NoticePart::ALL.len());
    assert!(public.parts[1].html.as_str().contains("<strong>Northwind Partners</strong>"));
    assert_eq!(find(&world, None, Some(1)).await, Err(Error::Unauthenticated));
    for (local, ..) in services::demo::ACCOUNTS {
        assert!(world.caller(local).await.has_agreed(), "{local}");
    }
    let german = notice::find(&world.services, None, Language::German, FindNotice::default())
        .await
        .expect("an answer");
    assert!(german.expect("a notice").parts[0].html.as_str().contains("erste Fassung"));
});

on_both!(a_new_version_asks_everybody_once, async |world: World| {
    let (dpo, viewer) = (world.caller("dpo").await, world.caller("viewer").await);
    let token = world.token("viewer").await;
    let request = next_version(&world, &dpo).await;
    notice::publish(&world.services, &dpo, request).await.expect("published");

    let again = services::sign_in::resolve(&world.services, &token).await.unwrap().expect("still signed in");
    assert!(!again.has_agreed() && !again.session().agreed);
    assert!(!world.caller("dpo").await.has_agreed(), "whoever publishes is asked too");
    let shown = find(&world, Some(&again), None).await.unwrap().expect("a notice");
    assert_eq!((shown.version, shown.agreed, shown.editions.len()), (2, None, 2));
    let periods = shown.parts.iter().find(|it| it.part == NoticePart::Periods).expect("periods");
    assert_eq!(periods.html.as_str(), "<p>For <strong>two</strong> years.</p>\n");
    let first = find(&world, Some(&again), Some(1)).await.unwrap().expect("the first");
    assert!(!first.current && first.agreed.is_some(), "what was agreed to is kept");
    assert!(!first.parts.iter().any(|it| it.html == periods.html), "a published version stays as it was");
    assert_eq!(find(&world, Some(&again), Some(3)).await, Err(Error::NotFound));

    let old = notice::agree(&world.services, &viewer, &Agree { version: 1, return_to: String::new() }).await;
    assert_eq!(old, Err(Conflict::NoticePublished.into()), "only the current one can be agreed to");
    for _ in 0..2 {
        let agree = Agree { version: 2, return_to: String::new() };
        notice::agree(&world.services, &again, &agree).await.expect("agreed, twice is once");
    }
    let now = services::sign_in::resolve(&world.services, &token).await.unwrap().expect("still signed in");
    assert!(now.has_agreed());
    assert!(find(&world, Some(&now), None).await.unwrap().expect("a notice").agreed.is_some());
    assert!(!world.caller("tom").await.has_agreed(), "nobody else has");

    let page = history::list(&world.services, &dpo, ListHistory::default()).await.expect("the history");
    assert_eq!(page.entries[0].action, Action::NoticePublished { version: 2 });
});

on_both!(a_part_without_words_is_named_and_nothing_is_published, async |world: World| {
    let dpo = world.caller("dpo").await;
    let draft = notice::find_draft(&world.services, &dpo).await.expect("a draft");
    let gap = with(draft, Language::German, NoticePart::Complaint, "  ");
    let refused = notice::publish(&world.services, &dpo, gap.clone()).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
    let named: Vec<_> = errors.iter().map(|error| (error.field, error.problem)).collect();
    let missing = |language, part| (Field::Notice(language, part), Problem::Missing);
    assert_eq!(
        named,
        [
            missing(Language::English, NoticePart::Changes),
            missing(Language::German, NoticePart::Changes),
            missing(Language::German, NoticePart::Complaint),
        ]
    );
    let saved = notice::save_draft(&world.services, &dpo, gap).await.expect("a draft may have gaps");
    assert_eq!((saved.current, saved.version), (1, 1));
    let mut english = SaveNotice { current: 1, version: 1, texts: saved.texts };
    english.texts.retain(|it| it.language == Language::English);
    let refused = notice::publish(&world.services, &dpo, english).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
    assert!(errors.iter().any(|it| it.field == Field::Notice(Language::German, NoticePart::Controller)));
    assert_eq!(find(&world, None, None).await.unwrap().expect("a notice").version, 1);
});

on_both!(what_is_typed_is_bounded_and_harmless, async |world: World| {
    let dpo = world.caller("dpo").await;
    let draft = notice::find_draft(&world.services, &dpo).await.expect("a draft");
    let huge = with(draft.clone(), Language::English, NoticePart::Rights, &"x".repeat(100_000));
    for refused in [
        notice::save_draft(&world.services, &dpo, huge.clone()).await.map(drop),
        notice::publish(&world.services, &dpo, huge).await,
    ] {
        let field = Field::Notice(Language::English, NoticePart::Rights);
        let problem = Problem::TooLong { most: MOST };
        assert_eq!(refused, Err(domain::FieldError { field, problem }.into()));
    }
    let typed = "Yours <script>alert(1)</script> [x](javascript:alert(1)) ![y](https://evil.example/z.png)";
    let script = with(draft, Language::English, NoticePart::Rights, typed);
    let saved = notice::save_draft(&world.services, &dpo, script).await.expect("saved");
    let shown =
        saved.shown.iter().find(|it| it.language == Language::English && it.part == NoticePart::Rights);
    let html = shown.expect("rights").html.as_str();
    assert!(html.contains("&lt;script&gt;"), "{html}");
    assert!(!html.contains("<script") && !html.contains("evil.example"), "{html}");
    assert!(!html.contains("href"), "{html}");
});

on_both!(one_of_two_who_publish_at_once_is_refused, async |world: World| {
    let (dpo, admin) = (world.caller("dpo").await, world.caller("admin").await);
    let (first, second) = (next_version(&world, &dpo).await, next_version(&world, &admin).await);
    let (one, other) = tokio::join!(
        notice::publish(&world.services, &dpo, first.clone()),
        notice::publish(&world.services, &admin, second),
    );
    let refused = Err(Conflict::NoticePublished.into());
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert!(one == refused || other == refused, "{one:?} {other:?}");
    assert_eq!(notice::publish(&world.services, &dpo, first.clone()).await, refused);
    assert_eq!(notice::save_draft(&world.services, &dpo, first).await.map(drop), refused);
    assert_eq!(find(&world, None, None).await.unwrap().expect("a notice").version, 2);
});

on_both!(a_draft_that_somebody_else_saved_is_not_overwritten, async |world: World| {
    let (dpo, admin) = (world.caller("dpo").await, world.caller("admin").await);
    let (mine, theirs) = (next_version(&world, &dpo).await, next_version(&world, &admin).await);
    let saved = notice::save_draft(&world.services, &dpo, mine).await.expect("saved");
    assert_eq!(notice::find_draft(&world.services, &admin).await.expect("shared"), saved);
    let stale = Err(Conflict::Stale.into());
    assert_eq!(notice::save_draft(&world.services, &admin, theirs.clone()).await.map(drop), stale);
    assert_eq!(notice::publish(&world.services, &admin, theirs).await, stale);
});

on_both!(publishing_the_same_again_is_refused, async |world: World| {
    let dpo = world.caller("dpo").await;
    let draft = notice::find_draft(&world.services, &dpo).await.expect("a draft");
    let mut same = with(draft, Language::English, NoticePart::Changes, "Nothing.");
    for it in same.texts.iter_mut().filter(|it| it.part == NoticePart::Changes) {
        it.text = "Nothing.".into();
    }
    let refused = notice::publish(&world.services, &dpo, same).await;
    assert_eq!(refused, Err(Conflict::NothingToPublish.into()));
});

on_both!(only_those_with_the_permission_write_it, async |world: World| {
    let viewer = world.caller("viewer").await;
    let request = next_version(&world, &world.caller("dpo").await).await;
    let needs = Error::Forbidden { needs: Some(Permission::PrivacyManage) };
    assert_eq!(notice::find_draft(&world.services, &viewer).await.map(drop), Err(needs.clone()));
    assert_eq!(
        notice::save_draft(&world.services, &viewer, request.clone()).await.map(drop),
        Err(needs.clone())
    );
    assert_eq!(notice::publish(&world.services, &viewer, request).await, Err(needs));
});

on_both!(the_agreement_goes_with_the_account, async |world: World| {
    let viewer = world.caller("viewer").await;
    let id = viewer.user().0.simple().to_string();
    let kept = async || {
        world.throwaway.dump().await["notice_agreement"].iter().filter(|row| row.contains(&id)).count()
    };
    assert_eq!(kept().await, 1);
    let password = support::termination();
    profile::terminate(&world.services, &viewer, password).await.expect("the end");
    assert_eq!(kept().await, 0);
});

on_both!(an_organisation_without_a_notice_gets_one, async |world: World| {
    world.throwaway.execute("DELETE FROM notice_text").await;
    world.throwaway.execute("DELETE FROM notice_agreement").await;
    world.throwaway.execute("DELETE FROM notice").await;
    assert_eq!(find(&world, None, None).await, Ok(None));
    assert!(!world.caller("viewer").await.has_agreed(), "without a notice nobody has agreed to it");
    assert_eq!(notice::supply(&world.services).await, Ok(1));
    assert_eq!(notice::supply(&world.services).await, Ok(0));
    assert_eq!(find(&world, None, None).await.unwrap().expect("a notice").version, 1);
});

on_both!(the_last_admin_can_appoint_another_and_go, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    let preview = profile::preview_termination(&world.services, &admin).await.expect("numbers");
    assert!(preview.last_admin);
    let names: Vec<_> = preview.successors.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), 6, "all but the admin and who is from outside: {names:?}");
    let none = profile::preview_termination(&world.services, &viewer).await.expect("numbers");
    assert!(none.successors.is_empty(), "only the last admin is told names");

    let list = users::list(&world.services, &admin, ListUsers::default()).await.expect("users");
    let id_of = |name: &str| list.users.iter().find(|user| user.name == name).expect("somebody").id;
    let ask = |caller, name| succession::appoint(&world.services, caller, Appoint { id: id_of(name) });
    let refused = Error::Forbidden { needs: Some(Permission::RolesManage) };
    assert_eq!(ask(&viewer, "Vincent Okoro").await, Err(refused));
    assert_eq!(ask(&admin, "Elena Rossi").await, Err(Conflict::ExternalUser.into()));
    assert_eq!(ask(&admin, "Alex Admin").await, Err(Conflict::NotInThatState.into()));
    let done = ask(&admin, "Vincent Okoro").await.expect("appointed");
    assert!(!done.last_admin && done.successors.is_empty());
    let second = ask(&admin, "Bea Brandt").await;
    assert_eq!(second, Err(Error::Forbidden { needs: None }), "with two there is another way");
    let password = support::termination();
    profile::terminate(&world.services, &admin, password).await.expect("the end");
});
