//! The expected answers, read from `permissions/expected.txt`. Nothing here knows the code that decides:
//! permissions are words.

use std::collections::BTreeSet;

/// A set of permissions, by their codes.
pub type Codes = BTreeSet<&'static str>;

const TEXT: &str = include_str!("../permissions/expected.txt");

/// Any status but that of a refusal: it depends on what else somebody holds.
pub const ANY: u16 = 0;

/// All that the file says.
pub struct Expected {
    permissions: Vec<Permission>,
    /// What is expected of each function.
    pub functions: Vec<Function>,
}

struct Permission {
    code: &'static str,
    brings: Option<&'static str>,
    internal: bool,
}

/// A server function.
pub struct Function {
    /// Such as `partners/list`.
    pub name: &'static str,
    /// What it takes.
    pub least: Least,
    external: bool,
    /// The status for whoever may.
    pub status: u16,
    /// Whether it takes what the user or role in question holds, too.
    pub theirs: bool,
}

/// What a function takes at least.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub enum Least {
    /// Nothing.
    Anybody,
    /// To be signed in.
    Account,
    /// To be a platform admin.
    Admin,
    /// These permissions.
    Permissions(Codes),
}

/// Somebody who is signed in and no platform admin.
pub struct Somebody {
    /// What their roles hold.
    pub held: Codes,
    /// From outside the organisation.
    pub external: bool,
}

impl Expected {
    /// Reads the file.
    pub fn read() -> Self {
        let mut expected = Self { permissions: Vec::new(), functions: Vec::new() };
        for line in TEXT.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<_> = line.split_whitespace().collect();
            match *words.as_slice() {
                ["permission", code, ref rest @ ..] => {
                    let brings = rest.iter().skip_while(|word| **word != "brings").nth(1).copied();
                    let internal = rest.contains(&"internal");
                    expected.permissions.push(Permission { code, brings, internal });
                }
                [name, least, external @ ("yes" | "no"), status, ref theirs @ ..] => {
                    expected.functions.push(Function {
                        name,
                        least: Least::read(least),
                        external: external == "yes",
                        status: if status == "any" { ANY } else { status.parse().expect("a status") },
                        theirs: theirs == ["theirs"],
                    });
                }
                _ => panic!("what does this line say? {line}"),
            }
        }
        expected
    }

    /// Every permission.
    pub fn everything(&self) -> Codes {
        self.permissions.iter().map(|permission| permission.code).collect()
    }

    /// A permission and all that it brings along.
    pub fn with_what_it_brings(&self, code: &str) -> Codes {
        let mut codes = Codes::new();
        let mut next = Some(code);
        while let Some(code) = next {
            let permission = self.permissions.iter().find(|it| it.code == code).expect("a permission");
            codes.insert(permission.code);
            next = permission.brings;
        }
        codes
    }

    /// The least set that holds all of these.
    pub fn closure(&self, codes: &Codes) -> Codes {
        codes.iter().flat_map(|code| self.with_what_it_brings(code)).collect()
    }

    /// The largest set that holds everything but this permission.
    pub fn everything_but(&self, code: &str) -> Codes {
        let all = self.everything().into_iter();
        all.filter(|other| !self.with_what_it_brings(other).contains(code)).collect()
    }

    /// Every set that holds what its permissions bring along.
    pub fn closed_sets(&self) -> Vec<Codes> {
        let mut sets = vec![Codes::new()];
        for permission in &self.permissions {
            let with = |set: &Codes| set.iter().copied().chain([permission.code]).collect();
            let more: Vec<Codes> = sets.iter().map(with).collect();
            sets.extend(more);
        }
        sets.retain(|set| self.closure(set) == *set);
        sets
    }

    /// What somebody really has.
    pub fn real(&self, somebody: &Somebody) -> Codes {
        let kept = |it: &&Permission| !(somebody.external && it.internal);
        let all = self.permissions.iter().filter(kept).map(|permission| permission.code);
        all.filter(|code| somebody.held.contains(code)).collect()
    }

    /// Whether somebody may.
    pub fn may(&self, function: &Function, somebody: &Somebody) -> bool {
        (function.external || !somebody.external)
            && match &function.least {
                Least::Anybody | Least::Account => true,
                Least::Admin => false,
                Least::Permissions(codes) => codes.is_subset(&self.real(somebody)),
            }
    }

    /// Whether external users may ever, by what the permissions say.
    pub fn fits_external(&self, function: &Function) -> bool {
        let mask = |codes: &Codes| self.real(&Somebody { held: codes.clone(), external: true }) == *codes;
        let ever = match &function.least {
            Least::Anybody | Least::Account => true,
            Least::Admin => false,
            Least::Permissions(codes) => mask(codes),
        };
        ever == function.external
    }
}

impl Least {
    fn read(word: &'static str) -> Self {
        match word {
            "anybody" => Self::Anybody,
            "account" => Self::Account,
            "admin" => Self::Admin,
            codes => Self::Permissions(codes.split('+').collect()),
        }
    }
}

impl Function {
    /// Its path.
    pub fn path(&self) -> String {
        format!("/fn/{}", self.name)
    }
}
