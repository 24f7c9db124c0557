//! Data requests: filed by anybody for themselves, answered by those with `privacy.manage`.
//!
//! What a user does to their own requests asks for no permission and for no agreement to anything.
//! Whoever answers may answer their own too; the history and the request show who it was.

use crate::{
    Services,
    lists::turn_page,
    local_time::local_time,
    periods::{date_of, day_at, end_of_year, months_after},
};
use domain::{
    Conflict, Error, Field,
    history::{Action, Subject},
    requests::{
        DataRequest, FileRequest, FindRequest, ListOwnRequests, ListRequests, MONTHS_OF_EXTENSION,
        MONTHS_TO_ANSWER, PAGE, ReplyToRequest, RequestPage, RequestRow, RequestState, YEARS_KEPT,
        parse_text,
    },
};
use store::{
    Caller,
    grants::PrivacyManage,
    history,
    limits::{self, Attempt, Limit, Whom},
    requests::{self, Listed, Stored},
};

/// A page of one's own requests, newest first.
///
/// # Errors
/// `Internal`.
pub async fn list_own(
    services: &Services,
    caller: &Caller,
    request: ListOwnRequests,
) -> Result<RequestPage, Error> {
    let listed = requests::list_own(&mut services.store().read().await?, &caller.own(), request).await?;
    Ok(page(services, caller, listed, (request.after.is_some(), false)))
}

/// A page of the organisation's requests, by the day they are due.
///
/// # Errors
/// `Forbidden`.
pub async fn list(services: &Services, caller: &Caller, request: ListRequests) -> Result<RequestPage, Error> {
    let grant = caller.require::<PrivacyManage>()?;
    let listed = requests::list(&mut services.store().read().await?, &grant, &request).await?;
    Ok(page(services, caller, listed, (request.after.is_some(), request.before.is_some())))
}

fn page(
    services: &Services,
    caller: &Caller,
    mut listed: Vec<Listed>,
    (after, before): (bool, bool),
) -> RequestPage {
    let (has_previous, has_next) = turn_page(&mut listed, PAGE, after, before);
    let requests = listed.into_iter().map(|listed| row(services, caller, listed)).collect();
    RequestPage { requests, has_previous, has_next }
}

fn row(services: &Services, caller: &Caller, listed: Listed) -> RequestRow {
    let zone = caller.time_zone();
    let over = day_at(services.store().clock().now(), zone) > listed.due_on;
    RequestRow {
        id: listed.id,
        number: listed.number,
        kind: listed.kind,
        state: listed.state,
        author: listed.author,
        filed: local_time(listed.filed_at, zone),
        due: date_of(listed.due_on),
        overdue: over && listed.state == RequestState::Open,
        extended: listed.extended_at.is_some(),
    }
}

fn shown(services: &Services, caller: &Caller, stored: Stored) -> DataRequest {
    let local = |at| local_time(at, caller.time_zone());
    DataRequest {
        own: stored.listed.author.id == caller.user(),
        extended_at: stored.listed.extended_at.map(local),
        row: row(services, caller, stored.listed),
        text: stored.text,
        reason: stored.reason,
        closed: stored.closed_at.map(local),
        answered_by: stored.answered_by,
        answer: stored.answer,
        erased_on: stored.erase_at.map(|at| local(at).into()),
    }
}

/// One of one's own requests.
///
/// # Errors
/// `NotFound`.
pub async fn find_own(
    services: &Services,
    caller: &Caller,
    request: FindRequest,
) -> Result<DataRequest, Error> {
    let stored = requests::find_own(services.store(), &caller.own(), request.id).await?;
    Ok(shown(services, caller, stored))
}

/// A request of the organisation.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub async fn find(services: &Services, caller: &Caller, request: FindRequest) -> Result<DataRequest, Error> {
    let grant = caller.require::<PrivacyManage>()?;
    let stored = requests::find(services.store(), &grant, request.id).await?;
    Ok(shown(services, caller, stored))
}

