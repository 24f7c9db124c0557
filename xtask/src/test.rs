//! `cargo xtask test`: everything that must hold.

use crate::budget;
use crate::build::{self, Built};
use crate::npm;
use crate::postgres::Postgres;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::{spoken_step, step};
use crate::system;
use crate::workspace::{Mode, Workspace};
use std::cell::OnceCell;
use std::process::Command;

/// The steps in their order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Fmt,
    Clippy,
    Rust,
    Build,
    Budgets,
    Browser,
}

impl Step {
    const ALL: [Self; 6] = [Self::Fmt, Self::Clippy, Self::Rust, Self::Build, Self::Budgets, Self::Browser];

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Rust => "rust",
            Self::Build => "build",
            Self::Budgets => "budgets",
            Self::Browser => "browser",
        }
    }
}

/// The steps to take, and words for the tool of a single one.
pub struct Selection {
    steps: Vec<Step>,
    words: Vec<String>,
}

impl Selection {
    /// Reads what follows `cargo xtask test`; nothing means everything.
    pub fn parse(words: &[String]) -> Result<Self> {
        let mut parts = words.splitn(2, |word| word == "--");
        let named = parts.next().unwrap_or_default();
        let words = parts.next().unwrap_or_default().to_vec();
        for name in named {
            if !Step::ALL.iter().any(|step| step.name() == name) {
                return Err(crate::misunderstood(&format!("There is no test step `{name}`.")));
            }
        }
        let chosen = |step: &Step| named.is_empty() || named.iter().any(|name| name == step.name());
        let steps: Vec<Step> = Step::ALL.into_iter().filter(chosen).collect();
        if !words.is_empty() && !matches!(steps[..], [Step::Rust | Step::Browser]) {
            return Err(crate::misunderstood("Only `rust` or `browser` alone takes words after `--`."));
        }
        Ok(Self { steps, words })
    }
}

/// Takes every chosen step, also after one that failed, and says at the end which did.
pub fn test(workspace: &Workspace, selection: &Selection) -> Result<()> {
    let bench =
        Bench { workspace, postgres: OnceCell::new(), built: OnceCell::new(), words: &selection.words };
    let mut failed = Vec::new();
    let mut counts = Vec::new();
    for step in &selection.steps {
        match bench.take(*step) {
            Ok(None) => {}
            Ok(Some(count)) => counts.push(count),
            Err(problem) => {
                eprintln!("\n{problem}\n");
                failed.push(step.name());
            }
        }
    }
    for count in &counts {
        println!("  {count}");
    }
    let passed = selection.steps.len() - failed.len();
    println!("Steps: {passed} passed, {} failed", failed.len());
    if failed.is_empty() {
        return Ok(());
    }
    Err(Problem::new(format!("The tests failed: {}.", failed.join(", ")))
        .fix(format!("see above, then repeat with `cargo xtask test {}`", failed.join(" "))))
}

/// What the steps share, made when the first of them needs it.
struct Bench<'a> {
    workspace: &'a Workspace,
    postgres: OnceCell<Postgres>,
    built: OnceCell<Built>,
    words: &'a [String],
}

