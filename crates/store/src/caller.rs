//! Who calls, and the proof that they may. Both have private fields: a [`Caller`] is only made by
//! the query that resolves a session, a [`Grant`] only by asking a caller.

use domain::{
    Language, OrganisationId, Permission, Rights, SessionId, UserId, preview::View, sign_in::Session,
};
use std::{marker::PhantomData, sync::Arc};

/// How long a proof of who one is stays fresh: ten minutes, in milliseconds.
const FRESH: u64 = 10 * 60 * 1000;

/// Somebody who is signed in, with the rights of this very moment.
#[derive(Clone, Debug)]
pub struct Caller(Arc<Inner>);

#[derive(Clone, Debug)]
pub(crate) struct Inner {
    pub(crate) user: UserId,
    pub(crate) organisation: OrganisationId,
    pub(crate) name: String,
    pub(crate) organisation_name: String,
    pub(crate) time_zone: String,
    pub(crate) language: Language,
    pub(crate) rights: Rights,
    pub(crate) preview: Option<View>,
    pub(crate) has_passkey: bool,
    pub(crate) has_app: bool,
    pub(crate) notice_agreed: bool,
    pub(crate) session: SessionId,
    pub(crate) used_on: i64,
    pub(crate) proved_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) token_hash: Vec<u8>,
}

impl Caller {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The same person, who looks at what these rights show.
    pub(crate) fn in_preview(self, rights: Rights, preview: View) -> Self {
        Self::new(Inner { rights, preview: Some(preview), ..(*self.0).clone() })
    }

    /// The proof that the caller holds a permission, such as `require::<grants::BillingEdit>()`.
    ///
    /// # Errors
    /// `Forbidden`, with what is missing.
    pub fn require<P: Needs>(&self) -> Result<Grant<P>, domain::Error> {
        if self.0.rights.allow(P::PERMISSION) {
            Ok(Grant::new(self.0.organisation, Some(self.0.user)))
        } else {
            Err(domain::Error::Forbidden { needs: Some(P::PERMISSION) })
        }
    }

    /// The same, where it only adds something to an answer.
    #[must_use]
    pub fn may<P: Needs>(&self) -> Option<Grant<P>> {
        self.require().ok()
    }

    /// The proof that it is one's own account.
    #[must_use]
    pub fn own(&self) -> Grant<Own> {
        Grant::new(self.0.organisation, Some(self.0.user))
    }

    /// The proof that the caller has shown, not long before `now` (unix milliseconds), who they are.
    /// A clock that was put back makes no proof last.
    ///
    /// # Errors
    /// `ProofNeeded`.
    pub fn proven(&self, now: i64) -> Result<Proven, domain::Error> {
        if now.abs_diff(self.0.proved_at) <= FRESH { Ok(Proven(())) } else { Err(domain::Error::ProofNeeded) }
    }

    /// Who.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.0.user
    }

    /// Where.
    #[must_use]
    pub fn organisation(&self) -> OrganisationId {
        self.0.organisation
    }

    /// What is allowed at this moment.
    #[must_use]
    pub fn rights(&self) -> Rights {
        self.0.rights
    }

    /// Whose view they look at, if it is not their own: then they change nothing, and nothing is shown that is
    /// their own. [`user`](Self::user) is still who they are.
    #[must_use]
    pub fn preview(&self) -> Option<&View> {
        self.0.preview.as_ref()
    }

    /// Whether they have agreed to the privacy notice that is current at this moment.
    #[must_use]
    pub fn has_agreed(&self) -> bool {
        self.0.notice_agreed
    }

    /// Refuses whoever has not agreed to the privacy notice that is current at this moment.
    ///
    /// # Errors
    /// `NoticeNotAgreed`.
    pub fn require_agreement(&self) -> Result<(), domain::Error> {
        if self.has_agreed() { Ok(()) } else { Err(domain::Error::NoticeNotAgreed) }
    }

    /// Refuses whoever looks at what somebody else would see.
    ///
    /// # Errors
    /// `InPreview`.
    pub fn require_no_preview(&self) -> Result<(), domain::Error> {
        if self.preview().is_none() { Ok(()) } else { Err(domain::Error::InPreview) }
    }

    /// The language of the pages.
    #[must_use]
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// The organisation's IANA time zone.
    #[must_use]
    pub fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// The session that the caller came with.
    #[must_use]
    pub fn sign_in(&self) -> SessionId {
        self.0.session
    }

    /// The day that the session was last used on, as far as is written down.
    pub(crate) fn used_on(&self) -> i64 {
        self.0.used_on
    }

    /// When the session ends by itself, in unix milliseconds.
    #[must_use]
    pub fn expires_at(&self) -> i64 {
        self.0.expires_at
    }

    /// The hash of the session's token.
    pub(crate) fn token_hash(&self) -> &[u8] {
        &self.0.token_hash
    }

    /// What a page needs to draw itself.
    #[must_use]
    pub fn session(&self) -> Session {
        Session {
            user: self.0.user,
            name: self.0.name.clone(),
            organisation: self.0.organisation_name.clone(),
            language: self.0.language,
            rights: self.0.rights,
            has_passkey: self.0.has_passkey,
            has_app: self.0.has_app,
            agreed: self.0.notice_agreed,
            preview: self.0.preview.as_ref().map(Into::into),
        }
    }
}

/// The fresh proof of who calls, for what takes more than a session.
#[derive(Debug)]
pub struct Proven(());

