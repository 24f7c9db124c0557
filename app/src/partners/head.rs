//! What all pages of one partner have at the top: name, state, what can be done with the partner
//! as a whole, and the links between the pages.

use crate::{
    Failure,
    components::{
        badge::partner_badge,
        dialog::ConfirmDialog,
        dynamic::dynamic,
        field::ErrorSummary,
        form::Form,
        local_time::date_written,
        page_head::PageHead,
        question::{Question, question_while},
        toast::{Toasts, use_toast},
    },
    messages::{Messages, language, messages},
    partners::{countries::country_name, functions},
    session::use_session,
    shell::is_hydrated,
};
use domain::{
    Error, PartnerId, Permission,
    partners::{ChangePartnerStatus, FindPartner, Partner, PartnerStatus},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map};
use std::sync::Arc;

/// A page of a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// General fields.
    Overview,
    /// Billing details.
    Billing,
    /// What was done.
    History,
}

/// What the head shows and works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which partner.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub status: PartnerStatus,
    /// What deactivating and deleting go by.
    pub version: i64,
    /// Kind, country and since when; empty for a deleted one.
    pub about: String,
}

impl Head {
    /// The head of a partner that is there.
    #[must_use]
    pub fn of(partner: &Partner) -> Self {
        let words = &messages().partners;
        let fields = &partner.fields;
        let country = (!fields.country.is_empty()).then(|| country_name(&fields.country));
        let since = date_written(partner.since, language());
        Self {
            id: partner.id,
            name: fields.name.clone(),
            status: partner.status,
            version: partner.version,
            about: (words.about)((words.kind)(fields.kind), country.as_deref(), &since),
        }
    }
}

/// The partner in the address of the page, if that can be one.
#[must_use]
pub fn partner_in_path() -> Memo<Option<PartnerId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")?.parse().ok()))
}

/// That partner.
///
/// # Errors
/// `NotFound` for an address that can't be a partner's, and what the server answers.
pub async fn find(id: Option<PartnerId>) -> Result<Partner, Failure> {
    let id = id.ok_or(Error::NotFound)?;
    functions::find(FindPartner { id }).await
}

/// What was typed about one partner is not for another.
pub fn forget_with(form: Form, id: Memo<Option<PartnerId>>) {
    Effect::new(move |before: Option<Option<PartnerId>>| {
        let id = id.get();
        if before.is_some_and(|before| before != id) {
            form.reset();
        }
        id
    });
}

/// Loads the page again, if it is still there.
pub type Reload = Arc<dyn Fn() + Send + Sync>;

/// The head. A deleted partner has nothing but its name and state.
pub fn partner_head(head: Signal<Head>, tab: Tab, reload: Reload) -> AnyView {
    let title = Signal::derive(move || head.with(|head| head.name.clone()));
    let lead = Signal::derive(move || head.with(|head| head.about.clone()));
    let status = Memo::new(move |_| head.with(|head| head.status));
    let mark = ViewFn::from(move || partner_badge(status.get()));
    if status.get_untracked() == PartnerStatus::Deleted {
        return view! { <PageHead title lead mark/> }.into_any();
    }
    let session = use_session();
    let may = move || session.allows(Permission::BillingEdit);
    let stale = reload.clone();
    let form = Form::locked_unless("status", may).when_stale(move || stale());
    let asking = RwSignal::new(false);
    let deletion = deletion(head, asking, reload.clone());
    let words = messages();
    let needs = (words.partners.needs)(words.permissions.label(Permission::BillingEdit));
    let reason = dynamic(move || {
        (!may()).then(|| view! { <span class="reason" id="status-reason">{needs.clone()}</span> }.into_any())
    });
    let described = move || (!may()).then_some("status-reason");
    let why = Question::Why(Permission::BillingEdit);
    let why = question_while(Signal::derive(move || !may()), words.partners.why_locked, why);
    let locked = move || !may() || !is_hydrated();
    let switch_text = dynamic(move || match status.get() {
        PartnerStatus::Active => words.partners.deactivate,
        _ => words.partners.reactivate,
    });
    let toasts = use_toast();
    let switch = move |_| switch_status(form, head, toasts, reload.clone(), words);
    view! {
        <PageHead title lead mark>
            {reason}
            <button
                type="button"
                disabled=locked
                aria-describedby=described
                aria-busy=move || form.is_pending().then_some("true")
                on:click=switch
            >
                {switch_text}
            </button>
            <button
                type="button"
                class="danger"
                disabled=locked
                aria-describedby=described
                on:click=move |_| asking.set(true)
            >
                {words.common.delete}
            </button>
        </PageHead>
        {why}
        <ErrorSummary form/>
        {tabs(head, tab)}
        {deletion}
    }
    .into_any()
}

