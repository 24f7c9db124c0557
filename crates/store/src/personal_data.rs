//! The personal-data register: every column of every table, whose data it is, and what becomes of
//! it. "What we store", the export and the termination work from this one list; a test compares it
//! with the real schema of both databases. How a column is read for the person it is about is in
//! [`Shape`]; its words in both languages are in `services::privacy::texts`, where a test misses them.

mod shape;

pub use crate::keys::Content;
pub use shape::{Group, Reader, Reason, Shape, users};

/// The period of what says who did something. The organisation sets how long that is
/// ([`domain::retention::NamePeriods`]).
pub const KEPT_NAMES: &str = "as the organisation has set it for kept names";

/// Whose data a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A user's.
    User,
    /// That of somebody at a partner.
    PartnerContact,
    /// Nobody's.
    Nobody,
}

/// What termination, or deletion of the partner, does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Gone at once.
    Erase,
    /// Kept, on this ground.
    Retain(&'static str),
    /// There is nothing personal in it.
    Nothing,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// Whose data.
    pub whose: Whose,
    /// The column of the same table that leads to the person, if there is one. Where a table has
    /// several such columns, each makes a [`Group`] of its rows.
    pub subject: Option<&'static str>,
    /// What becomes of it.
    pub fate: Fate,
    /// What it is for.
    pub purpose: &'static str,
    /// The article of the GDPR that allows it.
    pub ground: &'static str,
    /// How long it is kept.
    pub period: &'static str,
    /// Who can read it: `nobody`, `the user`, codes of permissions; parted by a comma and a space.
    pub readers: &'static str,
    /// What its value is.
    pub shape: Shape,
}

const fn plain(table: &'static str, column: &'static str) -> Column {
    Column {
        table,
        column,
        whose: Whose::Nobody,
        subject: None,
        fate: Fate::Nothing,
        purpose: "",
        ground: "",
        period: "",
        readers: "",
        shape: Shape::Plain,
    }
}

const fn account(
    table: &'static str,
    column: &'static str,
    purpose: &'static str,
    readers: &'static str,
) -> Column {
    Column {
        table,
        column,
        whose: Whose::User,
        subject: Some("user_id"),
        fate: Fate::Erase,
        purpose,
        ground: "Art. 6(1)(b)",
        period: "until the account is terminated",
        readers,
        shape: Shape::Plain,
    }
}

const fn attempt(column: &'static str, purpose: &'static str) -> Column {
    Column {
        table: "attempt",
        column,
        whose: Whose::User,
        // A hash leads to nobody; what was counted for an account is deleted with it by its hash.
        subject: None,
        fate: Fate::Erase,
        purpose,
        ground: "Art. 6(1)(f)",
        period: "an hour at most",
        readers: "nobody",
        shape: Shape::Withheld(Reason::LeadsToNobody),
    }
}

const fn contact(column: &'static str, purpose: &'static str) -> Column {
    Column {
        table: "partner",
        column,
        whose: Whose::PartnerContact,
        subject: Some("id"),
        fate: Fate::Erase,
        purpose,
        ground: "Art. 6(1)(f)",
        period: "until the partner is deleted",
        readers: "partners.view",
        shape: Shape::Plain,
    }
}

const fn billing(column: &'static str) -> Column {
    Column {
        table: "billing_version",
        column,
        whose: Whose::PartnerContact,
        subject: Some("partner_id"),
        fate: Fate::Retain("Art. 17(3)(b): accounting law"),
        purpose: "paying the partner, and accounting for it",
        ground: "Art. 6(1)(c)",
        period: "10 years after the end of the year",
        readers: "billing.view",
        shape: Shape::Plain,
    }
}

const fn actor(table: &'static str, column: &'static str) -> Column {
    Column {
        table,
        column,
        whose: Whose::User,
        subject: Some(column),
        fate: Fate::Retain("Art. 17(3)(b): who acted, for transparency and accounting"),
        purpose: "who did what, when",
        ground: "Art. 6(1)(f)",
        period: KEPT_NAMES,
        readers: "history.view",
        shape: Shape::Plain,
    }
}

