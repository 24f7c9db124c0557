//! A data request of the organisation, and answering it. Whoever was overtaken by somebody else sees
//! what is stored, and what they typed is still there.

use crate::{
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SubmitButton, TextArea},
        form::Form,
        page_head::PageHead,
        toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    requests::{
        detail::{facts, request_in_path, state_badge},
        functions,
    },
    session::use_session,
};
use domain::{
    DataRequestId, Error, Field, Permission,
    requests::{DataRequest, FindRequest, ReplyToRequest, RequestState, parse_text},
};
use leptos::prelude::*;

/// A data request of the organisation.
#[component]
pub fn RequestPage() -> impl IntoView {
    let id = request_in_path();
    let resource = load(
        move || id.get(),
        |id| async move { functions::find(FindRequest { id: id.ok_or(Error::NotFound)? }).await },
    );
    let reload = Callback::new(move |()| again(resource));
    let taken = Callback::new(move |changed| replace(resource, changed));
    let forms = [Reply::Answer, Reply::Reason].map(|kind| ReplyForm::new(kind, id, reload));
    loaded(resource, move |request| content(request, forms, taken))
}

fn content(request: Signal<DataRequest>, forms: [ReplyForm; 2], taken: Callback<DataRequest>) -> AnyView {
    let say = &messages().requests;
    let title = Signal::derive(move || request.with(|request| (say.number)(request.row.number)));
    let own = dynamic(move || {
        request
            .with(|request| request.own)
            .then(|| view! { <p class="note warn">{say.own_note}</p> }.into_any())
    });
    view! {
        <PageHead title mark=ViewFn::from(move || request.with(|request| state_badge(&request.row)))/>
        {own}
        {facts(request)}
        {forms.map(|form| form.draw(request, taken)).into_iter().collect::<Vec<_>>()}
        <p><a href="/requests">{say.to_list}</a></p>
    }
    .into_any()
}

/// What is said to the author.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reply {
    Answer,
    /// Why it takes longer.
    Reason,
}

impl Reply {
    const fn field(self) -> Field {
        match self {
            Self::Answer => Field::Answer,
            Self::Reason => Field::Reason,
        }
    }

    fn is_possible(self, request: &DataRequest) -> bool {
        let in_time = !request.row.extended && !request.row.overdue;
        request.row.state == RequestState::Open && (self == Self::Answer || in_time)
    }
}

/// The form of a reply. It is made with the page and not with what is loaded, so that what was typed
/// outlives every reload. `Copy`.
#[derive(Clone, Copy)]
struct ReplyForm {
    kind: Reply,
    form: Form,
    possible: RwSignal<bool>,
}

impl ReplyForm {
    fn new(kind: Reply, id: Memo<Option<DataRequestId>>, reload: Callback<()>) -> Self {
        let session = use_session();
        let possible = RwSignal::new(true);
        let prefix = if kind == Reply::Answer { "answer" } else { "extend" };
        let form =
            Form::locked_unless(prefix, move || possible.get() && session.allows(Permission::PrivacyManage))
                .when_stale(move || reload.run(()));
        forget_with(form, id);
        Self { kind, form, possible }
    }

    /// It stays while there is something typed in it, also when it is too late.
    fn draw(self, request: Signal<DataRequest>, taken: Callback<DataRequest>) -> AnyView {
        let Self { kind, form, possible } = self;
        let now = Memo::new(move |_| request.with(|request| kind.is_possible(request)));
        Effect::new(move |_| possible.set(now.get()));
        let id = Memo::new(move |_| request.with(|request| request.row.id));
        let shown = Memo::new(move |_| now.get() || form.is_changed());
        dynamic(move || shown.get().then(|| editor(kind, form, id, taken)))
    }
}

/// What was typed about one request is not for another.
fn forget_with(form: Form, id: Memo<Option<DataRequestId>>) {
    Effect::new(move |before: Option<Option<DataRequestId>>| {
        let id = id.get();
        if before.is_some_and(|before| before != id) {
            form.reset();
        }
        id
    });
}

fn editor(kind: Reply, form: Form, id: Memo<DataRequestId>, taken: Callback<DataRequest>) -> AnyView {
    let words = messages();
    let say = &words.requests;
    let toasts = use_toast();
    let field = kind.field();
    let (title, lead, submit, done) = match kind {
        Reply::Answer => (say.answer, say.answer_lead, say.send_answer, say.was_answered),
        Reply::Reason => (say.extend, say.extend_lead, say.send_extension, say.was_extended),
    };
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = form.value_untracked(field, "");
        // What is too long would not even reach the server: it stays here and is told at once.
        if let Err(error) = parse_text(field, &text) {
            return form.fail(Error::from(error).into());
        }
        let request = ReplyToRequest { id: id.get_untracked(), text };
        let then = move |changed| {
            taken.run(changed);
            toasts.show(done);
        };
        match kind {
            Reply::Answer => form.send(functions::answer(request), then),
            Reply::Reason => form.send(functions::extend(request), then),
        }
    };
    view! {
        <form method="post" novalidate class="card" on:submit=send>
            <header><h2>{title}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                <p class="soft">{lead}</p>
                <TextArea form field label=(words.fields.label)(field) hint=say.reply_hint/>
                <div class="row"><SubmitButton form label=submit/></div>
            </div>
        </form>
    }
    .into_any()
}
