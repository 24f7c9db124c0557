//! The button that starts a preview.

use super::functions;
use crate::{
    components::{dynamic::dynamic, failure_view::failure_text, toast::use_toast},
    session::{go_to, use_session},
    shell::is_hydrated,
};
use domain::{
    Permission,
    preview::{StartPreview, Target},
};
use leptos::{prelude::*, task::spawn_local};

/// The button, for those who may, and not within a preview.
pub fn preview_button(target: Target, text: &'static str) -> AnyView {
    let (session, toasts) = (use_session(), use_toast());
    let offered = Memo::new(move |_| session.is_own() && session.allows(Permission::RolesManage));
    let start = move |_: web_sys::MouseEvent| {
        spawn_local(async move {
            match session.ends(functions::start(StartPreview { target })).await {
                // Loaded anew, so that nothing of one's own view stays in memory.
                Ok(()) => go_to("/"),
                Err(failure) => {
                    session.mind(&failure);
                    toasts.show(failure_text(&failure).text);
                }
            }
        });
    };
    dynamic(move || {
        offered.get().then(|| {
            view! { <button type="button" disabled=move || !is_hydrated() on:click=start>{text}</button> }
                .into_any()
        })
    })
}
