//! Every page: its path, and where its code is. A browser has the code of no page from the start: it fetches
//! that of the page it opens, as a chunk that the pages of a feature share. The server has all of it.
//!
//! To add a page: a line in [`places`]. The first word is the chunk: that of its feature, or a new one.

use crate::{
    billing::{page::BillingPage, page_change::BillingChangePage},
    components::failure_view::NotFound,
    explain::page::PermissionRequestsPage,
    history::{page::HistoryPage, page_own::OwnHistoryPage},
    insights::page::InsightsPage,
    newsletters::{page::NewslettersPage, page_detail::NewsletterPage, page_issue::IssuePage},
    notice::{page::NoticePage, page_edit::EditNoticePage},
    organisation::{page::OrganisationPage, page_close::ClosePage},
    overview::page::OverviewPage,
    partners::{
        page::PartnersPage, page_billing::PartnerBillingPage, page_detail::PartnerPage,
        page_history::PartnerHistoryPage, page_new::NewPartnerPage,
    },
    privacy::page::PrivacyPage,
    profile::{page::ProfilePage, page_terminate::TerminatePage},
    receipts::page::ReceiptPage,
    requests::{
        page::OwnRequestsPage, page_answer::RequestPage, page_list::RequestsPage, page_own::OwnRequestPage,
    },
    roles::page::RolesPage,
    second_factor::page_code::CodePage,
    session::{go_to, use_session},
    sign_in::{
        page::SignInPage, page_accept_invite::AcceptInvitePage, page_confirm_address::ConfirmAddressPage,
        page_forgot_password::ForgotPasswordPage, page_set_password::SetPasswordPage, page_set_up::SetUpPage,
    },
    support::{page::SupportPage, page_settings::SupportSettingsPage},
    users::{page::UsersPage, page_detail::UserPage, page_new::NewUserPage},
};
use leptos::{
    children::ToChildren,
    prelude::*,
    tachys::view::iterators::StaticVec,
    wasm_split::{SplitLoaderError, wasm_split},
};
use leptos_router::{
    ChooseView, NestedRoute, PossibleRouteMatch, SsrMode, components::FlatRoutes, hooks::use_location, path,
};
use std::{future::Future, pin::Pin, sync::Arc};

type Later<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;
type Path = Arc<dyn PossibleRouteMatch + Send + Sync>;

/// A page, and how to get hold of its code.
#[derive(Clone, Copy)]
pub struct Page {
    #[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "the server says early which one it is"))]
    chunk: &'static str,
    open: fn() -> Later<AnyView>,
    fetch: fn() -> Later<()>,
    for_whom: ForWhom,
}

/// Whom a page is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ForWhom {
    /// Everybody.
    Anybody,
    /// Those who are signed in: what must never depend on agreeing to the privacy notice.
    BeforeAgreeing,
    /// Those who are signed in and have agreed to the current privacy notice. A page that is open already when
    /// a new version is published stays, with what was typed, and says so.
    Inside,
}

/// The page that a component draws, its code in the chunk of that name.
macro_rules! page {
    ($chunk:ident, $component:ident) => {{
        #[wasm_split($chunk, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
        fn open() -> Result<AnyView, SplitLoaderError> {
            Ok(view! { <$component/> }.into_any())
        }
        Page {
            chunk: stringify!($chunk),
            open: || Box::pin(open()),
            fetch: || Box::pin(fetch()),
            for_whom: ForWhom::Inside,
        }
    }};
}

