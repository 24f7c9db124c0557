//! Data requests. Their texts are encrypted under their author's own key, bound to the request and to
//! what they are in it; so they go with the key when the account ends, wherever copies still lie. The
//! rest of the row stays.
//!
//! Reading is here, what is done to a request in `change`.

mod change;

pub use change::{
    NewRequest, SealedAnswer, SealedReason, answer, extend, file, prepare, prepare_answer, prepare_reason,
    withdraw,
};
pub(crate) use change::{end_all, erase_due};

use crate::{
    Error, Grant, Own, Read, Result, Store,
    connection::on_db,
    grants::PrivacyManage,
    keys::{TextPlace, UserKey},
};
use domain::{
    DataRequestId, UserId,
    history::Named,
    requests::{ListOwnRequests, ListRequests, PAGE, RequestKind, RequestState},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

pub(crate) const TEXT: &[u8] = b"text";
pub(crate) const REASON: &[u8] = b"reason";
pub(crate) const ANSWER: &[u8] = b"answer";

/// A row of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub id: DataRequestId,
    /// Its number in the organisation.
    pub number: i64,
    /// What is asked for.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// Who asks.
    pub author: Named<UserId>,
    /// When it was filed, in unix milliseconds.
    pub filed_at: i64,
    /// The last day to answer on, counted from 1970-01-01.
    pub due_on: i64,
    /// When that day was moved, in unix milliseconds.
    pub extended_at: Option<i64>,
}

/// A request with its texts; those that were erased are `None`.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What lists show.
    pub listed: Listed,
    /// When it was answered or taken back, in unix milliseconds.
    pub closed_at: Option<i64>,
    /// When its texts go, in unix milliseconds.
    pub erase_at: Option<i64>,
    /// Who answered.
    pub answered_by: Option<Named<UserId>>,
    /// What was asked.
    pub text: Option<String>,
    /// Why it takes longer.
    pub reason: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: Uuid,
    number: i64,
    kind: String,
    state: String,
    user_id: Uuid,
    author_name: String,
    author_gone: bool,
    author_external: bool,
    filed_at: i64,
    due_on: i64,
    extended_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    listed: ListRow,
    closed_at: Option<i64>,
    erase_at: Option<i64>,
    answered_by: Option<Uuid>,
    officer_name: Option<String>,
    officer_gone: bool,
    officer_external: bool,
    request_text: Option<Vec<u8>>,
    reason: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
}

const LISTED: &str = "r.id, r.number, r.kind, r.state, r.user_id, p.name AS author_name,
    p.terminated_at IS NOT NULL AS author_gone, COALESCE(a.external, FALSE) AS author_external,
    r.filed_at, r.due_on, r.extended_at";
const FROM: &str = "FROM data_request r JOIN person p ON p.id = r.user_id
    LEFT JOIN account a ON a.user_id = r.user_id";

fn limit() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}

/// At most one more than [`PAGE`] of one's own requests, newest first.
///
/// # Errors
/// The database failed.
pub async fn list_own(read: &mut Read, grant: &Grant<Own>, request: ListOwnRequests) -> Result<Vec<Listed>> {
    let cursor = if request.after.is_some() { "r.id < $2" } else { "$2 IS NOT NULL" };
    let sql = format!("SELECT {LISTED} {FROM} WHERE r.user_id = $1 AND {cursor} ORDER BY r.id DESC LIMIT $3");
    // Put together of the fixed parts above only.
    let rows: Vec<ListRow> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(grant.user().0).bind(request.after.map_or(Uuid::nil(), |id| id.0)).bind(limit())
        .fetch_all(c).await)?;
    rows.into_iter().map(ListRow::read).collect()
}

/// At most one more than [`PAGE`] of the organisation's requests by the day they are due: after
/// `request.after`, or before `request.before` in reverse.
///
/// # Errors
/// The database failed.
pub async fn list(
    read: &mut Read,
    grant: &Grant<PrivacyManage>,
    request: &ListRequests,
) -> Result<Vec<Listed>> {
    let from = request.before.or(request.after);
    // Put together of fixed parts only.
    let rows: Vec<ListRow> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(list_sql(request)))
        .bind(grant.organisation().0).bind(from.map_or(Uuid::nil(), |id| id.0)).bind(request.state.code())
        .bind(limit()).fetch_all(c).await)?;
    rows.into_iter().map(ListRow::read).collect()
}