/// Something about what somebody did, beside the column that says who.
const fn deed(table: &'static str, column: &'static str, by: &'static str, purpose: &'static str) -> Column {
    Column { subject: Some(by), purpose, ..actor(table, column) }
}

/// Who looked at a user's page. It ends with the user; of a viewer who is gone the name stays.
const fn view(column: &'static str, purpose: &'static str, readers: &'static str) -> Column {
    Column {
        ground: "Art. 6(1)(f)",
        period: "a year, and no longer than the account",
        ..account("profile_view", column, purpose, readers)
    }
}

const fn export(column: &'static str, purpose: &'static str, readers: &'static str) -> Column {
    Column {
        ground: "Art. 6(1)(c)",
        period: "24 hours after it was made, and no longer than the account",
        ..account("data_export", column, purpose, readers)
    }
}

/// What somebody asks for.
const fn asked(column: &'static str, purpose: &'static str, readers: &'static str) -> Column {
    let period = "90 days after it was answered, and no longer than the account";
    Column { period, ..account("permission_request", column, purpose, readers) }
}

const fn outbox(column: &'static str, purpose: &'static str, readers: &'static str) -> Column {
    let period = "30 days after it was sent, at most 90 days, and no longer than the account";
    Column { period, ..account("mail", column, purpose, readers) }
}

const fn newsletter(
    table: &'static str,
    column: &'static str,
    purpose: &'static str,
    readers: &'static str,
) -> Column {
    Column { ground: "Art. 6(1)(a)", ..account(table, column, purpose, readers) }
}

const fn consent(column: &'static str, purpose: &'static str) -> Column {
    // That somebody agreed has to be shown for as long as the account is there.
    Column { ground: "Art. 7(1)", ..newsletter("consent", column, purpose, "the user") }
}

const fn former(column: &'static str, purpose: &'static str) -> Column {
    Column {
        period: "until the notice was sent or given up",
        ..account("former_address", column, purpose, "nobody")
    }
}

/// What an organisation tells everybody about how to reach it.
const fn published(table: &'static str, column: &'static str, purpose: &'static str) -> Column {
    Column {
        purpose,
        ground: "Art. 13(1)(a) and (b)",
        period: "until the organisation changes it",
        readers: "everybody",
        ..plain(table, column)
    }
}

/// That a request was made and answered, and when.
const fn request(column: &'static str, purpose: &'static str) -> Column {
    Column {
        table: "data_request",
        column,
        whose: Whose::User,
        subject: Some("user_id"),
        fate: Fate::Retain("Art. 17(3)(b): that a data request was made and answered in time"),
        purpose,
        ground: "Art. 6(1)(c)",
        period: "as long as the name of its author",
        readers: "the user, privacy.manage",
        shape: Shape::Plain,
    }
}

const fn request_text(column: &'static str, purpose: &'static str) -> Column {
    Column {
        fate: Fate::Erase,
        period: "3 years after the end of the year in which it was answered, and no longer than the account",
        ..request(column, purpose)
    }
}

