//! `assent serve`.

use crate::{
    assets::Site,
    connections::{self, Patience},
    logging,
    router::{Parts, router},
    settings::Settings,
    workers,
};
use clap::Args;
use domain::Error;
use services::{Services, mail::Mailer};
use std::time::Duration;
use tokio::{net::TcpListener, sync::watch};

/// How long requests may take to end after the signal to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// What to serve, and how.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Fill an empty database with a demo organisation; only on a loopback address
    #[arg(long)]
    pub demo: bool,
    /// The password of the demo accounts
    #[arg(long, env = "ASSENT_DEMO_PASSWORD", default_value = "assent-demo-1", hide_env_values = true)]
    pub demo_password: String,
    /// Settings.
    #[command(flatten)]
    pub settings: Settings,
}

/// Serves until it is told to stop.
///
/// # Errors
/// One line that says why it can't start.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let settings = &arguments.settings;
    logging::start(&settings.log)?;
    if arguments.demo && !settings.is_local() {
        return Err(
            "--demo only serves a loopback address such as 127.0.0.1:3000, opened as localhost".into()
        );
    }
    let site = Site::beside_program()?;
    let mailer = match settings.mailer()? {
        Mailer::Off if arguments.demo => Mailer::inbox(),
        mailer => mailer,
    };
    let services = settings.open_with(mailer).await?;
    tidy_up(&services).await.map_err(|error| error.to_string())?;
    let greeting = greet(&services, &arguments).await.map_err(|error| error.to_string())?;

    let (stop, shutdown) = watch::channel(false);
    let parts =
        Parts { services: services.clone(), site, shutdown: shutdown.clone(), proxies: settings.proxies() };
    let router = router(parts)?;
    let listener = TcpListener::bind(settings.address)
        .await
        .map_err(|error| format!("{} can't be listened on: {}", settings.address, error.kind()))?;
    println!("{greeting}");
    let mail = tokio::spawn(workers::mail::run(services.clone(), stop.subscribe()));
    let exports = tokio::spawn(workers::exports::run(services.clone(), stop.subscribe()));
    let housekeeping = tokio::spawn(workers::housekeeping::run(services.clone(), stop.subscribe()));
    let insights = tokio::spawn(workers::insights::run(services.clone(), stop.subscribe()));
    let chain = tokio::spawn(workers::chain::run(services.clone(), stop.subscribe()));
    let mut stopped = stop.subscribe();
    tokio::spawn(async move {
        asked_to_stop().await;
        let _ = stop.send(true);
    });
    tokio::select! {
        () = connections::serve(listener, router, Patience::default(), shutdown) => {}
        () = async {
            let _ = stopped.wait_for(|down| *down).await;
            tokio::time::sleep(PATIENCE).await;
        } => tracing::warn!("some requests were broken off"),
    }
    // A mail that is just being handed over may end. One that doesn't is sent again when its lease ends.
    let ended = async { tokio::join!(mail, exports, housekeeping, insights, chain) };
    let _ = tokio::time::timeout(PATIENCE, ended).await;
    services.store().close().await;
    Ok(())
}

/// Finishes what a server left that died at work.
async fn tidy_up(services: &Services) -> Result<(), Error> {
    let closed = store::closing::resume(services.store()).await?;
    if closed > 0 {
        tracing::info!(closed, "closed the organisations whose closing had begun");
    }
    let finished = store::termination::resume(services.store()).await?;
    if finished > 0 {
        tracing::info!(finished, "ended the accounts whose termination had begun");
    }
    let ownerless = store::housekeeping::destroy_ownerless_keys(services.store()).await?;
    if ownerless > 0 {
        tracing::info!(ownerless, "destroyed the keys of accounts whose creation was cut short");
    }
    let supplied = services::notice::supply(services).await?;
    if supplied > 0 {
        tracing::info!(supplied, "gave organisations without a privacy notice the one that is shipped");
    }
    Ok(())
}

/// What to print: the address, and how to get in.
async fn greet(services: &Services, arguments: &Arguments) -> Result<String, Error> {
    let mut lines = vec![format!("Assent is ready at {}", services.public_url())];
    if services.inbox().is_some() {
        lines.push(format!("Mail is shown at {}/demo/mail", services.public_url()));
    }
    if arguments.demo {
        if services::demo::fill(services, &arguments.demo_password).await? {
            services::insights::fill_demo(services).await?;
        }
        lines.push(format!("Demo accounts, all with the password {}:", arguments.demo_password));
        lines.extend(services::demo::addresses().into_iter().map(|address| format!("  {address}")));
    } else if let Some(link) = services::sign_in::set_up_link(services).await? {
        lines.push(format!("Nothing is here yet. To begin, open {link}"));
    }
    Ok(lines.join("\n"))
}

/// Ctrl-C, or the signal that service managers send.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
