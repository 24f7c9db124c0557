//! What stands above every page of a preview, so that nobody takes it for their own view.

use super::functions;
use crate::{
    components::dynamic::dynamic,
    messages::messages,
    roles::names::role_name,
    session::{OpenSession, go_to},
};
use domain::preview::{Preview, Target};
use leptos::{prelude::*, task::spawn_local};

/// The bar, while there is a preview.
pub fn preview_bar(session: OpenSession) -> AnyView {
    let preview = Memo::new(move |_| session.preview());
    dynamic(move || preview.get().map(|preview| bar(session, &preview)))
}

fn bar(session: OpenSession, preview: &Preview) -> AnyView {
    let words = messages();
    let say = &words.preview;
    let what = preview.of.as_ref().map_or(say.gone.to_owned(), |of| match of.target {
        Target::Role(_) => (say.as_role)(&role_name(&of.name, words)),
        Target::User(_) => (say.as_user)(&of.name),
    });
    let end = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            match functions::end().await {
                // Loaded anew, so that nothing of the other view stays in memory.
                Ok(path) => go_to(&path),
                Err(failure) => session.mind(&failure),
            }
        });
    };
    view! {
        <section class="preview-bar" aria-label=say.title>
            <strong>{what}</strong>
            <form method="post" action="/fn/preview/end" on:submit=end>
                <button type="submit">{say.end}</button>
            </form>
        </section>
    }
    .into_any()
}

/// What a preview is, above its pages.
pub fn preview_note(session: OpenSession) -> AnyView {
    let hidden = Memo::new(move |_| session.preview().map(|preview| preview.hidden));
    let words = messages();
    let say = &words.preview;
    dynamic(move || {
        hidden.get().map(|hidden| {
            let labels: Vec<_> = hidden.iter().map(|held| words.permissions.label(held)).collect();
            let more = (!labels.is_empty()).then(|| (say.hidden)(&labels));
            view! { <p class="note warn">{say.read_only}" "{more}</p> }.into_any()
        })
    })
}
