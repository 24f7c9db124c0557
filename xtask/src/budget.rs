//! The sizes that a browser downloads, and the most they may be.

use crate::build::{Sizes, kib};
use crate::problem::{Problem, Result};

/// The goal is 330 KiB. Until it is reached this ceiling only ever goes down: what it took to get here,
/// and what to do when it is exceeded, is in docs/decisions/0004-size-of-the-browser-side.md.
const WASM: u64 = 370 * 1024;
const CSS: u64 = 12 * 1024;

/// Fails when something has grown beyond its budget.
pub fn check(sizes: &Sizes) -> Result<()> {
    for (what, size, budget) in [("WASM", sizes.wasm, WASM), ("CSS", sizes.css, CSS)] {
        if size > budget {
            return Err(Problem::new(format!(
                "{what} is {} as brotli; its budget is {}.",
                kib(size),
                kib(budget)
            ))
            .fix(
                "find what the last changes added: docs/decisions/0004-size-of-the-browser-side.md says how",
            ));
        }
    }
    Ok(())
}
