//! Where everything is.

use crate::problem::{Problem, Result};
use crate::process;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The two ways to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What is served for real: small and fast, slow to build.
    Release,
    /// What is served while developing: quick to build.
    Debug,
}

/// The folders of the workspace.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the workspace from the folder of this package, or upwards from here.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir()
            .map_err(|error| Problem::new(format!("The current folder cannot be read: {error}.")))?;
        let start = std::env::var_os("CARGO_MANIFEST_DIR").map_or(here, PathBuf::from);
        let root = start
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").exists() && folder.join("xtask").is_dir())
            .ok_or_else(|| {
                Problem::new("This is not the workspace of Assent.")
                    .fix("run `cargo xtask` inside the checkout")
            })?
            .to_owned();
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// A path inside the checkout.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's own output.
    pub fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// What a build hands over: the binary `assent` and the folder `site`.
    pub fn dist(&self, mode: Mode) -> PathBuf {
        match mode {
            Mode::Release => self.path("dist"),
            Mode::Debug => self.target("dev-dist"),
        }
    }

    /// What a build keeps so that the next one is quick.
    pub fn cache(&self, mode: Mode) -> PathBuf {
        self.target(match mode {
            Mode::Release => "xtask/release",
            Mode::Debug => "xtask/debug",
        })
    }

    /// A command that starts at the root.
    pub fn command(&self, program: &str) -> Command {
        process::command(program, &self.root)
    }

    /// A path as it is shown: relative to the root where it lies inside.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}
