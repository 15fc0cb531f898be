//! Values whose reserved characters the document allows: the expansion of `{+name}` (RFC 6570, section 3.2.3).
//!
//! A percent sign is encoded, even before two digits, so that the server reads the value that the caller passed.

/// The reserved characters (RFC 3986, section 2.2) that do not end a value in a query or a form, or mean something else
/// there. URL parsers encode `'` in a query.
const IN_QUERY: &str = ":/?@!$()*,;=";
/// Those that do not end a path.
const IN_PATH: &str = ":/@!$&'()*+,;=";

/// Decodes the reserved characters of a value in a query or a form.
pub(super) fn in_query(encoded: String) -> String {
    decoded(encoded, IN_QUERY)
}

/// Decodes the reserved characters of an argument in a path.
pub(super) fn in_path(encoded: String) -> String {
    decoded(encoded, IN_PATH)
}

fn decoded(encoded: String, characters: &str) -> String {
    characters.bytes().fold(encoded, |text, byte| text.replace(&format!("%{byte:02X}"), &char::from(byte).to_string()))
}
