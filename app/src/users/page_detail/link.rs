//! A new link to set the password.

use super::Page;
use crate::{
    components::dialog::ConfirmDialog,
    shell::is_hydrated,
    users::{functions, link_box::link_box},
};
use domain::{
    Field,
    users::{IssueLink, User},
};
use leptos::prelude::*;

impl Page {
    pub(super) fn link(self, user: Signal<User>) -> AnyView {
        let Self { id, words, link: form, asking: open, made, .. } = self;
        let say = &words.users;
        let send = move |()| {
            form.send(functions::issue_link(IssueLink { id }), move |link| {
                open.set(false);
                made.set(Some(link));
            });
        };
        let title = move || user.with(|user| (say.new_link_question)(&user.name));
        let ask = move |_| {
            form.reset();
            open.set(true);
        };
        view! {
            <section class="card" aria-labelledby="user-password">
                <header><h2 id="user-password">{(words.fields.label)(Field::Password)}</h2></header>
                <div class="body">
                    <p class="soft">{say.new_link_lead}</p>
                    {move || made.get().map(|link| link_box(&link))}
                    <div class="row">
                        <button
                            type="button"
                            disabled=move || !form.is_editable() || !is_hydrated()
                            on:click=ask
                        >
                            {say.new_link}
                        </button>
                    </div>
                </div>
            </section>
            <ConfirmDialog
                open
                id="new-link"
                title=Signal::derive(title)
                confirm=say.new_link
                form
                danger=false
                on_confirm=Callback::new(send)
            >
                <p>{say.new_link_effect}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}
