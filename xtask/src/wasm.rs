//! The browser side: Cargo, wasm-bindgen, wasm-opt, compression, hashed names.

use crate::compress;
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::step;
use crate::workspace::{Mode, Workspace};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// The name of the browser among Rust's targets.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What wasm-opt does. The features are those that rustc lets LLVM use by default.
const WASM_OPT: [&str; 12] = [
    "-Oz",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The files of the browser side, by name, in a folder ready to be copied.
pub struct Module {
    pub folder: PathBuf,
    pub js: String,
    pub wasm: String,
}

/// Builds the module, or takes the one of the last build if Cargo's output is the same.
pub fn build(workspace: &Workspace, mode: Mode) -> Result<Module> {
    ensure_target(workspace)?;
    let compiled = step("Browser side", |progress| {
        let mut cargo = workspace.command("cargo");
        cargo.args(["build", "--locked", "--package", "frontend", "--lib", "--target", TARGET]);
        cargo.args(["--profile", if mode == Mode::Release { "wasm" } else { "dev" }]);
        process::quiet(cargo, progress)?;
        let profile = if mode == Mode::Release { "wasm" } else { "debug" };
        Ok(workspace.target(TARGET).join(profile).join("frontend.wasm"))
    })?;

    let folder = workspace.cache(mode).join("wasm");
    let names = workspace.cache(mode).join("wasm.stamp");
    let input = files::fingerprint(&[files::read(&compiled)?, recipe(workspace)].concat());
    if let Some(module) = cached(&folder, &names, &input) {
        return Ok(module);
    }
    let work = workspace.cache(mode).join("wasm-work");
    files::make_empty_folder(&work)?;
    files::make_empty_folder(&folder)?;
    step("WebAssembly for the browser", |_| bind(&compiled, &work, mode))?;
    if mode == Mode::Release {
        step("wasm-opt", |progress| {
            let mut node = workspace.command("node");
            node.arg(workspace.path("xtask/node_modules/binaryen/bin/wasm-opt")).args(WASM_OPT);
            node.arg(work.join("assent_bg.wasm")).arg("-o").arg(work.join("optimised.wasm"));
            process::quiet(node, progress)?;
            files::rename(&work.join("optimised.wasm"), &work.join("assent_bg.wasm"))
        })?;
    }
    let module = step("Compression", |_| pack(&work, &folder, mode))?;
    files::remove_folder(&work)?;
    files::write(&names, format!("{input}\n{}\n{}\n", module.js, module.wasm).as_bytes())?;
    Ok(module)
}

/// Everything beside Cargo's output that shapes the result: a change of it makes the kept one stale.
fn recipe(workspace: &Workspace) -> Vec<u8> {
    let lock = files::read(&workspace.path("xtask/package-lock.json")).unwrap_or_default();
    [include_bytes!("wasm.rs").as_slice(), include_bytes!("compress.rs"), &lock].concat()
}

fn cached(folder: &Path, names: &Path, input: &str) -> Option<Module> {
    let stamp = files::read_text(names).ok()?;
    let mut lines = stamp.lines();
    let same = lines.next()? == input;
    let module = Module { folder: folder.to_owned(), js: lines.next()?.into(), wasm: lines.next()?.into() };
    (same && folder.join(&module.js).exists() && folder.join(&module.wasm).exists()).then_some(module)
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
            .generate(work)
    });
    bound.map_err(|error| {
        Problem::new(format!("wasm-bindgen refused {}: {error:#}", compiled.display())).fix(
            "`wasm-bindgen` and `wasm-bindgen-cli-support` must be pinned to the same version in Cargo.toml",
        )
    })
}

/// Gives the files their hashed names and compresses them. Snippets of crates keep the names the module asks for.
fn pack(work: &Path, folder: &Path, mode: Mode) -> Result<Module> {
    let js = files::read(&work.join("assent.js"))?;
    let wasm = files::read(&work.join("assent_bg.wasm"))?;
    let module = Module {
        folder: folder.to_owned(),
        js: format!("assent.{}.js", files::fingerprint(&js)),
        wasm: format!("assent_bg.{}.wasm", files::fingerprint(&wasm)),
    };
    files::write(&folder.join(&module.js), &js)?;
    files::write(&folder.join(&module.wasm), &wasm)?;
    files::copy_all(&work.join("snippets"), &folder.join("snippets"))?;
    for file in files::all_below(folder)? {
        compress::compress(&file, mode)?;
    }
    Ok(module)
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