/// Every column of both schemas.
pub const REGISTER: &[Column] = &[
    plain("organisation", "id"),
    plain("organisation", "name"),
    plain("organisation", "time_zone"),
    plain("organisation", "version"),
    plain("organisation", "created_at"),
    plain("organisation", "second_factor_required"),
    plain("organisation", "closing_at"),
    plain("organisation", "name_years_billing"),
    plain("organisation", "name_years_other"),
    plain("notice", "organisation_id"),
    plain("notice", "version"),
    plain("notice", "published_at"),
    plain("notice_text", "organisation_id"),
    plain("notice_text", "version"),
    plain("notice_text", "language"),
    plain("notice_text", "part"),
    plain("notice_text", "text"),
    plain("notice_draft", "organisation_id"),
    plain("notice_draft", "version"),
    plain("notice_draft_text", "organisation_id"),
    plain("notice_draft_text", "language"),
    plain("notice_draft_text", "part"),
    plain("notice_draft_text", "text"),
    Column {
        readers: "users.view, history.view",
        ..deed("person", "id", "id", "to link all that belongs to one person")
    },
    plain("person", "organisation_id"),
    Column {
        readers: "users.view, history.view",
        ..deed("person", "name", "id", "to show who somebody is and who did what")
    },
    deed("person", "terminated_at", "id", "when the account was terminated"),
    account("account", "user_id", "the account", "users.view"),
    account("account", "organisation_id", "where the account is", "users.view").named("organisation"),
    account("account", "sort_key", "the name, folded, to sort and search by", "users.view"),
    account("account", "status", "whether signing in is possible", "users.view"),
    account("account", "external", "whether the user is from outside", "users.view"),
    account("account", "language", "the language of the pages", "the user"),
    account("account", "version", "to notice changes by others", "users.view"),
    account("account", "created_at", "since when there is an account", "nobody"),
    account("account", "invitation_ends_at", "when the invitation ends by itself", "users.view"),
    account("account", "access_ends_at", "when an external user's access ends", "users.view"),
    account("user_contact", "user_id", "whose address it is", "users.manage"),
    account("user_contact", "organisation_id", "where the address is known", "nobody").named("organisation"),
    account("user_contact", "lookup", "to find the account when signing in", "nobody").withheld(Reason::Hash),
    account("user_contact", "address", "the e-mail address, encrypted", "users.manage")
        .sealed(Content::Address),
    account("user_password", "user_id", "whose password it is", "nobody"),
    account("user_password", "hash", "to check the password", "nobody").withheld(Reason::Secret),
    account("notice_agreement", "user_id", "who agreed to the privacy notice", "the user"),
    account("notice_agreement", "version", "to which version", "the user"),
    account("notice_agreement", "agreed_at", "when", "the user"),
    account("session", "user_id", "whose sign-in it is", "the user"),
    account("session", "token_hash", "to know a browser again", "nobody").withheld(Reason::Secret),
    account("session", "id", "to name a sign-in that is to be ended", "the user"),
    account("session", "device", "the class of device, such as Firefox on Linux", "the user"),
    account("session", "used_on", "the day of the last use", "the user"),
    account("session", "proved_at", "when the user last proved who they are", "nobody"),
    account("session", "created_at", "since when somebody is signed in", "the user"),
    account("session", "expires_at", "when the sign-in ends by itself", "the user"),
    account("preview", "user_id", "whose view somebody looks at who manages roles", "nobody"),
    plain("preview", "token_hash"),
    plain("preview", "role_id"),
    account("known_device", "user_id", "who signed in", "the user"),
    account("known_device", "device", "to tell of a sign-in with a new class of device", "the user"),
    account("link", "user_id", "for whom the link is", "nobody"),
    account("link", "purpose", "what the link is good for", "nobody"),
    account("link", "token_hash", "to know the link again", "nobody").withheld(Reason::Secret),
    account("link", "expires_at", "when the link ends by itself", "nobody"),
    account("address_change", "user_id", "whose address changes", "the user"),
    account("address_change", "lookup", "to find the new address", "nobody").withheld(Reason::Hash),
    account("address_change", "address", "the new address until it is confirmed, encrypted", "the user")
        .sealed(Content::Address),
    account("address_change", "expires_at", "until when it can be confirmed", "the user"),
    outbox("id", "which mail", "nobody"),
    outbox("organisation_id", "who sends it", "nobody").named("organisation"),
    outbox("user_id", "whom it is for", "users.manage"),
    outbox("message", "what kind of message", "users.manage"),
    outbox("state", "whether it was sent", "users.manage"),
    outbox("attempts", "how often sending was tried", "nobody"),
    outbox("due_at", "when it is tried next", "nobody"),
    outbox("created_at", "when it was queued", "users.manage"),
    outbox("problem", "why it could not be sent, without the address", "users.manage"),
    outbox("issue_id", "which issue of a newsletter", "nobody"),
    outbox("turn", "whether other mail goes first", "nobody"),
    outbox("handed_over_until", "to let an opt-out wait for a mail that is just leaving", "nobody"),
    former("mail_id", "which notice"),
    former("user_id", "whose address it was"),
    former("address", "where a notice of the change still goes, encrypted").sealed(Content::Address),
    attempt("bucket", "to limit attempts to get in: a keyed hash of an account, or of a /24 or /64"),
    attempt("arrival_at", "when the next attempt is due"),
    account("passkey", "id", "to name a passkey that is to be removed", "the user"),
    account("passkey", "user_id", "whose passkey it is", "the user"),
    account("passkey", "credential_id", "to know the passkey again", "nobody").withheld(Reason::Secret),
    account("passkey", "credential", "to check the passkey", "nobody").withheld(Reason::Secret),
    account("passkey", "name", "what the user calls it", "the user"),
    account("passkey", "created_at", "since when it can be used", "the user"),
    account("passkey", "used_on", "the day of the last use", "the user"),
    account("totp", "user_id", "whose second factor it is", "the user"),
    account("totp", "secret", "to check one-time codes, encrypted", "nobody").withheld(Reason::Secret),
    account("totp", "confirmed", "whether it is in use", "the user, users.manage"),
    account("totp", "last_step", "to accept each code once", "nobody"),
    account("recovery_code", "user_id", "whose recovery code it is", "nobody"),
    account("recovery_code", "hash", "to know the code again", "nobody").withheld(Reason::Secret),
    account("challenge", "token_hash", "to know the browser again that was asked", "nobody")
        .withheld(Reason::Secret),
    account("challenge", "user_id", "who was asked, where that is known", "nobody"),
    account("challenge", "purpose", "what was asked for", "nobody"),
    account("challenge", "state", "what the answer has to fit", "nobody").withheld(Reason::Secret),
    account("challenge", "expires_at", "until when it can be answered", "nobody"),
    plain("receipt", "token_hash"),
    plain("receipt", "terminated_at"),
    plain("receipt", "body"),
    plain("receipt", "pending"),
    plain("receipt", "expires_at"),
    plain("newsletter", "id"),
    plain("newsletter", "organisation_id"),
    plain("newsletter", "version"),
    plain("newsletter", "created_at"),
    plain("newsletter", "closed_at"),
    plain("newsletter_text", "newsletter_id"),
    plain("newsletter_text", "version"),
    plain("newsletter_text", "name_en"),
    plain("newsletter_text", "name_de"),
    plain("newsletter_text", "text_en"),
    plain("newsletter_text", "text_de"),
    plain("newsletter_text", "written_at"),
    plain("newsletter_issue", "id"),
    plain("newsletter_issue", "newsletter_id"),
    plain("newsletter_issue", "version"),
    plain("newsletter_issue", "subject_en"),
    plain("newsletter_issue", "body_en"),
    plain("newsletter_issue", "subject_de"),
    plain("newsletter_issue", "body_de"),
    plain("newsletter_issue", "created_at"),
    plain("newsletter_issue", "sent_at"),
    plain("newsletter_issue", "recipients"),
    plain("newsletter_issue", "sent"),
    newsletter("subscription", "user_id", "who may receive a newsletter", "the user"),
    newsletter("subscription", "newsletter_id", "which newsletter", "the user").newsletter(),
    newsletter("subscription", "active", "whether it is received now", "the user"),
    newsletter("subscription", "token_hash", "to know the link to opt out again", "nobody")
        .withheld(Reason::Secret),
    consent("id", "which opt-in or opt-out"),
    consent("user_id", "whose it is"),
    consent("newsletter_id", "which newsletter it is about").newsletter(),
    consent("text_version", "which words stood beside the switch"),
    consent("language", "in which language they stood there"),
    consent("given", "whether it was switched on or off"),
    consent("source", "where it came from"),
    consent("at", "when it was"),
    plain("set_up_link", "id"),
    plain("set_up_link", "token_hash"),
    plain("role", "id"),
    plain("role", "organisation_id"),
    plain("role", "name"),
    plain("role", "sort_key"),
    plain("role", "system"),
    plain("role", "version"),
    plain("role_permission", "role_id"),
    plain("role_permission", "permission"),
    account("role_assignment", "user_id", "who holds the role", "users.view"),
    account("role_assignment", "role_id", "which role is held", "users.view").named("role"),
    plain("partner", "id"),
    plain("partner", "organisation_id"),
    plain("partner", "name"),
    plain("partner", "sort_key"),
    plain("partner", "status"),
    plain("partner", "kind"),
    plain("partner", "website"),
    plain("partner", "country"),
    contact("contact_person", "whom to talk to at the partner"),
    contact("note", "what to know about working with the partner"),
    plain("partner", "version"),
    plain("partner", "created_at"),
    plain("billing_version", "id"),
    plain("billing_version", "organisation_id"),
    plain("billing_version", "partner_id"),
    plain("billing_version", "version"),
    actor("billing_version", "saved_by"),
    deed("billing_version", "saved_at", "saved_by", "when billing details were saved"),
    billing("legal_name"),
    billing("contact"),
    billing("address_line_1"),
    billing("address_line_2"),
    billing("postal_code"),
    billing("city"),
    billing("country"),
    billing("vat_id"),
    billing("tax_number"),
    billing("registration_number"),
    billing("iban"),
    billing("bic"),
    billing("account_holder"),
    billing("currency"),
    billing("payment_terms_days"),
    billing("minimum_payout"),
    billing("invoice_email"),
    billing("purchase_order_reference"),
    billing("search_text"),
    plain("history", "id"),
    plain("history", "organisation_id"),
    deed("history", "at", "actor_id", "when it was done"),
    actor("history", "actor_id"),
    plain("history", "subject_kind"),
    actor("history", "subject_id"),
    deed("history", "action", "actor_id", "what was done"),
    plain("history", "sequence"),
    plain("history", "hash"),
    plain("history", "topic"),
    plain("history_head", "organisation_id"),
    plain("history_head", "sequence"),
    plain("history_head", "hash"),
    plain("support", "organisation_id"),
    plain("support", "version"),
    published("support", "protection_contact", "who the contact for data protection is"),
    published("support", "protection_email", "how to reach the contact for data protection"),
    plain("support_channel", "organisation_id"),
    plain("support_channel", "kind"),
    plain("support_channel", "position"),
    published("support_channel", "address", "how to reach the organisation"),
    published("support_channel", "hours", "when somebody is there"),
    plain("data_request_count", "organisation_id"),
    plain("data_request_count", "newest"),
    request("id", "which request it is"),
    plain("data_request", "organisation_id"),
    request("number", "to name the request"),
    request("user_id", "whose request it is"),
    request("kind", "what was asked for"),
    request("state", "whether it was answered"),
    request("filed_at", "when it was filed"),
    request("due_on", "by when it has to be answered"),
    request("extended_at", "when that day was moved"),
    request("closed_at", "when it was answered or taken back"),
    actor("data_request", "answered_by").named("person"),
    request("erase_at", "when its texts are erased"),
    request_text("request_text", "what was asked, encrypted").placed(crate::requests::TEXT),
    request_text("reason", "why the answer takes longer, encrypted").placed(crate::requests::REASON),
    request_text("answer", "what was answered, encrypted").placed(crate::requests::ANSWER),
    view("user_id", "whose page was opened", "the user"),
    view("viewer_id", "who opened it", "the user").of("viewer_id").named("person"),
    view("looked_on", "the day on which it was opened", "the user"),
    export("user_id", "whose export it is", "the user"),
    export("organisation_id", "where the account is", "nobody").named("organisation"),
    export("id", "to name the export in its link", "the user"),
    export("state", "whether the export is ready", "the user"),
    export("progress", "how far the export is, in percent", "the user"),
    export("attempts", "how often making it was begun", "nobody"),
    export("due_at", "when making it is begun next", "nobody"),
    export("created_at", "when the export was asked for", "the user"),
    export("ends_at", "until when the export can be downloaded", "the user"),
    export("file", "the export itself, encrypted", "the user").withheld(Reason::Export),
    asked("id", "which request it is", "nobody"),
    asked("user_id", "who asks for a right", "the user, roles.manage"),
    asked("permission", "which right was asked for", "the user, roles.manage"),
    asked("state", "whether it was granted", "the user, roles.manage"),
    asked("asked_at", "when it was asked for", "the user, roles.manage"),
    asked("closed_at", "when it was answered", "the user"),
    plain("usage_count", "feature"),
    plain("usage_count", "day"),
    plain("usage_count", "count"),
    account("user_key", "user_id", "whose key it is", "nobody"),
    account("user_key", "wrapped", "opens the address and texts; destroying it erases them", "nobody")
        .withheld(Reason::Secret),
];
