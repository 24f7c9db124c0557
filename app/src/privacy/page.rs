//! What is stored about oneself: taking it along, the newsletters that are switched on, who looked, and every item with why, on which ground,
//! for how long and for whom.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        empty::Empty,
        form::Form,
        local_time::day,
        page_head::PageHead,
        person_name::person_name,
    },
    load::{again, load, loaded},
    messages::messages,
    newsletters::{self, switches::switches},
    privacy::{
        export::export_card,
        functions,
        usage::{load_usage, usage_card},
    },
    session::use_session,
};
use domain::privacy::{Item, Privacy, Section, View, Withheld};
use leptos::prelude::*;

/// What is stored about oneself.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let session = use_session();
    let resource = load(|| (), |()| functions::find());
    let export = load(move || session.jobs(), |_| functions::export());
    let usage = load_usage();
    let letters = load(|| (), |()| newsletters::functions::own());
    let form = Form::new("export");
    let turn = Form::new("newsletters").when_stale(move || again(letters));
    let words = &messages().privacy;
    loaded(resource, move |privacy| {
        view! {
            <PageHead title=words.title lead=words.lead>
                {move || (!session.must_agree()).then(|| view! { <a class="button" href="/profile">{words.change}</a> }.into_any())}
            </PageHead>
            {export_card(form, export)}
            {switches(turn, letters)}
            {dynamic(move || privacy.with(views))}
            {usage_card(usage)}
            {dynamic(move || privacy.with(sections))}
            {dynamic(move || privacy.with(withheld))}
            {dynamic(move || privacy.with(|privacy| list("absent", words.absent, words.absent_lead, &privacy.absent)))}
            {dynamic(move || {
                privacy.with(|privacy| list("not-stored", words.not_stored, words.not_stored_lead, &privacy.not_stored))
            })}
        }
        .into_any()
    })
}

/// Who opened one's page.
fn views(privacy: &Privacy) -> AnyView {
    let words = &messages().privacy;
    let rows: Vec<_> = privacy.views.iter().map(view_row).collect();
    let more = privacy.more_views.then(|| view! { <p class="soft">{words.more_views}</p> }.into_any());
    let table = if rows.is_empty() {
        view! { <Empty title=words.no_views text=words.no_views_text/> }.into_any()
    } else {
        view! {
            <div class="scroll">
                <table class="cards">
                    <thead>
                        <tr><th scope="col">{words.who}</th><th scope="col">{words.day}</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="who-looked">
            <header><h2 id="who-looked">{words.views}</h2></header>
            <div class="body"><p class="soft">{words.views_lead}</p>{more}</div>
            {table}
        </section>
    }
    .into_any()
}

fn view_row(view: &View) -> AnyView {
    let words = messages();
    let mark = match (view.gone, view.external) {
        (true, _) => Some(words.history.terminated),
        (false, true) => Some(words.history.external),
        (false, false) => None,
    };
    let mark = mark.map(|text| badge(Tone::Plain, text));
    view! {
        <tr>
            <th scope="row"><span class="row">{person_name(&view.name).to_owned()} {mark}</span></th>
            <td data-label=words.privacy.day>{day(view.day)}</td>
        </tr>
    }
    .into_any()
}

/// The sections that are unfolded at first: the user, the account and the address.
const UNFOLDED: usize = 3;

fn sections(privacy: &Privacy) -> Vec<AnyView> {
    let sections = privacy.sections.iter().enumerate();
    sections.map(|(index, it)| section(it, index < UNFOLDED)).collect()
}

/// Items that belong together.
fn section(section: &Section, unfolded: bool) -> AnyView {
    let items: Vec<_> = section.items.iter().map(|it| item(it, shown(it), None)).collect();
    fold(&section.title, section.items.iter(), unfolded, view! { <ul class="list">{items}</ul> }.into_any())
}

/// A card that says what is in it and is unfolded by a click, or by the browser's search.
fn fold<'a>(title: &str, items: impl Iterator<Item = &'a Item>, unfolded: bool, body: AnyView) -> AnyView {
    let labels: Vec<_> = items.map(|item| item.label.as_str()).collect();
    view! {
        <details class="card fold" open=unfolded>
            <summary>
                <h2>{title.to_owned()}</h2>
                <span class="soft small">{labels.join(", ")}</span>
            </summary>
            <div class="body">{body}</div>
        </details>
    }
    .into_any()
}

/// One's own values.
fn shown(item: &Item) -> AnyView {
    let words = &messages().privacy;
    if item.values.is_empty() {
        return view! { <p class="soft">{words.empty}</p> }.into_any();
    }
    let values: Vec<_> =
        item.values.iter().map(|value| view! { <li>{value.clone()}</li> }.into_any()).collect();
    let more = item.more.then(|| view! { <li class="soft">{words.more}</li> }.into_any());
    view! { <ul class="values">{values}{more}</ul> }.into_any()
}

/// One item: what it is, its values, and behind it all there is to know about it.
fn item(item: &Item, shown: AnyView, reason: Option<&str>) -> AnyView {
    let words = &messages().privacy;
    let reason =
        reason.map(|reason| view! { <dt>{words.reason}</dt><dd>{reason.to_owned()}</dd> }.into_any());
    view! {
        <li class="stored">
            <strong>{item.label.clone()}</strong>
            {shown}
            <dl class="facts small">
                {reason}
                <dt>{words.why}</dt><dd>{item.why.clone()}</dd>
                <dt>{words.ground}</dt><dd>{item.ground.clone()}</dd>
                <dt>{words.period}</dt><dd>{item.period.clone()}</dd>
                <dt>{words.readers}</dt><dd>{item.readers.clone()}</dd>
            </dl>
        </li>
    }
    .into_any()
}

/// What is stored and can't be shown.
fn withheld(privacy: &Privacy) -> AnyView {
    let words = &messages().privacy;
    let row = |Withheld { item: it, reason }: &Withheld| item(it, ().into_any(), Some(reason));
    let items: Vec<_> = privacy.withheld.iter().map(row).collect();
    let lead = view! { <p class="soft">{words.withheld_lead}</p> };
    let body = view! { {lead}<ul class="list">{items}</ul> }.into_any();
    fold(words.withheld, privacy.withheld.iter().map(|it| &it.item), false, body)
}

/// A plain list of lines; nothing where there are none.
fn list(id: &'static str, title: &'static str, lead: &'static str, lines: &[String]) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let lines: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }.into_any()).collect();
    Some(
        view! {
            <section class="card" aria-labelledby=id>
                <header><h2 id=id>{title}</h2></header>
                <div class="body"><p class="soft">{lead}</p><ul class="effects">{lines}</ul></div>
            </section>
        }
        .into_any(),
    )
}
