//! One's own data requests: filing one, and those that there are.

use crate::{
    components::{
        dynamic::dynamic,
        empty::Empty,
        field::{ErrorSummary, Select, SubmitButton, TextArea},
        form::Form,
        local_time::{date_written, day},
        page_head::PageHead,
        toast::use_toast,
    },
    load::{again, load, loaded},
    messages::{language, messages},
    requests::{
        detail::{due, state_badge},
        functions,
    },
};
use domain::{
    Error, Field,
    requests::{DataRequest, FileRequest, ListOwnRequests, RequestKind, RequestPage, RequestRow, parse_text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What is asked for until somebody chooses.
const FIRST: RequestKind = RequestKind::Access;

/// One's own data requests.
#[component]
pub fn OwnRequestsPage() -> impl IntoView {
    let words = &messages().requests;
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after")?.parse().ok()));
    let resource = load(move || after.get(), |after| functions::list_own(ListOwnRequests { after }));
    let form = Form::new("request");
    let filed = Callback::new(move |()| again(resource));
    loaded(resource, move |page| {
        view! {
            <PageHead title=words.own_title lead=words.own_lead/>
            {editor(form, filed)}
            {list(page, after)}
        }
        .into_any()
    })
}

fn editor(form: Form, filed: Callback<()>) -> AnyView {
    let words = messages();
    let say = &words.requests;
    let (toasts, language) = (use_toast(), language());
    let kinds =
        RequestKind::ALL.iter().map(|kind| (kind.code().to_owned(), (say.kind)(*kind).to_owned())).collect();
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let kind = form.value_untracked(Field::RequestKind, FIRST.code());
        let text = form.value_untracked(Field::RequestText, "");
        // What is too long would not even reach the server: it stays here and is told at once.
        if let Err(error) = parse_text(Field::RequestText, &text) {
            return form.fail(Error::from(error).into());
        }
        let request = FileRequest { kind: RequestKind::from_code(&kind).unwrap_or(FIRST), text };
        form.send(functions::file(request), move |request: DataRequest| {
            toasts.show((say.was_filed)(request.row.number, &date_written(request.row.due, language)));
            filed.run(());
        });
    };
    view! {
        <form method="post" novalidate class="card" on:submit=send>
            <header><h2>{say.new}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                <div class="fields">
                    <Select
                        form
                        field=Field::RequestKind
                        label=(words.fields.label)(Field::RequestKind)
                        stored=Signal::stored(FIRST.code().to_owned())
                        options=kinds
                    />
                </div>
                <TextArea
                    form
                    field=Field::RequestText
                    label=(words.fields.label)(Field::RequestText)
                    hint=say.text_hint
                />
                <div class="row"><SubmitButton form label=say.file/></div>
            </div>
        </form>
    }
    .into_any()
}

fn list(page: Signal<RequestPage>, after: Memo<Option<domain::DataRequestId>>) -> AnyView {
    let words = messages();
    let say = &words.requests;
    let rows = dynamic(move || page.with(|page| table(&page.requests)));
    let steps = dynamic(move || {
        let newest = after.get().map(|_| {
            view! { <a class="button" href="/privacy/requests">{words.history.newest}</a> }.into_any()
        });
        let last = page.with(|page| page.requests.last().filter(|_| page.has_next).map(|row| row.id));
        let older = last.map(|last| {
            let href = format!("/privacy/requests?after={last}");
            view! { <a class="button" rel="next" href=href>{words.history.older}</a> }.into_any()
        });
        (newest.is_some() || older.is_some()).then(|| {
            view! { <nav class="pager row" aria-label=words.common.pages>{newest}{older}</nav> }.into_any()
        })
    });
    view! { <section class="stack"><h2>{say.yours}</h2>{rows}{steps}</section> }.into_any()
}

fn table(requests: &[RequestRow]) -> AnyView {
    let words = messages();
    let say = &words.requests;
    if requests.is_empty() {
        return view! { <Empty title=say.own_empty_title text=say.own_empty/> }.into_any();
    }
    let rows: Vec<_> = requests.iter().map(row).collect();
    view! {
        <div class="card scroll">
            <table class="cards" aria-label=say.yours>
                <thead>
                    <tr>
                        <th scope="col">{say.number_label}</th>
                        <th scope="col">{say.filed}</th>
                        <th scope="col">{say.due}</th>
                        <th scope="col">{say.state_label}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: &RequestRow) -> AnyView {
    let say = &messages().requests;
    let href = format!("/privacy/requests/{}", row.id);
    view! {
        <tr>
            <td><a href=href>{(say.number)(row.number)}</a>" · "{(say.kind)(row.kind)}</td>
            <td class="soft" data-label=say.filed>{day(row.filed)}</td>
            <td class="soft" data-label=say.due>{due(row)}</td>
            <td>{state_badge(row)}</td>
        </tr>
    }
    .into_any()
}
