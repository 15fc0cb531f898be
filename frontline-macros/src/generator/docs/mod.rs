//! Conversion of descriptions to rustdoc.
//!
//! Descriptions are arbitrary Markdown. Everything that rustdoc would run as a test, that a browser would load or run,
//! that would resolve as a link to Rust code, or that would cause a warning is escaped. The words do not change.
//!
//! Uses no other module.

mod encoding;
mod inline;
mod visible;

use serde_json::Value;

use encoding::mended;
use inline::prose;
pub use visible::{is_hidden, visible};

/// Escapes everything in a description that rustdoc or a browser would act on.
pub fn rustdoc(text: &str) -> String {
    // In Markdown, a carriage return ends a line, too.
    let text = mended(text).replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_hidden(*c)).collect();
    let has_table = text.lines().any(is_delimiter_row);
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.trim().lines() {
        let content = line.trim_start();
        let marker = fence_marker(content);
        match (&fence, marker) {
            (Some(open), Some(marker)) if marker.starts_with(open.as_str()) && content.trim_end() == marker => {
                lines.push(marker);
                fence = None;
            }
            (Some(_), _) => lines.push(line.trim_end().to_owned()),
            (None, Some(marker)) => {
                // rustdoc would run a block without a language, or with `rust`, as a test.
                lines.push(format!("{marker}text"));
                fence = Some(marker);
            }
            (None, None) => lines.push(prose(line, has_table)),
        }
    }
    lines.extend(fence);
    lines.join("\n")
}

/// Escapes a text that has to be a single line.
pub fn line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { visible(c) }).collect();
    prose(&text, false)
}

/// Returns the backticks or tildes that open or close a code block.
fn fence_marker(content: &str) -> Option<String> {
    let first = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let marker: String = content.chars().take_while(|c| *c == first).collect();
    let info = &content[marker.len()..];
    (marker.len() >= 3 && !info.contains(first)).then_some(marker)
}

/// Returns whether a line may separate the header of a table from its rows, in a list or a quote, too.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| "|:-> \t+*.)".contains(c) || c.is_ascii_digit())
}

/// Puts a word or a list item's marker before a description.
pub fn after(prefix: &str, text: &str) -> String {
    // Behind another text, the fence of a code block would be a code span, which could end within the block.
    let separator = if fence_marker(text.lines().next().unwrap_or_default()).is_some() { "\n\n" } else { " " };
    format!("{prefix}{separator}{text}")
}

/// Puts a name or a value between backticks.
pub fn code(wire: &str) -> String {
    let text: String = wire.chars().map(|c| if c == '`' || c.is_control() { '\'' } else { visible(c) }).collect();
    if text.trim().is_empty() { "\"\"".to_owned() } else { format!("`{text}`") }
}

/// Describes a default value.
pub fn default(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    format!("Default: {}.", code(&text))
}

