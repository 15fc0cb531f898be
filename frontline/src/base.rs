//! Where requests go.

use std::net::IpAddr;

use reqwest::Url;

use crate::Error;

/// The part of a URL that all operations share: scheme, host, port and perhaps the start of the path.
#[derive(Clone)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Accepts `https`, and `http` for loopback addresses alone. The text is in no error: it may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let refuse = |why: &'static str| Err(Error::configuration(why));
        // The parser drops control characters and reads a backslash as a slash.
        if text.contains(|c: char| c.is_control() || c == ' ' || c == '\\') {
            return refuse("the base URL has a character in it that URLs cannot have");
        }
        let Some(url) = Url::parse(text).ok().filter(Url::has_host) else {
            return refuse("the base URL is not an absolute URL");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("the base URL holds credentials; give them to the builder instead");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("the base URL has a query or a fragment");
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => refuse("the base URL is not https; http is for loopback addresses alone"),
            _ => refuse("the base URL is neither https nor http"),
        }
    }

    /// Whether nothing sent here leaves this machine.
    pub(crate) fn is_local(&self) -> bool {
        is_loopback(&self.0)
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The address that a page names as the next one: a URL, or a path on the same server. It has to be on this server.
    pub(crate) fn follow(&self, address: &str) -> Result<Url, Error> {
        let refuse = |why: &'static str| Error::new(crate::ErrorKind::Decode, why);
        let url = self.0.join(address).map_err(|_| refuse("the address of the next page is not a URL"))?;
        let is_same = url.scheme() == self.0.scheme()
            && url.host_str() == self.0.host_str()
            && url.port_or_known_default() == self.0.port_or_known_default();
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        if is_same && !has_credentials {
            Ok(url)
        } else {
            Err(refuse("the next page is not on the server of the first"))
        }
    }

    /// The URL of a path that is percent-encoded already, and must arrive exactly so.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Url, Error> {
        let base = self.0.as_str().trim_end_matches('/');
        let mark = if query.is_empty() { "" } else { "?" };
        let wanted = format!("{}{path}", self.0.path().trim_end_matches('/'));
        match Url::parse(&format!("{base}{path}{mark}{query}")) {
            // A URL parser removes dot segments, encoded ones too, and splits at `#` and `?`.
            Ok(url) if path.starts_with('/') && url.path() == wanted && url.query().unwrap_or("") == query => Ok(url),
            _ => Err(Error::invalid_argument("the path would not arrive as it is written")),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn https_is_for_any_host_and_http_for_loopback() {
        for text in [
            "https://frontline-api.twilio.com",
            "https://example.com:8443/prefix/",
            "http://127.0.0.1:8080",
            "http://127.8.9.1",
            "http://[::1]:80",
            "http://localhost:1",
            "http://LOCALHOST:1",
        ] {
            assert!(BaseUrl::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn other_urls_are_refused_and_not_quoted() {
        for text in [
            "",
            "example.com/secret",
            "http://example.com/secret",
            "http://localhost.example.com/secret",
            "http://127.0.0.1.example.com/secret",
            "http://128.0.0.1/secret",
            "http://[::2]/secret",
            "https://user:secret@example.com",
            "https://secret@example.com",
            "https://:secret@example.com",
            "https://example.com?secret",
            "https://example.com/#secret",
            "ftp://example.com/secret",
            "mailto:secret@example.com",
            "data:secret",
            "https://example.com\\@secret",
            "https://exam\tple.com/secret",
            " https://example.com/secret",
        ] {
            let error = BaseUrl::parse(text).err().unwrap_or_else(|| panic!("{text} was accepted"));
            assert!(error.is_configuration());
            assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
        }
    }

    #[test]
    fn paths_follow_the_prefix() {
        let join = |base, path, query| BaseUrl::parse(base).unwrap().join(path, query).unwrap().to_string();
        assert_eq!(join("https://a.example", "/v1/x", ""), "https://a.example/v1/x");
        assert_eq!(join("https://a.example/p/", "/v1/x", "q=1"), "https://a.example/p/v1/x?q=1");
        assert_eq!(join("https://a.example/p", "/%252e%252e", ""), "https://a.example/p/%252e%252e");
    }

    #[test]
    fn paths_that_a_parser_would_change_are_refused() {
        let base = BaseUrl::parse("https://a.example/p").unwrap();
        for path in
            ["x", "@b.example/", "", "/a/../b", "/a/..", "/%2e%2e/b", "/a/.%2E", "/a#b", "/a?b", "/a b", "/a\\b"]
        {
            let error = base.join(path, "").err().unwrap_or_else(|| panic!("{path} was accepted"));
            assert!(error.is_invalid_argument());
        }
    }
}
