//! Brotli and gzip copies, made once at build time.

use crate::files;
use crate::problem::{Problem, Result};
use crate::workspace::Mode;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Endings of files that gain from compression. Fonts and pictures are compressed already.
const COMPRESSIBLE: [&str; 8] = ["css", "js", "json", "map", "svg", "txt", "wasm", "webmanifest"];

/// Writes `<file>.br` and `<file>.gz` beside a file that gains from it.
pub fn compress(file: &Path, mode: Mode) -> Result<()> {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    if !COMPRESSIBLE.contains(&&*ending) {
        return Ok(());
    }
    let bytes = files::read(file)?;
    let (brotli_quality, gzip_level) = match mode {
        Mode::Release => (11, flate2::Compression::best()),
        Mode::Debug => (1, flate2::Compression::fast()),
    };
    files::write(
        &beside(file, "br"),
        &brotli(&bytes, brotli_quality).map_err(|error| failed(file, &error))?,
    )?;
    files::write(&beside(file, "gz"), &gzip(&bytes, gzip_level).map_err(|error| failed(file, &error))?)
}

/// The path of a compressed copy.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    path.into()
}

fn brotli(bytes: &[u8], quality: i32) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings)?;
    Ok(packed)
}

fn gzip(bytes: &[u8], level: flate2::Compression) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn failed(file: &Path, error: &std::io::Error) -> Problem {
    Problem::new(format!("{} cannot be compressed: {error}.", file.display()))
}
