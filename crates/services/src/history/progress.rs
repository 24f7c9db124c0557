//! How far the file of the history is while a browser downloads it. The page begins it, so that a link that is
//! followed by itself leaves no trace; whoever sends the pieces says how far it is, at most once a second; the page
//! asks whenever it hears that a job went on.

use super::{export::Piece, wanted};
use crate::Services;
use domain::{
    Error, ExportId,
    history::{ExportState, HistoryExport, ListHistory},
};
use store::{
    Caller, Grant, Own,
    grants::HistoryView,
    history::exports::{self, Span},
};

/// Milliseconds between two words about the same file.
const PAUSE: i64 = 1000;

/// Begins a file, and says about how many entries it will have where that is known without counting.
///
/// # Errors
/// `Forbidden`.
pub async fn begin(
    services: &Services,
    caller: &Caller,
    request: ListHistory,
) -> Result<HistoryExport, Error> {
    let (grant, own) = (caller.require::<HistoryView>()?, caller.own());
    let span = span(services, caller, &grant, &request).await?;
    let ListHistory { person, about, topic, .. } = request;
    let all = person.is_none() && about.is_none() && topic.is_none();
    let expected = all.then(|| span.places());
    services.store().write(async move |tx| exports::begin(tx, &own, expected).await).await?;
    find(services, caller).await?.ok_or(Error::NotFound)
}

async fn span(
    services: &Services,
    caller: &Caller,
    grant: &Grant<HistoryView>,
    request: &ListHistory,
) -> Result<Span, Error> {
    let mut read = services.store().read().await?;
    Ok(exports::span(&mut read, grant, &wanted(request, caller, 0)).await?)
}

/// How far one's newest file is.
///
/// # Errors
/// `Forbidden`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Option<HistoryExport>, Error> {
    caller.require::<HistoryView>()?;
    let store = services.store();
    Ok(exports::find(&mut store.read().await?, &caller.own(), store.clock().now()).await?)
}

/// What whoever sends a file says about it.
#[derive(Clone, Debug)]
pub struct Progress {
    services: Services,
    view: Grant<HistoryView>,
    own: Grant<Own>,
    span: Span,
    now: HistoryExport,
    told_at: i64,
}

impl Progress {
    /// Of the file that the caller began under this id, which nobody else knows.
    ///
    /// # Errors
    /// `Forbidden`.
    pub async fn of(
        services: &Services,
        caller: &Caller,
        (id, request): (ExportId, &ListHistory),
    ) -> Result<Self, Error> {
        let view = caller.require::<HistoryView>()?;
        let span = span(services, caller, &view, request).await?;
        let now = HistoryExport { id, state: ExportState::Running, entries: 0, expected: None, percent: 0 };
        Ok(Self { services: services.clone(), view, own: caller.own(), span, now, told_at: 0 })
    }

    /// A piece was taken by the browser.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn sent(&mut self, piece: &Piece) -> Result<(), Error> {
        self.now.entries += piece.entries;
        let moment = self.services.store().clock().now();
        let Some(last) = piece.next.filter(|_| moment >= self.told_at + PAUSE) else { return Ok(()) };
        self.told_at = moment;
        let mut read = self.services.store().read().await?;
        if let Some(place) = exports::place(&mut read, &self.view, last).await? {
            // It never goes back.
            self.now.percent = self.span.percent(place).max(self.now.percent);
        }
        drop(read);
        self.tell().await
    }

    /// It ended, whole or not.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn end(mut self, state: ExportState) -> Result<(), Error> {
        self.now.state = state;
        if state == ExportState::Whole {
            self.now.percent = 100;
        }
        self.tell().await
    }

    async fn tell(&self) -> Result<(), Error> {
        let (own, now) = (self.own.clone(), self.now);
        Ok(self.services.store().write(async move |tx| exports::advance(tx, &own, &now).await).await?)
    }
}
