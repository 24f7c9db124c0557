//! Files, with errors that name the file.

use crate::problem::{Problem, Result};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn about(path: &Path, verb: &'static str) -> impl FnOnce(io::Error) -> Problem {
    let path = path.display().to_string();
    move |error| Problem::new(format!("{path} cannot be {verb}: {error}."))
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(about(path, "read"))
}

/// The text of a file.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(about(path, "read"))
}

/// Writes a file whole.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(about(path, "written"))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(about(path, "made"))
}

/// An empty folder, whatever was there before.
pub fn make_empty_folder(path: &Path) -> Result<()> {
    remove_folder(path)?;
    make_folder(path)
}

/// Removes a file.
pub fn remove(path: &Path) -> Result<()> {
    fs::remove_file(path).map_err(about(path, "removed"))
}

/// Removes a folder, if there is one.
pub fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(about(path, "removed")(error)),
        _ => Ok(()),
    }
}

/// Moves a file or a folder.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(about(to, "written"))
}

/// Copies a file so that one in use is replaced, not overwritten.
pub fn replace(from: &Path, to: &Path) -> Result<()> {
    let beside = to.with_extension("new");
    fs::copy(from, &beside).map_err(about(from, "copied"))?;
    rename(&beside, to)
}

/// Every file below a folder, sorted; none where there is no folder.
pub fn all_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(about(&folder, "read"))?,
        };
        for entry in entries {
            let path = entry.map_err(about(&folder, "read"))?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies everything below a folder into another.
pub fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for file in all_below(from)? {
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(folder) = target.parent() {
            make_folder(folder)?;
        }
        fs::copy(&file, &target).map_err(about(&file, "copied"))?;
    }
    Ok(())
}

/// The file's size in bytes.
pub fn size(path: &Path) -> Result<u64> {
    fs::metadata(path).map(|found| found.len()).map_err(about(path, "read"))
}

/// A short name for this content and no other.
pub fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// The last part of a path, as text.
pub fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The last part of a path without its ending, as text.
pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
