//! Where the next page of a list is.

use std::fmt::Display;

use http::HeaderMap;
use http::header::LINK;
use reqwest::Url;

use crate::request::{Style, pairs};

/// Where the next page is, according to the one before it.
#[doc(hidden)]
pub enum Following {
    /// There is none.
    End,
    /// At this address: a URL, a path, or a reference that is relative to the page.
    Address(String),
    /// At the address in the header `Link` (RFC 8288) with the relation `next`.
    Link,
    /// The same request, in which a query parameter has this value.
    Parameter(&'static str, String),
    /// The same request, in which the query parameter is greater by the number of items. If the number of all items is known,
    /// the last page is too.
    Offset(&'static str, Option<u64>),
    /// The same request, in which the query parameter is greater by one. The first page has this number. If the number of pages
    /// is known, the last page is too.
    Number(&'static str, u64, Option<u64>),
}

impl Following {
    /// Returns the page at an address, if there is one.
    pub fn address(address: Option<String>) -> Self {
        address.map_or(Self::End, Self::Address)
    }

    /// Returns the page that the value of a query parameter selects, if there is one.
    pub fn parameter(name: &'static str, value: Option<impl Display>) -> Self {
        let value = value.map(|value| value.to_string()).filter(|value| !value.is_empty());
        value.map_or(Self::End, |value| Self::Parameter(name, value))
    }

    /// Returns the page with the next items. `total` is the number of all items.
    pub fn offset(name: &'static str, total: Option<impl Display>) -> Self {
        Self::Offset(name, number(total))
    }

    /// Returns the page with the next number. `total` is the number of all pages.
    pub fn number(name: &'static str, first: u64, total: Option<impl Display>) -> Self {
        Self::Number(name, first, number(total))
    }

    /// Returns the page unless the one before it says that it was the last one.
    #[must_use]
    pub fn unless_last(self, has_more: Option<bool>) -> Self {
        if has_more == Some(false) { Self::End } else { self }
    }

    /// Returns the address of the page. `url` is that of the page before it, which has `count` items.
    pub(super) fn after(self, url: &Url, headers: &HeaderMap, count: usize) -> Option<String> {
        let is_in = |total: Option<u64>, before: u64| total.is_none_or(|total| before < total);
        match self {
            Self::End => None,
            Self::Address(address) => Some(address),
            Self::Link => headers.get_all(LINK).iter().find_map(|value| next_link(value.to_str().ok()?)),
            Self::Parameter(name, value) => Some(with(url, name, &value)),
            Self::Offset(name, total) => {
                let next = current(url, name).unwrap_or(0).saturating_add(count as u64);
                (count > 0 && is_in(total, next)).then(|| with(url, name, &next.to_string()))
            }
            Self::Number(name, first, pages) => {
                let number = current(url, name).unwrap_or(first);
                let next = number.checked_add(1).filter(|next| count > 0 && is_in(pages, next.saturating_sub(first)));
                next.map(|next| with(url, name, &next.to_string()))
            }
        }
    }
}

fn number(total: Option<impl Display>) -> Option<u64> {
    total?.to_string().parse().ok()
}

/// Returns the number that a query parameter has.
fn current(url: &Url, name: &str) -> Option<u64> {
    url.query_pairs().find(|(known, _)| known == name)?.1.parse().ok().filter(|number| *number < u64::MAX)
}

/// Returns the URL with another value of a query parameter.
fn with(url: &Url, name: &str, value: &str) -> String {
    let encoded = pairs(name, Style::FormExplode, value.into()).into_iter();
    let encoded = encoded.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    with_query(url.clone(), &encoded).into()
}

/// Adds the query parameters in `more`. They replace those of the same name.
pub(super) fn with_query(mut url: Url, more: &str) -> Url {
    if !more.is_empty() {
        let name = |pair: &str| form_urlencoded::parse(pair.as_bytes()).next().map(|(name, _)| name.into_owned());
        let is_kept = |pair: &&str| !pair.is_empty() && more.split('&').all(|other| name(other) != name(pair));
        let kept = url.query().unwrap_or_default().split('&').filter(is_kept);
        let query = kept.chain([more]).collect::<Vec<_>>().join("&");
        url.set_query(Some(&query));
    }
    url
}

/// Returns the target of the first link with the relation `next` in a `Link` header (RFC 8288, section 3).
fn next_link(mut header: &str) -> Option<String> {
    loop {
        let (target, rest) = header.trim_start_matches([' ', '\t', ',']).strip_prefix('<')?.split_once('>')?;
        let (parameters, rest) = rest.split_at(unquoted(rest, ',').unwrap_or(rest.len()));
        let mut parameters = split(parameters);
        let relation = parameters.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("rel").then(|| value.trim().trim_matches('"'))
        });
        // A link can have several relations.
        if relation.is_some_and(|relation| relation.split_whitespace().any(|each| each.eq_ignore_ascii_case("next"))) {
            return Some(target.trim().to_owned());
        }
        header = rest;
    }
}

/// Splits the parameters of a link at the semicolons outside of quotes.
fn split(mut parameters: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let rest = parameters.trim_start_matches([' ', '\t']).strip_prefix(';')?;
        let (first, others) = rest.split_at(unquoted(rest, ';').unwrap_or(rest.len()));
        parameters = others;
        Some(first)
    })
}

