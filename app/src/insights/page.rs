//! How often each feature is used, drawn by the server.

use crate::{
    components::{dynamic::dynamic, empty::Empty, page_head::PageHead},
    insights::functions,
    load::{load, loaded},
    messages::messages,
};
use domain::insights::{FindInsights, Insights, Line, Period};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// How often each feature is used. The period stands in the address.
#[component]
pub fn InsightsPage() -> impl IntoView {
    let query = use_query_map();
    let period = Memo::new(move |_| {
        query.with(|query| query.get("period")).and_then(|code| Period::from_code(&code)).unwrap_or_default()
    });
    let resource = load(move || period.get(), |period| functions::find(FindInsights { period }));
    let words = &messages().insights;
    loaded(resource, move |insights| {
        let tabs =
            dynamic(move || Period::ALL.map(|it| tab(it, period.get())).into_iter().collect::<Vec<_>>());
        let file = move || format!("/insights.csv?period={}", period.get().code());
        view! {
            <PageHead title=words.title lead=words.lead>
                <a class="button" href=file download rel="external">{words.download}</a>
            </PageHead>
            <nav class="tabs" aria-label=words.period_label>{tabs}</nav>
            {dynamic(move || insights.with(lines))}
            {dynamic(move || insights.with(quiet))}
        }
        .into_any()
    })
}

fn tab(period: Period, now: Period) -> AnyView {
    let href = format!("/insights?period={}", period.code());
    let current = (period == now).then_some("page");
    view! { <a href=href aria-current=current>{(messages().insights.period)(period)}</a> }.into_any()
}

/// The features that were used often enough to be known.
fn lines(insights: &Insights) -> AnyView {
    let words = &messages().insights;
    if insights.lines.is_empty() {
        return view! { <Empty title=words.empty_title text=words.empty/> }.into_any();
    }
    let line = |Line { label, drawing }: &Line| {
        view! {
            <section class="body">
                <h2>{label.clone()}</h2>
                <div class="drawing" inner_html=drawing.as_str().to_owned()></div>
            </section>
        }
        .into_any()
    };
    let lines: Vec<_> = insights.lines.iter().map(line).collect();
    view! {
        <p class="soft small">{words.reading}</p>
        <div class="card insights">{lines}</div>
    }
    .into_any()
}

/// The others.
fn quiet(insights: &Insights) -> Option<AnyView> {
    let words = &messages().insights;
    (!insights.quiet.is_empty() && !insights.lines.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="quiet">
                <header><h2 id="quiet">{words.quiet}</h2></header>
                <div class="body"><p>{insights.quiet.join(" · ")}</p></div>
            </section>
        }
        .into_any()
    })
}
