//! Issues: written, looked at, tried on oneself, and sent once to those who receive the newsletter at that
//! moment.

use super::sending;
use crate::{Services, markdown};
use domain::{
    Conflict, Error, IssueId, Language,
    history::{Action, Subject},
    newsletters::{FindIssue, FindNewsletter, Issue, Preview, PreviewIssue, SaveIssue, SendIssue},
};
use store::{
    Caller, Grant, Tx,
    grants::NewslettersManage,
    history,
    limits::{self, Attempt, Limit, Whom},
    newsletters::issues,
};

/// One issue.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub async fn find(services: &Services, caller: &Caller, request: FindIssue) -> Result<Issue, Error> {
    shown(services, caller, &caller.require()?, request.id).await
}

async fn shown(
    services: &Services,
    caller: &Caller,
    grant: &Grant<NewslettersManage>,
    id: IssueId,
) -> Result<Issue, Error> {
    let store = services.store();
    let stored = issues::find(&mut store.read().await?, grant, id, store.clock().now()).await?;
    Ok(Issue {
        id: stored.id,
        newsletter: stored.newsletter,
        name: stored.name.of(caller.language()).to_owned(),
        version: stored.version,
        texts: stored.texts,
        subscribers: stored.subscribers,
        closed: stored.closed,
        sending: stored.sending.map(|progress| sending(progress, caller)),
    })
}

/// Begins an issue: an empty draft.
///
/// # Errors
/// `Forbidden`, `NotFound`, `NewsletterClosed`.
pub async fn write(services: &Services, caller: &Caller, request: FindNewsletter) -> Result<Issue, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let own = grant.clone();
    let create = async move |tx: &mut Tx| issues::create(tx, &own, request.id).await;
    let id = services.store().write(create).await?;
    shown(services, caller, &grant, id).await
}

/// Saves a draft. It may be unfinished.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid`, `Stale`, `AlreadySent`.
pub async fn save(services: &Services, caller: &Caller, request: SaveIssue) -> Result<Issue, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let texts = request.texts.parse()?;
    let own = grant.clone();
    let which = (request.id, request.version);
    services.store().write(async move |tx| issues::update(tx, &own, which, &texts).await).await?;
    shown(services, caller, &grant, request.id).await
}

/// Deletes a draft.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`, `AlreadySent`.
pub async fn delete(services: &Services, caller: &Caller, request: SendIssue) -> Result<(), Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let which = (request.id, request.version);
    Ok(services.store().write(async move |tx| issues::delete(tx, &grant, which).await).await?)
}

/// How what was typed will look, in each language that there is.
///
/// # Errors
/// `Forbidden`, `Invalid` for what could not be sent.
pub fn preview(caller: &Caller, request: &PreviewIssue) -> Result<Vec<Preview>, Error> {
    caller.require::<NewslettersManage>()?;
    let texts = request.texts.parse()?;
    texts.complete()?;
    let written = Language::ALL.into_iter().filter(|language| !texts.body.of(*language).is_empty());
    let preview = |language| Preview {
        language,
        subject: texts.subject.of(language).to_owned(),
        html: markdown::render(texts.body.of(language), 2),
    };
    Ok(written.map(preview).collect())
}

/// Sends an issue as it is stored to whoever asks, and to nobody else.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid` for what could not be sent, `SendsNoMail`, `TooManyRequests`.
pub async fn test(services: &Services, caller: &Caller, request: FindIssue) -> Result<(), Error> {
    let grant = caller.require::<NewslettersManage>()?;
    let issue = shown(services, caller, &grant, request.id).await?;
    may_send(services)?;
    issue.texts.complete()?;
    let attempt = Attempt::new(services.store(), Limit::TestMail, Whom::User(caller.user()), None);
    limits::charge(services.store(), &attempt).await?;
    Ok(services.store().write(async move |tx| issues::test(tx, &grant, request.id).await).await?)
}

/// Sends an issue, as it was on the screen, to all who receive its newsletter at this moment. Doing it
/// twice is refused, whoever does it.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid` for what is missing, `Stale`, `AlreadySent`, `NewsletterClosed`,
/// `NobodyOptedIn`, `SendsNoMail`.
pub async fn send(services: &Services, caller: &Caller, request: SendIssue) -> Result<Issue, Error> {
    let grant = caller.require::<NewslettersManage>()?;
    // What is not there is not there, whether or not it could be sent.
    shown(services, caller, &grant, request.id).await?;
    may_send(services)?;
    let own = grant.clone();
    let write = async move |tx: &mut Tx| {
        let (stored, recipients) = issues::send(tx, &own, (request.id, request.version)).await?;
        let action = Action::NewsletterSent { newsletter: stored.name, recipients };
        history::record(tx, &own, action, Subject::Organisation).await
    };
    services.store().write(write).await?;
    shown(services, caller, &grant, request.id).await
}

fn may_send(services: &Services) -> Result<(), Error> {
    if services.sends_mail() { Ok(()) } else { Err(Conflict::SendsNoMail.into()) }
}
