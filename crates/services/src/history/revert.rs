//! Taking back a change of rights from its entry: what was granted is revoked and what was revoked is granted,
//! on the role as it is now. It is a change like any other: nobody hands out what they don't hold, and it
//! has an entry of its own, which can be taken back too.

use crate::{Services, roles::change_permissions};
use domain::{
    Conflict, Error, Permission, PermissionSet,
    history::{Action, RevertEntry, Subject},
};
use store::{
    Caller, Tx,
    grants::{HistoryView, RolesManage},
    history, roles,
};

/// Takes back what an entry tells of.
///
/// # Errors
/// `Forbidden`, also for a permission that the caller doesn't hold; `NotFound`, `NotReversible`,
/// `NothingToRevert`, `ExternalUser`.
pub async fn revert(services: &Services, caller: &Caller, request: RevertEntry) -> Result<(), Error> {
    caller.require::<HistoryView>()?;
    caller.require::<RolesManage>()?;
    let write = async move |tx: &mut Tx, caller: Caller| {
        let (view, grant) = (caller.require::<HistoryView>()?, caller.require::<RolesManage>()?);
        let found = history::find(tx, &view, request.id).await?;
        let (Action::RolePermissionsChanged { granted, revoked, .. }, Subject::Role(id)) = found else {
            return Err(Conflict::NotReversible.into());
        };
        let all = roles::all(tx, &grant).await?;
        let role = all.into_iter().find(|role| role.id == id && !role.system);
        let role = role.ok_or(Conflict::NotReversible)?;
        let wanted = without(role.permissions, &granted, &revoked);
        if wanted == role.permissions {
            return Err(Conflict::NothingToRevert.into());
        }
        change_permissions(tx, &grant, caller.rights(), (role, wanted)).await
    };
    services.write_as(caller, write).await
}

/// The set as it is without a change. It stays closed: what implies something that goes goes as well.
fn without(now: PermissionSet, granted: &[Permission], revoked: &[Permission]) -> PermissionSet {
    let less = granted.iter().fold(now, |set, permission| set.revoke(*permission));
    revoked.iter().fold(less, |set, permission| set.grant(*permission))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission::{BillingEdit, BillingView, PartnersView};

    fn set(permissions: &[Permission]) -> PermissionSet {
        permissions.iter().fold(PermissionSet::EMPTY, |set, permission| set.grant(*permission))
    }

    #[test]
    fn what_came_goes_and_what_went_comes() {
        let now = set(&[BillingView]);
        assert_eq!(without(now, &[BillingView], &[]), now.revoke(BillingView));
        assert_eq!(without(now, &[], &[BillingEdit]), set(&[BillingEdit]));
        let more = set(&[BillingEdit, PartnersView]);
        let less = without(more, &[BillingView], &[]);
        assert!(less.is_closed() && !less.contains(BillingEdit), "it implies what went");
    }
}
