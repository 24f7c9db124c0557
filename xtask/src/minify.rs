//! Takes comments and needless white space out of a style sheet, and changes nothing else.

/// The same style sheet in fewer bytes.
pub fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            space(&mut out);
        } else if first == '"' || first == '\'' {
            let end = end_of_string(rest, first);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if first.is_ascii_whitespace() {
            rest = rest.trim_ascii_start();
            space(&mut out);
        } else {
            if matches!(first, '{' | '}' | ';' | ',') && out.ends_with(' ') {
                out.pop();
            }
            if first == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out.truncate(out.trim_ascii_end().len());
    out
}

/// A space, unless what stands before it makes it needless.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',', ':', '(']) {
        out.push(' ');
    }
}

/// Where the string that `text` begins with ends, its quotation marks included.
fn end_of_string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::minify;

    #[test]
    fn white_space_and_comments_go() {
        let css =
            "/* tokens */\n:root {\n  --ink: oklch(0.2 0.02 250);\n  color: var(--ink) ;\n}\n\na , b { }\n";
        assert_eq!(minify(css), ":root{--ink:oklch(0.2 0.02 250);color:var(--ink)}a,b{}");
    }

    #[test]
    fn what_white_space_means_stays() {
        assert_eq!(
            minify("a :hover > b + c { width: calc(1px + 2px) }"),
            "a :hover > b + c{width:calc(1px + 2px)}"
        );
        assert_eq!(
            minify("@media (width < 40rem) and (hover) { a { b: c } }"),
            "@media (width < 40rem) and (hover){a{b:c}}"
        );
        assert_eq!(minify(".a { & .b { c: d } }"), ".a{& .b{c:d}}");
    }

    #[test]
    fn strings_stay_as_they_are() {
        assert_eq!(
            minify(r#"a::before { content: " /* \" ;  } " ; }"#),
            r#"a::before{content:" /* \" ;  } "}"#
        );
        assert_eq!(
            minify("a { font-family: 'Inter Variable' , sans-serif }"),
            "a{font-family:'Inter Variable',sans-serif}"
        );
    }
}