impl Proven {
    /// Only after a secret was shown to be right.
    pub(crate) const fn new() -> Self {
        Self(())
    }
}

/// The proof that something may be done in one organisation, typed by what was checked.
#[derive(Debug)]
pub struct Grant<P> {
    organisation: OrganisationId,
    actor: Option<UserId>,
    checked: PhantomData<fn() -> P>,
}

impl<P> Grant<P> {
    const fn new(organisation: OrganisationId, actor: Option<UserId>) -> Self {
        Self { organisation, actor, checked: PhantomData }
    }

    /// The organisation that it is for.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Who does it; nobody where the installation itself does.
    #[must_use]
    pub const fn actor(&self) -> Option<UserId> {
        self.actor
    }
}

impl Grant<Own> {
    /// Whose account it is. `Own` is only granted to somebody.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.actor.unwrap_or(UserId(uuid::Uuid::nil()))
    }
}

impl Grant<Own> {
    /// For a job that somebody asked for about their own account.
    pub(crate) const fn of_job(organisation: OrganisationId, user: UserId) -> Self {
        Self::new(organisation, Some(user))
    }
}

impl Grant<System> {
    /// For what the installation itself does: set-up, jobs, the demo.
    #[must_use]
    pub const fn system(organisation: OrganisationId) -> Self {
        Self::new(organisation, None)
    }

    /// For what somebody does who proved a secret in place of a session, such as a one-time link,
    /// and for the demo's history.
    #[must_use]
    pub const fn acting_as(organisation: OrganisationId, user: UserId) -> Self {
        Self::new(organisation, Some(user))
    }
}

impl<P> Clone for Grant<P> {
    fn clone(&self) -> Self {
        Self::new(self.organisation, self.actor)
    }
}

/// What a grant was checked for.
pub trait Needs {
    /// The permission that the caller holds.
    const PERMISSION: Permission;
}

/// One's own account.
#[derive(Debug)]
pub enum Own {}

/// The installation itself.
#[derive(Debug)]
pub enum System {}

/// A type for each permission.
pub mod grants {
    use super::{Needs, Permission};

    macro_rules! grants {
        ($($name:ident),* $(,)?) => {$(
            #[doc = concat!("Checked for [`Permission::", stringify!($name), "`].")]
            #[derive(Debug)]
            pub enum $name {}

            impl Needs for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )*};
    }

    grants! {
        PartnersView, PartnersEdit, BillingView, BillingEdit, UsersView, UsersManage, RolesManage, HistoryView,
        InsightsView, NewslettersManage, PrivacyManage, OrganisationManage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{PermissionSet, rights::Missing};
    use uuid::Uuid;

    fn caller(rights: Rights) -> Caller {
        Caller::new(Inner {
            user: UserId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            name: String::new(),
            organisation_name: String::new(),
            time_zone: String::new(),
            language: Language::English,
            rights,
            preview: None,
            has_passkey: false,
            has_app: false,
            notice_agreed: true,
            session: SessionId(Uuid::nil()),
            used_on: 0,
            proved_at: 0,
            expires_at: 0,
            token_hash: Vec::new(),
        })
    }

    /// Asks for the grant that every service asks for.
    fn is_refused(caller: &Caller, permission: Permission) -> bool {
        macro_rules! refused {
            ($($name:ident)*) => {
                match permission { $(Permission::$name => caller.require::<grants::$name>().is_err(),)* }
            };
        }
        refused! {
            PartnersView PartnersEdit BillingView BillingEdit UsersView UsersManage RolesManage HistoryView
            InsightsView NewslettersManage PrivacyManage OrganisationManage
        }
    }

    fn closed_sets() -> Vec<PermissionSet> {
        let set = |bits: u32| {
            let all = Permission::ALL.into_iter().enumerate();
            all.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, permission)| permission).collect()
        };
        (0..1 << Permission::ALL.len()).map(set).filter(|set: &PermissionSet| set.is_closed()).collect()
    }

    #[test]
    fn what_is_explained_is_what_is_refused_for_every_set_there_can_be() {
        let sets = closed_sets();
        assert!(sets.len() > 1000, "{} sets", sets.len());
        let mut reasons = [0; 3];
        for (set, external, lacks_factor) in sets.into_iter().flat_map(|set| {
            [(false, false), (false, true), (true, false), (true, true)].map(|it| (set, it.0, it.1))
        }) {
            let rights = Rights::of_this_moment(set, external, lacks_factor);
            let caller = caller(rights);
            for permission in Permission::ALL {
                let missing = caller.rights().missing(permission);
                assert_eq!(missing.is_some(), is_refused(&caller, permission), "{set:?} {permission:?}");
                let held = set.contains(permission);
                match missing {
                    None => assert!(held),
                    Some(Missing::Role) => assert!(!held),
                    Some(Missing::SecondFactor) => assert!(held && lacks_factor),
                    Some(Missing::External) => assert!(external && permission.internal_only()),
                }
                reasons[missing.map_or(0, |missing| missing as usize)] += 1;
                // Who answers a request could give a role that has nothing but this.
                let least = PermissionSet::EMPTY.grant(permission);
                let could = !is_refused(&caller, Permission::RolesManage) && rights.lack(least).is_none();
                assert_eq!(rights.may_answer_for(permission), could, "{set:?} {permission:?}");
            }
        }
        assert!(reasons.iter().all(|count| *count > 0), "{reasons:?}");
    }
}
