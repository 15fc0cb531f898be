use super::{BaseUrl, Place};

fn parse(text: &str) -> Result<BaseUrl, crate::Error> {
    Place::default().base(text)
}

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
        assert!(parse(text).is_ok(), "{text}");
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
        "https://@example.com/secret",
        "https://:@example.com/secret",
        "https://example.com?secret",
        "https://example.com?",
        "https://example.com#",
        "https://example.com/#secret",
        "ftp://example.com/secret",
        "mailto:secret@example.com",
        "data:secret",
        "https://example.com\\@secret",
        "https://exam\tple.com/secret",
        " https://example.com/secret",
    ] {
        let error = parse(text).err().unwrap_or_else(|| panic!("{text} was accepted"));
        assert!(error.is_configuration());
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

#[test]
fn paths_follow_the_prefix() {
    let join = |base, path, query| parse(base).unwrap().join(path, query).unwrap().to_string();
    assert_eq!(join("https://a.example", "/v1/x", ""), "https://a.example/v1/x");
    assert_eq!(join("https://a.example/p/", "/v1/x", "q=1"), "https://a.example/p/v1/x?q=1");
    assert_eq!(join("https://a.example/p", "/%252e%252e", ""), "https://a.example/p/%252e%252e");
}

#[test]
fn paths_that_a_parser_would_change_are_refused() {
    let base = parse("https://a.example/p").unwrap();
    for path in ["x", "@b.example/", "", "/a/../b", "/a/..", "/%2e%2e/b", "/a/.%2E", "/a#b", "/a?b", "/a b", "/a\\b"] {
        let error = base.join(path, "").err().unwrap_or_else(|| panic!("{path} was accepted"));
        assert!(error.is_invalid_argument());
    }
}

#[test]
fn http_beyond_loopback_has_to_be_allowed_by_name() {
    let place = Place { allow_http: true, ..Place::default() };
    assert!(place.base("http://example.com").is_ok());
    assert!(place.server("http://example.com").is_ok());
    assert!(place.base("ftp://example.com").is_err());
    assert!(place.base("http://user:secret@example.com").is_err());
}
