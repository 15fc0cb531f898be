//! Finds mistakes in regular expressions. The macro has no engine for them, and the client does not use patterns.
//!
//! OpenAPI's patterns are those of ECMAScript, but documents also contain those of other languages. So this finds only what
//! is wrong in each of them.

use std::iter::Peekable;
use std::str::Chars;

/// Returns what is wrong with a pattern.
pub fn fault(pattern: &str) -> Option<String> {
    // Texts between `\Q` and `\E`, and comments, are not parsed.
    if pattern.contains("\\Q") || pattern.contains("(?x") || pattern.contains("(?#") {
        return None;
    }
    let mut rest = pattern.chars().peekable();
    let mut groups = 0_usize;
    let (mut is_repeatable, mut repetitions) = (false, 0);
    while let Some(character) = rest.next() {
        if matches!(character, '*' | '+' | '?') {
            if !is_repeatable {
                return Some(format!("`{character}` repeats nothing"));
            }
            // `?` makes a repetition lazy, and `+` makes it possessive.
            if repetitions > 1 || repetitions == 1 && character == '*' {
                return Some(format!("`{character}` repeats a repetition"));
            }
            repetitions += 1;
            continue;
        }
        (is_repeatable, repetitions) = (!matches!(character, '(' | '|'), 0);
        match character {
            '\\' if rest.next().is_none() => return Some("it ends with a backslash".to_owned()),
            '[' if !is_closed(&mut rest) => return Some("`[` is not closed".to_owned()),
            // What follows `(?` depends on the language.
            '(' => {
                groups += 1;
                rest.next_if_eq(&'?').and_then(|_| rest.next());
            }
            ')' if groups == 0 => return Some("`)` closes no group".to_owned()),
            ')' => groups -= 1,
            _ => {}
        }
    }
    (groups > 0).then(|| "`(` is not closed".to_owned())
}

/// Reads a class of characters up to its end, and returns whether it has one.
fn is_closed(rest: &mut Peekable<Chars<'_>>) -> bool {
    rest.next_if_eq(&'^');
    // Some languages close the class here, and others do not.
    let is_empty = rest.next_if_eq(&']').is_some();
    let behind = rest.clone();
    while let Some(character) = rest.next() {
        match character {
            '\\' => _ = rest.next(),
            ']' => return true,
            _ => {}
        }
    }
    if is_empty {
        *rest = behind;
    }
    is_empty
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn what_no_language_allows_is_found() {
        for (pattern, expected) in [
            ("[a-z", "`[` is not closed"),
            ("[^a\\]", "`[` is not closed"),
            ("(a", "`(` is not closed"),
            ("a)", "`)` closes no group"),
            ("*.txt", "`*` repeats nothing"),
            ("(?:+)", "`+` repeats nothing"),
            ("a|*", "`*` repeats nothing"),
            ("a**", "`*` repeats a repetition"),
            ("a\\", "it ends with a backslash"),
        ] {
            assert_eq!(fault(pattern).as_deref(), Some(expected), "{pattern}");
        }
    }

    #[test]
    fn patterns_of_several_languages_are_right() {
        for pattern in [
            "",
            "^US[0-9a-fA-F]{32}$",
            "^\\+[1-9]\\d{1,14}$",
            "[]",
            "[^]",
            "[]a]",
            "[[:alpha:]_]+",
            "a+?b*?c??",
            "a++b?+",
            "(?i)abc",
            "(?<year>\\d{4})-(?P<month>\\d\\d)",
            "(?!x)(?<=y).*",
            "^*a",
            "\\Q(\\E",
            "a{,3}",
            "{a}",
            "\\p{L}\\x{1F600}",
            "[(]",
            "[\\]]",
            "a]",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }
}
