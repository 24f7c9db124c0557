//! Reading the privacy notice. Whoever has not agreed to the current version sees it with two ways on:
//! continue, or terminate the account. Continuing works without JavaScript too.

use crate::{
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SubmitButton},
        form::Form,
        local_time::{moment, time_written},
        page_head::PageHead,
    },
    load::{again, load, loaded},
    messages::{language, messages},
    notice::functions,
    session::{go_to, use_session},
};
use domain::{
    Permission,
    notice::{Agree, Edition, FindNotice, Notice, ShownPart},
    sign_in::safe_return,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where the form is sent.
const AGREE: &str = "/fn/notice/agree";

/// The privacy notice.
#[component]
pub fn NoticePage() -> impl IntoView {
    let query = use_query_map();
    let request = Memo::new(move |_| {
        query.with(|query| FindNotice {
            version: query.get("version").and_then(|version| version.parse().ok()),
            organisation: query.get("organisation").unwrap_or_default(),
        })
    });
    let return_to = Memo::new(move |_| query.with(|query| query.get("return_to")).unwrap_or_default());
    let resource = load(move || request.get(), functions::find);
    let form = Form::new("agree").with_answer_to(AGREE);
    loaded(resource, move |notice| {
        dynamic(move || match notice.get() {
            Some(notice) => {
                shown(&notice, Asked { form, return_to, newer: Callback::new(move |()| again(resource)) })
            }
            None => whose(),
        })
    })
}

/// What the question takes.
#[derive(Clone, Copy)]
struct Asked {
    form: Form,
    return_to: Memo<String>,
    newer: Callback<()>,
}

fn shown(notice: &Notice, asked: Asked) -> AnyView {
    let words = &messages().notice;
    let session = use_session();
    let date = time_written(notice.published, language());
    let lead = (words.lead)(&notice.organisation, notice.version, &date);
    let version = notice.version;
    // An earlier version can be read, but only the current one can be agreed to, and only as oneself.
    let asks = notice.current && notice.agreed.is_none() && untrack(|| session.is_own());
    let note = asks.then(|| view! { <p class="note">{words.asked}</p> }.into_any());
    let agreed =
        notice.agreed.map(|at| view! { <p class="soft">{words.agreed}" "{moment(at)}</p> }.into_any());
    let old = (!notice.current).then(|| {
        view! { <p class="note warn">{words.outdated}" "<a href="/notice">{words.see_current}</a></p> }
            .into_any()
    });
    let parts: Vec<_> = notice.parts.iter().map(part).collect();
    let edit = dynamic(move || {
        session
            .allows(Permission::PrivacyManage)
            .then(|| view! { <a class="button" href="/notice/edit">{words.edit}</a> }.into_any())
    });
    let head = if asks {
        view! { <PageHead title=words.title lead/> }.into_any()
    } else {
        view! { <PageHead title=words.title lead>{edit}</PageHead> }.into_any()
    };
    view! {
        {head}
        {old}
        {note}
        <article class="card"><div class="body">{parts}</div></article>
        {asks.then(|| ways_on(asked, version, notice.last_admin))}
        {agreed}
        {(!asks).then(|| editions(&notice.editions, version))}
    }
    .into_any()
}

/// A part, under its heading.
pub fn part(part: &ShownPart) -> AnyView {
    let title = (crate::messages::of(part.language).notice.part)(part.part);
    view! { <section class="prose"><h2>{title}</h2><div class="prose" inner_html=part.html.as_str().to_owned()></div></section> }.into_any()
}

/// The two ways on. The last platform admin can't just go, but close the organisation.
fn ways_on(asked: Asked, version: i64, last_admin: bool) -> AnyView {
    let words = messages();
    let close = last_admin
        .then(|| view! { <p><a href="/organisation/close">{words.closing.instead}</a></p> }.into_any());
    let Asked { form, return_to, newer } = asked;
    let form = form.when_stale(move || newer.run(()));
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let back = return_to.get_untracked();
        let request = Agree { version, return_to: back.clone() };
        form.send(functions::agree(request), move |()| go_to(safe_return(&back)));
    };
    view! {
        <form method="post" action=AGREE novalidate class="card" on:submit=send>
            <div class="body">
                <ErrorSummary form/>
                <p>{words.notice.meaning}</p>
                <input type="hidden" name="request[version]" value=version.to_string()/>
                <input type="hidden" name="request[return_to]" value=return_to.get_untracked()/>
                <div class="row">
                    <SubmitButton form label=words.notice.go_on plain=true/>
                    <a class="button danger" href="/profile/terminate">{words.notice.terminate}</a>
                </div>
                {close}
            </div>
        </form>
    }
    .into_any()
}

/// The versions that there are.
fn editions(editions: &[Edition], shown: i64) -> Option<AnyView> {
    let words = &messages().notice;
    let item = |edition: &Edition| {
        let href = format!("/notice?version={}", edition.version);
        let current = (edition.version == shown).then_some("true");
        view! {
            <li><a href=href aria-current=current>{(words.version)(edition.version)}</a>{moment(edition.published)}</li>
        }
        .into_any()
    };
    let items: Vec<_> = editions.iter().map(item).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="card">
                <header><h2>{words.versions}</h2></header>
                <div class="body"><ul class="list">{items}</ul></div>
            </section>
        }
        .into_any()
    })
}

/// Asks whose notice it is, where nobody is signed in and there are several organisations.
fn whose() -> AnyView {
    let words = messages();
    let label = (words.fields.label)(domain::Field::Organisation);
    view! {
        <PageHead title=words.notice.title lead=words.notice.whose/>
        <form method="get" action="/notice" class="card">
            <div class="body">
                <div class="field">
                    <label for="whose-organisation">{label}</label>
                    <input id="whose-organisation" name="organisation" autocomplete="organization"/>
                </div>
                <div class="row"><button type="submit" class="main">{words.notice.show}</button></div>
            </div>
        </form>
    }
    .into_any()
}