/// What waits comes first that is due first; what is done, last.
fn list_sql(request: &ListRequests) -> String {
    let ascending = (request.state == RequestState::Open) != request.before.is_some();
    let (compare, direction) = if ascending { (">", "ASC") } else { ("<", "DESC") };
    let cursor = if request.before.or(request.after).is_some() {
        format!(
            "(r.due_on, r.id) {compare} (SELECT due_on, id FROM data_request WHERE id = $2 AND organisation_id = $1)"
        )
    } else {
        "$2 IS NOT NULL".to_owned()
    };
    format!(
        "SELECT {LISTED} {FROM} WHERE r.organisation_id = $1 AND r.state = $3 AND {cursor}
         ORDER BY r.due_on {direction}, r.id {direction} LIMIT $4"
    )
}

/// One's own request.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find_own(store: &Store, grant: &Grant<Own>, id: DataRequestId) -> Result<Stored> {
    read_one(store, "r.user_id = $2", grant.user().0, id).await
}

/// A request of the organisation.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find(store: &Store, grant: &Grant<PrivacyManage>, id: DataRequestId) -> Result<Stored> {
    read_one(store, "r.organisation_id = $2", grant.organisation().0, id).await
}

async fn read_one(store: &Store, whose: &'static str, of: Uuid, id: DataRequestId) -> Result<Stored> {
    let sql = format!(
        "SELECT {LISTED}, r.closed_at, r.erase_at, r.answered_by, o.name AS officer_name,
                o.terminated_at IS NOT NULL AS officer_gone, COALESCE(oa.external, FALSE) AS officer_external,
                r.request_text, r.reason, r.answer
         {FROM} LEFT JOIN person o ON o.id = r.answered_by LEFT JOIN account oa ON oa.user_id = r.answered_by
         WHERE r.id = $1 AND {whose}"
    );
    let mut read = store.read().await?;
    // Put together of the fixed parts above only.
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0).bind(of).fetch_optional(c).await)?;
    drop(read);
    let row = row.ok_or(domain::Error::NotFound)?;
    let key = store.keys().find(UserId(row.listed.user_id)).await?;
    row.read(key.as_ref())
}

impl ListRow {
    fn read(self) -> Result<Listed> {
        Ok(Listed {
            id: DataRequestId(self.id),
            number: self.number,
            kind: RequestKind::from_code(&self.kind).ok_or(Error::Corrupt("kind of a data request"))?,
            state: RequestState::from_code(&self.state).ok_or(Error::Corrupt("state of a data request"))?,
            author: Named {
                id: UserId(self.user_id),
                name: self.author_name,
                gone: self.author_gone,
                external: self.author_external,
            },
            filed_at: self.filed_at,
            due_on: self.due_on,
            extended_at: self.extended_at,
        })
    }
}

impl Row {
    /// Without the key of its author every text is gone.
    fn read(self, key: Option<&UserKey>) -> Result<Stored> {
        let id = self.listed.id;
        let open = |sealed: Option<Vec<u8>>, part| match (key, sealed) {
            (Some(key), Some(sealed)) => key.decrypt_text(TextPlace { of: id, part }, &sealed).map(Some),
            _ => Ok(None),
        };
        let officer = (self.officer_name, self.officer_gone, self.officer_external);
        Ok(Stored {
            text: open(self.request_text, TEXT)?,
            reason: open(self.reason, REASON)?,
            answer: open(self.answer, ANSWER)?,
            listed: self.listed.read()?,
            closed_at: self.closed_at,
            erase_at: self.erase_at,
            answered_by: self.answered_by.map(|id| Named {
                id: UserId(id),
                name: officer.0.unwrap_or_default(),
                gone: officer.1,
                external: officer.2,
            }),
        })
    }
}
