//! The section with the passkeys: the list, renaming, removing, adding.

use crate::{
    codec::Secret,
    components::{
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        local_time::day,
        toast::use_toast,
    },
    messages::messages,
    second_factor::{
        ask_browser, functions,
        section::{Ask, Factors},
    },
    shell::is_hydrated,
};
use domain::{
    Field,
    second_factor::{AddPasskey, Passkey, RenamePasskey, SecondFactors},
};
use leptos::prelude::*;

impl Factors {
    /// The section, where passkeys work.
    pub(super) fn passkeys(self, factors: Signal<SecondFactors>) -> AnyView {
        let words = &messages().second_factor;
        let known = Memo::new(move |_| factors.with(|factors| factors.passkeys.clone()));
        let list = move || {
            let items: Vec<_> = known.get().into_iter().map(|passkey| self.passkey(passkey)).collect();
            if items.is_empty() {
                view! { <p class="soft">{words.no_passkeys}</p> }.into_any()
            } else {
                view! { <ul class="list">{items}</ul> }.into_any()
            }
        };
        let works = Memo::new(move |_| factors.with(|factors| factors.passkeys_work));
        let section = move || {
            works.get().then(|| {
                view! {
                    <section class="card" aria-labelledby="passkeys">
                        <header><h2 id="passkeys">{words.passkeys}</h2></header>
                        <div class="body">
                            <p class="soft">{words.passkeys_lead}</p>
                            {list}
                            {self.adding()}
                        </div>
                    </section>
                }
            })
        };
        section.into_any()
    }

    fn passkey(self, passkey: Passkey) -> AnyView {
        let words = messages();
        let say = &words.second_factor;
        let Passkey { id, name, added, used } = passkey;
        let stored = name.clone();
        let used = match used {
            Some(used) => view! { {say.used} " " {day(used)} }.into_any(),
            None => say.never_used.into_any(),
        };
        let line = move || {
            if self.renaming.get() == Some(id) {
                self.renaming(id, stored.clone())
            } else {
                view! { <strong>{stored.clone()}</strong> }.into_any()
            }
        };
        let rename = move |_| {
            self.rename.reset();
            self.renaming.set(Some(id));
        };
        view! {
            <li>
                <div>{line}<p class="soft small">{say.added} " " {day(added)} " · " {used}</p></div>
                <div class="row">
                    <button
                        type="button"
                        class="quiet"
                        aria-label=format!("{}: {name}", say.rename)
                        disabled=move || !is_hydrated()
                        on:click=rename
                    >
                        {say.rename}
                    </button>
                    <button
                        type="button"
                        class="quiet"
                        aria-label=format!("{}: {name}", say.remove)
                        disabled=move || !is_hydrated()
                        on:click=move |_| self.ask(Ask::RemovePasskey(id))
                    >
                        {say.remove}
                    </button>
                </div>
            </li>
        }
        .into_any()
    }

    fn renaming(self, id: domain::PasskeyId, stored: String) -> AnyView {
        let words = messages();
        let before = stored.clone();
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let request = RenamePasskey { id, name: self.rename.value_untracked(Field::Name, &before) };
            self.rename.send(functions::rename(request), move |factors| {
                self.renaming.set(None);
                self.take(factors);
            });
        };
        view! {
            <form method="post" novalidate class="stack" on:submit=save>
                {name_field(self.rename, stored, "")}
                <div class="row">
                    <SubmitButton form=self.rename label=words.common.save/>
                    <button type="button" on:click=move |_| self.renaming.set(None)>{words.common.cancel}</button>
                </div>
            </form>
        }
        .into_any()
    }

    fn adding(self) -> AnyView {
        let words = &messages().second_factor;
        let toasts = use_toast();
        let form = self.add;
        let add = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let name = form.value_untracked(Field::Name, "");
            let adding = async move {
                // The name is checked before the device is asked, and again when it is stored.
                domain::name::PasskeyName::parse(&name).map_err(|problem| {
                    domain::Error::from(domain::FieldError { field: Field::Name, problem })
                })?;
                let question = functions::begin_adding().await?;
                let answer = ask_browser(&question, true).await?;
                functions::add(Secret(AddPasskey { token: question.token, answer, name })).await
            };
            form.send(adding, move |codes| {
                toasts.show(words.passkey_added);
                self.take_codes(codes);
            });
        };
        view! {
            <form method="post" novalidate class="stack" on:submit=add>
                <ErrorSummary form/>
                <div class="fields">{name_field(form, String::new(), words.name_hint)}</div>
                <div class="row"><SubmitButton form label=words.add/></div>
            </form>
        }
        .into_any()
    }
}

fn name_field(form: Form, stored: String, hint: &'static str) -> AnyView {
    let label = messages().second_factor.passkey_name;
    view! { <TextField form field=Field::Name label stored=Signal::stored(stored) hint/> }.into_any()
}
