//! `assent check`: settings, schema and integrity.

use crate::settings::Settings;

/// Says that all is well.
///
/// # Errors
/// One line that says what isn't.
pub async fn run(settings: Settings) -> Result<(), String> {
    let services = settings.open().await?;
    services.store().check().await.map_err(|error| error.to_string())?;
    println!("Settings, schema and database are sound.");
    services.store().close().await;
    Ok(())
}
