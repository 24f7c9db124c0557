//! The part of `cargo xtask bench` that needs the database. Built for release like the server, and
//! never shipped.
//!
//!     bench partners <file> <count>                   fills partners up to so many
//!     bench users <file> <count>                      fills users up to so many
//!     bench last-user <file>                          prints after which user the last page begins
//!     bench last <file>                               prints after which partner the last page begins
//!     bench history <file> <count>                    fills the history up to so many
//!     bench marks <file>                              prints what can be asked of the history, as JSON
//!     bench bare <file> <address>                     serves the bare list
//!     bench terminate <file> <key> <token> <count>    gives the token's user so many rows of history,
//!                                                     ends the account and prints the microseconds

mod bare;
mod fill;
mod history;
mod terminate;

use std::{error::Error, process::ExitCode};

/// The result of a command.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(words: &[&str]) -> Result<()> {
    match words {
        ["partners", file, count] => fill::partners(file, count.parse()?).await,
        ["users", file, count] => fill::users(file, count.parse()?).await,
        ["last-user", file] => {
            println!("{}", fill::before_last_users(file).await?);
            Ok(())
        }
        ["last", file] => {
            println!("{}", fill::before_last_page(file).await?);
            Ok(())
        }
        ["history", file, count] => history::fill(file, count.parse()?).await,
        ["marks", file] => {
            println!("{}", history::marks(file).await?);
            Ok(())
        }
        ["bare", file, address] => bare::serve(file, address.parse()?).await,
        ["terminate", file, key, token, count] => {
            let taken = terminate::terminate(file, key.as_ref(), token, count.parse()?).await?;
            println!("{}", taken.as_micros());
            Ok(())
        }
        _ => Err("this is started by `cargo xtask bench`".into()),
    }
}
