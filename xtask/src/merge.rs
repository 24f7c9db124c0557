//! Puts small pieces together. What several chunks need is cut into a piece for each set of chunks that need it,
//! and those are many: dozens of files that would be fetched one by one.
//!
//! What more than a third of the chunks need, and what is small, becomes one piece that all chunks need.

use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::split::{self, Pieces};
use crate::workspace::Workspace;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use wasm_encoder::{EntityType, ExportKind, ExportSection, ImportSection, Module};
use wasmparser::{Parser, Payload};

/// What a piece imports comes from a module of this name.
const IMPORTED_FROM: &str = "__wasm_split";
/// What pieces that were put together import comes from a module of this name.
const MERGED_FROM: &str = "assent";
/// The piece that every chunk needs.
const SHARED: &str = "shared";
/// Of how many bytes a piece has to be, the names of its functions included, to stay one of its own.
const OWN_PIECE: u64 = 16 * 1024;

/// The same pieces, fewer files. `features` are those of WebAssembly that they use.
pub fn merge(workspace: &Workspace, pieces: Pieces, folder: &Path, features: &[&str]) -> Result<Pieces> {
    let small = small(&pieces)?;
    let shared = folder.join(format!("{SHARED}.wasm"));
    let base = folder.join("base.wasm");
    files::write(&base, &imports_of(&small)?)?;
    let mut node = workspace.command("node");
    node.arg(workspace.path("xtask/node_modules/binaryen/bin/wasm-merge")).args(features);
    node.arg(&base).arg(IMPORTED_FROM);
    for piece in &small {
        node.arg(piece).arg(files::stem(piece));
    }
    node.arg("-o").arg(&shared);
    process::silent(node)?;

    let gone: BTreeSet<String> = small.iter().map(|piece| files::stem(piece)).collect();
    let stays = |stem: &String| !gone.contains(stem);
    let needed: BTreeMap<_, Vec<String>> = pieces
        .needed
        .into_iter()
        .map(|(chunk, stems)| {
            (chunk, [SHARED.to_owned()].into_iter().chain(stems.into_iter().filter(stays)).collect())
        })
        .collect();
    files::write(&pieces.loader, loader(&needed).as_bytes())?;
    let chunks =
        pieces.chunks.into_iter().filter(|piece| stays(&files::stem(piece))).chain([shared]).collect();
    Ok(Pieces { chunks, needed, ..pieces })
}

/// The pieces that don't stay files of their own.
fn small(pieces: &Pieces) -> Result<Vec<PathBuf>> {
    let mut small = Vec::new();
    for piece in &pieces.chunks {
        let stem = files::stem(piece);
        let users = pieces.needed.values().filter(|stems| stems.contains(&stem)).count();
        if is_small(users, pieces.needed.len(), files::size(piece)?) {
            small.push(piece.clone());
        }
    }
    Ok(small)
}

/// Whether a piece that some of all chunks need is better off with others. What one chunk needs is the chunk.
fn is_small(users: usize, chunks: usize, size: u64) -> bool {
    users > 1 && (users * 3 > chunks || size < OWN_PIECE)
}

/// A module that hands on everything that pieces import, so that together they import it once.
fn imports_of(pieces: &[PathBuf]) -> Result<Vec<u8>> {
    let mut imports = ImportSection::new();
    let mut exports = ExportSection::new();
    let mut known = BTreeMap::new();
    for piece in pieces {
        let bytes = files::read(piece)?;
        let damaged = |error: &dyn std::fmt::Display| Problem::new(format!("{}: {error}", piece.display()));
        for payload in Parser::new(0).parse_all(&bytes) {
            let Payload::ImportSection(section) = payload.map_err(|error| damaged(&error))? else { continue };
            for import in section.into_imports() {
                let import = import.map_err(|error| damaged(&error))?;
                let kind = EntityType::try_from(import.ty).map_err(|error| damaged(&error))?;
                known.insert(import.name.to_owned(), kind);
            }
        }
    }
    let mut counts = [0; 3];
    for (name, entity) in known {
        let (kind, count) = match entity {
            EntityType::Memory(_) => (ExportKind::Memory, &mut counts[0]),
            EntityType::Table(_) => (ExportKind::Table, &mut counts[1]),
            EntityType::Global(_) => (ExportKind::Global, &mut counts[2]),
            other => return Err(Problem::new(format!("A piece imports {name}, which is {other:?}."))),
        };
        imports.import(MERGED_FROM, &name, entity);
        exports.export(&name, kind, *count);
        *count += 1;
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    Ok(module.finish())
}

/// The module that loads the chunks.
fn loader(needed: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = include_str!("loader.js").to_owned();
    for (chunk, stems) in needed {
        let files: Vec<String> = stems.iter().map(|stem| split::reference(stem)).collect();
        text += &format!("export const __wasm_split_load_{chunk} = chunk([{}]);\n", files.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{OWN_PIECE, is_small, loader};
    use std::collections::BTreeMap;

    #[test]
    fn only_what_is_large_and_rarely_needed_stays_a_file_of_its_own() {
        assert!(!is_small(2, 9, OWN_PIECE));
        assert!(is_small(2, 9, OWN_PIECE - 1));
        assert!(!is_small(3, 9, OWN_PIECE) && is_small(4, 9, OWN_PIECE));
        assert!(!is_small(1, 9, 0), "a chunk stays, however small it is");
    }

    #[test]
    fn the_loader_names_every_piece_of_a_chunk() {
        let needed =
            BTreeMap::from([("users".to_owned(), vec!["shared".to_owned(), "split_users".to_owned()])]);
        let wanted =
            r#"export const __wasm_split_load_users = chunk(["./shared.wasm", "./split_users.wasm"]);"#;
        assert!(loader(&needed).ends_with(&format!("{wanted}\n")));
    }
}
