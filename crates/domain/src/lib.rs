//! Typed models, permissions, parsing and errors that the server and the browser share.
//!
//! No SQL, no HTTP and no page lives here, so it compiles to WebAssembly. The feature modules
//! (`profile`, `users`, `roles`, `partners`, `billing`, `history`, `organisation`, `sign_in`,
//! `second_factor`, `notice`, `support`, `requests`, `newsletters`, `insights`, `explain`, `preview`) carry
//! the requests and answers of that feature; a request holds what was typed and has a `parse` that
//! turns it into types which cannot be wrong.

pub mod billing;
pub mod chain;
pub mod closing;
pub mod country;
pub mod currency;
pub mod device;
pub mod email;
pub mod error;
pub mod event;
pub mod explain;
pub mod field;
pub mod history;
pub mod iban;
pub mod id;
pub mod insights;
pub mod language;
pub mod mail;
pub mod money;
pub mod name;
pub mod network;
pub mod newsletters;
pub mod notice;
pub mod organisation;
pub mod overview;
pub mod partners;
pub mod password;
pub mod permission;
pub mod preview;
pub mod privacy;
pub mod profile;
pub mod receipts;
pub mod requests;
pub mod retention;
pub mod rights;
pub mod roles;
pub mod safe_html;
pub mod second_factor;
pub mod sign_in;
pub mod support;
pub mod text;
pub mod time;
pub mod users;

pub use email::Email;
pub use error::{Conflict, Error};
pub use field::{Field, FieldError, Fields, Problem};
pub use id::{
    DataRequestId, ExportId, HistoryId, IssueId, NewsletterId, OrganisationId, PartnerId, PasskeyId,
    PermissionRequestId, RoleId, SessionId, UserId,
};
pub use language::Language;
pub use network::NetworkRange;
pub use permission::{Permission, PermissionSet};
pub use rights::Rights;
pub use safe_html::SafeHtml;