/// Joins texts as paragraphs, without empty ones.
pub fn paragraphs(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{after, code, default, line, rustdoc};

    #[test]
    fn defaults_are_quoted() {
        for (value, shown) in [
            (json!("a b"), "Default: `a b`."),
            (json!(""), "Default: \"\"."),
            (json!(50), "Default: `50`."),
            (json!(["a"]), "Default: `[\"a\"]`."),
            (json!("`\n"), "Default: `''`."),
        ] {
            assert_eq!(default(&value), shown);
        }
    }

    #[test]
    fn harmless_markdown_is_unchanged() {
        for text in ["Can be `active` or [Pool](https://x.y/z#3).", "- a\n- b"] {
            assert_eq!(rustdoc(text), text);
        }
    }

    #[test]
    fn code_blocks_do_not_become_doctests() {
        assert_eq!(rustdoc("```\nlet x\n```\nend"), "```text\nlet x\n```\nend");
        assert_eq!(rustdoc("```rust\nx\n```"), "```text\nx\n```");
        assert_eq!(rustdoc("~~~\nx"), "~~~text\nx\n~~~");
        assert_eq!(rustdoc("a\n\n        let x = 1;"), "a\n\n   let x = 1;");
        assert_eq!(rustdoc("a\n\n\tlet x = 1;"), "a\n\n   let x = 1;");
    }

    #[test]
    fn brackets_do_not_become_intra_doc_links() {
        assert_eq!(rustdoc("see [User] and [a][b]"), "see \\[User] and \\[a]\\[b]");
        assert_eq!(rustdoc("[a](./b)"), "\\[a](./b)");
    }

    #[test]
    fn html_and_stray_backticks_are_escaped() {
        assert_eq!(rustdoc("a <b>bold</b> `c"), "a \\<b>bold\\</b> \\`c");
        assert_eq!(rustdoc("`Vec<T>`"), "`Vec<T>`");
        assert_eq!(rustdoc("`a``b` ``c` d`"), "`a``b` \\`\\`c` d`");
    }

    #[test]
    fn bare_urls_become_links() {
        assert_eq!(rustdoc("See https://x.y/z."), "See <https://x.y/z>.");
        assert_eq!(rustdoc("<https://x.y>"), "<https://x.y>");
        assert_eq!(rustdoc("https://"), "https://");
    }

    #[test]
    fn images_become_links() {
        for (text, shown) in [
            ("![x](https://a.b/c)", "[x](https://a.b/c)"),
            ("![](https://a.b/c)", "<https://a.b/c>"),
            ("!!![x](https://a.b)", "\\!\\![x](https://a.b)"),
            ("\\![x](https://a.b)", "\\![x](https://a.b)"),
            ("[![x](https://a.b)](https://c.d)", "\\[[x](https://a.b)](<https://c.d>)"),
            ("![x][y]", "!\\[x]\\[y]"),
            ("![x]\n\n[x]: https://a.b", "!\\[x]\n\n\\[x]: <https://a.b>"),
            ("![x](data:image/png;base64,aa)", "!\\[x](data:image/png;base64,aa)"),
            ("[x](javascript:alert(1))", "\\[x](javascript:alert(1))"),
            ("[x](https://a.b_(c))", "[x](https://a.b_(c))"),
        ] {
            assert_eq!(rustdoc(text), shown);
        }
    }

    #[test]
    fn html_cannot_hide_from_its_escape() {
        for (text, shown) in [
            // An escaped backslash would leave the bracket without an escape.
            ("\\<b>", "\\<b>"),
            ("\\\\<b>", "\\\\\\<b>"),
            ("[\\<b>](https://a.b)", "[\\<b>](https://a.b)"),
            // A backtick in a URL begins a code span, which ends where another one seems to begin.
            ("[a](https://b`c) `<b>`", "\\[a](<https://b>`c) `\\<b>\\`"),
            // A cell of a table ends within a code span.
            ("|a|b|\n|-|-|\n|`a|<b>|`|", "|a|b|\n|-|-|\n|\\`a|\\<b>|\\`|"),
            ("`a|<b>`", "`a|<b>`"),
            // Fences that only other readers of Markdown accept as such.
            ("~~~ ~\n```\n~~~\n<b>\n```", "\\~\\~\\~ ~\n```text\n~~~\n<b>\n```"),
            ("```\na\r```\r<b>", "```text\na\n```\n\\<b>"),
        ] {
            assert_eq!(rustdoc(text), shown);
        }
        assert_eq!(after("- `a`:", "```text\n``` <b>\n```"), "- `a`:\n\n```text\n``` <b>\n```");
        assert_eq!(line("```\n``` <b>\n"), "``` ``` \\<b>");
    }

    #[test]
    fn indented_code_in_a_list_or_a_quote_does_not_become_a_doctest() {
        assert_eq!(rustdoc("-     panic!()\n>\t\tpanic!()"), "- panic!()\n> panic!()");
    }

    #[test]
    fn direction_and_control_characters_are_removed() {
        let text = "a\u{202e}b\u{2066}c\u{200f}d\u{61c}e\u{1b}f\u{0}g\th";
        assert_eq!(rustdoc(text), "abcdefg h");
        assert_eq!(rustdoc(&format!("```\n{text}\n```")), "```text\nabcdefg\th\n```");
        assert_eq!(code("a\u{202e}b"), "`a\u{fffd}b`");
        assert_eq!(
            rustdoc("&#x202E; &#8238; &rlm; &amp; [&lrm;](https://a.b)"),
            "\\&#x202E; \\&#8238; \\&rlm; &amp; [\\&lrm;](https://a.b)"
        );
    }
}
