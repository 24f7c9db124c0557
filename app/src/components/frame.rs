//! What stands around every page: navigation, switches, who is signed in.

use crate::{
    components::{
        dynamic::dynamic,
        toast::{ToastRegion, provide_toasts},
    },
    messages::{Messages, language, messages},
    preview::bar::{preview_bar, preview_note},
    proof::ProofDialog,
    second_factor::note::waiting_note,
    session::{OpenSession, go_to, use_session},
    sign_in::functions,
    theme::Theme,
};
use domain::{Language, Permission, sign_in::SetLanguage};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_location};

/// Paths that have no navigation, whoever is signed in.
const BARE: [&str; 7] = [
    "/sign-in",
    "/sign-in/code",
    "/forgot-password",
    "/accept-invite",
    "/set-password",
    "/confirm-address",
    "/set-up",
];

/// The frame around the pages.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let toasts = provide_toasts();
    let path = use_location().pathname;
    let framed = Memo::new(move |_| {
        session.is_open() && !session.must_agree() && path.with(|path| !BARE.contains(&path.as_str()))
    });
    let skip = messages().frame.skip;
    let main = NodeRef::<html::Main>::new();
    focus_after_navigation(path, main);
    view! {
        <a class="skip" href="#main" rel="external">{skip}</a>
        {move || framed.get().then(|| preview_bar(session))}
        <div class=move || if framed.get() { "frame" } else { "bare" }>
            {move || framed.get().then(|| side(session))}
            <div class="content">
                {move || framed.get().then(|| top(session))}
                <main id="main" class="page" tabindex="-1" node_ref=main>
                    {move || framed.get().then(|| preview_note(session))}
                    {move || framed.get().then(|| waiting_note(session))}
                    {children()}
                </main>
                {move || (!framed.get()).then(|| bare_foot(session))}
            </div>
        </div>
        <ToastRegion toasts/>
        <ProofDialog/>
    }
}

/// Screen readers and keyboards go on at the new page, not where the link was.
fn focus_after_navigation(path: Memo<String>, main: NodeRef<html::Main>) {
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path)
            && let Some(main) = main.get_untracked()
        {
            request_animation_frame(move || drop(main.focus()));
        }
        path
    });
}

/// The side of wide screens.
fn side(session: OpenSession) -> AnyView {
    view! {
        <aside class="side">
            {brand()}
            {navigation(session)}
            {foot(session)}
        </aside>
    }
    .into_any()
}

/// The top of narrow screens, where the same stands in a menu.
fn top(session: OpenSession) -> AnyView {
    let menu = messages().frame.menu;
    let node = NodeRef::<html::Details>::new();
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        if let Some(details) = node.get() {
            details.set_open(false);
        }
    });
    view! {
        <div class="top">
            {brand()}
            <details class="menu" node_ref=node>
                <summary>{menu}</summary>
                <div class="sheet">
                    {navigation(session)}
                    {foot(session)}
                </div>
            </details>
        </div>
    }
    .into_any()
}

/// The mark and the name, which lead to the overview.
pub fn brand() -> AnyView {
    view! {
        <a class="brand" href="/">
            <svg
                viewBox="0 0 24 24"
                fill="none"
                stroke="currentColor"
                stroke-width="2.4"
                stroke-linecap="round"
                stroke-linejoin="round"
                aria-hidden="true"
            >
                <path d="M21 12a9 9 0 1 1-5.2-8.16"></path>
                <path d="m8 11.5 3.5 3.5L21 5"></path>
            </svg>
            "Assent"
        </a>
    }
    .into_any()
}

type Link = (&'static str, &'static str, Option<Permission>);

/// Pages that are nobody's but one's own: a preview has none of them.
const OWN: [&str; 2] = ["/profile", "/privacy"];

