//! HTML that was made safe to put into a page as it is.

use serde::{Deserialize, Serialize};

/// HTML out of the sanitiser, or drawn by ourselves: no script, no style, nothing that is loaded from anywhere.
/// Only `services::markdown` and `services::insights::drawing` make it; a page takes it over by `inner_html`, and
/// takes nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// What a sanitiser let through, or a template of ours wrote. The linter refuses this call elsewhere.
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
