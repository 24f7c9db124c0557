//! Why something can't be done, who can see something, and asking for a permission.

use super::quoted;
use domain::explain::AskedState;

/// Why something can't be done, who can see something, and asking for a permission.
pub struct Explain {
    /// Which permission it takes: its label, and what it allows.
    pub takes: fn(&str, &str) -> String,
    /// It is held by now.
    pub held: &'static str,
    pub external: &'static str,
    pub second_factor: &'static str,
    /// Leads to where one is set up.
    pub to_profile: &'static str,
    /// The roles that have it, in quotation marks.
    pub roles: fn(&str) -> String,
    pub quoted: fn(&str) -> String,
    /// How many can grant it, for those who may not see who they are.
    pub granters: fn(usize) -> String,
    pub granters_named: fn(&str) -> String,
    /// Where one's own request stands, and since when.
    pub asked: fn(AskedState, &str) -> String,
    pub ask: &'static str,
    pub take_back: &'static str,
    /// How many hold a permission: its label and their number.
    pub holders: fn(&str, usize) -> String,
    pub holders_hint: &'static str,
    /// Through which roles, in quotation marks.
    pub through: fn(&str) -> String,
    /// The labels of what else a role gives.
    pub also: fn(&[&str]) -> String,
    pub title: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    pub none_text: &'static str,
    /// Follows a name: the label of the permission.
    pub asks_for: fn(&str) -> String,
    pub role: &'static str,
    pub grant: &'static str,
    pub decline: &'static str,
    /// Leads to the matrix, where no role could be given.
    pub no_role: &'static str,
    pub granted: fn(&str) -> String,
    pub declined: fn(&str) -> String,
}

pub const ENGLISH: Explain = Explain {
    takes: |label, allows| format!("It takes the permission “{label}”: {allows}."),
    held: "You have it by now.",
    external: "You are an external user, and those never get it, whatever their roles say.",
    second_factor: "One of your roles has it. It works once you set up a second factor on your profile.",
    to_profile: "To your profile",
    roles: |roles| format!("None of your roles has it. These do: {roles}."),
    quoted: |name| format!("“{name}”"),
    granters: |count| match count {
        0 => "Nobody can grant it at the moment.".into(),
        1 => "One person can grant it, and sees your request when you ask.".into(),
        _ => format!("{count} people can grant it, and see your request when you ask."),
    },
    granters_named: |names| format!("It can be granted by {names}."),
    asked: |state, at| match state {
        AskedState::Open => format!("You asked for it on {at}. There is no answer yet."),
        AskedState::Declined => format!("Declined on {at}. You can ask again."),
        AskedState::Granted => format!("It was granted on {at}, and taken away since."),
        AskedState::TakenBack => format!("You took your request back on {at}."),
    },
    ask: "Ask for it",
    take_back: "Take the request back",
    holders: |label, count| match count {
        1 => format!("Whoever has “{label}”: one person at this moment."),
        _ => format!("Whoever has “{label}”: {count} people at this moment."),
    },
    holders_hint: "Only people who can sign in are counted.",
    through: |roles| format!("through {roles}"),
    also: |labels| format!("This role also gives: {}.", quoted(labels, '“', '”')),
    title: "Requests for permissions",
    lead: "What people ask for that you can grant. They see your answer.",
    none: "Nobody is waiting",
    none_text: "When somebody asks for a permission that you can grant, it is listed here.",
    asks_for: |label| format!("asks for “{label}”"),
    role: "Through the role",
    grant: "Grant",
    decline: "Decline",
    no_role: "You can give no role that has it. To the roles",
    granted: |name| format!("Granted: {name} has the role now"),
    declined: |name| format!("Declined. {name} sees your answer"),
};

pub const GERMAN: Explain = Explain {
    takes: |label, allows| format!("Dafür braucht es die Berechtigung „{label}“: {allows}."),
    held: "Inzwischen haben Sie sie.",
    external: "Sie gehören zu einer anderen Firma. Externe bekommen sie nie, was auch immer ihre Rollen sagen.",
    second_factor: "Eine Ihrer Rollen hat sie. Sie gilt, sobald Sie in Ihrem Profil einen zweiten Faktor einrichten.",
    to_profile: "Zu Ihrem Profil",
    roles: |roles| format!("Keine Ihrer Rollen hat sie. Diese haben sie: {roles}."),
    quoted: |name| format!("„{name}“"),
    granters: |count| match count {
        0 => "Zurzeit kann sie niemand erteilen.".into(),
        1 => "Eine Person kann sie erteilen und sieht Ihre Anfrage, wenn Sie fragen.".into(),
        _ => format!("{count} Personen können sie erteilen und sehen Ihre Anfrage, wenn Sie fragen."),
    },
    granters_named: |names| format!("Erteilt wird sie von: {names}."),
    asked: |state, at| match state {
        AskedState::Open => format!("Sie haben am {at} darum gebeten. Noch gibt es keine Antwort."),
        AskedState::Declined => format!("Am {at} abgelehnt. Sie können noch einmal fragen."),
        AskedState::Granted => format!("Am {at} erteilt und seitdem wieder entzogen."),
        AskedState::TakenBack => format!("Sie haben Ihre Anfrage am {at} zurückgenommen."),
    },
    ask: "Darum bitten",
    take_back: "Anfrage zurücknehmen",
    holders: |label, count| match count {
        1 => format!("Wer „{label}“ hat: zurzeit eine Person."),
        _ => format!("Wer „{label}“ hat: zurzeit {count} Personen."),
    },
    holders_hint: "Gezählt wird nur, wer sich anmelden kann.",
    through: |roles| format!("durch {roles}"),
    also: |labels| format!("Diese Rolle gibt außerdem: {}.", quoted(labels, '„', '“')),
    title: "Anfragen nach Berechtigungen",
    lead: "Worum gebeten wird und was Sie erteilen können. Wer fragt, sieht Ihre Antwort.",
    none: "Niemand wartet",
    none_text: "Bittet jemand um eine Berechtigung, die Sie erteilen können, steht es hier.",
    asks_for: |label| format!("bittet um „{label}“"),
    role: "Durch die Rolle",
    grant: "Erteilen",
    decline: "Ablehnen",
    no_role: "Sie können keine Rolle vergeben, die sie hat. Zu den Rollen",
    granted: |name| format!("Erteilt: {name} hat die Rolle jetzt"),
    declined: |name| format!("Abgelehnt. {name} sieht Ihre Antwort"),
};
