//! Who receives what, and the record of it: every opt-in and opt-out with the words that stood beside the
//! switch. Nothing is on before its user has switched it on.

use super::receives;
use crate::{Grant, Own, Read, Result, Store, Tx, connection::on_db};
use domain::{
    Conflict, Error, Language, NewsletterId, UserId,
    newsletters::{SetSwitch, Source, Switch},
};
use uuid::Uuid;

/// One's own switches, in that language. Of closed newsletters there is none.
///
/// # Errors
/// The database failed.
pub async fn list(read: &mut Read, grant: &Grant<Own>, language: Language) -> Result<Vec<Switch>> {
    type Row = (Uuid, String, String, String, String, i64, bool);
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(
        "SELECT n.id, t.name_en, t.name_de, t.text_en, t.text_de, n.version, COALESCE(s.active, FALSE)
         FROM newsletter n JOIN newsletter_text t ON t.newsletter_id = n.id AND t.version = n.version
         LEFT JOIN subscription s ON s.newsletter_id = n.id AND s.user_id = $2
         WHERE n.organisation_id = $1 AND n.closed_at IS NULL ORDER BY n.id")
        .bind(grant.organisation().0).bind(grant.user().0).fetch_all(c).await)?;
    let switch = |(id, name_en, name_de, text_en, text_de, text_version, on): Row| {
        let (name, text) = match language {
            Language::English => (name_en, text_en),
            Language::German => (name_de, text_de),
        };
        Switch { id: NewsletterId(id), name, text, text_version, on }
    };
    Ok(rows.into_iter().map(switch).collect())
}

/// Turns one of one's own switches, which showed its text in that language. Doing it twice is fine, and
/// recorded once. Whoever turns it off has to wait with [`super::handing_over::wait`].
///
/// # Errors
/// `NotFound`; when switching on `Stale` if the text is another one by now and `NewsletterClosed`; or the
/// database failed.
pub async fn set(store: &Store, grant: &Grant<Own>, request: SetSwitch, language: Language) -> Result<()> {
    let (store, grant) = (store.clone(), grant.clone());
    let keys = store.clone();
    store.write_in_turn(async move |tx| turn(tx, &keys, &grant, request, language).await).await
}

