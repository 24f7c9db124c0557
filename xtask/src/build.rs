//! `cargo xtask build`: the server and its site, in one folder.

use crate::compress;
use crate::css;
use crate::files;
use crate::npm;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::step;
use crate::wasm;
use crate::workspace::{Mode, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// What a build has made.
pub struct Built {
    /// The server. It finds `site/` beside itself.
    pub server: PathBuf,
    /// What the browser downloads, by kind, as the number of bytes sent with brotli.
    pub sizes: Sizes,
}

/// Bytes that a browser downloads, compressed with brotli.
pub struct Sizes {
    /// The WebAssembly that every page needs.
    pub main: u64,
    /// What the pages of each chunk need besides.
    pub chunks: BTreeMap<String, u64>,
    /// All WebAssembly, once.
    pub all: u64,
    pub js: u64,
    pub css: u64,
}

impl Sizes {
    /// The chunk whose pages need most.
    pub fn largest(&self) -> (&str, u64) {
        let largest = self.chunks.iter().max_by_key(|(_, size)| **size);
        largest.map_or(("no chunk", 0), |(name, size)| (name, *size))
    }
}

/// Builds everything and prints the sizes.
pub fn build(workspace: &Workspace, mode: Mode) -> Result<Built> {
    let _alone = alone(workspace, mode)?;
    if mode == Mode::Release {
        npm::install(workspace, "xtask")?;
    }
    npm::install(workspace, "style")?;
    let module = wasm::build(workspace, mode)?;
    let dist = workspace.dist(mode);
    files::make_folder(&dist)?;
    let sizes = step("Site", |_| assemble(workspace, &module, &dist, mode))?;
    let server = step("Server", |progress| {
        let mut cargo = workspace.command("cargo");
        cargo.args(["build", "--locked", "--package", "server"]);
        if mode == Mode::Release {
            cargo.arg("--release");
        }
        process::quiet(cargo, progress)?;
        let built = workspace.target(if mode == Mode::Release { "release" } else { "debug" }).join("assent");
        let server = dist.join("assent");
        files::replace(&built, &server)?;
        Ok(server)
    })?;
    let (largest, size) = sizes.largest();
    println!(
        "  {} · as brotli: WASM {} and up to {} for a page ({largest}), {} in all, JS {}, CSS {}",
        workspace.shown(&dist),
        kib(sizes.main),
        kib(size),
        kib(sizes.all),
        kib(sizes.js),
        kib(sizes.css)
    );
    Ok(Built { server, sizes })
}

/// Waits until no other build of this mode is at work in the same folders; ends when the file is dropped.
fn alone(workspace: &Workspace, mode: Mode) -> Result<File> {
    let cache = workspace.cache(mode);
    files::make_folder(&cache)?;
    let path = cache.join("lock");
    let broken =
        |error: std::io::Error| Problem::new(format!("{} cannot be locked: {error}.", path.display()));
    let file = File::create(&path).map_err(broken)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => step("Another build", |_| file.lock().map_err(broken))?,
        Err(TryLockError::Error(error)) => return Err(broken(error)),
    }
    Ok(file)
}

/// Puts the site together beside the one of the last build, then takes its place.
fn assemble(workspace: &Workspace, module: &wasm::Module, dist: &Path, mode: Mode) -> Result<Sizes> {
    let coming = dist.join("site.new");
    files::make_empty_folder(&coming)?;
    files::copy_all(&module.folder, &coming)?;
    let unchanging = workspace.path("style/static");
    for file in files::all_below(&unchanging)? {
        let relative = file.strip_prefix(&unchanging).unwrap_or(&file);
        if coming.join(relative).exists() {
            return Err(Problem::new(format!(
                "style/static/{} has a name of the build's own.",
                relative.display()
            ))
            .fix("rename the file"));
        }
    }
    files::copy_all(&unchanging, &coming)?;
    for file in files::all_below(&unchanging)? {
        compress::compress(&coming.join(file.strip_prefix(&unchanging).unwrap_or(&file)), mode)?;
    }
    let css = css::build(workspace, &coming, mode)?;
    let mut assets = serde_json::json!(module.names);
    assets["css"] = css.as_str().into();
    files::write(&coming.join("assets.json"), format!("{assets:#}\n").as_bytes())?;
    let sizes = sizes(&coming, &module.names, &css)?;
    let site = dist.join("site");
    files::remove_folder(&site)?;
    files::rename(&coming, &site)?;
    Ok(sizes)
}

fn sizes(site: &Path, names: &wasm::Names, css: &str) -> Result<Sizes> {
    let size = |name: &str| files::size(&compress::beside(&site.join(name), "br"));
    let sum = |names: &BTreeSet<&String>| names.iter().map(|name| size(name)).sum::<Result<u64>>();
    let mut chunks = BTreeMap::new();
    for (chunk, files) in &names.chunks {
        chunks.insert(chunk.clone(), sum(&files.iter().collect())?);
    }
    let pieces: BTreeSet<&String> = names.chunks.values().flatten().collect();
    let main = size(&names.wasm)?;
    let all = main + sum(&pieces)?;
    Ok(Sizes { main, chunks, all, js: size(&names.js)? + size(&names.loader)?, css: size(css)? })
}

/// A size as people say it.
#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
pub fn kib(bytes: u64) -> String {
    format!("{:.1} KiB", bytes as f64 / 1024.0)
}
