//! Text in the charset that the `Content-Type` header names.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// The characters of the bytes from 0x80 to 0x9F in windows-1252 (WHATWG Encoding, section 9).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The number of bytes after which the clock is looked at.
const BLOCK: usize = 1 << 18;

/// Returns the charset of a body, in lower case.
pub(super) fn of(headers: &HeaderMap) -> Option<String> {
    let parameters = headers.get(CONTENT_TYPE)?.to_str().ok()?.split(';').skip(1);
    let charset = parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    charset.filter(|charset| !charset.is_empty())
}

/// Decodes a text. Without a charset, it is UTF-8. As in browsers, ISO-8859-1 means windows-1252.
///
/// # Errors
///
/// Returns the reason if the text is invalid, its charset is not supported, or `is_late` says so.
pub(super) fn decode(charset: Option<&str>, text: &[u8], is_late: impl Fn() -> bool) -> Result<String, String> {
    match charset {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => {
            std::str::from_utf8(text).map(str::to_owned).map_err(|_| "is not UTF-8".to_owned())
        }
        Some("iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") => {
            let mut decoded = String::with_capacity(text.len());
            for block in text.chunks(BLOCK) {
                if is_late() {
                    return Err("was not decoded within the time limit".to_owned());
                }
                decoded.extend(block.iter().copied().map(character));
            }
            Ok(decoded)
        }
        Some(charset) if is_name(charset) => Err(format!("has the charset `{charset}`, which is not supported")),
        Some(_) => Err("has a charset that is not supported".to_owned()),
    }
}

fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => byte.into(),
    }
}

/// Whether a charset can be part of an error. Other texts may be anything.
fn is_name(charset: &str) -> bool {
    charset.len() <= 24 && charset.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{decode, of};

    fn read(media: &'static str, text: &[u8]) -> Result<String, String> {
        let headers = HeaderMap::from_iter([(http::header::CONTENT_TYPE, HeaderValue::from_static(media))]);
        decode(of(&headers).as_deref(), text, || false)
    }

    #[test]
    fn the_charset_of_the_header_decides() {
        for media in [
            "text/plain; charset=iso-8859-1",
            "text/plain;format=flowed;Charset=\"Windows-1252\"",
            "a/b; charset = latin1",
        ] {
            assert_eq!(read(media, b"Gr\xfc\xdfe \x80\x9f\xff").unwrap(), "Grüße €Ÿÿ", "{media}");
        }
        for media in ["text/plain", "text/plain; charset=UTF-8", "text/plain; charset=us-ascii", "text/plain; charset="]
        {
            assert_eq!(read(media, "Grüße".as_bytes()).unwrap(), "Grüße", "{media}");
            assert_eq!(read(media, b"Gr\xfc").unwrap_err(), "is not UTF-8");
        }
    }

    #[test]
    fn other_charsets_are_named() {
        let error = read("text/plain; charset=Shift_JIS", b"a").unwrap_err();
        assert_eq!(error, "has the charset `shift_jis`, which is not supported");
        let error = read("text/plain; charset=ada@example.com", b"a").unwrap_err();
        assert_eq!(error, "has a charset that is not supported");
    }

    #[test]
    fn decoding_stops_at_the_time_limit() {
        assert!(decode(Some("latin1"), b"ada", || true).is_err());
        assert_eq!(decode(Some("latin1"), &b"ad\xe4".repeat(1 << 18), || false).unwrap(), "adä".repeat(1 << 18));
    }
}