async fn turn(
    tx: &mut Tx,
    store: &Store,
    grant: &Grant<Own>,
    request: SetSwitch,
    language: Language,
) -> Result<()> {
    let (user, id) = (grant.user(), request.id);
    let found: Option<(i64, bool)> = on_db!(tx, c => sqlx::query_as(
        "SELECT version, closed_at IS NOT NULL FROM newsletter WHERE id = $1 AND organisation_id = $2")
        .bind(id.0).bind(grant.organisation().0).fetch_optional(c).await)?;
    let (version, closed) = found.ok_or(Error::NotFound)?;
    let changed = if request.on {
        if closed {
            return Err(Conflict::NewsletterClosed.into());
        }
        if request.text_version != version {
            return Err(Conflict::Stale.into());
        }
        let token = store.keys().unsubscribe_token(user, id);
        on_db!(tx, c => sqlx::query(
            "INSERT INTO subscription (user_id, newsletter_id, active, token_hash) VALUES ($1, $2, TRUE, $3)
             ON CONFLICT (user_id, newsletter_id) DO UPDATE SET active = TRUE WHERE NOT subscription.active")
            .bind(user.0).bind(id.0).bind(token.hash()).execute(c).await.map(|done| done.rows_affected()))?
    } else {
        deactivate(tx, user, id).await?
    };
    if changed == 0 {
        return Ok(());
    }
    // An opt-out is taken whatever stood there; what never did is not recorded.
    let text_version =
        if (1..=version).contains(&request.text_version) { request.text_version } else { version };
    let entry =
        Entry { user, newsletter: id, text_version, language, given: request.on, source: Source::Profile };
    record(tx, &entry).await
}

/// Turns a switch off by other means than the switch: what is recorded are the words of the opt-in.
pub(super) async fn turn_off(
    tx: &mut Tx,
    user: UserId,
    newsletter: NewsletterId,
    source: Source,
) -> Result<()> {
    if deactivate(tx, user, newsletter).await? == 0 {
        return Ok(());
    }
    let (text_version, language): (i64, String) = on_db!(tx, c => sqlx::query_as(
        "SELECT c.text_version, c.language FROM consent c
         WHERE c.user_id = $1 AND c.newsletter_id = $2 ORDER BY c.id DESC LIMIT 1")
        .bind(user.0).bind(newsletter.0).fetch_one(c).await)?;
    let language = Language::from_code(&language).unwrap_or_default();
    record(tx, &Entry { user, newsletter, text_version, language, given: false, source }).await
}

/// One statement on the one row that [`super::handing_over::begin`] has to lock as well.
async fn deactivate(tx: &mut Tx, user: UserId, newsletter: NewsletterId) -> Result<u64> {
    Ok(on_db!(tx, c => sqlx::query(
        "UPDATE subscription SET active = FALSE WHERE user_id = $1 AND newsletter_id = $2 AND active")
        .bind(user.0).bind(newsletter.0).execute(c).await.map(|done| done.rows_affected()))?)
}

/// Turns all switches of an account off that is being ended. Its record goes with it, so nothing is added.
pub(crate) async fn end_all(tx: &mut Tx, user: UserId) -> Result<()> {
    on_db!(tx, c => sqlx::query("UPDATE subscription SET active = FALSE WHERE user_id = $1 AND active")
        .bind(user.0).execute(c).await.map(drop))?;
    Ok(())
}

/// An opt-in or opt-out.
struct Entry {
    user: UserId,
    newsletter: NewsletterId,
    text_version: i64,
    language: Language,
    given: bool,
    source: Source,
}

async fn record(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    on_db!(tx, c => sqlx::query(
        "INSERT INTO consent (id, user_id, newsletter_id, text_version, language, given, source, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id).bind(entry.user.0).bind(entry.newsletter.0).bind(entry.text_version)
        .bind(entry.language.code()).bind(entry.given).bind(entry.source.code()).bind(now)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// An opt-in or opt-out with the words that it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When, in unix milliseconds.
    pub at: i64,
    /// Whether it was switched on.
    pub given: bool,
    /// Where it came from.
    pub source: Source,
    /// The version of the words.
    pub text_version: i64,
    /// The language that they stood there in.
    pub language: Language,
    /// The name of the newsletter then.
    pub name: String,
    /// What stood beside the switch.
    pub text: String,
}

/// One's own record, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn own_record(read: &mut Read, grant: &Grant<Own>) -> Result<Vec<Recorded>> {
    type Row = (i64, bool, String, i64, String, String, String);
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(
        "SELECT c.at, c.given, c.source, c.text_version, c.language,
                CASE c.language WHEN 'de' THEN t.name_de ELSE t.name_en END,
                CASE c.language WHEN 'de' THEN t.text_de ELSE t.text_en END
         FROM consent c JOIN newsletter_text t ON t.newsletter_id = c.newsletter_id AND t.version = c.text_version
         WHERE c.user_id = $1 ORDER BY c.id")
        .bind(grant.user().0).fetch_all(c).await)?;
    let recorded = |(at, given, source, text_version, language, name, text): Row| {
        let source = Source::from_code(&source).ok_or(crate::Error::Corrupt("source of a consent"))?;
        let language =
            Language::from_code(&language).ok_or(crate::Error::Corrupt("language of a consent"))?;
        Ok(Recorded { at, given, source, text_version, language, name, text })
    };
    rows.into_iter().map(recorded).collect()
}

/// All who receive a newsletter at this moment.
pub(super) async fn receivers(tx: &mut Tx, newsletter: NewsletterId) -> Result<Vec<UserId>> {
    let now = tx.now();
    let users: Vec<Uuid> = on_db!(tx, c => sqlx::query_scalar(concat!(
        "SELECT s.user_id FROM subscription s JOIN account a ON a.user_id = s.user_id
         WHERE s.newsletter_id = $2 AND ", receives!(), " ORDER BY s.user_id"))
        .bind(now).bind(newsletter.0).fetch_all(c).await)?;
    Ok(users.into_iter().map(UserId).collect())
}
