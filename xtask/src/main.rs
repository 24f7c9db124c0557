//! `cargo xtask`: build, run, develop, test and measure Assent, each in one command that installs what is missing.

mod bench;
mod budget;
mod build;
mod compress;
mod css;
mod dev;
mod files;
mod merge;
mod minify;
mod mutants;
mod npm;
mod postgres;
mod problem;
mod process;
mod progress;
mod run;
mod split;
mod system;
mod test;
mod wasm;
mod workspace;

use problem::{Problem, Result};
use std::process::ExitCode;
use workspace::{Mode, Workspace};

const USAGE: &str = "\
Usage: cargo xtask <command>

  build [--debug]     build the server and its pages into dist/
                      (--debug: quickly and unoptimised, into target/dev-dist/)
  run                 build, then serve the demo organisation
  dev                 build for development, serve the demo, rebuild and restart on every change
  test [step …]       check everything, or only the named steps:
                        fmt       formatting
                        clippy    lints of both sides, without warnings
                        rust      unit, store and service tests, on SQLite and a throwaway PostgreSQL
                        build     the release build
                        budgets   the sizes that the browser downloads (builds first)
                        browser   Playwright on SQLite and PostgreSQL (builds first)
  test <step> -- …    hand what follows to the tool of that one step, for example
                        cargo xtask test browser -- --project=sqlite tests/smoke.spec.ts
                        cargo xtask test rust -- -p store
  bench               measure the numbers that have to hold: requests/s, memory, start, termination
                      (a few minutes; on a machine that does nothing else)
  bench history       the same for a history of 10,000,000 entries (needs some gigabytes)
  mutants [path]      break the code that decides who may do what, place by place, and see that the tests
                      notice (hours; with the beginning of a path, only what stands there)
  help                show this text
";

/// Everything that can be asked for.
enum Task {
    Build(Mode),
    Run,
    Dev,
    Test(test::Selection),
    Bench,
    BenchHistory,
    Mutants(Option<String>),
    Help,
}

impl Task {
    fn parse(words: &[String]) -> Result<Self> {
        let (first, rest) = match words {
            [] => return Ok(Self::Help),
            [first, rest @ ..] => (first.as_str(), rest),
        };
        let without_rest = |task: Self| match rest.first() {
            None => Ok(task),
            Some(word) => Err(misunderstood(&format!("`{first}` takes no `{word}`."))),
        };
        match first {
            "build" if rest == ["--debug"] => Ok(Self::Build(Mode::Debug)),
            "build" => without_rest(Self::Build(Mode::Release)),
            "run" => without_rest(Self::Run),
            "dev" => without_rest(Self::Dev),
            "test" => test::Selection::parse(rest).map(Self::Test),
            "bench" if rest == ["history"] => Ok(Self::BenchHistory),
            "bench" => without_rest(Self::Bench),
            "mutants" if rest.len() < 2 => Ok(Self::Mutants(rest.first().cloned())),
            "mutants" => Err(misunderstood("`mutants` takes the beginning of one path.")),
            "help" | "--help" | "-h" => Ok(Self::Help),
            other => Err(misunderstood(&format!("There is no command `{other}`."))),
        }
    }

    fn carry_out(self) -> Result<()> {
        let workspace = Workspace::find()?;
        match self {
            Self::Build(mode) => build::build(&workspace, mode).map(|_| ()),
            Self::Run => run::run(&workspace),
            Self::Dev => dev::dev(&workspace),
            Self::Test(selection) => test::test(&workspace, &selection),
            Self::Bench => bench::bench(&workspace),
            Self::BenchHistory => bench::bench_history(&workspace),
            Self::Mutants(path) => mutants::mutants(&workspace, path.as_deref()),
            Self::Help => {
                print!("{USAGE}");
                Ok(())
            }
        }
    }
}

/// What was typed makes no sense; the usage says what does.
fn misunderstood(what: &str) -> Problem {
    Problem::new(what).fix("run `cargo xtask help` for the commands")
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match Task::parse(&words).and_then(Task::carry_out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}