/// Where the pages are. Of two paths that fit, the first one counts.
fn places() -> Vec<(Path, Page)> {
    vec![
        anybody(path!("/sign-in"), page!(sign_in, SignInPage)),
        anybody(path!("/sign-in/code"), page!(sign_in, CodePage)),
        anybody(path!("/set-password"), page!(sign_in, SetPasswordPage)),
        anybody(path!("/accept-invite"), page!(sign_in, AcceptInvitePage)),
        anybody(path!("/confirm-address"), page!(sign_in, ConfirmAddressPage)),
        anybody(path!("/forgot-password"), page!(sign_in, ForgotPasswordPage)),
        anybody(path!("/receipt"), page!(receipts, ReceiptPage)),
        anybody(path!("/set-up"), page!(sign_in, SetUpPage)),
        inside(path!("/"), page!(overview, OverviewPage)),
        inside(path!("/profile"), page!(profile, ProfilePage)),
        inside(path!("/profile/history"), page!(history, OwnHistoryPage)),
        before_agreeing(path!("/profile/terminate"), page!(profile, TerminatePage)),
        anybody(path!("/notice"), page!(notice, NoticePage)),
        inside(path!("/notice/edit"), page!(notice, EditNoticePage)),
        inside(path!("/users"), page!(users, UsersPage)),
        inside(path!("/users/new"), page!(users, NewUserPage)),
        inside(path!("/users/requests"), page!(explain, PermissionRequestsPage)),
        inside(path!("/users/:id"), page!(user, UserPage)),
        inside(path!("/roles"), page!(roles, RolesPage)),
        inside(path!("/partners"), page!(partners, PartnersPage)),
        inside(path!("/partners/new"), page!(partners, NewPartnerPage)),
        inside(path!("/partners/:id"), page!(partners, PartnerPage)),
        inside(path!("/partners/:id/billing"), page!(partners, PartnerBillingPage)),
        inside(path!("/partners/:id/billing/:version"), page!(billing_change, BillingChangePage)),
        inside(path!("/partners/:id/history"), page!(partner_history, PartnerHistoryPage)),
        inside(path!("/billing"), page!(billing, BillingPage)),
        inside(path!("/billing/:version"), page!(billing_change, BillingChangePage)),
        inside(path!("/history"), page!(history, HistoryPage)),
        inside(path!("/insights"), page!(insights, InsightsPage)),
        inside(path!("/newsletters"), page!(newsletters, NewslettersPage)),
        inside(path!("/newsletters/issues/:id"), page!(newsletters, IssuePage)),
        inside(path!("/newsletters/:id"), page!(newsletters, NewsletterPage)),
        anybody(path!("/support"), page!(support, SupportPage)),
        before_agreeing(path!("/privacy"), page!(privacy, PrivacyPage)),
        before_agreeing(path!("/privacy/requests"), page!(requests, OwnRequestsPage)),
        before_agreeing(path!("/privacy/requests/:id"), page!(requests, OwnRequestPage)),
        inside(path!("/requests"), page!(requests, RequestsPage)),
        inside(path!("/requests/:id"), page!(requests, RequestPage)),
        inside(path!("/organisation/support"), page!(support, SupportSettingsPage)),
        before_agreeing(path!("/organisation/close"), page!(organisation, ClosePage)),
        inside(path!("/organisation"), page!(organisation, OrganisationPage)),
    ]
}

/// For those who are signed in and have agreed.
fn inside(path: impl PossibleRouteMatch + Send + Sync + 'static, page: Page) -> (Path, Page) {
    (Arc::new(path), page)
}

/// For those who are signed in, whether they have agreed or not.
fn before_agreeing(path: impl PossibleRouteMatch + Send + Sync + 'static, page: Page) -> (Path, Page) {
    (Arc::new(path), Page { for_whom: ForWhom::BeforeAgreeing, ..page })
}

/// Also for those who aren't signed in.
fn anybody(path: impl PossibleRouteMatch + Send + Sync + 'static, page: Page) -> (Path, Page) {
    (Arc::new(path), Page { for_whom: ForWhom::Anybody, ..page })
}

/// The page of the current address, and what stands there when there is none.
pub fn pages() -> AnyView {
    let routes: Vec<_> = places()
        .into_iter()
        .map(|(path, page)| NestedRoute::new(path, page).ssr_mode(SsrMode::Async))
        .collect();
    let children = ToChildren::to_children(move || StaticVec::from(routes));
    view! { <FlatRoutes fallback=|| view! { <NotFound/> } children/> }.into_any()
}

