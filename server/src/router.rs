//! All routes and what every request passes: headers, origin check, size limit, identification.

use crate::{
    assets::Site,
    consent_record, demo_mail,
    events::{self, Shutdown, Streams},
    headers::secure,
    health, history,
    identify::identify,
    insights, privacy,
    proxies::Proxies,
    unsubscribe,
};
use app::shell::{App, shell};
use axum::{
    Extension, Router,
    extract::Request,
    http::{Method, StatusCode},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::{config::LeptosOptions, context::provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use services::Services;
use tower_http::{
    catch_panic::CatchPanicLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer, services::ServeDir,
};

/// The largest body of a request, in bytes: a privacy notice in both languages fits.
pub(crate) const LARGEST_BODY: usize = 512 * 1024;

/// What the router is made of.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The use cases.
    pub services: Services,
    /// The built files.
    pub site: Site,
    /// Ends the event streams.
    pub shutdown: Shutdown,
    /// Who is believed about where a request comes from.
    pub proxies: Proxies,
}

/// The whole server.
///
/// # Errors
/// One line if the public address can't be an origin.
pub fn router(parts: Parts) -> Result<Router, String> {
    let Parts { services, site, shutdown, proxies } = parts;
    let options = LeptosOptions::builder().output_name("assent").build();
    let assets = site.assets.clone();
    let context = move || provide_context(assets.clone());
    let origin = CsrfLayer::new()
        .add_trusted_origin(services.public_url())
        .map_err(|_| "ASSENT_PUBLIC_URL can't be an origin".to_owned())?;
    let pages = Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context.clone(), shell)
        .route("/events", get(events::events))
        .route("/profile/newsletters.json", get(consent_record::json))
        .route("/profile/newsletters.csv", get(consent_record::csv))
        .route("/privacy/export/{id}", get(privacy::export))
        .route("/insights.csv", get(insights::csv))
        .route("/history.csv", get(history::csv))
        .route("/history.jsonl", get(history::json_lines))
        .fallback(move |request: Request| not_found(request, context.clone()))
        .with_state(options)
        .layer(from_fn(identify));
    // Only where there is such an inbox; elsewhere it is an address like any other that isn't there.
    let demo = match services.inbox() {
        Some(_) => Router::new().route("/demo/mail", get(demo_mail::page)).layer(Extension(site.clone())),
        None => Router::new(),
    };
    let unsubscribe = Router::new()
        .route("/unsubscribe", get(unsubscribe::ask).post(unsubscribe::opt_out))
        .layer(Extension(site.clone()));
    Ok(Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/schemas/export-1.json", get(privacy::schema))
        .nest_service("/pkg", ServeDir::new(site.folder).precompressed_br().precompressed_gzip())
        .merge(pages)
        .merge(demo)
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(origin)
        // Below this line neither origin nor body is looked at.
        .merge(unsubscribe)
        .layer(from_fn(secure))
        .layer(Extension(services))
        .layer(Extension(shutdown))
        .layer(Extension(proxies))
        .layer(Extension(Streams::default()))
        .layer(CatchPanicLayer::custom(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())))
}

/// A page that says so, or only the status for what isn't a page.
async fn not_found(request: Request, context: impl Fn() + Clone + Send + Sync + 'static) -> Response {
    let page = matches!(*request.method(), Method::GET | Method::HEAD);
    if page && !request.uri().path().starts_with("/fn/") {
        render_app_async_with_context(context, shell)(request).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
