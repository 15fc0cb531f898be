//! Arguments in the query.

use percent_encoding::utf8_percent_encode;

use crate::path::RESERVED;

/// Appends `name=text` for each text: OpenAPI's style `form`, exploded, its default for queries.
pub(crate) fn append(query: &mut String, name: &str, texts: &[String]) {
    for text in texts {
        if !query.is_empty() {
            query.push('&');
        }
        query.extend(utf8_percent_encode(name, RESERVED));
        query.push('=');
        query.extend(utf8_percent_encode(text, RESERVED));
    }
}

#[cfg(test)]
mod tests {
    use super::append;

    #[test]
    fn names_and_values_are_encoded_and_arrays_repeat_the_name() {
        let mut query = String::new();
        append(&mut query, "StartTime>", &["2026-01-01 +1".to_owned()]);
        append(&mut query, "tag", &["a&b=c".to_owned(), "#".to_owned()]);
        append(&mut query, "none", &[]);
        assert_eq!(query, "StartTime%3E=2026-01-01%20%2B1&tag=a%26b%3Dc&tag=%23");
    }
}
