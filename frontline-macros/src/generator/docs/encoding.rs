//! Text that was decoded as Windows-1252 although it is UTF-8: `â€™` instead of an apostrophe.

use std::borrow::Cow;
use std::str;

/// The characters of the bytes 0x80 to 0x9F, as browsers decode them (WHATWG, "Encoding Standard").
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Replaces each sequence of characters whose bytes are one character of UTF-8. No language has such sequences.
pub fn mended(text: &str) -> Cow<'_, str> {
    if !text.contains(is_first) {
        return text.into();
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_first) {
        let (before, from) = rest.split_at(start);
        mended.push_str(before);
        match decoded(from) {
            Some((meant, length)) => {
                mended.push(meant);
                rest = &from[length..];
            }
            None => {
                let first = from.chars().next().map_or(0, char::len_utf8);
                mended.push_str(&from[..first]);
                rest = &from[first..];
            }
        }
    }
    mended.push_str(rest);
    mended.into()
}

/// Returns whether a character is the first byte of accented letters, punctuation or pictures. Those of other scripts are
/// letters that stand before a space and a quote in French.
fn is_first(character: char) -> bool {
    matches!(character, 'Â' | 'Ã' | 'â' | 'ð')
}

/// Returns the character that the beginning of a text was before it was decoded wrongly, and the length of this beginning.
fn decoded(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::new();
    for (index, character) in text.char_indices().take(4) {
        bytes.push(byte(character)?);
        if let Ok(meant) = str::from_utf8(&bytes) {
            let meant = meant.chars().next().filter(|meant| !meant.is_control())?;
            return Some((meant, index + character.len_utf8()));
        }
    }
    None
}

fn byte(character: char) -> Option<u8> {
    let high = HIGH.iter().zip(0x80..=0x9f).find(|(high, _)| **high == character);
    high.map(|(_, byte)| byte).or_else(|| u8::try_from(u32::from(character)).ok())
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn text_that_was_decoded_wrongly_is_mended() {
        for (text, meant) in [
            ("the userâ€™s name", "the user’s name"),
            ("â€œquotedâ€\u{9d}, 1â€“2, â€¦", "“quoted”, 1–2, …"),
            ("cafÃ©, Â°C, Â\u{a0}", "café, °C, \u{a0}"),
            ("ðŸ˜€", "😀"),
        ] {
            assert_eq!(mended(text), meant);
        }
    }

    #[test]
    fn other_text_stays() {
        for text in ["", "the user’s", "Ärger, é, à, São Paulo, Â, Ã", "â€", "漢字", "ðŸ"] {
            assert_eq!(mended(text), text);
        }
    }
}