/// The sections that there are and that the rights let one see.
fn navigation(session: OpenSession) -> AnyView {
    let Messages { frame, .. } = messages();
    let you: Vec<Link> = vec![
        ("/", frame.overview, None),
        ("/profile", frame.profile, None),
        ("/privacy", frame.privacy, None),
        ("/notice", frame.notice, None),
        ("/support", frame.support, None),
    ];
    let organisation: Vec<Link> = vec![
        ("/partners", frame.partners, Some(Permission::PartnersView)),
        ("/billing", frame.billing, Some(Permission::BillingView)),
        ("/users", frame.users, Some(Permission::UsersView)),
        ("/roles", frame.roles, Some(Permission::RolesManage)),
        ("/newsletters", frame.newsletters, Some(Permission::NewslettersManage)),
        ("/history", frame.history, Some(Permission::HistoryView)),
        ("/insights", frame.insights, Some(Permission::InsightsView)),
        ("/requests", frame.requests, Some(Permission::PrivacyManage)),
        ("/organisation", frame.organisation, Some(Permission::OrganisationManage)),
    ];
    view! { {section(session, frame.you, you)} {section(session, frame.organisation, organisation)} }
        .into_any()
}

fn section(session: OpenSession, title: &'static str, links: Vec<Link>) -> AnyView {
    let shown = Memo::new(move |_| {
        let (rights, own) = (session.rights(), session.is_own());
        links
            .iter()
            .copied()
            .filter(|(path, ..)| own || !OWN.contains(path))
            .filter(|(.., needs)| needs.is_none_or(|needs| rights.allow(needs)))
            .collect::<Vec<_>>()
    });
    let item =
        |(path, text, _): Link| view! { <li><A href=path exact={path == "/"}>{text}</A></li> }.into_any();
    dynamic(move || {
        let links = shown.get();
        (!links.is_empty()).then(|| {
            let items: Vec<_> = links.into_iter().map(item).collect();
            view! { <nav aria-label=title><h3>{title}</h3><ul>{items}</ul></nav> }.into_any()
        })
    })
}

/// Who is signed in, and the switches.
fn foot(session: OpenSession) -> AnyView {
    let name = dynamic(move || session.get().map(|session| session.name));
    let organisation = dynamic(move || session.get().map(|session| session.organisation));
    view! {
        <div class="foot">
            <div class="who"><strong>{name}</strong><span class="soft small">{organisation}</span></div>
            {sign_out(session)}
            <div class="row">{switches(session)}</div>
        </div>
    }
    .into_any()
}

fn sign_out(session: OpenSession) -> AnyView {
    let leave = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            if session.ends(functions::sign_out()).await.is_ok() {
                go_to("/sign-in");
            }
        });
    };
    view! {
        <form method="post" action="/fn/sign_in/sign_out" on:submit=leave>
            <button type="submit" class="quiet">{messages().frame.sign_out}</button>
        </form>
    }
    .into_any()
}

/// The foot of a page without navigation: help, the privacy notice for whoever comes from outside, one's own
/// data and the way out for whoever is signed in.
fn bare_foot(session: OpenSession) -> AnyView {
    let frame = &messages().frame;
    let way = if session.is_open() {
        view! { <a href="/privacy">{frame.privacy}</a>{sign_out(session)} }.into_any()
    } else {
        view! { <a href="/notice">{frame.notice}</a> }.into_any()
    };
    view! { <footer class="foot row"><a href="/support">{frame.support}</a>{way}{switches(session)}</footer> }
        .into_any()
}

/// Language and appearance. A preview is read in one's own language.
fn switches(session: OpenSession) -> AnyView {
    let frame = &messages().frame;
    let other = match language() {
        Language::English => Language::German,
        Language::German => Language::English,
    };
    let change_language = move |_| {
        spawn_local(async move {
            if functions::set_language(SetLanguage { language: other }).await.is_ok() {
                drop(window().location().reload());
            }
        });
    };
    let chosen = RwSignal::new(Theme::shown());
    let themes: Vec<_> = Theme::ALL
        .into_iter()
        .map(|theme| {
            let text = match theme {
                Theme::System => frame.system,
                Theme::Light => frame.light,
                Theme::Dark => frame.dark,
            };
            let choose = move |_| {
                theme.choose();
                chosen.set(theme);
            };
            let pressed = move || if chosen.get() == theme { "true" } else { "false" };
            view! { <button type="button" class="quiet" aria-pressed=pressed on:click=choose>{text}</button> }
                .into_any()
        })
        .collect();
    view! {
        {dynamic(move || {
            let previews = session.is_open() && !session.is_own();
            (!previews).then(|| {
                view! {
                    <button type="button" class="quiet" lang=other.code() on:click=change_language>
                        {frame.other_language}
                    </button>
                }
                .into_any()
            })
        })}
        <div class="switch" role="group" aria-label=frame.appearance>{themes}</div>
    }
    .into_any()
}
