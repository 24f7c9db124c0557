//! Light, dark, or as the system has it. The choice is a cookie of this browser, so that the
//! server can write it into the page and nothing flashes.

/// An appearance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// Every appearance.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What the cookie and the attribute `data-theme` hold.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The appearance of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }

    /// The appearance that the open page has: `<html data-theme>`.
    #[must_use]
    pub fn shown() -> Self {
        #[cfg(feature = "ssr")]
        return crate::context::theme();
        #[cfg(not(feature = "ssr"))]
        leptos::prelude::document()
            .document_element()
            .and_then(|html| html.get_attribute("data-theme"))
            .and_then(|code| Self::from_code(&code))
            .unwrap_or_default()
    }

    /// Shows it, and keeps it for a year.
    pub fn choose(self) {
        use wasm_bindgen::JsCast;
        let document = leptos::prelude::document();
        let code = self.code();
        if let Some(html) = document.document_element() {
            drop(html.set_attribute("data-theme", code));
        }
        let cookie = format!("assent_theme={code}; Path=/; Max-Age=31536000; SameSite=Lax");
        drop(document.unchecked_into::<web_sys::HtmlDocument>().set_cookie(&cookie));
    }
}
