//! Writing the next version of the privacy notice: each part in both languages, a preview, publishing.

use crate::{
    components::{
        dialog::ConfirmDialog,
        field::{ErrorSummary, SubmitButton, TextArea, unsaved},
        form::{Form, Key},
        page_head::PageHead,
        toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    notice::{functions, page::part},
    session::{go_to, use_session},
    shell::is_hydrated,
};
use domain::{
    Field, Language, Permission,
    notice::{Draft, NoticePart, PartText, SaveNotice},
};
use leptos::prelude::*;

/// Writing the next version.
#[component]
pub fn EditNoticePage() -> impl IntoView {
    let session = use_session();
    let resource = load(|| (), |()| functions::find_draft());
    let form = Form::locked_unless("notice", move || session.allows(Permission::PrivacyManage))
        .when_stale(move || again(resource));
    let taken = Callback::new(move |draft| replace(resource, draft));
    loaded(resource, move |draft| editor(form, draft, taken))
}

/// The form over the draft, and what the draft looks like.
fn editor(form: Form, draft: Signal<Draft>, taken: Callback<Draft>) -> AnyView {
    let words = messages();
    let toasts = use_toast();
    let asking = RwSignal::new(false);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.send(functions::save_draft(typed(form, draft)), move |saved| {
            taken.run(saved);
            toasts.show(words.common.saved);
        });
    };
    let lead = Signal::derive(move || draft.with(|draft| (words.notice.edit_lead)(draft.current + 1)));
    let parts: Vec<_> = NoticePart::ALL.into_iter().map(|part| fields(form, draft, part)).collect();
    view! {
        <PageHead title=words.notice.edit lead>
            <a class="button" href="/notice">{words.notice.title}</a>
        </PageHead>
        <form method="post" novalidate class="card" on:submit=save>
            <div class="body">
                <ErrorSummary form/>
                <p class="soft">{words.notice.markdown_hint}</p>
                {parts}
                <div class="row">
                    <SubmitButton form label=words.notice.save/>
                    <button
                        type="button"
                        disabled=move || !(is_hydrated() && form.is_editable())
                        on:click=move |_| asking.set(true)
                    >
                        {words.notice.publish}
                    </button>
                    {unsaved(form)}
                </div>
            </div>
        </form>
        {preview(draft)}
        {publishing(form, draft, asking)}
    }
    .into_any()
}

/// A part in both languages.
fn fields(form: Form, draft: Signal<Draft>, part: NoticePart) -> AnyView {
    let words = messages();
    let field = |language: Language| {
        let field = Field::Notice(language, part);
        let stored = Signal::derive(move || draft.with(|draft| stored(draft, language, part)));
        view! { <TextArea form field=Key::from(field) label=(words.fields.label)(field) stored/> }.into_any()
    };
    let both: Vec<_> = Language::ALL.into_iter().map(field).collect();
    view! {
        <fieldset class="stack">
            <legend><strong>{(words.notice.part)(part)}</strong></legend>
            <p class="soft small">{(words.notice.part_hint)(part)}</p>
            <div class="columns">{both}</div>
        </fieldset>
    }
    .into_any()
}

fn stored(draft: &Draft, language: Language, part: NoticePart) -> String {
    let text = draft.texts.iter().find(|it| it.language == language && it.part == part);
    text.map(|it| it.text.clone()).unwrap_or_default()
}

/// What stands in the fields.
fn typed(form: Form, draft: Signal<Draft>) -> SaveNotice {
    draft.with_untracked(|draft| {
        let typed = |it: &PartText| PartText {
            text: form.value_untracked(Field::Notice(it.language, it.part), &it.text),
            ..it.clone()
        };
        SaveNotice {
            current: draft.current,
            version: draft.version,
            texts: draft.texts.iter().map(typed).collect(),
        }
    })
}

/// The draft as it was last saved.
fn preview(draft: Signal<Draft>) -> AnyView {
    let words = messages();
    let columns: Vec<_> = Language::ALL
        .into_iter()
        .map(|language| {
            let parts = move || -> Vec<AnyView> {
                let shown = draft.with(|draft| draft.shown.clone());
                shown.iter().filter(|it| it.language == language).map(part).collect()
            };
            view! {
                <article class="card" lang=language.code()>
                    <header><strong>{(words.profile.language)(language)}</strong></header>
                    <div class="body">{parts}</div>
                </article>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="stack">
            <h2>{words.notice.preview}</h2>
            <p class="soft">{words.notice.preview_hint}</p>
            <div class="columns">{columns}</div>
        </section>
    }
    .into_any()
}

/// Says what publishing does, and does it. What is wrong is shown beside the fields.
fn publishing(form: Form, draft: Signal<Draft>, asking: RwSignal<bool>) -> AnyView {
    let words = messages();
    let publish = move |()| {
        let request = typed(form, draft);
        asking.set(false);
        form.send(functions::publish(request), |()| go_to("/notice"));
    };
    view! {
        <ConfirmDialog
            open=asking
            id="publish-notice"
            title=words.notice.publish_title
            confirm=words.notice.publish_confirm
            form
            on_confirm=Callback::new(publish)
            danger=false
        >
            <p>{move || draft.with(|draft| (words.notice.publish_effect)(draft.users))}</p>
            <p>{words.notice.publish_for_good}</p>
        </ConfirmDialog>
    }
    .into_any()
}
