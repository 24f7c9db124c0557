//! The roles matrix: permissions down, roles across.

use crate::{
    components::{dynamic::dynamic, failure_view::failure_note, page_head::PageHead},
    load::{load, loaded},
    roles::{
        choice::Choice,
        dialogs::Dialogs,
        editor::{Editor, Note},
        functions, table,
    },
    shell::is_hydrated,
};
use domain::roles::Matrix;
use leptos::prelude::*;

/// The roles matrix.
#[component]
pub fn RolesPage() -> impl IntoView {
    let resource = load(|| (), |()| functions::matrix());
    let editor = Editor::new(resource);
    let choice = Choice::new();
    let dialogs = Dialogs::new(editor, choice);
    loaded(resource, move |matrix| page(editor, dialogs, choice, matrix))
}

fn page(editor: Editor, dialogs: Dialogs, choice: Choice, matrix: Signal<Matrix>) -> AnyView {
    let say = &editor.words.roles;
    let note = dynamic(move || {
        editor.note.get().map(|note| match note {
            Note::Text(text) => view! { <p class="note warn">{text}</p> }.into_any(),
            Note::Failure(failure) => failure_note(failure),
        })
    });
    view! {
        <PageHead title=say.title lead=say.lead>
            <button type="button" class="main" disabled=move || !is_hydrated() on:click=move |_| dialogs.create()>
                {say.new}
            </button>
        </PageHead>
        <div role="alert">{note}</div>
        {choice.draw(editor, matrix)}
        {table::draw(editor, dialogs, choice, matrix)}
        {dialogs.draw()}
    }
    .into_any()
}