/// Files a request. It is due a month later, by the calendar of the organisation.
///
/// # Errors
/// `Invalid`, `TooManyRequests`.
pub async fn file(services: &Services, caller: &Caller, request: FileRequest) -> Result<DataRequest, Error> {
    let text = parse_text(Field::RequestText, &request.text)?;
    let (store, grant) = (services.store(), caller.own());
    limits::charge(store, &Attempt::new(store, Limit::DataRequest, Whom::User(caller.user()), None)).await?;
    let new = requests::prepare(store, &grant, request.kind, &text).await?;
    let id = new.id();
    let due_on = months_after(day_at(store.clock().now(), caller.time_zone()), MONTHS_TO_ANSWER);
    store
        .write(async move |tx| {
            let number = requests::file(tx, &grant, &new, due_on).await?;
            history::record(tx, &grant, Action::DataRequestFiled { number }, Subject::DataRequest(id)).await
        })
        .await?;
    find_own(services, caller, FindRequest { id }).await
}

/// Takes back one's own request.
///
/// # Errors
/// `NotFound`, `Stale` if it isn't open any more.
pub async fn withdraw(
    services: &Services,
    caller: &Caller,
    request: FindRequest,
) -> Result<DataRequest, Error> {
    let (id, grant, erase_at) = (request.id, caller.own(), erased_at(services, caller));
    services
        .store()
        .write(async move |tx| {
            let number = requests::withdraw(tx, &grant, id, erase_at).await?;
            history::record(tx, &grant, Action::DataRequestWithdrawn { number }, Subject::DataRequest(id))
                .await
        })
        .await?;
    find_own(services, caller, request).await
}

/// Answers a request; its author is told by mail that there is an answer.
///
/// # Errors
/// `Forbidden`, `Invalid`, `NotFound`, `Stale` if it isn't open any more.
pub async fn answer(
    services: &Services,
    caller: &Caller,
    request: ReplyToRequest,
) -> Result<DataRequest, Error> {
    let grant = caller.require::<PrivacyManage>()?;
    let text = parse_text(Field::Answer, &request.text)?;
    let (id, erase_at) = (request.id, erased_at(services, caller));
    let answer = requests::prepare_answer(services.store(), &grant, id, &text).await?;
    services
        .store()
        .write(async move |tx| {
            let number = requests::answer(tx, &grant, &answer, erase_at).await?;
            history::record(tx, &grant, Action::DataRequestAnswered { number }, Subject::DataRequest(id))
                .await
        })
        .await?;
    find(services, caller, FindRequest { id }).await
}

/// Moves the day by which a request has to be answered, once and while it isn't over (Art. 12(3)
/// GDPR); its author is told by mail.
///
/// # Errors
/// `Forbidden`, `Invalid`, `NotFound`, `TooLate`, `Stale` if it isn't open any more or was moved.
pub async fn extend(
    services: &Services,
    caller: &Caller,
    request: ReplyToRequest,
) -> Result<DataRequest, Error> {
    let grant = caller.require::<PrivacyManage>()?;
    let reason = parse_text(Field::Reason, &request.text)?;
    let (id, store) = (request.id, services.store());
    let before = requests::find(store, &grant, id).await?.listed;
    if before.state != RequestState::Open || before.extended_at.is_some() {
        return Err(Conflict::Stale.into());
    }
    if day_at(store.clock().now(), caller.time_zone()) > before.due_on {
        return Err(Conflict::TooLate.into());
    }
    let due_on = months_after(before.due_on, MONTHS_OF_EXTENSION);
    let reason = requests::prepare_reason(store, &grant, id, &reason).await?;
    store
        .write(async move |tx| {
            let number = requests::extend(tx, &grant, &reason, due_on).await?;
            history::record(tx, &grant, Action::DataRequestExtended { number }, Subject::DataRequest(id))
                .await
        })
        .await?;
    find(services, caller, FindRequest { id }).await
}

/// When the texts of a request go that is closed now, in unix milliseconds.
fn erased_at(services: &Services, caller: &Caller) -> i64 {
    end_of_year(services.store().clock().now(), YEARS_KEPT, caller.time_zone())
}
