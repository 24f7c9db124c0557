//! What a page load counts for. `Sec-GPC: 1` (Global Privacy Control) and `DNT: 1` are honoured: then nothing.

use super::{BeforeAgreeing, current_before_agreeing, header, parts};
use domain::insights::{Counting, Feature};
use http::{HeaderName, Method, header::REFERER};

const ASKS_NOT: [HeaderName; 2] = [HeaderName::from_static("sec-gpc"), HeaderName::from_static("dnt")];

/// Whether the browser asks not to be counted.
#[must_use]
pub fn asks_not_to_be_counted() -> bool {
    ASKS_NOT.iter().any(|name| header(name).is_some_and(|value| value.trim() == "1"))
}

/// Counts the page that is being loaded, and says which counters the page before and this one added to: of the
/// page before, by what the browser says where it comes from. Nothing of it is kept.
#[must_use]
pub fn count_page() -> [Option<Feature>; 2] {
    let Ok((services, caller)) = current_before_agreeing(BeforeAgreeing::OwnData) else { return [None; 2] };
    if services::insights::counting(&caller, asks_not_to_be_counted()) != Counting::Counted {
        return [None; 2];
    }
    let here = parts(|parts| Feature::at(parts.uri.path()).filter(|_| parts.method == Method::GET));
    if let Some(feature) = here {
        services::insights::count(&services, feature);
    }
    let from = header(&REFERER);
    let path = from.as_deref().and_then(|from| from.strip_prefix(services.public_url()));
    let before = path.and_then(|path| Feature::at(path.split(['?', '#']).next().unwrap_or_default()));
    // The notice may have been read before agreeing to it, and was not counted then.
    [before.filter(|before| *before != Feature::Notice), here]
}
