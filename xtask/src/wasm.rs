//! The browser side: Cargo, chunks, wasm-bindgen, wasm-opt, hashed names, compression.

use crate::compress;
use crate::files;
use crate::merge;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::{Progress, step};
use crate::split::{self, Pieces};
use crate::workspace::{Mode, Workspace};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// The name of the browser among Rust's targets.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What wasm-opt does.
const OPTIMISE: [&str; 4] = ["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];
/// The features that rustc lets LLVM use by default.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The names of the two files that wasm-bindgen makes, before they are hashed.
const JS: &str = "assent.js";
const WASM: &str = "assent_bg.wasm";

/// The files of the browser side, by name, in a folder ready to be copied.
pub struct Module {
    pub folder: PathBuf,
    pub names: Names,
}

/// The names of its files.
#[derive(Serialize, Deserialize)]
pub struct Names {
    /// Loads the main module.
    pub js: String,
    /// Loads the chunks.
    pub loader: String,
    /// What every page needs.
    pub wasm: String,
    /// What the pages of each chunk need besides.
    pub chunks: BTreeMap<String, Vec<String>>,
}

impl Names {
    fn all(&self) -> impl Iterator<Item = &String> {
        [&self.js, &self.loader, &self.wasm].into_iter().chain(self.chunks.values().flatten())
    }
}

/// Builds the module, or takes the one of the last build if Cargo's output is the same.
pub fn build(workspace: &Workspace, mode: Mode) -> Result<Module> {
    ensure_target(workspace)?;
    let compiled = compile(workspace, mode)?;
    let folder = workspace.cache(mode).join("wasm");
    let stamp = workspace.cache(mode).join("wasm.stamp");
    let input = files::fingerprint(&[files::read(&compiled)?, recipe(workspace)].concat());
    if let Some(names) = cached(&folder, &stamp, &input) {
        return Ok(Module { folder, names });
    }
    let work = workspace.cache(mode).join("wasm-work");
    files::make_empty_folder(&work)?;
    files::make_empty_folder(&folder)?;
    let pieces = step("Chunks", |_| {
        let (folder, release) = (work.join("split"), mode == Mode::Release);
        let pieces = split::split(&compiled, &folder, JS)?;
        if release { merge::merge(workspace, pieces, &folder, &FEATURES) } else { Ok(pieces) }
    })?;
    step("WebAssembly for the browser", |_| bind(&pieces.main, &work, mode))?;
    if mode == Mode::Release {
        step("wasm-opt", |progress| {
            let main = work.join(WASM);
            pieces.chunks.iter().chain([&main]).try_for_each(|file| optimise(workspace, file, progress))
        })?;
    }
    let names = name(&pieces, &work, &folder)?;
    step("Compression", |_| {
        files::all_below(&folder)?.iter().try_for_each(|file| compress::compress(file, mode))
    })?;
    files::remove_folder(&work)?;
    files::write(&stamp, format!("{input}\n{}\n", serde_json::json!(names)).as_bytes())?;
    Ok(Module { folder, names })
}

fn compile(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    step("Browser side", |progress| {
        let mut cargo = workspace.command("cargo");
        cargo.args(["rustc", "--locked", "--package", "frontend", "--lib", "--target", TARGET]);
        cargo.args(["--profile", if mode == Mode::Release { "wasm" } else { "dev" }]);
        cargo.args(["--", "-C", split::LINK_ARGUMENT]);
        process::quiet(cargo, progress)?;
        let profile = if mode == Mode::Release { "wasm" } else { "debug" };
        Ok(workspace.target(TARGET).join(profile).join("frontend.wasm"))
    })
}

/// Everything beside Cargo's output that shapes the result: a change of it makes the kept one stale.
fn recipe(workspace: &Workspace) -> Vec<u8> {
    let lock = files::read(&workspace.path("xtask/package-lock.json")).unwrap_or_default();
    let sources: [&[u8]; 5] = [
        include_bytes!("wasm.rs"),
        include_bytes!("split.rs"),
        include_bytes!("merge.rs"),
        include_bytes!("loader.js"),
        include_bytes!("compress.rs"),
    ];
    [sources.concat(), lock].concat()
}

fn cached(folder: &Path, stamp: &Path, input: &str) -> Option<Names> {
    let stamp = files::read_text(stamp).ok()?;
    let names: Names = serde_json::from_str(stamp.strip_prefix(input)?).ok()?;
    let all_there = names.all().all(|name| folder.join(name).exists());
    all_there.then_some(names)
}

fn bind(compiled: &Path, work: &Path, mode: Mode) -> Result<()> {
    let release = mode == Mode::Release;
    let mut bindgen = Bindgen::new();
    let bound = bindgen.web(true).and_then(|bindgen| {
        bindgen
            .input_path(compiled)
            .out_name("assent")
            .typescript(false)
            // The page names the file itself: it knows the hash.
            .omit_default_module_path(true)
            .remove_name_section(release)
            .remove_producers_section(release)
            .keep_debug(false)
            // The chunks use what the linker exports.
            .keep_lld_exports(true)
            .generate(work)
    });
    bound.map_err(|error| {
        Problem::new(format!("wasm-bindgen refused {}: {error:#}", compiled.display())).fix(
            "`wasm-bindgen` and `wasm-bindgen-cli-support` must be pinned to the same version in Cargo.toml",
        )
    })
}

/// Makes a file as small as it gets.
fn optimise(workspace: &Workspace, file: &Path, progress: &Progress) -> Result<()> {
    let smaller = file.with_extension("smaller");
    let mut node = workspace.command("node");
    node.arg(workspace.path("xtask/node_modules/binaryen/bin/wasm-opt")).args(OPTIMISE).args(FEATURES);
    node.arg(file).arg("-o").arg(&smaller);
    process::quiet(node, progress)?;
    files::rename(&smaller, file)
}

/// Gives the files names that tell their content. Snippets of crates keep the names the module asks for.
fn name(pieces: &Pieces, work: &Path, folder: &Path) -> Result<Names> {
    let mut loader = files::read_text(&pieces.loader)?;
    let mut hashed = BTreeMap::new();
    for file in &pieces.chunks {
        let (bytes, stem) = (files::read(file)?, files::stem(file));
        let name = format!("{stem}.{}.wasm", files::fingerprint(&bytes));
        files::write(&folder.join(&name), &bytes)?;
        loader = loader.replace(&split::reference(&stem), &split::reference(&files::stem(Path::new(&name))));
        hashed.insert(stem, name);
    }
    let wasm = files::read(&work.join(WASM))?;
    let js = files::read_text(&work.join(JS))?;
    // These two import each other, so both names tell the content of both.
    let both = files::fingerprint(format!("{js}{loader}").as_bytes());
    let names = Names {
        js: format!("assent.{both}.js"),
        loader: format!("assent_split.{both}.js"),
        wasm: format!("assent_bg.{}.wasm", files::fingerprint(&wasm)),
        chunks: pieces
            .needed
            .iter()
            .map(|(chunk, stems)| (chunk.clone(), stems.iter().map(|stem| hashed[stem].clone()).collect()))
            .collect(),
    };
    // Only where it is imported from: within the main module the loader keeps its name.
    let from = |name: &str| format!("from \"./{name}\"");
    let (js, loader) =
        (js.replace(&from(split::LOADER), &from(&names.loader)), loader.replace(&from(JS), &from(&names.js)));
    files::write(&folder.join(&names.js), js.as_bytes())?;
    files::write(&folder.join(&names.loader), loader.as_bytes())?;
    files::write(&folder.join(&names.wasm), &wasm)?;
    files::copy_all(&work.join("snippets"), &folder.join("snippets"))?;
    Ok(names)
}

/// Adds the WebAssembly target to the toolchain when it isn't there.
pub fn ensure_target(workspace: &Workspace) -> Result<()> {
    let mut rustc = workspace.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let folder = process::silent(rustc)?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    step("Rust's WebAssembly target", |progress| {
        let mut rustup = workspace.command("rustup");
        rustup.args(["target", "add", TARGET]);
        process::quiet(rustup, progress).map(|_| ()).map_err(|problem| {
            problem.fix(format!("run `rustup target add {TARGET}` with the toolchain of rust-toolchain.toml"))
        })
    })
}
