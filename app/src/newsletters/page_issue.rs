//! One issue: written, looked at, tried on oneself, sent; and then how far sending is.

use crate::{
    components::{
        dialog::ConfirmDialog,
        dynamic::dynamic,
        failure_view::failure_page,
        field::{ErrorSummary, SubmitButton, unsaved},
        form::Form,
        local_time::moment,
        page_head::PageHead,
        toast::{Toasts, use_toast},
    },
    load::{Loaded, again, load, loaded, replace},
    messages::{Messages, language, messages},
    newsletters::{
        fields::{issue_fields, typed_texts},
        functions,
    },
    session::use_session,
    shell::is_hydrated,
};
use domain::{
    Error, IssueId, Permission,
    newsletters::{FindIssue, Issue, Preview, PreviewIssue, SaveIssue, SendIssue, Sending},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

/// One issue.
#[component]
pub fn IssuePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())));
    dynamic(move || match id.get() {
        Some(id) => Page::new(id).draw(),
        None => failure_page(Error::NotFound.into()),
    })
}

/// What the page keeps, whatever is loaded again.
#[derive(Clone, Copy)]
struct Page {
    words: &'static Messages,
    toasts: Toasts,
    resource: Loaded<Issue>,
    /// Why nothing can be changed any more.
    locked: RwSignal<Option<&'static str>>,
    form: Form,
    /// For what may also be done with an issue that was sent.
    look: Form,
    asking: RwSignal<bool>,
    previews: RwSignal<Vec<Preview>>,
}

impl Page {
    fn new(id: IssueId) -> Self {
        let session = use_session();
        let locked = RwSignal::new(None);
        let resource = load(move || (id, session.jobs()), |(id, _)| functions::find_issue(FindIssue { id }));
        let may = move || session.allows(Permission::NewslettersManage);
        let form = Form::locked_unless("issue", move || may() && locked.get().is_none())
            .when_stale(move || again(resource));
        Self {
            words: messages(),
            toasts: use_toast(),
            resource,
            locked,
            form,
            look: Form::locked_unless("look", may),
            asking: RwSignal::new(false),
            previews: RwSignal::default(),
        }
    }

    fn draw(self) -> AnyView {
        loaded(self.resource, move |issue| self.page(issue))
    }

    fn page(self, issue: Signal<Issue>) -> AnyView {
        let say = &self.words.newsletters;
        let lock = move || {
            issue.with(|issue| match (&issue.sending, issue.closed) {
                (Some(_), _) => Some(say.sent_lock),
                (None, true) => Some(say.closed_lock),
                (None, false) => None,
            })
        };
        self.locked.set(untrack(lock));
        Effect::new(move |_| self.locked.set(lock()));
        let language = language();
        let title = move || {
            let subject =
                issue.with(|issue| issue.texts.subject.of(issue.texts.language_for(language)).to_owned());
            if subject.is_empty() { say.untitled.to_owned() } else { subject }
        };
        let lead = move || issue.with(|issue| issue.name.clone());
        let sending = Memo::new(move |_| issue.with(|issue| issue.sending));
        let note = dynamic(move || {
            self.locked.get().map(|reason| view! { <p class="note">{reason}</p> }.into_any())
        });
        view! {
            <PageHead title=Signal::derive(title) lead=Signal::derive(lead)>
                <a class="button" href=move || issue.with(|issue| format!("/newsletters/{}", issue.newsletter))>
                    {say.issues}
                </a>
            </PageHead>
            {dynamic(move || sending.get().map(|sending| progress(sending, say.sending, say.progress)))}
            {note}
            {self.editor(issue)}
            {dynamic(move || self.previews.with(|previews| previews.iter().map(|it| self.preview(it)).collect::<Vec<_>>()))}
            {self.question(issue)}
        }
        .into_any()
    }

