//! What one's own pages add to the anonymous counts, and the rows as they stand.

use crate::{
    components::{dynamic::dynamic, local_time::day},
    insights::{functions, uses::use_uses},
    load::{Loaded, load, loaded},
    messages::messages,
};
use domain::insights::{Counting, FindOwnUse, OwnUse, Row};
use leptos::prelude::*;

/// What is shown below.
pub fn load_usage() -> Loaded<OwnUse> {
    let uses = use_uses();
    load(move || uses.before(), |before| functions::own(FindOwnUse { before }))
}

/// The card.
pub fn usage_card(resource: Loaded<OwnUse>) -> AnyView {
    let words = &messages().privacy;
    loaded(resource, move |usage| {
        view! {
            <section class="card" aria-labelledby="usage">
                <header><h2 id="usage">{words.usage}</h2></header>
                <div class="body">
                    <p class="soft">{words.usage_lead}</p>
                    {dynamic(move || usage.with(added))}
                    <details class="counts">
                        <summary>{words.usage_rows}</summary>
                        {dynamic(move || usage.with(rows))}
                    </details>
                </div>
            </section>
        }
        .into_any()
    })
}

/// What was added to which counter.
fn added(usage: &OwnUse) -> AnyView {
    let words = &messages().privacy;
    match usage.counting {
        Counting::Refused => view! { <p class="note">{words.usage_refused}</p> }.into_any(),
        Counting::NotAgreed => view! { <p class="note">{words.usage_not_agreed}</p> }.into_any(),
        Counting::Counted => {
            let before = match &usage.before {
                Some(label) => (words.usage_before)(label),
                None => words.usage_nothing_before.to_owned(),
            };
            let here = (words.usage_here)(&usage.here);
            view! { <ul class="effects"><li>{before}</li><li>{here}</li></ul> }.into_any()
        }
    }
}

fn rows(usage: &OwnUse) -> AnyView {
    let words = &messages().privacy;
    if usage.rows.is_empty() {
        return view! { <p class="soft">{words.usage_no_rows}</p> }.into_any();
    }
    let rows: Vec<_> = usage.rows.iter().map(row).collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=words.usage_rows>
            <table aria-label=words.usage_rows>
                <thead>
                    <tr>
                        <th scope="col">{words.usage_counter}</th>
                        <th scope="col">{words.usage_day}</th>
                        <th scope="col" class="end">{words.usage_count}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: &Row) -> AnyView {
    let count = row.count.rounded().map(|count| count.to_string());
    view! { <tr><th scope="row">{row.label.clone()}</th><td>{day(row.day)}</td><td class="end num">{count}</td></tr> }
        .into_any()
}
