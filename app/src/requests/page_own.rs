//! One of one's own data requests, with what was answered.

use crate::{
    components::{
        dialog::ConfirmDialog, dynamic::dynamic, form::Form, page_head::PageHead, toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    requests::{
        detail::{facts, request_in_path, state_badge},
        functions,
    },
    shell::is_hydrated,
};
use domain::{
    Error,
    requests::{DataRequest, FindRequest, RequestState},
};
use leptos::prelude::*;

/// One of one's own data requests.
#[component]
pub fn OwnRequestPage() -> impl IntoView {
    let id = request_in_path();
    let resource = load(
        move || id.get(),
        |id| async move { functions::find_own(FindRequest { id: id.ok_or(Error::NotFound)? }).await },
    );
    let form = Form::new("withdraw").when_stale(move || again(resource));
    let open = RwSignal::new(false);
    let taken = Callback::new(move |changed| replace(resource, changed));
    loaded(resource, move |request| content(form, open, request, taken))
}

fn content(
    form: Form,
    open: RwSignal<bool>,
    request: Signal<DataRequest>,
    taken: Callback<DataRequest>,
) -> AnyView {
    let words = messages();
    let say = &words.requests;
    let toasts = use_toast();
    let title = Signal::derive(move || request.with(|request| (say.number)(request.row.number)));
    let waits = Memo::new(move |_| request.with(|request| request.row.state == RequestState::Open));
    let button = dynamic(move || {
        waits.get().then(|| {
            view! {
                <button type="button" disabled=move || !is_hydrated() on:click=move |_| open.set(true)>
                    {say.withdraw}
                </button>
            }
            .into_any()
        })
    });
    let withdraw = Callback::new(move |()| {
        let id = request.with_untracked(|request| request.row.id);
        form.send(functions::withdraw(FindRequest { id }), move |changed| {
            open.set(false);
            taken.run(changed);
            toasts.show(say.was_withdrawn);
        });
    });
    let question = Signal::derive(move || request.with(|request| (say.withdraw_title)(request.row.number)));
    view! {
        <PageHead title mark=ViewFn::from(move || request.with(|request| state_badge(&request.row)))>
            {button}
        </PageHead>
        {facts(request)}
        <p><a href="/privacy/requests">{say.to_own}</a></p>
        <ConfirmDialog open id="withdraw-request" title=question confirm=say.withdraw form on_confirm=withdraw>
            <p>{say.withdraw_effect}</p>
        </ConfirmDialog>
    }
    .into_any()
}
