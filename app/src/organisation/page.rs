//! The organisation's name and time zone, and whom it asks for a second factor.

use crate::{
    components::{
        dynamic::dynamic,
        field::{Checkbox, ErrorSummary, SaveRow, Select, TextField},
        form::Form,
        page_head::PageHead,
        toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    organisation::functions,
    session::use_session,
};
use domain::{
    Field, Permission, PermissionSet,
    organisation::{Organisation, PeriodRow, SaveOrganisation},
};
use leptos::prelude::*;

/// The organisation's name and time zone.
#[component]
pub fn OrganisationPage() -> impl IntoView {
    let session = use_session();
    let resource = load(|| (), |()| functions::find());
    let form = Form::locked_unless("organisation", move || session.allows(Permission::OrganisationManage))
        .when_stale(move || again(resource));
    loaded(resource, move |organisation| editor(form, organisation, move |saved| replace(resource, saved)))
}

/// The form, over what is stored.
fn editor(
    form: Form,
    stored: Signal<Organisation>,
    taken: impl Fn(Organisation) + Copy + Send + Sync + 'static,
) -> AnyView {
    let words = messages();
    let (toasts, session) = (use_toast(), use_session());
    let name = Signal::derive(move || stored.with(|stored| stored.name.clone()));
    let time_zone = Signal::derive(move || stored.with(|stored| stored.time_zone.clone()));
    let required = Signal::derive(move || stored.with(|stored| stored.second_factor_required));
    let billing_years = Signal::derive(move || stored.with(|stored| stored.name_periods.billing.to_string()));
    let other_years = Signal::derive(move || stored.with(|stored| stored.name_periods.other.to_string()));
    let zones = stored.with_untracked(|stored| stored.time_zones.clone());
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = SaveOrganisation {
            version: stored.with_untracked(|stored| stored.version),
            name: form.value_untracked(Field::Name, &name.get_untracked()),
            time_zone: form.value_untracked(Field::TimeZone, &time_zone.get_untracked()),
            name_years_billing: form.value_untracked(Field::NameYearsBilling, &billing_years.get_untracked()),
            name_years_other: form.value_untracked(Field::NameYearsOther, &other_years.get_untracked()),
            second_factor_required: form
                .value_untracked(Field::SecondFactor, &required.get_untracked().to_string())
                == "true",
        };
        form.send(functions::save(request), move |saved| {
            taken(saved);
            toasts.show(words.common.saved);
        });
    };
    view! {
        <PageHead title=words.organisation.title lead=words.organisation.lead/>
        <form method="post" novalidate class="card" on:submit=save>
            <div class="body">
                <ErrorSummary form/>
                <div class="fields">
                    <TextField form field=Field::Name label=(words.fields.label)(Field::Name) stored=name/>
                    <Select
                        form
                        field=Field::TimeZone
                        label=(words.fields.label)(Field::TimeZone)
                        stored=time_zone
                        options=zones.into_iter().map(|zone| (zone.clone(), zone)).collect()
                        hint=words.organisation.time_zone_hint
                    />
                </div>
                <p class="soft">{words.organisation.name_years}</p>
                <div class="fields">
                    <TextField
                        form
                        field=Field::NameYearsBilling
                        label=(words.fields.label)(Field::NameYearsBilling)
                        stored=billing_years
                        hint=words.organisation.name_years_billing_hint
                    />
                    <TextField
                        form
                        field=Field::NameYearsOther
                        label=(words.fields.label)(Field::NameYearsOther)
                        stored=other_years
                        hint=words.organisation.name_years_other_hint
                    />
                </div>
                <Checkbox
                    form
                    field=Field::SecondFactor
                    label=words.second_factor.require
                    hint=words.second_factor.require_hint
                    stored=required
                />
                {concerns_reader(form, stored)}
                <SaveRow form label=words.common.save/>
            </div>
        </form>
        {support_card()}
        {dynamic(move || stored.with(|stored| periods_card(&stored.periods)))}
        {dynamic(move || session.rights().lack(PermissionSet::all()).is_none().then(closing_card))}
    }
    .into_any()
}

/// The way to how the organisation is reached.
fn support_card() -> AnyView {
    let say = &messages().organisation;
    view! {
        <section class="card">
            <header><h2>{say.support}</h2></header>
            <div class="body">
                <p class="soft">{say.support_text}</p>
                <div class="row"><a class="button" href="/organisation/support">{say.set_support}</a></div>
            </div>
        </section>
    }
    .into_any()
}

/// The way to the end of the organisation, for those who hold everything.
fn closing_card() -> AnyView {
    let say = &messages().closing;
    view! {
        <section class="card">
            <header><h2>{say.title}</h2></header>
            <div class="body">
                <p class="soft">{say.way}</p>
                <div class="row"><a class="button danger" href="/organisation/close">{say.title}</a></div>
            </div>
        </section>
    }
    .into_any()
}

/// How long all that is stored of users is kept.
fn periods_card(periods: &[PeriodRow]) -> AnyView {
    let say = &messages().organisation;
    let rows: Vec<_> = periods.iter().map(period_row).collect();
    view! {
        <section class="card" aria-labelledby="periods">
            <header><h2 id="periods">{say.periods}</h2></header>
            <div class="body"><p class="soft">{say.periods_lead}</p></div>
            <div class="scroll">
                <table class="cards">
                    <thead>
                        <tr>
                            <th scope="col">{say.what}</th>
                            <th scope="col">{say.period}</th>
                            <th scope="col">{say.ground}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn period_row(row: &PeriodRow) -> AnyView {
    let say = &messages().organisation;
    view! {
        <tr>
            <th scope="row">{row.what.join("; ")}</th>
            <td data-label=say.period>{row.period.clone()}</td>
            <td data-label=say.ground>{row.ground.clone()}</td>
        </tr>
    }
    .into_any()
}

/// What saving would do to whoever is about to ask for a second factor and has none.
fn concerns_reader(form: Form, stored: Signal<Organisation>) -> AnyView {
    let words = &messages().second_factor;
    let concerned = Memo::new(move |_| {
        let (required, own) = stored.with(|stored| (stored.second_factor_required, stored.own_second_factor));
        !required && !own && form.value(Field::SecondFactor, "false") == "true"
    });
    let note =
        move || concerned.get().then(|| view! { <p class="note warn">{words.require_self}</p> }.into_any());
    view! { <div role="status">{dynamic(note)}</div> }.into_any()
}
