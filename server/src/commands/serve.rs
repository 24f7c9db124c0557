//! `assent serve`.

use crate::{
    assets::Site,
    events::Shutdown,
    logging,
    router::{Parts, router},
    settings::Settings,
};
use axum::serve::ListenerExt;
use clap::Args;
use domain::Error;
use services::Services;
use std::{net::SocketAddr, time::Duration};
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
    let services = settings.open().await?;
    let finished = store::termination::resume(services.store()).await.map_err(|error| error.to_string())?;
    if finished > 0 {
        tracing::info!(finished, "ended the accounts whose termination had begun");
    }
    let greeting = greet(&services, &arguments).await.map_err(|error| error.to_string())?;

    let (stop, shutdown) = watch::channel(false);
    tokio::spawn(sweep(services.clone(), shutdown.clone()));
    let parts = Parts { services: services.clone(), site, shutdown, proxies: settings.proxies() };
    let router = router(parts)?.into_make_service_with_connect_info::<SocketAddr>();
    let listener = TcpListener::bind(settings.address)
        .await
        .map_err(|error| format!("{} can't be listened on: {}", settings.address, error.kind()))?;
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    println!("{greeting}");
    let mut stopped = stop.subscribe();
    tokio::spawn(async move {
        asked_to_stop().await;
        let _ = stop.send(true);
    });
    let mut graceful = stopped.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        let _ = graceful.wait_for(|down| *down).await;
    });
    tokio::select! {
        done = serving => done.map_err(|error| format!("serving failed: {}", error.kind()))?,
        () = async {
            let _ = stopped.wait_for(|down| *down).await;
            tokio::time::sleep(PATIENCE).await;
        } => tracing::warn!("some requests were broken off"),
    }
    services.store().close().await;
    Ok(())
}

/// Deletes what limits no longer need, each minute.
async fn sweep(services: Services, mut shutdown: Shutdown) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        tokio::select! {
            _ = minutes.tick() => {}
            _ = shutdown.wait_for(|down| *down) => return,
        }
        if let Err(error) = store::limits::sweep(services.store()).await {
            tracing::warn!("limits that have passed could not be deleted: {error}");
        }
    }
}

/// What to print: the address, and how to get in.
async fn greet(services: &Services, arguments: &Arguments) -> Result<String, Error> {
    let mut lines = vec![format!("Assent is ready at {}", services.public_url())];
    if arguments.demo {
        services::demo::fill(services, &arguments.demo_password).await?;
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
