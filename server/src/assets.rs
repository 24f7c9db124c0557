//! The built files: WebAssembly, JavaScript, style sheet and fonts, with their hashes in their
//! names, in the folder `site` beside the program.

use app::Assets;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Where the files are, and the names that pages refer to.
#[derive(Clone, Debug)]
pub struct Site {
    /// The folder that is served under `/pkg`.
    pub folder: PathBuf,
    /// The names.
    pub assets: Assets,
}

#[derive(Deserialize)]
struct Names {
    js: String,
    loader: String,
    wasm: String,
    chunks: BTreeMap<String, Vec<String>>,
    css: String,
}

impl Site {
    /// The site beside the running program.
    ///
    /// # Errors
    /// One line if it isn't there.
    pub fn beside_program() -> Result<Self, String> {
        let program =
            std::env::current_exe().map_err(|_| "the program's own folder can't be found".to_owned())?;
        Self::open(&program.parent().unwrap_or(Path::new(".")).join("site"))
    }

    /// The site in a folder.
    ///
    /// # Errors
    /// One line if it isn't there.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let list = folder.join("assets.json");
        let missing = || format!("{} is missing or damaged; build with `cargo xtask build`", list.display());
        let text = std::fs::read_to_string(&list).map_err(|_| missing())?;
        let Names { js, loader, wasm, chunks, css } = serde_json::from_str(&text).map_err(|_| missing())?;
        let assets = Assets { js, loader, css, wasm, chunks };
        Ok(Self { folder: folder.to_owned(), assets })
    }
}
