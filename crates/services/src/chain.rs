//! The history as a hash chain: checking that nothing in it was changed, and comparing it with a head that was
//! written down before.

use crate::Services;
use domain::{
    Error, Field, FieldError,
    chain::{CheckChain, Checked, CompareHead, Compared, Fault, Head},
};
use store::{Caller, chain, grants::HistoryView};

/// Checks some links after those that were checked before. The first step seals what was written just now.
///
/// # Errors
/// `Forbidden`.
pub async fn check(services: &Services, caller: &Caller, request: CheckChain) -> Result<Checked, Error> {
    let (grant, store) = (caller.require::<HistoryView>()?, services.store());
    if request.checked == 0 {
        chain::seal(store, &grant).await?;
    }
    let step = chain::check(&mut store.read().await?, &grant, request.checked.max(0)).await?;
    let chain::Checked { checked, head, fault } = step;
    Ok(Checked { checked, links: head.sequence, fault, head: head.to_string() })
}

/// Compares a head that was written down with the chain of today. Whether all links up to there hold is for
/// [`check`] to say.
///
/// # Errors
/// `Forbidden`, `Invalid` if it is no head.
pub async fn compare(services: &Services, caller: &Caller, request: CompareHead) -> Result<Compared, Error> {
    let grant = caller.require::<HistoryView>()?;
    let head: Head =
        request.head.parse().map_err(|problem| FieldError { field: Field::HistoryHead, problem })?;
    if head.organisation != grant.organisation() {
        return Ok(Compared::Elsewhere);
    }
    let mut read = services.store().read().await?;
    if !chain::had(&mut read, &grant, &head).await? {
        return Ok(Compared::Differs);
    }
    let now = chain::head(&mut read, &grant).await?;
    Ok(Compared::Fits { since: now.sequence - head.sequence })
}

/// The chain of one organisation, as it was checked for whoever runs the installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The name of the organisation.
    pub organisation: String,
    /// How many entries are not sealed yet: a server does it within seconds.
    pub waiting: i64,
    /// The head.
    pub head: Head,
    /// What is wrong, if anything is.
    pub fault: Option<Fault>,
}

/// Checks the chains of all organisations, and those that these heads are of for having had them.
///
/// # Errors
/// `Internal`.
pub async fn check_all(services: &Services, heads: &[Head]) -> Result<Vec<Report>, Error> {
    let mut read = services.store().read().await?;
    let mut reports = Vec::new();
    for chain::Chained { grant, name, waiting } in chain::all(&mut read).await? {
        let chain::Checked { head, mut fault, .. } = chain::check_all(&mut read, &grant).await?;
        for known in heads.iter().filter(|known| known.organisation == head.organisation) {
            if !chain::had(&mut read, &grant, known).await? {
                fault = fault.or(Some(Fault::Head));
            }
        }
        reports.push(Report { organisation: name, waiting, head, fault });
    }
    Ok(reports)
}
