//! Axum around the services: settings, routes, middleware, live events, command line.

pub mod assets;
pub mod commands;
pub mod connections;
pub mod consent_record;
pub mod demo_mail;
pub mod events;
pub mod headers;
pub mod health;
pub mod history;
pub mod identify;
pub mod insights;
pub mod logging;
pub mod privacy;
pub mod proxies;
pub mod router;
pub mod settings;
pub mod unsubscribe;
pub mod workers;
