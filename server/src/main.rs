//! The command line. Everything else lives in the library, so that tests can build the same router.

use clap::Parser;
use server::commands::{Command, CommandLine};
use std::process::ExitCode;

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("the runtime can't be started: {error}")),
    };
    let done = runtime.block_on(async {
        match line.command {
            Command::Serve(arguments) => server::commands::serve::run(arguments).await,
            Command::Admin(arguments) => server::commands::admin::run(arguments).await,
            Command::Organisation(arguments) => server::commands::organisation::run(arguments).await,
            Command::Check(arguments) => server::commands::check::run(arguments).await,
            Command::ReceiptKey(settings) => server::commands::receipt::print_key(settings).await,
            Command::VerifyReceipt(arguments) => server::commands::receipt::check(&arguments),
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(line) => fail(&line),
    }
}

fn fail(line: &str) -> ExitCode {
    eprintln!("assent: {line}");
    ExitCode::FAILURE
}
