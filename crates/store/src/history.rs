//! The append-only list of actions, written in the transaction of the action itself.

use crate::{
    Error, Grant, Own, Read, Result, Tx,
    connection::{Connection, on_db},
    grants::{BillingView, HistoryView, UsersManage},
    random::first_id_at,
};
use domain::{
    DataRequestId, HistoryId, OrganisationId, PartnerId, RoleId, UserId,
    history::{Action, MOST_COUNTED, Named, NamedSubject, Subject, Topic},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

pub mod exports;
pub mod names;
#[cfg(test)]
mod plans;

const COUNT: &str = "SELECT COUNT(*) FROM (
    SELECT 1 FROM history WHERE actor_id = $1 AND organisation_id = $2 LIMIT $3) counted";
const LATER: &str = "SELECT EXISTS (
    SELECT 1 FROM history WHERE organisation_id = $1 AND subject_id = $2 AND id > $3 AND action LIKE $4)";

/// An entry as it is stored, with the names of today.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Which.
    pub id: HistoryId,
    /// When, in unix milliseconds.
    pub at: i64,
    /// Who.
    pub actor: Option<Named<UserId>>,
    /// What.
    pub action: Action,
    /// On what.
    pub subject: NamedSubject,
}

/// Writes down what the holder of `grant` did.
///
/// # Errors
/// The database failed.
pub async fn record<P>(tx: &mut Tx, grant: &Grant<P>, action: Action, subject: Subject) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    let (kind, subject_id) = match subject {
        Subject::Organisation => ("organisation", None),
        Subject::User(user) => ("user", Some(user.0)),
        Subject::Role(role) => ("role", Some(role.0)),
        Subject::Partner(partner) => ("partner", Some(partner.0)),
        Subject::DataRequest(request) => ("data_request", Some(request.0)),
    };
    let topic = action.topic().code();
    let action = serde_json::to_string(&action).map_err(|_| Error::Corrupt("action"))?;
    on_db!(tx, c => sqlx::query(
        "INSERT INTO history (id, organisation_id, at, actor_id, subject_kind, subject_id, action, topic)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id).bind(grant.organisation().0).bind(now).bind(grant.actor().map(|actor| actor.0))
        .bind(kind).bind(subject_id).bind(action).bind(topic).execute(c).await.map(drop))?;
    Ok(())
}

/// What was done, and to what.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find(read: &mut Read, grant: &Grant<HistoryView>, id: HistoryId) -> Result<(Action, Subject)> {
    let row: Option<(String, Option<Uuid>, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT subject_kind, subject_id, action FROM history WHERE id = $1 AND organisation_id = $2")
        .bind(id.0).bind(grant.organisation().0).fetch_optional(c).await)?;
    let (kind, subject, action) = row.ok_or(domain::Error::NotFound)?;
    let subject = match (kind.as_str(), subject) {
        ("organisation", None) => Subject::Organisation,
        ("user", Some(id)) => Subject::User(UserId(id)),
        ("role", Some(id)) => Subject::Role(RoleId(id)),
        ("partner", Some(id)) => Subject::Partner(PartnerId(id)),
        ("data_request", Some(id)) => Subject::DataRequest(DataRequestId(id)),
        _ => return Err(Error::Corrupt("subject of history")),
    };
    Ok((serde_json::from_str(&action).map_err(|_| Error::Corrupt("action of history"))?, subject))
}

/// Whether something that was done to a user after an entry names this role by its id.
///
/// # Errors
/// The database failed.
pub async fn names_later(
    read: &mut Read,
    grant: &Grant<HistoryView>,
    (entry, user): (HistoryId, UserId),
    role: RoleId,
) -> Result<bool> {
    Ok(on_db!(read, c => sqlx::query_scalar(LATER)
        .bind(grant.organisation().0).bind(user.0).bind(entry.0).bind(format!("%{role}%"))
        .fetch_one(c).await)?)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    at: i64,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    actor_gone: bool,
    actor_external: bool,
    subject_kind: String,
    subject_id: Option<Uuid>,
    subject_name: Option<String>,
    subject_external: bool,
    subject_gone: bool,
    action: String,
}

/// Which entries, from where on and how many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Only what this person did.
    pub person: Option<UserId>,
    /// Only what was done to this.
    pub about: Option<Uuid>,
    /// Only this topic.
    pub topic: Option<Topic>,
    /// Not before this moment, in unix milliseconds.
    pub since: Option<i64>,
    /// Before this moment, in unix milliseconds.
    pub until: Option<i64>,
    /// The last entry that was read before.
    pub after: Option<HistoryId>,
    /// How many at most.
    pub limit: i64,
}

impl Wanted {
    /// The id that all have to be smaller than. Ids are in the order of their moments (RFC 9562, version 7).
    fn below(&self) -> Option<Uuid> {
        let until = self.until.map(first_id_at);
        self.after.map(|id| id.0).into_iter().chain(until).min()
    }

    /// The index to go by. SQLite keeps no statistics to choose by; PostgreSQL does.
    const fn index(&self) -> &'static str {
        match (self.about, self.person, self.topic) {
            (Some(_), ..) => "history_of_subject",
            (None, Some(_), Some(_)) => "history_of_person_and_topic",
            (None, Some(_), None) => "history_of_person",
            (None, None, Some(_)) => "history_of_topic",
            (None, None, None) => "history_of_organisation",
        }
    }
}

/// Entries, newest first. Without the grant to view billing details the name of a deleted partner is left out.
///
/// # Errors
/// The database failed.
pub async fn list(
    read: &mut Read,
    grant: &Grant<HistoryView>,
    billing: Option<&Grant<BillingView>>,
    wanted: &Wanted,
) -> Result<Vec<Stored>> {
    page(read, grant.organisation(), billing.is_some(), wanted).await
}

