//! Axum around the services: settings, routes, middleware, live events, command line.

pub mod assets;
pub mod commands;
pub mod events;
pub mod headers;
pub mod health;
pub mod identify;
pub mod logging;
pub mod proxies;
pub mod router;
pub mod settings;