impl ChooseView for Page {
    /// The page, once its code is there. Nothing of it runs, or is fetched, for those it isn't for: they are
    /// led to where they can become so, and from there back.
    async fn choose(self) -> AnyView {
        let session = use_session();
        if self.for_whom != ForWhom::Anybody && !untrack(|| session.is_open()) {
            #[cfg(feature = "ssr")]
            crate::context::lead_to_sign_in();
            #[cfg(not(feature = "ssr"))]
            crate::session::leave_for_sign_in();
            return ().into_any();
        }
        if self.for_whom == ForWhom::Inside && untrack(|| session.must_agree()) {
            #[cfg(feature = "ssr")]
            crate::context::lead_to_notice();
            #[cfg(not(feature = "ssr"))]
            crate::session::leave_for_notice();
            return ().into_any();
        }
        #[cfg(feature = "ssr")]
        crate::context::announce(self.chunk);
        let here = use_location();
        // The first page was counted when the server rendered it.
        #[cfg(not(feature = "ssr"))]
        if untrack(crate::shell::is_hydrated) {
            crate::insights::uses::use_uses().open(&here.pathname.get_untracked());
        }
        let address =
            move || untrack(|| format!("{}{}{}", here.pathname.get(), here.search.get(), here.hash.get()));
        let wanted = address();
        match (self.open)().await {
            Ok(view) => view,
            // Perhaps the server has newer files by now: a page that is loaded anew knows their names.
            Err(_) => {
                if address() == wanted {
                    go_to(&wanted);
                }
                std::future::pending().await
            }
        }
    }

    async fn preload(&self) {
        drop((self.fetch)().await);
    }
}

/// What only a browser does: it fetches code before it is needed.
#[cfg(feature = "hydrate")]
mod early {
    use super::{Page, PossibleRouteMatch, places};
    use futures::channel::oneshot;
    use leptos::{leptos_dom::helpers::window_event_listener_untyped, prelude::*};
    use leptos_router::ChooseView;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::Element;

    /// The wait before code is asked for again that a page waits for.
    const PAUSE: Duration = Duration::from_secs(2);

    fn at(path: &str) -> Option<Page> {
        let fits = |found: &dyn PossibleRouteMatch| {
            found.test(path).is_some_and(|found| matches!(found.remaining(), "" | "/"))
        };
        places().into_iter().find(|(path, _)| fits(path)).map(|(_, page)| page)
    }

    /// Takes over the page that the server rendered, once its code is there. Until then it is one that works
    /// without.
    pub fn take_over() {
        spawn_local(async {
            let path = window().location().pathname().unwrap_or_default();
            if let Some(page) = at(&path) {
                while (page.fetch)().await.is_err() {
                    pause().await;
                }
            }
            leptos::mount::hydrate_body(crate::App);
            for event in ["pointerover", "focusin"] {
                window_event_listener_untyped(event, fetch_soon);
            }
        });
    }

    async fn pause() {
        let (over, wait) = oneshot::channel();
        let end = move || {
            let _ = over.send(());
        };
        set_timeout(end, PAUSE);
        let _ = wait.await;
    }

    /// Whoever points at a link is likely to follow it.
    #[expect(clippy::needless_pass_by_value, reason = "a listener is given its event")]
    fn fetch_soon(event: web_sys::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='/']").ok().flatten());
        let path = link.and_then(|link| link.get_attribute("href"));
        if let Some(page) = path.and_then(|path| at(path.split(['?', '#']).next().unwrap_or_default())) {
            spawn_local(async move { page.preload().await });
        }
    }
}

#[cfg(feature = "hydrate")]
pub use early::take_over;

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::insights::Feature;
    use leptos_router::PathSegment;

    /// Somebody leaves there.
    const UNCOUNTED: [&str; 2] = ["/organisation/close", "/profile/terminate"];

    fn address(path: &Path) -> String {
        let mut segments = Vec::new();
        path.generate_path(&mut segments);
        let part = |segment: PathSegment| match segment {
            PathSegment::Unit => String::new(),
            PathSegment::Param(_) => "/1".to_owned(),
            other => format!("/{}", other.as_raw_str().trim_matches('/')),
        };
        segments.into_iter().map(part).collect()
    }

    #[test]
    fn whatever_is_for_those_who_are_signed_in_is_counted_or_known_not_to_be() {
        let pages: Vec<_> =
            places().into_iter().map(|(path, page)| (address(&path), page.for_whom)).collect();
        let inside: Vec<_> =
            pages.into_iter().filter(|(_, for_whom)| *for_whom != ForWhom::Anybody).collect();
        assert!(inside.len() > 25, "pages were not read");
        for (address, _) in inside {
            assert_eq!(Feature::at(&address).is_none(), UNCOUNTED.contains(&address.as_str()), "{address}");
        }
    }
}
