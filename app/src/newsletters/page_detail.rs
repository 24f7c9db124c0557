//! One newsletter: its issues, what stands beside its switch, and closing it.

use crate::{
    components::{
        badge::{Tone, badge},
        dialog::ConfirmDialog,
        dynamic::dynamic,
        empty::Empty,
        failure_view::failure_page,
        field::{ErrorSummary, SaveRow},
        form::Form,
        local_time::moment,
        page_head::PageHead,
        toast::use_toast,
    },
    load::{Loaded, again, load, loaded, replace},
    messages::{language, messages},
    newsletters::{
        fields::{typed_words, word_fields},
        functions,
    },
    session::use_session,
    shell::is_hydrated,
};
use domain::{
    Error, NewsletterId, Permission,
    newsletters::{CloseNewsletter, FindNewsletter, IssueEntry, Newsletter, UpdateNewsletter},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

/// One newsletter.
#[component]
pub fn NewsletterPage() -> impl IntoView {
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
    resource: Loaded<Newsletter>,
    /// Whether it was closed.
    closed: RwSignal<bool>,
    write: Form,
    words: Form,
    close: Form,
    asking: RwSignal<bool>,
}

impl Page {
    fn new(id: NewsletterId) -> Self {
        let session = use_session();
        let closed = RwSignal::new(false);
        let resource = load(move || (id, session.jobs()), |(id, _)| functions::find(FindNewsletter { id }));
        let form = move |prefix| {
            let may = move || session.allows(Permission::NewslettersManage) && !closed.get();
            Form::locked_unless(prefix, may).when_stale(move || again(resource))
        };
        let (write, words, close) = (form("write"), form("newsletter"), form("close"));
        Self { resource, closed, write, words, close, asking: RwSignal::new(false) }
    }

    fn draw(self) -> AnyView {
        loaded(self.resource, move |newsletter| self.page(newsletter))
    }

    fn page(self, newsletter: Signal<Newsletter>) -> AnyView {
        let (say, language) = (&messages().newsletters, language());
        let is_closed = move || newsletter.with(|newsletter| newsletter.closed);
        self.closed.set(untrack(is_closed));
        Effect::new(move |_| self.closed.set(is_closed()));
        let title = move || newsletter.with(|newsletter| newsletter.words.name.of(language).to_owned());
        let lead = move || newsletter.with(|newsletter| (say.reads)(newsletter.subscribers));
        let note = dynamic(move || {
            self.closed.get().then(|| view! { <p class="note">{say.closed_lock}</p> }.into_any())
        });
        let open = dynamic(move || (!self.closed.get()).then(|| self.closing(newsletter)));
        view! {
            <PageHead title=Signal::derive(title) lead=Signal::derive(lead)>
                <a class="button" href="/newsletters">{say.all}</a>
                {self.writing(newsletter)}
            </PageHead>
            <ErrorSummary form=self.write/>
            {note}
            {issues(newsletter)}
            {self.editor(newsletter)}
            {open}
        }
        .into_any()
    }

    fn writing(self, newsletter: Signal<Newsletter>) -> AnyView {
        let navigate = use_navigate();
        let write = move |_| {
            let id = newsletter.with_untracked(|newsletter| newsletter.id);
            let navigate = navigate.clone();
            self.write.send(functions::write_issue(FindNewsletter { id }), move |issue| {
                navigate(&format!("/newsletters/issues/{}", issue.id), Default::default());
            });
        };
        let ready = move || is_hydrated() && self.write.is_editable();
        view! {
            <button type="button" class="main" disabled=move || !ready() on:click=write>
                {messages().newsletters.write}
            </button>
        }
        .into_any()
    }

    fn editor(self, newsletter: Signal<Newsletter>) -> AnyView {
        let words = messages();
        let (say, toasts, form) = (&words.newsletters, use_toast(), self.words);
        let stored = Signal::derive(move || newsletter.with(|newsletter| newsletter.words.clone()));
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let (id, version) = newsletter.with_untracked(|newsletter| (newsletter.id, newsletter.version));
            let request = UpdateNewsletter { id, version, words: typed_words(form, &stored.get_untracked()) };
            form.send(functions::update(request), move |saved| {
                replace(self.resource, saved);
                toasts.show(words.common.saved);
            });
        };
        view! {
            <form method="post" novalidate class="card" on:submit=save>
                <header><h2>{say.words}</h2></header>
                <div class="body">
                    <p class="soft">{say.words_hint}</p>
                    <ErrorSummary form/>
                    {word_fields(form, stored)}
                    <SaveRow form label=words.common.save/>
                </div>
            </form>
        }
        .into_any()
    }

    fn closing(self, newsletter: Signal<Newsletter>) -> AnyView {
        let (say, toasts) = (&messages().newsletters, use_toast());
        let (form, open) = (self.close, self.asking);
        let send = move |()| {
            let (id, version) = newsletter.with_untracked(|newsletter| (newsletter.id, newsletter.version));
            form.send(functions::close(CloseNewsletter { id, version }), move |closed| {
                open.set(false);
                replace(self.resource, closed);
                toasts.show(say.close_done);
            });
        };
        let effect = move || newsletter.with(|newsletter| (say.close_effect)(newsletter.subscribers));
        let ask = move |_| open.set(true);
        view! {
            <section class="card">
                <header><h2>{say.close}</h2></header>
                <div class="body">
                    <p>{say.close_text}</p>
                    <div class="row">
                        <button type="button" class="danger" disabled=move || !is_hydrated() on:click=ask>
                            {say.close}
                        </button>
                    </div>
                </div>
            </section>
            <ConfirmDialog
                open
                id="close-newsletter"
                title=say.close.to_owned()
                confirm=say.close
                form
                on_confirm=Callback::new(send)
            >
                <p>{dynamic(effect)}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}

fn issues(newsletter: Signal<Newsletter>) -> AnyView {
    let words = &messages().newsletters;
    let list = dynamic(move || {
        let rows: Vec<_> = newsletter.with(|newsletter| newsletter.issues.iter().map(row).collect());
        if rows.is_empty() {
            return view! { <Empty title=words.no_issues text=words.no_issues_text/> }.into_any();
        }
        view! {
            <div class="scroll">
                <table class="cards">
                    <thead>
                        <tr>
                            <th scope="col">{words.issue}</th>
                            <th scope="col">{words.state}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="card">
            <header><h2>{words.issues}</h2></header>
            {list}
        </section>
    }
    .into_any()
}

fn row(issue: &IssueEntry) -> AnyView {
    let words = &messages().newsletters;
    let subject = if issue.subject.is_empty() { words.untitled } else { &issue.subject };
    let state = match issue.sending {
        None => badge(Tone::Plain, words.draft),
        Some(it) => {
            let text = (words.progress)(it.sent, it.recipients, it.waiting);
            view! { {moment(it.at)} ": " {text} }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row"><a href=format!("/newsletters/issues/{}", issue.id)>{subject.to_owned()}</a></th>
            <td class="whole">{state}</td>
        </tr>
    }
    .into_any()
}
