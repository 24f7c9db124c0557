//! The rows of checkboxes in the matrix: one for each permission, and one for each whole group. What a click
//! on one makes of a role's permissions is decided here and nowhere else.

use crate::roles::groups::Group;
use domain::{Permission, PermissionSet};

/// A row of checkboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// One permission.
    One(Permission),
    /// All permissions of a group at once.
    All(Group),
}

/// How a checkbox is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It has no box: the role can never have this.
    Never,
    /// Nothing of it.
    Off,
    /// Some of a group.
    Partly,
    /// All that there can be.
    On,
}

/// What a role holds, as far as its checkboxes need it.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// Its permissions, closed under implication.
    pub permissions: PermissionSet,
    /// Whether an external user has the role, so that some permissions can't be given to it.
    pub by_external: bool,
}

impl Line {
    /// Every row from top to bottom: a group, then its permissions.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut lines = Vec::new();
        for group in Group::ALL {
            lines.push(Self::All(group));
            lines.extend(group.permissions().iter().map(Self::One));
        }
        lines
    }

    /// What it is called in the page.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::One(permission) => permission.code(),
            Self::All(group) => group.code(),
        }
    }

    /// The row of that code, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let group = || Group::ALL.into_iter().find(|group| group.code() == code).map(Self::All);
        Permission::from_code(code).map(Self::One).or_else(group)
    }

    /// What the role has or could have of it.
    fn possible(self, holding: Holding) -> PermissionSet {
        let Holding { permissions, by_external } = holding;
        let all = match self {
            Self::One(permission) => PermissionSet::from_iter([permission]),
            Self::All(group) => group.permissions(),
        };
        let can = |permission: &Permission| {
            permissions.contains(*permission) || !(by_external && permission.internal_only())
        };
        all.iter().filter(can).collect()
    }

    /// How its checkbox is ticked.
    #[must_use]
    pub fn tick(self, holding: Holding) -> Tick {
        let possible = self.possible(holding);
        let missing = possible.minus(holding.permissions);
        if possible.is_empty() {
            Tick::Never
        } else if missing.is_empty() {
            Tick::On
        } else if missing == possible {
            Tick::Off
        } else {
            Tick::Partly
        }
    }

    /// What the role holds once it is ticked or unticked: with all that it brings along, or without all that
    /// needs it.
    #[must_use]
    pub fn set(self, holding: Holding, ticked: bool) -> PermissionSet {
        let change: fn(PermissionSet, Permission) -> PermissionSet =
            if ticked { PermissionSet::grant } else { PermissionSet::revoke };
        self.possible(holding).iter().fold(holding.permissions, change)
    }

    /// What a click on it gives or takes.
    #[must_use]
    pub fn change(self, holding: Holding) -> PermissionSet {
        let (now, next) = (holding.permissions, self.set(holding, self.tick(holding) != Tick::On));
        next.minus(now).union(now.minus(next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every set that a role can hold.
    fn holdings() -> impl Iterator<Item = Holding> {
        let all = 0..1_u32 << Permission::ALL.len();
        let set = |bits: u32| {
            let held = Permission::ALL.into_iter().enumerate().filter(move |(at, _)| (bits >> at) & 1 == 1);
            held.map(|(_, permission)| permission).collect::<PermissionSet>()
        };
        all.map(set).filter(|set| set.is_closed()).flat_map(|permissions| {
            let inside = Holding { permissions, by_external: false };
            let outside = Holding { permissions, by_external: true };
            let masked = !permissions.iter().any(Permission::internal_only);
            std::iter::once(inside).chain(masked.then_some(outside))
        })
    }

    #[test]
    fn every_permission_has_one_row_in_its_order_and_every_row_its_code() {
        let of_one = |line| match line {
            Line::One(permission) => Some(permission),
            Line::All(_) => None,
        };
        assert!(Line::all().into_iter().filter_map(of_one).eq(Permission::ALL));
        for line in Line::all() {
            assert_eq!(Line::from_code(line.code()), Some(line));
        }
        assert_eq!(Line::from_code(crate::roles::cursor::HEADS), None);
    }

    #[test]
    fn a_tick_gives_the_whole_row_and_the_next_one_takes_it() {
        for holding in holdings() {
            for line in Line::all().into_iter().filter(|line| line.tick(holding) != Tick::Never) {
                let ticked = Holding { permissions: line.set(holding, true), ..holding };
                assert_eq!(line.tick(ticked), Tick::On, "{line:?} {holding:?}");
                assert!(ticked.permissions.is_closed());
                let unticked = Holding { permissions: line.set(ticked, false), ..holding };
                assert_eq!(line.tick(unticked), Tick::Off, "{line:?} {holding:?}");
                assert!(unticked.permissions.is_closed());
            }
        }
    }

    #[test]
    fn externals_are_never_offered_what_is_internal() {
        for holding in holdings().filter(|holding| holding.by_external) {
            for line in Line::all() {
                let given = line.set(holding, true);
                assert!(!given.iter().any(Permission::internal_only), "{line:?} {holding:?}");
            }
            assert_eq!(Line::One(Permission::RolesManage).tick(holding), Tick::Never);
        }
    }

    #[test]
    fn some_of_a_group_is_neither_all_nor_nothing() {
        let permissions = PermissionSet::EMPTY.grant(Permission::BillingView);
        let holding = Holding { permissions, by_external: false };
        assert_eq!(Line::All(Group::Billing).tick(holding), Tick::Partly);
        assert_eq!(Line::All(Group::Partners).tick(holding), Tick::Partly);
        assert_eq!(Line::All(Group::People).tick(holding), Tick::Off);
        let billing = Line::All(Group::Billing).change(holding);
        assert_eq!(billing.iter().collect::<Vec<_>>(), [Permission::BillingEdit], "a click gives the rest");
    }
}
