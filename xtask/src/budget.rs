//! The sizes that a browser downloads, and the most they may be.

use crate::build::{Sizes, kib};
use crate::problem::{Problem, Result};

/// What the first page that a browser opens may take: what every page needs and the chunk whose pages need most.
/// What to do when it is exceeded is in docs/decisions/0004-size-of-the-browser-side.md.
const FIRST_PAGE: u64 = 330 * 1024;
const CSS: u64 = 12 * 1024;

/// Fails when something has grown beyond its budget.
pub fn check(sizes: &Sizes) -> Result<()> {
    let (largest, chunk) = sizes.largest();
    let first_page = format!("The WebAssembly of the first page ({largest})");
    for (what, size, budget) in [(&*first_page, sizes.main + chunk, FIRST_PAGE), ("CSS", sizes.css, CSS)] {
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