/// Returns the index of the first `mark` outside of quotes.
fn unquoted(text: &str, mark: char) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.find(|character| {
        is_quoted ^= character == '"' && !is_escaped;
        is_escaped = is_quoted && character == '\\' && !is_escaped;
        character == mark && !is_quoted
    })
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};
    use reqwest::Url;

    use super::{Following, next_link};

    #[test]
    fn the_link_to_the_next_page_is_found() {
        let next = Some("https://a.example/x?page=2&b=%2C".to_owned());
        for header in [
            "<https://a.example/x?page=2&b=%2C>; rel=\"next\", <https://a.example/x?page=9>; rel=\"last\"",
            "<https://a.example/x?page=1>; rel=prev,<https://a.example/x?page=2&b=%2C>;REL=Next",
            "<https://a.example/x?page=2&b=%2C>; title=\"a, b; rel=\\\"last\\\"\"; rel=\"start next\"",
            " , <https://a.example/y>; rel=\"nextish\" , <https://a.example/x?page=2&b=%2C> ; rel = \"next\" ",
        ] {
            assert_eq!(next_link(header), next, "{header}");
        }
        for header in ["", "<a>", "<a>; rel=last", "a; rel=next", "<a; rel=next", "<a>; title=\"; rel=next\"", "<<<"] {
            assert_eq!(next_link(header), None, "{header}");
        }
    }

    #[test]
    fn parameters_replace_those_of_the_page_before() {
        let url = Url::parse("https://a.example/x?a=%2C&page=3&offset=40").unwrap();
        let after = |following: Following, count| following.after(&url, &HeaderMap::new(), count);
        let expected = |query: &str| Some(format!("https://a.example/x?{query}"));
        assert_eq!(after(Following::parameter("a", Some("x&y")), 1), expected("page=3&offset=40&a=x%26y"));
        assert_eq!(after(Following::parameter("a", Some("")), 1), None);
        assert_eq!(after(Following::Number("page", 1, None), 1), expected("a=%2C&offset=40&page=4"));
        assert_eq!(after(Following::Number("page", 1, Some(3)), 1), None);
        assert_eq!(after(Following::Number("page", 0, Some(5)), 1), expected("a=%2C&offset=40&page=4"));
        assert_eq!(after(Following::Number("other", 1, None), 1), expected("a=%2C&page=3&offset=40&other=2"));
        assert_eq!(after(Following::Number("page", 1, None), 0), None);
        assert_eq!(after(Following::Number("other", u64::MAX, None), 1), None);
        assert_eq!(after(Following::Offset("offset", None), 10), expected("a=%2C&page=3&offset=50"));
        assert_eq!(after(Following::Offset("offset", Some(50)), 10), None);
        assert_eq!(after(Following::Offset("offset", Some(51)), 10), expected("a=%2C&page=3&offset=50"));
        let link = HeaderMap::from_iter([("link".parse().unwrap(), HeaderValue::from_static("</y>; rel=next"))]);
        assert_eq!(Following::Link.after(&url, &link, 1), Some("/y".to_owned()));
        assert!(Following::Link.unless_last(Some(false)).after(&url, &link, 1).is_none());
    }
}
