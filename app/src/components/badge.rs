//! A word about the state of something.

use leptos::prelude::*;

/// How a badge looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// Works.
    On,
    /// Paused or on its way out.
    Off,
}

/// A badge.
pub fn badge(tone: Tone, text: impl Into<String>) -> AnyView {
    let class = match tone {
        Tone::Plain => "badge",
        Tone::On => "badge on",
        Tone::Off => "badge off",
    };
    view! { <span class=class>{text.into()}</span> }.into_any()
}

/// The badge of a partner's state.
pub fn partner_badge(status: domain::partners::PartnerStatus) -> AnyView {
    use domain::partners::PartnerStatus;
    let tone = match status {
        PartnerStatus::Active => Tone::On,
        PartnerStatus::Deactivated => Tone::Off,
        PartnerStatus::Deleted => Tone::Plain,
    };
    badge(tone, (crate::messages::messages().partners.status)(status))
}