    fn editor(self, issue: Signal<Issue>) -> AnyView {
        let (say, form) = (&self.words.newsletters, self.form);
        let texts = Signal::derive(move || issue.with(|issue| issue.texts.clone()));
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let SendIssue { id, version } = which(issue);
            let request = SaveIssue { id, version, texts: typed_texts(form, &texts.get_untracked()) };
            form.send(functions::save_issue(request), move |saved| {
                replace(self.resource, saved);
                self.toasts.show(self.words.common.saved);
            });
        };
        let look = move |_| {
            let request = PreviewIssue { texts: typed_texts(form, &texts.get_untracked()) };
            self.look.send(functions::preview_issue(request), move |previews| self.previews.set(previews));
        };
        let draft = Memo::new(move |_| issue.with(|issue| issue.sending.is_none()));
        let buttons = dynamic(move || draft.get().then(|| self.buttons(issue)));
        view! {
            <form method="post" novalidate class="card" on:submit=save>
                <header><h2>{say.text}</h2></header>
                <div class="body">
                    <p class="soft small">{say.text_hint}</p>
                    <ErrorSummary form/>
                    <ErrorSummary form=self.look/>
                    {issue_fields(form, texts)}
                    <div class="row">
                        {dynamic(move || draft.get().then(|| view! { <SubmitButton form label=self.words.common.save/> }.into_any()))}
                        <button type="button" disabled=move || !is_hydrated() on:click=look>{say.preview}</button>
                        {unsaved(form)}
                    </div>
                </div>
                {buttons}
            </form>
        }
        .into_any()
    }

    /// What is done with what is saved.
    fn buttons(self, issue: Signal<Issue>) -> AnyView {
        let (say, form, navigate) = (&self.words.newsletters, self.form, use_navigate());
        let ready = move || is_hydrated() && form.is_editable() && !form.is_changed();
        let test = move |_| {
            form.send(functions::test_issue(FindIssue { id: which(issue).id }), move |()| {
                self.toasts.show(say.test_done);
            });
        };
        let delete = move |_| {
            let (back, navigate) = (
                issue.with_untracked(|issue| format!("/newsletters/{}", issue.newsletter)),
                navigate.clone(),
            );
            form.send(functions::delete_issue(which(issue)), move |()| {
                self.toasts.show(say.delete_done);
                navigate(&back, Default::default());
            });
        };
        let hint = dynamic(move || {
            form.is_changed().then(|| view! { <span class="small soft">{say.save_first}</span> }.into_any())
        });
        view! {
            <footer>
                <button type="button" disabled=move || !ready() on:click=test>{say.test}</button>
                <button type="button" class="main" disabled=move || !ready() on:click=move |_| self.asking.set(true)>
                    {say.send}
                </button>
                <button type="button" class="danger" disabled=move || !ready() on:click=delete>{say.delete}</button>
                {hint}
            </footer>
        }
        .into_any()
    }

    /// Asks before it is sent.
    fn question(self, issue: Signal<Issue>) -> AnyView {
        let (say, form, open) = (&self.words.newsletters, self.form, self.asking);
        let effect = move || issue.with(|issue| (say.send_effect)(issue.subscribers));
        let send = move |()| {
            // What is missing is shown at its field.
            open.set(false);
            form.send(functions::send_issue(which(issue)), move |sent| {
                replace(self.resource, sent);
                self.toasts.show(say.send_done);
            });
        };
        view! {
            <ConfirmDialog
                open
                id="send-issue"
                title=say.send_question.to_owned()
                confirm=say.send
                form
                danger=false
                on_confirm=Callback::new(send)
            >
                <p>{dynamic(effect)}</p>
            </ConfirmDialog>
        }
        .into_any()
    }

    /// What the server has written and made safe.
    fn preview(self, preview: &Preview) -> AnyView {
        let title = (self.words.newsletters.preview_of)(preview.language, &preview.subject);
        view! {
            <section class="card">
                <header><h2>{title}</h2></header>
                <div class="body"><div class="prose" lang=preview.language.code() inner_html=preview.html.as_str().to_owned()></div></div>
            </section>
        }
        .into_any()
    }
}

/// The issue as it is on the screen.
fn which(issue: Signal<Issue>) -> SendIssue {
    issue.with_untracked(|issue| SendIssue { id: issue.id, version: issue.version })
}

fn progress(sending: Sending, title: &'static str, words: fn(i64, i64, i64) -> String) -> AnyView {
    let Sending { at, recipients, sent, waiting } = sending;
    let (most, value) = (recipients.to_string(), (recipients - waiting).to_string());
    view! {
        <section class="card">
            <header><h2>{title}</h2>{moment(at)}</header>
            <div class="body">
                <progress aria-label=title max=most value=value></progress>
                <p role="status">{words(sent, recipients, waiting)}</p>
            </div>
        </section>
    }
    .into_any()
}