fn request(head: Signal<Head>) -> ChangePartnerStatus {
    head.with_untracked(|head| ChangePartnerStatus { id: head.id, version: head.version })
}

/// Deactivates, which can be undone at once, or reactivates.
fn switch_status(form: Form, head: Signal<Head>, toasts: Toasts, reload: Reload, words: &'static Messages) {
    let words = &words.partners;
    if head.with_untracked(|head| head.status) == PartnerStatus::Active {
        form.send(functions::deactivate(request(head)), move |partner: Partner| {
            reload();
            let name = partner.fields.name.clone();
            let back = ChangePartnerStatus { id: partner.id, version: partner.version };
            toasts.show_with_undo((words.deactivated)(&name), move || {
                let (back, name, reload) = (back.clone(), name.clone(), reload.clone());
                spawn_local(async move {
                    let text = match functions::reactivate(back).await {
                        Ok(_) => words.reactivated,
                        Err(_) => words.undo_failed,
                    };
                    toasts.show(text(&name));
                    reload();
                });
            });
        });
    } else {
        form.send(functions::reactivate(request(head)), move |partner: Partner| {
            reload();
            toasts.show((words.reactivated)(&partner.fields.name));
        });
    }
}

/// Asks before deleting, and says what that does.
fn deletion(head: Signal<Head>, asking: RwSignal<bool>, reload: Reload) -> AnyView {
    let all = messages();
    let words = &all.partners;
    let session = use_session();
    let toasts = use_toast();
    let navigate = use_navigate();
    let may = move || session.allows(Permission::BillingEdit);
    let form = Form::locked_unless("delete", may).when_stale(move || reload());
    let title = Signal::derive(move || head.with(|head| (words.delete_title)(&head.name)));
    let confirm = Callback::new(move |()| {
        let navigate = navigate.clone();
        let name = head.with_untracked(|head| head.name.clone());
        form.send(functions::delete(request(head)), move |()| {
            asking.set(false);
            toasts.show((words.deleted)(&name));
            navigate("/partners", Default::default());
        });
    });
    let needs = (words.needs)(all.permissions.label(Permission::BillingEdit));
    view! {
        <ConfirmDialog open=asking id="delete-partner" title confirm=all.common.delete form on_confirm=confirm>
            <ul class="effects">
                <li>{words.delete_leaves}</li>
                <li>{words.delete_erases}</li>
                <li>{words.delete_keeps}</li>
                <li>{words.delete_final}</li>
            </ul>
            {
                let needs = needs.clone();
                dynamic(move || (!may()).then(|| view! { <p class="reason">{needs.clone()}</p> }.into_any()))
            }
        </ConfirmDialog>
    }
    .into_any()
}

/// The links between a partner's pages, as far as the rights go.
fn tabs(head: Signal<Head>, here: Tab) -> AnyView {
    let words = messages();
    let session = use_session();
    let id = Memo::new(move |_| head.with(|head| head.id));
    let links = [
        (Tab::Overview, "", words.partners.overview, Permission::PartnersView),
        (Tab::Billing, "/billing", words.billing.details, Permission::BillingView),
        (Tab::History, "/history", words.history.title, Permission::HistoryView),
    ];
    let draw = dynamic(move || {
        let rights = session.rights();
        let id = id.get();
        let links: Vec<_> = links
            .into_iter()
            .filter(|(.., needs)| rights.allow(*needs))
            .map(|(tab, end, text, _)| {
                let current = (tab == here).then_some("page");
                view! { <a href=format!("/partners/{id}{end}") aria-current=current>{text}</a> }.into_any()
            })
            .collect();
        links
    });
    view! { <nav class="tabs" aria-label=words.partners.pages>{draw}</nav> }.into_any()
}
