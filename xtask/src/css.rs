//! One style sheet out of `style/`: imports inlined, fonts named by their hash, white space removed.

use crate::compress;
use crate::files;
use crate::minify::minify;
use crate::problem::{Problem, Result};
use crate::workspace::{Mode, Workspace};
use std::path::Path;

/// Builds the style sheet and its fonts into `site`, and returns the style sheet's name.
pub fn build(workspace: &Workspace, site: &Path, mode: Mode) -> Result<String> {
    let style = workspace.path("style");
    let mut css = inline(&style.join("main.css"))?;
    for font in files::all_below(&style.join("fonts"))? {
        if font.extension().is_none_or(|ending| ending != "woff2") {
            continue;
        }
        let bytes = files::read(&font)?;
        let stem = font.file_stem().unwrap_or_default().to_string_lossy();
        let hashed = format!("{stem}.{}.woff2", files::fingerprint(&bytes));
        files::write(&site.join(&hashed), &bytes)?;
        css = css.replace(&format!("fonts/{}", files::name(&font)), &hashed);
    }
    if let Some(at) = css.find("fonts/") {
        let missing: String = css[at..].chars().take_while(|c| !"\"')".contains(*c)).collect();
        return Err(Problem::new(format!("The style sheet names style/{missing}, which is not there."))
            .fix("put the font into style/fonts/ or correct its url(…)"));
    }
    let css = if mode == Mode::Release { minify(&css) } else { css };
    let name = format!("assent.{}.css", files::fingerprint(css.as_bytes()));
    let path = site.join(&name);
    files::write(&path, css.as_bytes())?;
    compress::compress(&path, mode)?;
    Ok(name)
}

/// Puts each `@import "file.css" layer(name);` line's file in its place, in order.
fn inline(path: &Path) -> Result<String> {
    let mut css = String::new();
    for line in files::read_text(path)?.lines() {
        match Import::parse(line) {
            None => css.push_str(line),
            Some(import) => {
                let file = path.with_file_name(import.file);
                if !file.exists() {
                    return Err(Problem::new(format!(
                        "{} imports {}, which is not there.",
                        path.display(),
                        import.file
                    ))
                    .fix("correct the `@import` line, or add the file"));
                }
                let inner = inline(&file)?;
                match import.layer {
                    Some(layer) => css.push_str(&format!("@layer {layer} {{\n{inner}}}")),
                    None => css.push_str(&inner),
                }
            }
        }
        css.push('\n');
    }
    Ok(css)
}

struct Import<'a> {
    file: &'a str,
    layer: Option<&'a str>,
}

impl<'a> Import<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let rest = line.trim().strip_prefix("@import")?.trim_start().strip_prefix('"')?;
        let (file, rest) = rest.split_once('"')?;
        let layer =
            rest.trim().strip_prefix("layer(").and_then(|rest| rest.split_once(')')).map(|(name, _)| name);
        Some(Self { file, layer })
    }
}

#[cfg(test)]
mod tests {
    use super::Import;

    #[test]
    fn an_import_line_names_a_file_and_perhaps_a_layer() {
        let plain = Import::parse("@import \"./tokens.css\";").unwrap();
        assert_eq!((plain.file, plain.layer), ("./tokens.css", None));
        let layered = Import::parse("  @import \"base.css\" layer(base);").unwrap();
        assert_eq!((layered.file, layered.layer), ("base.css", Some("base")));
        assert!(Import::parse("a { color: red }").is_none());
    }
}
