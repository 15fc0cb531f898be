//! Path arguments. Each argument stays within one path segment, whatever characters it contains.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::Error;

/// The characters of a template that have to be percent-encoded. `%` is not among them, because the template may be
/// percent-encoded already.
const LITERAL: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'|');

/// Replaces the `{names}` in a template, and returns the path and the query string.
pub(crate) fn fill(template: &str, arguments: &[(&str, String)]) -> Result<(String, String), Error> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').ok_or_else(|| Error::configuration("the path's `{` is not closed"))?;
        let (_, value) = arguments
            .iter()
            .find(|(argument, _)| *argument == name)
            .ok_or_else(|| Error::invalid_argument(format!("path parameter `{name}` is missing")))?;
        filled.extend(utf8_percent_encode(literal, LITERAL));
        // Arguments are encoded, so this `?` comes from the template.
        let is_query = filled.contains('?');
        if !is_query && matches!(value.as_str(), "" | "." | "..") {
            return Err(Error::invalid_argument(format!("path parameter `{name}` is empty, `.` or `..`")));
        }
        filled.push_str(value);
        rest = tail;
    }
    filled.extend(utf8_percent_encode(rest, LITERAL));
    let (path, query) = filled.split_once('?').unwrap_or((&filled, ""));
    // URL parsers encode `'` in a query, but not in a path.
    Ok((path.to_owned(), query.replace('\'', "%27")))
}

#[cfg(test)]
mod tests {
    use super::fill;
    use crate::network::Servers;
    use crate::profile::Standard;
    use crate::request::style::{Style, segment};

    fn one(text: &str) -> String {
        segment("name", Style::Simple, text.into())
    }

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        assert_eq!(one("AZaz09-._~"), "AZaz09-._~");
        assert_eq!(one("ada@example.com"), "ada%40example.com");
        assert_eq!(one("a/b\\c"), "a%2Fb%5Cc");
        assert_eq!(one("ü ñ"), "%C3%BC%20%C3%B1");
        assert_eq!(one("%2e%2e"), "%252e%252e");
        assert_eq!(one(".\t."), ".%09.");
        assert_eq!(one("a?b#c;d,e\0\r\n"), "a%3Fb%23c%3Bd%2Ce%00%0D%0A");
    }

    #[test]
    fn arguments_are_found_by_name() {
        let arguments = [("b", "2".to_owned()), ("a", "1".to_owned())];
        assert_eq!(fill("/x/{a}/y/{b}.json", &arguments).unwrap().0, "/x/1/y/2.json");
    }

    #[test]
    fn any_template_is_encoded_as_one_path() {
        let template = "/größe ^|`\"<>\\/100%25/{a}:go;v=1,(2)*~@[x]'";
        let (path, query) = fill(&format!("{template}?{template}?"), &[("a", "1".to_owned())]).unwrap();
        let encoded = "/gr%C3%B6%C3%9Fe%20%5E%7C%60%22%3C%3E%5C/100%25/1:go;v=1,(2)*~@[x]";
        assert_eq!((&path, &query), (&format!("{encoded}'"), &format!("{encoded}%27?")));
        let base = Servers::new(Standard, false).base("https://a.example").unwrap();
        let url = base.join(&path, &query).unwrap();
        assert_eq!((url.path(), url.query()), (path.as_str(), Some(query.as_str())));
        // A fragment in a template is refused.
        let (path, query) = fill("/a?b#c", &[]).unwrap();
        assert!(base.join(&path, &query).unwrap_err().is_invalid_argument());
    }

    #[test]
    fn segments_that_url_parsers_would_remove_are_refused() {
        for text in ["", ".", ".."] {
            let error = fill("/v1/Users/{Sid}", &[("Sid", one(text))]).unwrap_err();
            assert!(error.is_invalid_argument(), "{text:?}: {error}");
        }
        assert!(fill("/v1/Users/{Sid}", &[("Sid", one("..."))]).is_ok());
        assert_eq!(fill("/x?y={Sid}", &[("Sid", one(".."))]).unwrap().1, "y=..");
    }

    #[test]
    fn a_missing_argument_is_named() {
        let error = fill("/v1/Users/{Sid}", &[]).unwrap_err();
        assert_eq!(error.to_string(), "path parameter `Sid` is missing");
    }
}
