//! Values in the reader's words: moments in the organisation's time zone, codes as what they mean.

use super::{
    Reader,
    texts::{self, actions},
};
use crate::{local_time::local_time, mail};
use domain::{
    Language, Permission,
    device::Device,
    explain::AskedState,
    history::ExportState,
    mail::{MailProblem, MailState},
    newsletters::Source,
    requests::{RequestKind, RequestState},
    retention::FORMER_USER,
    sign_in::LinkPurpose,
    time::{date_written, time_written},
    users::UserStatus,
};
use store::{
    personal_data::{Column, Shape},
    privacy::records::Value,
};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

const PURPOSES: [LinkPurpose; 3] = [LinkPurpose::Invitation, LinkPurpose::Password, LinkPurpose::Address];

/// A value in words; nothing where it is empty.
pub(super) fn value(reader: &Reader, column: &Column, value: &Value) -> Option<String> {
    let common = texts::of(reader.language);
    Some(match value {
        Value::Nothing => return None,
        Value::Text(text) if column.shape() == Shape::Named("person") && text == FORMER_USER => {
            common.former_user.to_owned()
        }
        Value::Text(text) => code(reader, column, text).unwrap_or_else(|| text.clone()),
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => common.yes.to_owned(),
        Value::Flag(false) => common.no.to_owned(),
        Value::Moment(at) => time_written(local_time(*at, &reader.time_zone), reader.language),
        Value::Day(day) => date_written(local_time(day.saturating_mul(DAY), "UTC"), reader.language),
        Value::Id(id) => id.to_string(),
    })
}

/// What a code means; nothing for what is no code.
fn code(reader: &Reader, column: &Column, text: &str) -> Option<String> {
    let (language, common) = (reader.language, texts::of(reader.language));
    Some(match (column.table, column.column) {
        ("account", "status") => (common.status)(UserStatus::from_code(text)?).to_owned(),
        ("account" | "consent", "language") => match Language::from_code(text)? {
            Language::English => "English".to_owned(),
            Language::German => "Deutsch".to_owned(),
        },
        ("session" | "known_device", "device") => mail::device(language, Device::from_code(text)),
        ("mail", "message") => {
            mail::subject(language, serde_json::from_str(text).ok()?, &reader.organisation)
        }
        ("mail", "state") => match MailState::from_code(text)? {
            MailState::Queued => common.queued.to_owned(),
            MailState::Sent => common.sent.to_owned(),
            MailState::Failed => common.failed.to_owned(),
        },
        ("mail", "problem") => match MailProblem::from_code(text)? {
            MailProblem::Refused(_) => (common.refused)(text),
            MailProblem::Unreachable => common.unreachable.to_owned(),
            MailProblem::Address => common.undeliverable.to_owned(),
            MailProblem::Interrupted => common.interrupted.to_owned(),
        },
        ("link", "purpose") => match PURPOSES.into_iter().find(|purpose| purpose.code() == text)? {
            LinkPurpose::Invitation => common.invitation.to_owned(),
            LinkPurpose::Password => common.set_password.to_owned(),
            LinkPurpose::Address => common.confirm_address.to_owned(),
        },
        ("challenge", "purpose") => match text {
            "second_factor" => common.second_factor.to_owned(),
            "add_passkey" => common.add_passkey.to_owned(),
            "use_passkey" => common.use_passkey.to_owned(),
            _ => return None,
        },
        ("history", "action") => actions::action(language, &serde_json::from_str(text).ok()?).to_owned(),
        ("data_request", "kind") => (common.request_kind)(RequestKind::from_code(text)?).to_owned(),
        ("data_request", "state") => (common.request_state)(RequestState::from_code(text)?).to_owned(),
        ("consent", "source") => (common.source)(Source::from_code(text)?).to_owned(),
        ("permission_request", "permission") => {
            texts::permission(language, Permission::from_code(text)?).to_owned()
        }
        ("permission_request", "state") => (common.asked)(AskedState::from_code(text)?).to_owned(),
        ("history_export", "state") => match ExportState::from_code(text)? {
            ExportState::Running => common.running.to_owned(),
            ExportState::Whole => common.whole.to_owned(),
            ExportState::Broken => common.broken.to_owned(),
        },
        ("data_export", "state") => match text {
            "queued" => common.queued.to_owned(),
            "ready" => common.ready.to_owned(),
            "failed" => common.failed.to_owned(),
            _ => return None,
        },
        _ => return None,
    })
}
