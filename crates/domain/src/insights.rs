//! Anonymous usage: what is counted, and how often it happened, as far as anybody may know.
//!
//! To count another page: a variant of [`Feature`] with its code, its path in [`Feature::at`], and its words in
//! `services::insights::texts`. A test of `app::pages` misses a page that is not here.

use crate::{SafeHtml, time::Date};
use serde::{Deserialize, Serialize};

/// From which count on a day is stored at all.
pub const FEWEST: i64 = 10;
/// What counts are rounded to before they leave the store.
const STEP: u32 = 5;

macro_rules! features {
    ($($(#[$what:meta])* $feature:ident $code:literal,)*) => {
        /// What is counted: the opening of a page, whatever it shows. The codes are what the database holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Feature {
            $($(#[$what])* #[serde(rename = $code)] $feature,)*
        }

        impl Feature {
            /// All of them, in the order in which they are shown.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$feature),*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$feature => $code,)*
                }
            }
        }
    };
}

features! {
    /// The first page.
    Overview "overview",
    /// One's own account.
    Profile "profile",
    /// What is stored about oneself.
    Privacy "privacy",
    /// One's own data requests.
    OwnRequests "own_requests",
    /// The privacy notice.
    Notice "notice",
    /// How to reach the organisation.
    Support "support",
    /// The list of partners.
    Partners "partners",
    /// A partner.
    Partner "partner",
    /// A new partner.
    NewPartner "new_partner",
    /// A partner's billing details.
    PartnerBilling "partner_billing",
    /// A partner's history.
    PartnerHistory "partner_history",
    /// The organisation's billing details.
    Billing "billing",
    /// The list of users.
    Users "users",
    /// A user.
    User "user",
    /// A new user.
    NewUser "new_user",
    /// The matrix of roles.
    Roles "roles",
    /// Newsletters.
    Newsletters "newsletters",
    /// An issue of a newsletter.
    NewsletterIssue "newsletter_issue",
    /// The history.
    History "history",
    /// Data requests to answer.
    Requests "requests",
    /// The organisation.
    Organisation "organisation",
    /// Support channels.
    SupportSettings "support_settings",
    /// Writing the privacy notice.
    NoticeDraft "notice_draft",
    /// These counts.
    Insights "insights",
}

impl Feature {
    /// The feature of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.code() == code)
    }

    /// What a page counts for, by its path: one feature, whichever record it shows. Nothing is counted of what
    /// somebody does before they are in, or to leave.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.trim_matches('/').split('/').collect();
        Some(match parts[..] {
            [""] => Self::Overview,
            ["profile"] | ["profile", "history"] => Self::Profile,
            ["privacy"] => Self::Privacy,
            ["privacy", "requests"] | ["privacy", "requests", _] => Self::OwnRequests,
            ["notice"] => Self::Notice,
            ["notice", "edit"] => Self::NoticeDraft,
            ["support"] => Self::Support,
            ["partners"] => Self::Partners,
            ["partners", "new"] => Self::NewPartner,
            ["partners", _] => Self::Partner,
            ["partners", _, "billing"] | ["partners", _, "billing", _] => Self::PartnerBilling,
            ["partners", _, "history"] => Self::PartnerHistory,
            ["billing"] | ["billing", _] => Self::Billing,
            ["users"] | ["users", "requests"] => Self::Users,
            ["users", "new"] => Self::NewUser,
            ["users", _] => Self::User,
            ["roles"] => Self::Roles,
            ["newsletters"] | ["newsletters", _] => Self::Newsletters,
            ["newsletters", "issues", _] => Self::NewsletterIssue,
            ["history"] => Self::History,
            ["requests"] | ["requests", _] => Self::Requests,
            ["organisation"] => Self::Organisation,
            ["organisation", "support"] => Self::SupportSettings,
            ["insights"] => Self::Insights,
            _ => return None,
        })
    }
}

/// How often something happened on a day, as it may leave the store: rounded to 5, or "fewer than 10". No other
/// number about usage goes to a page, a file or an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Frequency(Option<u32>);

impl Frequency {
    /// What nobody may know more about than that.
    pub const FEWER_THAN_TEN: Self = Self(None);