impl Bench<'_> {
    fn take(&self, step: Step) -> Result<Option<String>> {
        match step {
            Step::Fmt => self.fmt().map(|()| None),
            Step::Clippy => self.clippy().map(|()| None),
            Step::Rust => self.rust().map(Some),
            Step::Build => self.built().map(|_| None),
            Step::Budgets => budget::check(&self.built()?.sizes).map(|()| None),
            Step::Browser => self.browser().map(Some),
        }
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut cargo = self.workspace.command("cargo");
        cargo.args(words);
        cargo
    }

    fn postgres(&self) -> Result<&Postgres> {
        remember(&self.postgres, || Postgres::start(self.workspace))
    }

    fn built(&self) -> Result<&Built> {
        remember(&self.built, || build::build(self.workspace, Mode::Release))
    }

    fn fmt(&self) -> Result<()> {
        step("Formatting", |progress| {
            let checked = process::quiet(self.cargo(&["fmt", "--all", "--check"]), progress);
            checked.map(|_| ()).map_err(|problem| problem.fix("run `cargo fmt --all`"))
        })
    }

    fn clippy(&self) -> Result<()> {
        step("Clippy, server side", |progress| {
            let server =
                ["clippy", "--locked", "--workspace", "--exclude", "frontend", "--all-targets", "--quiet"];
            process::quiet(self.cargo(&[&server[..], &["--", "-D", "warnings"]].concat()), progress)
        })?;
        crate::wasm::ensure_target(self.workspace)?;
        step("Clippy, browser side", |progress| {
            let browser =
                ["clippy", "--locked", "--package", "frontend", "--package", "app", "--package", "domain"];
            let target =
                ["--no-default-features", "--target", crate::wasm::TARGET, "--quiet", "--", "-D", "warnings"];
            process::quiet(self.cargo(&[&browser[..], &target[..]].concat()), progress)
        })?;
        Ok(())
    }

    fn rust(&self) -> Result<String> {
        let postgres = self.postgres()?;
        let text = spoken_step("Unit, store and service tests", || {
            let mut cargo = self.cargo(&["test", "--locked", "--no-fail-fast"]);
            if !self.words.iter().any(|word| word == "-p" || word == "--package") {
                cargo.args(["--workspace", "--exclude", "frontend"]);
            }
            cargo.args(self.words).env("ASSENT_TEST_POSTGRES_URL", postgres.url());
            process::aloud(cargo)
        })?;
        let count = |what| text.lines().filter_map(|line| counted(line, what)).sum::<u64>();
        Ok(format!(
            "Rust: {} passed, {} failed, {} ignored",
            count("passed"),
            count("failed"),
            count("ignored")
        ))
    }

    fn browser(&self) -> Result<String> {
        let built = self.built()?;
        npm::install(self.workspace, "end2end")?;
        let chromium = system::chromium(self.workspace)?;
        system::need(self.workspace, "sqlite3", || system::in_path(&["sqlite3"]))?;
        let postgres = self.postgres()?;
        let npx = |words: &[&str]| {
            let mut npx = process::command("npx", &self.workspace.path("end2end"));
            npx.arg("--no-install").args(words);
            npx
        };
        step("Types of the browser tests", |progress| process::quiet(npx(&["tsc", "--noEmit"]), progress))?;
        let text = spoken_step("Browser tests", || {
            let mut playwright = npx(&["playwright", "test"]);
            playwright.args(self.words);
            playwright.env("ASSENT_BINARY", &built.server).env("ASSENT_TEST_POSTGRES_URL", postgres.url());
            if let Some(chromium) = chromium {
                playwright.env("ASSENT_CHROMIUM", chromium);
            }
            process::aloud(playwright)
        })?;
        let summary: Vec<&str> =
            text.lines().rev().take(6).map(str::trim).filter(|line| is_summary(line)).collect();
        Ok(format!("Browser: {}", summary.into_iter().rev().collect::<Vec<_>>().join(", ")))
    }
}

/// The value that is kept, made if it isn't there yet.
fn remember<T>(kept: &OnceCell<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    match kept.get() {
        Some(value) => Ok(value),
        None => {
            let value = make()?;
            Ok(kept.get_or_init(|| value))
        }
    }
}

/// The number before a word in `test result: ok. 12 passed; 0 failed; …`.
fn counted(line: &str, what: &str) -> Option<u64> {
    let counts = line.trim().strip_prefix("test result:")?;
    let (before, _) = counts.split_once(&format!(" {what}"))?;
    before.rsplit(' ').next()?.parse().ok()
}

/// Playwright ends with lines such as `12 passed (40s)`.
fn is_summary(line: &str) -> bool {
    let mut words = line.split(' ');
    words.next().is_some_and(|word| word.parse::<u32>().is_ok())
        && words.next().is_some_and(|word| ["passed", "failed", "flaky", "skipped"].contains(&word))
}

#[cfg(test)]
mod tests {
    use super::{Selection, counted, is_summary};

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn steps_are_chosen_by_name() {
        assert_eq!(Selection::parse(&[]).unwrap().steps.len(), 6);
        assert_eq!(Selection::parse(&words("browser rust")).unwrap().steps.len(), 2);
        assert!(Selection::parse(&words("everything")).is_err());
    }

    #[test]
    fn words_are_handed_to_one_tool_only() {
        assert_eq!(Selection::parse(&words("browser -- -g roles")).unwrap().words, ["-g", "roles"]);
        assert!(Selection::parse(&words("fmt -- --all")).is_err());
        assert!(Selection::parse(&words("-- -g roles")).is_err());
    }

    #[test]
    fn results_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!((counted(line, "passed"), counted(line, "failed")), (Some(12), Some(3)));
        assert_eq!(counted("12 passed", "passed"), None);
        assert!(is_summary("12 passed (40s)") && !is_summary("Running 12 tests"));
    }
}
