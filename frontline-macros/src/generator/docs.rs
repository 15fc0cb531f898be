//! Conversion of descriptions to rustdoc.
//!
//! Descriptions are arbitrary Markdown. Everything that rustdoc would run as a test, resolve as a link to Rust code, or
//! warn about is escaped. The words do not change.

use serde_json::Value;

/// Escapes everything in a description that rustdoc would act on.
pub fn rustdoc(text: &str) -> String {
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
            (None, None) => lines.push(prose(line)),
        }
    }
    lines.extend(fence);
    lines.join("\n")
}

/// Returns the backticks or tildes that open or close a code block.
fn fence_marker(content: &str) -> Option<String> {
    let first = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let marker: String = content.chars().take_while(|c| *c == first).collect();
    let info = &content[marker.len()..];
    (marker.len() >= 3 && !info.contains(first)).then_some(marker)
}

/// Escapes a line outside of code blocks. It keeps at most three spaces of indentation, since four would make it a code
/// block.
fn prose(line: &str) -> String {
    let content = line.trim_start();
    let indent = line[..line.len() - content.len()].replace('\t', "    ").len().min(3);
    let mut text = " ".repeat(indent);
    let mut rest = content.trim_end();
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            '`' => code_span(rest, &mut text),
            '[' => bracket(rest, &mut text),
            '<' => angle(rest, &mut text),
            _ if is_url(rest) && !text.ends_with(|c: char| c.is_alphanumeric()) => url(rest, &mut text),
            _ => plain(character, &mut text),
        };
        rest = &rest[taken..];
    }
    text
}

fn plain(character: char, text: &mut String) -> usize {
    text.push(character);
    character.len_utf8()
}

fn escaped(character: char, text: &mut String) -> usize {
    text.push('\\');
    plain(character, text)
}

/// Keeps `` `code` ``. A backtick without a counterpart is escaped.
fn code_span(rest: &str, text: &mut String) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let (marker, inner) = rest.split_at(ticks);
    match inner.find(marker) {
        Some(end) if !inner[..end].is_empty() => {
            let length = ticks + end + ticks;
            text.push_str(&rest[..length]);
            length
        }
        _ => escaped('`', text),
    }
}

/// Keeps `[text](https://…)`. Any other bracket is escaped, since rustdoc would look for a Rust item.
fn bracket(rest: &str, text: &mut String) -> usize {
    let link = rest.find("](").and_then(|middle| {
        let target = &rest[middle + 2..];
        let end = target.find(')')?;
        let is_sound = is_url(target) && !target[..end].contains(char::is_whitespace) && !rest[1..middle].contains('[');
        is_sound.then_some((middle, middle + 2 + end + 1))
    });
    match link {
        Some((middle, length)) => {
            text.push('[');
            text.push_str(&rest[1..middle].replace('<', "\\<").replace('`', "\\`"));
            text.push_str(&rest[middle..length]);
            length
        }
        None => escaped('[', text),
    }
}

/// Keeps `<https://…>`. Any other angle bracket is escaped, since it may be HTML.
fn angle(rest: &str, text: &mut String) -> usize {
    let inner = &rest[1..];
    match inner.find('>') {
        Some(end) if is_url(inner) && !inner[..end].contains(char::is_whitespace) => {
            text.push_str(&rest[..end + 2]);
            end + 2
        }
        _ => escaped('<', text),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Turns a bare URL into a link. Punctuation after the URL is not part of it.
fn url(rest: &str, text: &mut String) -> usize {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '(' | ')' | '[' | ']' | '\\' | '*');
    let url = rest.split(is_end).next().unwrap_or_default();
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '~']);
    if url.len() <= "https://".len() {
        return plain('h', text);
    }
    text.extend(["<", url, ">"]);
    url.len()
}

/// Puts a name or a value between backticks.
pub fn code(wire: &str) -> String {
    let text: String = wire.chars().map(|c| if c == '`' || c.is_control() { '\'' } else { c }).collect();
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

    use super::{default, rustdoc};

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
        for text in ["Can be `active` or [Pool](https://x.y/z#3).", "- a\n- b", "It's \u{e2}\u{20ac}\u{2122}s"] {
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
    }

    #[test]
    fn bare_urls_become_links() {
        assert_eq!(rustdoc("See https://x.y/z."), "See <https://x.y/z>.");
        assert_eq!(rustdoc("<https://x.y>"), "<https://x.y>");
        assert_eq!(rustdoc("https://"), "https://");
    }
}