    /// What may be known of a count.
    #[must_use]
    pub fn of(count: i64) -> Self {
        if count < FEWEST {
            return Self::FEWER_THAN_TEN;
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Self(Some(count.saturating_add(STEP / 2) / STEP * STEP))
    }

    /// The rounded number; none where it is fewer than 10.
    #[must_use]
    pub const fn rounded(self) -> Option<u32> {
        self.0
    }
}

/// Whether whoever asks is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counting {
    /// Opening a page counts.
    Counted,
    /// The browser asks not to be counted (`Sec-GPC: 1` or `DNT: 1`).
    Refused,
    /// The privacy notice, which tells of it, is not agreed to.
    NotAgreed,
}

/// A page was opened in the browser, without being loaded from the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// What it counts for.
    pub feature: Feature,
}

/// Asks what one's own pages added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindOwnUse {
    /// What the page before counted for; the browser knows, nobody else.
    pub before: Option<Feature>,
}

/// What one's own pages added to which counter, and the rows as they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnUse {
    /// Whether anything is added.
    pub counting: Counting,
    /// The counter that this page adds to.
    pub here: String,
    /// The counter that the page before added to, where the browser knows it.
    pub before: Option<String>,
    /// The newest rows, the newest first.
    pub rows: Vec<Row>,
}

/// A row of the table of counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The counter.
    pub label: String,
    /// The day, in UTC.
    pub day: Date,
    /// How often.
    pub count: Frequency,
}

/// How far back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// 30 days.
    #[default]
    #[serde(rename = "month")]
    Month,
    /// 12 weeks.
    #[serde(rename = "quarter")]
    Quarter,
    /// A year.
    #[serde(rename = "year")]
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The word in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period of that word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// How many days, today included.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Month => 30,
            Self::Quarter => 84,
            Self::Year => 365,
        }
    }
}

/// Asks for the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindInsights {
    /// How far back.
    pub period: Period,
}

/// The counts of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insights {
    /// Each feature that was used at least ten times on a day, drawn, with its table.
    pub lines: Vec<Line>,
    /// The others.
    pub quiet: Vec<String>,
}

/// A feature over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// The drawing, and the same as a table.
    pub drawing: SafeHtml,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_exact_can_be_known() {
        for few in [i64::MIN, -1, 0, 1, 9] {
            assert_eq!(Frequency::of(few), Frequency::FEWER_THAN_TEN, "{few}");
        }
        for (count, shown) in [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (4813, 4815)] {
            assert_eq!(Frequency::of(count).rounded(), Some(shown), "{count}");
        }
        assert!((10..2000).all(|count| Frequency::of(count).rounded().is_some_and(|shown| shown % 5 == 0)));
        assert_eq!(Frequency::of(i64::MAX).rounded(), Some(u32::MAX), "a multiple of five too");
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for feature in Feature::ALL {
            assert_eq!(Feature::from_code(feature.code()), Some(feature));
            assert_eq!(serde_json::to_value(feature).unwrap(), feature.code());
            assert_eq!(Feature::ALL[feature as usize], feature);
        }
        for period in Period::ALL {
            assert_eq!(Period::from_code(period.code()), Some(period));
            assert_eq!(serde_json::to_value(period).unwrap(), period.code());
        }
    }

    #[test]
    fn a_page_counts_for_one_feature_whichever_record_it_shows() {
        for (path, feature) in [
            ("/", Some(Feature::Overview)),
            ("/partners", Some(Feature::Partners)),
            ("/partners/new", Some(Feature::NewPartner)),
            ("/partners/01900000-0000-7000-8000-000000000000", Some(Feature::Partner)),
            ("/partners/1/billing", Some(Feature::PartnerBilling)),
            ("/partners/1/billing/2", Some(Feature::PartnerBilling)),
            ("/billing/2", Some(Feature::Billing)),
            ("/users/2/", Some(Feature::User)),
            ("/profile/terminate", None),
            ("/sign-in", None),
            ("/nowhere", None),
        ] {
            assert_eq!(Feature::at(path), feature, "{path}");
        }
    }
}
