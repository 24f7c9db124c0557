//! Cuts the module where `app::pages` marks it: what every page needs stays, the rest becomes chunks.
//!
//! Cutting happens before wasm-bindgen, which drops the linker's notes on what refers to what. The loader, a small
//! JavaScript module, fetches a chunk when a page of it is opened, and puts it beside the main module.

use crate::files;
use crate::problem::{Problem, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::Options;

/// What the linker has to be asked for, so that the module can be cut.
pub const LINK_ARGUMENT: &str = "link-arg=--emit-relocs";
/// The loader's name before it is hashed.
pub const LOADER: &str = "assent_split.js";

/// A module in pieces.
pub struct Pieces {
    /// What every page needs, for wasm-bindgen.
    pub main: PathBuf,
    /// The other pieces.
    pub chunks: Vec<PathBuf>,
    /// Which of them the pages of each chunk need, by their names without ending.
    pub needed: BTreeMap<String, Vec<String>>,
    /// The JavaScript module that loads them, from beside it.
    pub loader: PathBuf,
}

/// Cuts a linked module into pieces, in a folder; the main one is loaded by a JavaScript module of that name.
pub fn split(compiled: &Path, folder: &Path, main_js: &str) -> Result<Pieces> {
    let bytes = files::read(compiled)?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&bytes);
    let (link_name, main_module) = (format!("./{LOADER}"), format!("./{main_js}"));
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    let done = wasm_split_cli_support::transform(options).map_err(|error| {
        Problem::new(format!("{} cannot be cut into chunks: {error:#}", compiled.display()))
            .fix("`wasm_split_cli_support` must know the file format of `wasm_split_helpers` in Cargo.lock")
    })?;
    Ok(Pieces {
        main,
        chunks: done.split_modules,
        needed: done.prefetch_map.into_iter().collect(),
        loader: folder.join(LOADER),
    })
}

/// How the loader names a piece, before its name is hashed.
pub fn reference(stem: &str) -> String {
    format!("\"./{stem}.wasm\"")
}
