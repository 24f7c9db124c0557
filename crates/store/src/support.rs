//! How to reach an organisation: channels in their order, and the contact for data protection.
//! Everybody may read it; there is nothing in it but what the organisation publishes.

use crate::{
    Error, Grant, Read, Result, Tx, connection::on_db, grants::OrganisationManage, sign_in::announce_rights,
};
use domain::{
    Conflict, OrganisationId,
    support::{Channel, ChannelKind, SupportFields},
};

/// What an organisation has published.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Grows with each change; 0 where nothing was ever saved.
    pub version: i64,
    /// The channels, in their order.
    pub channels: Vec<Channel>,
    /// Who the contact for data protection is.
    pub protection_contact: Option<String>,
    /// Their e-mail address.
    pub protection_email: Option<String>,
}

/// What an organisation has published; it takes no right to read it.
///
/// # Errors
/// The database failed.
pub async fn published(read: &mut Read, organisation: OrganisationId) -> Result<Published> {
    let row: Option<(i64, Option<String>, Option<String>)> = on_db!(read, c => sqlx::query_as(
        "SELECT version, protection_contact, protection_email FROM support WHERE organisation_id = $1")
        .bind(organisation.0).fetch_optional(c).await)?;
    let Some((version, protection_contact, protection_email)) = row else { return Ok(Published::default()) };
    let rows: Vec<(String, String, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT kind, address, hours FROM support_channel WHERE organisation_id = $1 ORDER BY position")
        .bind(organisation.0).fetch_all(c).await)?;
    let channel = |(kind, address, hours): (String, String, String)| {
        let kind = ChannelKind::from_code(&kind).ok_or(Error::Corrupt("kind of channel"))?;
        Ok(Channel { kind, address, hours })
    };
    let channels = rows.into_iter().map(channel).collect::<Result<_>>()?;
    Ok(Published { version, channels, protection_contact, protection_email })
}

/// Replaces what an organisation has published.
///
/// # Errors
/// `Stale` if it was changed since `version`, or the database failed.
pub async fn save(
    tx: &mut Tx,
    grant: &Grant<OrganisationManage>,
    version: i64,
    fields: &SupportFields,
) -> Result<()> {
    let organisation = grant.organisation();
    let saved = on_db!(tx, c => sqlx::query(
        "INSERT INTO support (organisation_id, version, protection_contact, protection_email)
         VALUES ($1, 1, $3, $4)
         ON CONFLICT (organisation_id) DO UPDATE SET version = support.version + 1,
             protection_contact = excluded.protection_contact, protection_email = excluded.protection_email
         WHERE support.version = $2")
        .bind(organisation.0).bind(version).bind(fields.protection_contact.as_deref())
        .bind(fields.protection_email.as_deref()).execute(c).await.map(|done| done.rows_affected()))?;
    if saved != 1 {
        return Err(Conflict::Stale.into());
    }
    on_db!(tx, c => sqlx::query("DELETE FROM support_channel WHERE organisation_id = $1")
        .bind(organisation.0).execute(c).await.map(drop))?;
    for (position, channel) in (0_i64..).zip(&fields.channels) {
        on_db!(tx, c => sqlx::query(
            "INSERT INTO support_channel (organisation_id, kind, position, address, hours)
             VALUES ($1, $2, $3, $4, $5)")
            .bind(organisation.0).bind(channel.kind.code()).bind(position).bind(&channel.address)
            .bind(&channel.hours).execute(c).await.map(drop))?;
    }
    announce_rights(tx, organisation);
    Ok(())
}
