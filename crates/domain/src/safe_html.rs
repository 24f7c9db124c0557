//! HTML that was made safe to put into a page as it is.

use serde::{Deserialize, Serialize};

/// HTML out of the sanitiser: no script, no style, nothing that is loaded from anywhere. Only
/// `services::markdown` makes it; a page takes it over by `inner_html`, and takes nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// What a sanitiser let through. The linter refuses this call outside of the sanitiser's module.
    #[must_use]
    pub const fn sanitised(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