/// One's own actions, newest first. Without the grant to view billing details the name of a deleted partner is
/// left out.
///
/// # Errors
/// The database failed.
pub async fn list_own(
    read: &mut Read,
    grant: &Grant<Own>,
    billing: Option<&Grant<BillingView>>,
    wanted: &Wanted,
) -> Result<Vec<Stored>> {
    let own = Wanted { person: Some(grant.user()), ..*wanted };
    page(read, grant.organisation(), billing.is_some(), &own).await
}

async fn page(
    read: &mut Read,
    organisation: OrganisationId,
    deleted_partners: bool,
    wanted: &Wanted,
) -> Result<Vec<Stored>> {
    let person = wanted.person.map_or(Uuid::nil(), |id| id.0);
    let (about, below) = (wanted.about.unwrap_or_default(), wanted.below().unwrap_or_default());
    let topic = wanted.topic.map_or("", Topic::code);
    let from = wanted.since.map(first_id_at).unwrap_or_default();
    let index = matches!(read.connection, Connection::Sqlite(_)).then(|| wanted.index());
    // Put together of fixed parts only.
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(list_sql(wanted, index)))
        .bind(organisation.0).bind(below).bind(about).bind(person).bind(topic).bind(from)
        .bind(wanted.limit).fetch_all(c).await)?;
    rows.into_iter().map(|row| row.read(deleted_partners)).collect()
}

fn list_sql(wanted: &Wanted, index: Option<&str>) -> String {
    let by = index.map(|index| format!(" INDEXED BY {index}")).unwrap_or_default();
    let mut sql = format!(
        "SELECT h.id, h.at, h.actor_id, a.name AS actor_name, a.terminated_at IS NOT NULL AS actor_gone,
                h.subject_kind, h.subject_id, COALESCE(u.name, p.name) AS subject_name,
                (u.terminated_at IS NOT NULL OR (h.subject_kind = 'user' AND u.id IS NULL)
                 OR COALESCE(p.status, '') = 'deleted') AS subject_gone,
                COALESCE(ae.external, FALSE) AS actor_external, COALESCE(ue.external, FALSE) AS subject_external,
                h.action
         FROM history h{by}
         LEFT JOIN person a ON a.id = h.actor_id
         LEFT JOIN person u ON u.id = h.subject_id AND h.subject_kind = 'user'
         LEFT JOIN account ae ON ae.user_id = h.actor_id
         LEFT JOIN account ue ON ue.user_id = h.subject_id AND h.subject_kind = 'user'
         LEFT JOIN partner p ON p.id = h.subject_id AND h.subject_kind = 'partner'
         WHERE h.organisation_id = $1",
    );
    // Each place is always bound, so the number of parameters doesn't depend on what is wanted.
    for (is_wanted, condition, otherwise) in [
        (wanted.below().is_some(), " AND h.id < $2", " AND $2 IS NOT NULL"),
        (wanted.about.is_some(), " AND h.subject_id = $3", " AND $3 IS NOT NULL"),
        (wanted.person.is_some(), " AND h.actor_id = $4", " AND $4 IS NOT NULL"),
        (wanted.topic.is_some(), " AND h.topic = $5", " AND $5 IS NOT NULL"),
        (wanted.since.is_some(), " AND h.id >= $6", " AND $6 IS NOT NULL"),
    ] {
        sql.push_str(if is_wanted { condition } else { otherwise });
    }
    sql.push_str(" ORDER BY h.id DESC LIMIT $7");
    sql
}

/// On how many entries one's name stays.
///
/// # Errors
/// The database failed.
pub async fn count_own(read: &mut Read, grant: &Grant<Own>) -> Result<i64> {
    count(read, (grant.organisation(), grant.user())).await
}

/// On how many entries somebody's name stays.
///
/// # Errors
/// The database failed.
pub async fn count_of(read: &mut Read, grant: &Grant<UsersManage>, user: UserId) -> Result<i64> {
    count(read, (grant.organisation(), user)).await
}

/// Counts to [`MOST_COUNTED`] at most, so that it costs the same however long the history is.
async fn count(read: &mut Read, (organisation, user): (OrganisationId, UserId)) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar(COUNT)
        .bind(user.0).bind(organisation.0).bind(MOST_COUNTED).fetch_one(c).await)?)
}

impl Row {
    fn read(self, deleted_partners: bool) -> Result<Stored> {
        let actor = self.actor_id.map(|id| Named {
            id: UserId(id),
            name: self.actor_name.unwrap_or_default(),
            gone: self.actor_gone,
            external: self.actor_external,
        });
        let (name, gone) = (self.subject_name.unwrap_or_default(), self.subject_gone);
        let external = self.subject_external;
        let subject = match (self.subject_kind.as_str(), self.subject_id) {
            ("organisation", None) => NamedSubject::Organisation,
            ("role", Some(_)) => NamedSubject::Role,
            ("data_request", Some(_)) => NamedSubject::DataRequest,
            ("user", Some(id)) => NamedSubject::User(Named { id: UserId(id), name, gone, external }),
            ("partner", Some(id)) if gone && !deleted_partners => {
                NamedSubject::Partner(Named { id: PartnerId(id), name: String::new(), gone, external })
            }
            ("partner", Some(id)) => NamedSubject::Partner(Named { id: PartnerId(id), name, gone, external }),
            _ => return Err(Error::Corrupt("subject of history")),
        };
        let action = serde_json::from_str(&self.action).map_err(|_| Error::Corrupt("action of history"))?;
        Ok(Stored { id: HistoryId(self.id), at: self.at, actor, action, subject })
    }
}
