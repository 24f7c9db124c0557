//! Newsletters: topics here, their issues in [`issues`], the switches on profiles and what opts out by a
//! link in [`switches`], one's own record of it in [`record`].

pub mod issues;
pub mod record;
pub mod switches;

use crate::{Services, local_time::local_time};
use domain::{
    Conflict, Error, NewsletterId,
    history::{Action, Subject},
    newsletters::{
        CloseNewsletter, CreateNewsletter, FindNewsletter, IssueEntry, Newsletter, NewsletterEntry, Sending,
        UpdateNewsletter, Words,
    },
};
use store::{
    Caller, Grant, Read, System, Tx, grants::NewslettersManage, history, newsletters,
    newsletters::issues::Progress,
};

/// All newsletters, the closed ones last.
///
/// # Errors
/// `Forbidden`.
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<NewsletterEntry>, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let (store, language) = (services.store(), caller.language());
    let stored = newsletters::list(&mut store.read().await?, &grant, store.clock().now()).await?;
    let entry = |stored: newsletters::Stored| NewsletterEntry {
        id: stored.id,
        name: stored.words.name.of(language).to_owned(),
        text: stored.words.text.of(language).to_owned(),
        subscribers: stored.subscribers,
        closed: stored.closed,
    };
    Ok(stored.into_iter().map(entry).collect())
}

/// One newsletter with its issues.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub async fn find(
    services: &Services,
    caller: &Caller,
    request: FindNewsletter,
) -> Result<Newsletter, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let mut read = services.store().read().await?;
    shown(services, caller, &mut read, &grant, request.id).await
}

async fn shown(
    services: &Services,
    caller: &Caller,
    read: &mut Read,
    grant: &Grant<NewslettersManage>,
    id: NewsletterId,
) -> Result<Newsletter, Error> {
    let now = services.store().clock().now();
    let stored = newsletters::find(read, grant, id, now).await?;
    let issues = newsletters::issues::list(read, grant, id, now).await?;
    let entry = |issue: newsletters::issues::Stored| {
        let language = issue.texts.language_for(caller.language());
        let subject = issue.texts.subject.of(language).to_owned();
        IssueEntry { id: issue.id, subject, sending: issue.sending.map(|it| sending(it, caller)) }
    };
    Ok(Newsletter {
        id,
        version: stored.version,
        words: stored.words,
        subscribers: stored.subscribers,
        closed: stored.closed,
        issues: issues.into_iter().map(entry).collect(),
    })
}

fn sending(progress: Progress, caller: &Caller) -> Sending {
    let Progress { at, recipients, sent, waiting } = progress;
    Sending { at: local_time(at, caller.time_zone()), recipients, sent, waiting }
}

/// A new newsletter, off for everyone.
///
/// # Errors
/// `Forbidden`, `Invalid` if a language is missing.
pub async fn create(
    services: &Services,
    caller: &Caller,
    request: CreateNewsletter,
) -> Result<Newsletter, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let words = request.words.parse()?;
    let own = grant.clone();
    let write = async move |tx: &mut Tx| {
        let id = newsletters::create(tx, &own, &words).await?;
        let action = Action::NewsletterCreated { newsletter: words.name.clone() };
        history::record(tx, &own, action, Subject::Organisation).await?;
        Ok(id)
    };
    let id = services.store().write(write).await?;
    shown(services, caller, &mut services.store().read().await?, &grant, id).await
}

/// Gives a newsletter new words. Whoever agreed before has agreed to the old ones, which are kept.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid` if a language is missing, `Stale`, `NewsletterClosed`.
pub async fn update(
    services: &Services,
    caller: &Caller,
    request: UpdateNewsletter,
) -> Result<Newsletter, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let words = request.words.parse()?;
    let own = grant.clone();
    let write = async move |tx: &mut Tx| {
        let now = tx.now();
        let stored = newsletters::find(tx, &own, request.id, now).await?;
        if stored.version != request.version {
            return Err(Conflict::Stale.into());
        }
        if stored.words == words && !stored.closed {
            return Ok(());
        }
        newsletters::update(tx, &own, &stored, &words).await?;
        let action = Action::NewsletterChanged { newsletter: words.name.clone() };
        history::record(tx, &own, action, Subject::Organisation).await
    };
    services.store().write(write).await?;
    shown(services, caller, &mut services.store().read().await?, &grant, request.id).await
}

/// Closes a newsletter for good: nobody receives it any more, nor what of it is on its way.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`, `NewsletterClosed`.
pub async fn close(
    services: &Services,
    caller: &Caller,
    request: CloseNewsletter,
) -> Result<Newsletter, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let own = grant.clone();
    let write = async move |tx: &mut Tx| {
        let now = tx.now();
        let stored = newsletters::find(tx, &own, request.id, now).await?;
        if stored.version != request.version {
            return Err(Conflict::Stale.into());
        }
        newsletters::close(tx, &own, request.id).await?;
        let action = Action::NewsletterClosed { newsletter: stored.words.name };
        history::record(tx, &own, action, Subject::Organisation).await
    };
    services.store().write(write).await?;
    shown(services, caller, &mut services.store().read().await?, &grant, request.id).await
}

/// The two newsletters of the demo.
pub(crate) async fn fill_demo(tx: &mut Tx, system: &Grant<System>) -> store::Result<()> {
    let demo = [
        (
            ("Product news", "Once a month: what is new in the console."),
            ("Produktneuigkeiten", "Einmal im Monat: was in der Konsole neu ist."),
        ),
        (
            ("Partner marketing tips", "Every two weeks: what works well for other advertisers."),
            ("Tipps zum Partnermarketing", "Alle zwei Wochen: was bei anderen gut funktioniert."),
        ),
    ];
    for ((name_en, text_en), (name_de, text_de)) in demo {
        let translated =
            |en: &str, de: &str| domain::newsletters::Translated { en: en.into(), de: de.into() };
        let words = Words { name: translated(name_en, name_de), text: translated(text_en, text_de) };
        newsletters::create_demo(tx, system, &words).await?;
        let action = Action::NewsletterCreated { newsletter: words.name };
        history::record(tx, system, action, Subject::Organisation).await?;
    }
    Ok(())
}
