//! Markdown (CommonMark, with tables and strikethrough) as HTML that a page may take as it is.
//!
//! Two steps, each a library's: `pulldown-cmark` reads the text, `ammonia` lets through only the
//! elements and attributes that are listed here. HTML in the text is shown as it was typed, images
//! become their description: nothing in a text can make a reader's browser load or run anything.

use ammonia::{Builder, UrlRelative};
use domain::SafeHtml;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// How deep lists and quotations may stand in each other; what is deeper stands at this depth.
const DEEPEST: usize = 16;

const ELEMENTS: [&str; 24] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut sanitiser = Builder::empty();
    sanitiser
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Custom(Box::new(within)))
        .link_rel(Some("noopener noreferrer"));
    sanitiser
});

/// A link without a scheme leads to a page of this origin, or nowhere.
fn within(link: &str) -> Option<Cow<'_, str>> {
    (domain::sign_in::safe_return(link) == link).then_some(Cow::Borrowed(link))
}

/// The text as HTML, to stand under a heading of the level `under` (1 to 6): its own begin below.
///
/// Any text can be rendered, in a time that grows with its length.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the sanitiser's module")]
pub fn render(text: &str, under: u8) -> SafeHtml {
    let mut depth = 0;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
        .filter(|event| is_kept(event, &mut depth))
        .map(|event| match event {
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Html(typed) | Event::InlineHtml(typed) => Event::Text(typed),
            Event::Start(Tag::Heading { level, .. }) => {
                let (id, classes, attrs) = (None, Vec::new(), Vec::new());
                Event::Start(Tag::Heading { level: below(level, under), id, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level, under))),
            other => other,
        });
    let mut unsafe_html = String::with_capacity(text.len() * 2);
    html::push_html(&mut unsafe_html, events);
    SafeHtml::sanitised(SANITISER.clean(&unsafe_html).to_string())
}

/// A text of one line that stands in Markdown as it is, such as a name.
#[must_use]
pub fn plain(text: &str) -> String {
    let escape =
        |character: char| character.is_ascii_punctuation().then_some('\\').into_iter().chain([character]);
    text.chars().flat_map(escape).collect()
}

/// Whether it is shown: of images only the description, and no nesting without end.
fn is_kept(event: &Event<'_>, depth: &mut usize) -> bool {
    match event {
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => false,
        Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
            *depth += 1;
            *depth <= DEEPEST
        }
        Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
            *depth -= 1;
            *depth < DEEPEST
        }
        _ => true,
    }
}

fn below(level: HeadingLevel, under: u8) -> HeadingLevel {
    HeadingLevel::try_from((level as usize + usize::from(under)).min(6)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    fn html(text: &str) -> String {
        render(text, 2).as_str().to_owned()
    }

    #[test]
    fn what_people_write_is_there() {
        let text = "# Why\n\nWe *keep* **names**.\n\n- one\n- two\n\n[Complain](https://dsb.example/a?b=c)";
        assert_eq!(
            html(text),
            "<h3>Why</h3>\n<p>We <em>keep</em> <strong>names</strong>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n\
             <p><a href=\"https://dsb.example/a?b=c\" rel=\"noopener noreferrer\">Complain</a></p>\n"
        );
        assert!(html("|a|b|\n|-|-|\n|c|d|").contains("<td>c</td>"));
        assert!(html("<dpo@demo.test>").contains("href=\"mailto:dpo@demo.test\""));
        assert!(html("[what we store](/privacy)").contains("href=\"/privacy\""));
    }

    #[test]
    fn headings_stand_below_the_page_s_own() {
        assert_eq!(render("# a\n", 1).as_str(), "<h2>a</h2>\n");
        assert_eq!(render("###### a\n", 2).as_str(), "<h6>a</h6>\n");
    }

    #[test]
    fn nothing_runs_and_nothing_is_loaded() {
        for text in [
            "<script>alert(1)</script>",
            "a <script>alert(1)</script> b",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\" onclick=alert(1)>x</a>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<div style=\"background:url(https://evil.example/)\">x</div>",
            "<base href=https://evil.example/><form action=/fn/x><input name=a>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\nscript:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](&#x0A;javascript:alert(1))",
            "[x]( data:text/html;base64,PHNjcmlwdD4= )",
            "[x](vbscript:msgbox)",
            "[x](//evil.example/a)",
            "[x]: javascript:alert(1)\n\n[x]",
            "<javascript:alert(1)>",
            "![x](https://evil.example/pixel.png)",
            "![x](/pkg/a.png \"t\\\" onload=alert(1)\")",
            "[![x](https://evil.example/pixel.png)](https://good.example)",
            "```\"onload=alert(1)\nx\n```",
            "</p></main><script>alert(1)</script>",
        ] {
            let html = html(text);
            let tags: Vec<_> = html
                .split('<')
                .skip(1)
                .map(|rest| rest.split('>').next().unwrap_or_default().to_lowercase())
                .collect();
            for tag in &tags {
                let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
                assert!(ELEMENTS.contains(&name), "{text}: {html}");
                for word in ["src", "script", "data:", "on", "style", "evil"] {
                    let attributes = tag.trim_start_matches('/').strip_prefix(name).unwrap_or_default();
                    let attributes = attributes.replace("rel=\"noopener noreferrer\"", "");
                    assert!(!attributes.contains(word), "{text}: {html}");
                }
            }
        }
    }

    #[test]
    fn html_and_images_leave_their_words() {
        assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
        assert_eq!(html("<div>\na\n</div>"), "<p>&lt;div&gt;\na\n&lt;/div&gt;</p>\n");
        assert_eq!(html("![Our office](https://evil.example/a.png)"), "<p>Our office</p>\n");
    }

    #[test]
    fn names_stand_as_they_are() {
        let name = "*North_ <b>[wind](/a)</b> & `So` #1";
        assert_eq!(html(&plain(name)), "<p>*North_ &lt;b&gt;[wind](/a)&lt;/b&gt; &amp; `So` #1</p>\n");
    }

    #[test]
    fn long_and_deep_texts_end_soon() {
        for piece in
            ["> ", ">", "- ", "[", "![", "*a ", "_*", "`", "<", "[a](", "|a", "\\", "&", "#", "1. a\n "]
        {
            let text = piece.repeat(100_000 / piece.len());
            let begun = Instant::now();
            let length = html(&text).len();
            assert!(begun.elapsed() < Duration::from_secs(10), "{piece:?} took {:?}", begun.elapsed());
            assert!(length < 3_000_000, "{piece:?} became {length} bytes");
        }
    }

    #[test]
    fn what_is_too_deep_stands_at_the_deepest() {
        let text = format!("{}deep", "> ".repeat(40));
        assert_eq!(html(&text).matches("<blockquote>").count(), DEEPEST);
        assert!(html(&text).contains("deep"));
    }
}
