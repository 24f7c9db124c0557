//! A bare Axum route with the partner list's SQL and its JSON, and nothing of what Assent does around
//! it: no session, no rights, no page of the console. It is what the server function is compared with.

use crate::Result;
use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use domain::{
    PartnerId,
    id::Uuid,
    partners::{ListPartners, PAGE, PartnerKind, PartnerPage, PartnerRow, PartnerStatus},
    time::LocalTime,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// The active partners by name from the beginning, as `store::partners::list` asks for them.
const FIRST: &str = "SELECT p.id, p.name, p.kind, p.country, p.created_at, p.status FROM partner p
    WHERE p.organisation_id = $1 AND p.status = 'active' AND $2 IS NOT NULL AND $3 <> ''
    ORDER BY p.sort_key ASC, p.id ASC LIMIT $4";
/// The same after one of them.
const NEXT: &str = "SELECT p.id, p.name, p.kind, p.country, p.created_at, p.status FROM partner p
    WHERE p.organisation_id = $1 AND p.status = 'active'
      AND (p.sort_key, p.id) > (SELECT sort_key, id FROM partner WHERE id = $2 AND organisation_id = $1)
      AND $3 <> '' ORDER BY p.sort_key ASC, p.id ASC LIMIT $4";

#[derive(Clone)]
struct Bare {
    pool: SqlitePool,
    organisation: Uuid,
}

#[derive(Deserialize)]
struct Arguments {
    request: ListPartners,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    kind: String,
    country: Option<String>,
    created_at: i64,
    status: String,
}

/// Serves until it is killed.
pub async fn serve(file: &str, address: SocketAddr) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).pragma("cache_size", "-2048");
    let pool = SqlitePoolOptions::new().max_connections(8).test_before_acquire(false);
    let pool = pool.connect_with(options).await?;
    let organisation = sqlx::query_scalar("SELECT id FROM organisation").fetch_one(&pool).await?;
    let router = Router::new().route("/fn/partners/list", post(list)).with_state(Bare { pool, organisation });
    Ok(axum::serve(TcpListener::bind(address).await?, router).await?)
}

async fn list(
    State(bare): State<Bare>,
    Json(arguments): Json<Arguments>,
) -> std::result::Result<Json<PartnerPage>, StatusCode> {
    let after = arguments.request.after;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows: Vec<Row> = sqlx::query_as(if after.is_some() { NEXT } else { FIRST })
        .bind(bare.organisation)
        .bind(after.map_or(Uuid::nil(), |id| id.0))
        .bind("%%")
        .bind(limit)
        .fetch_all(&bare.pool)
        .await
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let has_next = rows.len() > PAGE;
    rows.truncate(PAGE);
    let partners = rows.into_iter().filter_map(Row::show).collect();
    Ok(Json(PartnerPage { partners, has_previous: after.is_some(), has_next }))
}

impl Row {
    fn show(self) -> Option<PartnerRow> {
        let zone = TimeZone::get("Europe/Berlin").ok()?;
        let at = Timestamp::from_millisecond(self.created_at).ok()?.to_zoned(zone);
        Some(PartnerRow {
            id: PartnerId(self.id),
            name: self.name,
            kind: PartnerKind::from_code(&self.kind)?,
            country: self.country,
            since: LocalTime {
                year: at.year(),
                month: at.month().unsigned_abs(),
                day: at.day().unsigned_abs(),
                hour: at.hour().unsigned_abs(),
                minute: at.minute().unsigned_abs(),
            },
            status: PartnerStatus::from_code(&self.status)?,
        })
    }
}
