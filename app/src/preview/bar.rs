//! What stands above every page of a preview, so that nobody takes it for their own view.

use crate::{
    components::dynamic::dynamic, messages::messages, roles::names::role_name, session::OpenSession,
};
use domain::preview::{Preview, Whose};
use leptos::prelude::*;

/// The bar, while there is a preview.
pub fn preview_bar(session: OpenSession) -> AnyView {
    let preview = Memo::new(move |_| session.preview());
    dynamic(move || preview.get().map(|preview| bar(&preview)))
}

fn bar(preview: &Preview) -> AnyView {
    let words = messages();
    let say = &words.preview;
    let what = match preview.whose {
        Whose::Role => (say.as_role)(&role_name(&preview.name, words)),
        Whose::User => (say.as_user)(&preview.name),
        Whose::Nobody => say.gone.to_owned(),
    };
    // The form is sent by the browser itself, and the answer leads on: nothing of the other view stays in memory.
    view! {
        <section class="preview-bar" aria-label=say.title>
            <strong>{what}</strong>
            <form method="post" action="/fn/preview/end">
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
