use super::{BaseUrl, Servers, is_loopback};
use crate::profile::Standard;

fn servers() -> Servers {
    Servers::new(Standard, false)
}

fn parse(text: &str) -> Result<BaseUrl, crate::Error> {
    servers().base(text)
}

#[test]
fn https_is_allowed_for_any_host_and_http_for_loopback_addresses() {
    for text in [
        "https://api.example.com",
        "https://example.com:8443/prefix/",
        "http://127.0.0.1:8080",
        "http://127.8.9.1",
        "http://[::1]:80",
        "http://localhost:1",
        "http://LOCALHOST:1",
    ] {
        let base = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(is_loopback(base.url()), text.starts_with("http:"), "{text}");
    }
}

#[test]
fn errors_explain_what_is_wrong_with_the_base_url() {
    for (text, why) in [
        ("http://example.com", "the base URL uses http, which is only allowed for loopback addresses; use https"),
        ("ftp://example.com", "the base URL uses neither https nor http"),
        ("https://user@example.com", "the base URL contains credentials; set them on the builder instead"),
        ("https://example.com?x", "the base URL contains a query string or a fragment"),
    ] {
        assert_eq!(parse(text).err().unwrap().to_string(), why);
    }
}

#[test]
fn invalid_base_urls_are_rejected_and_not_quoted() {
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
        // The URL parser reads these like `https://`.
        "https:secret@example.com",
        "https::secret@example.com",
        "https:///secret@example.com",
        "https:@secret.example",
        "https:/@secret.example",
        "https:secret.example",
        "https:/secret.example",
        "https:////secret.example",
        "http:127.0.0.1/secret",
        "//secret.example",
        "https://exam\tple.com/secret",
        " https://example.com/secret",
    ] {
        let error = parse(text).err().unwrap_or_else(|| panic!("{text} was accepted"));
        assert!(error.is_configuration());
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

#[test]
fn paths_are_appended_to_the_prefix() {
    let join = |base, path, query| parse(base).unwrap().join(path, query).unwrap().to_string();
    assert_eq!(join("https://a.example", "/v1/x", ""), "https://a.example/v1/x");
    assert_eq!(join("https://a.example/p/", "/v1/x", "q=1"), "https://a.example/p/v1/x?q=1");
    assert_eq!(join("https://a.example/p", "/%252e%252e", ""), "https://a.example/p/%252e%252e");
}

#[test]
fn paths_that_the_url_parser_would_change_are_rejected() {
    let base = parse("https://a.example/p").unwrap();
    for path in ["x", "@b.example/", "", "/a/../b", "/a/..", "/%2e%2e/b", "/a/.%2E", "/a#b", "/a?b", "/a b", "/a\\b"] {
        let error = base.join(path, "").err().unwrap_or_else(|| panic!("{path} was accepted"));
        assert!(error.is_invalid_argument());
    }
}

#[test]
fn http_for_other_hosts_requires_allow_http() {
    let servers = Servers::new(Standard, true);
    assert!(servers.base("http://example.com").is_ok());
    assert!(servers.server("http://example.com").is_ok());
    assert!(servers.base("ftp://example.com").is_err());
    assert!(servers.base("http://user:secret@example.com").is_err());
}

fn follow(servers: &Servers, base: &str, address: &str) -> Result<String, crate::Error> {
    let base = servers.base(base).unwrap();
    let page = base.join("/list", "page=1").unwrap();
    servers.follow(&base, &page, address).map(String::from)
}

#[test]
fn the_next_page_is_a_url_or_a_path_on_the_same_server() {
    for (address, followed) in [
        ("/v1/x?Page=1", "https://a.example/v1/x?Page=1"),
        ("https://a.example/v1/x?Page=1", "https://a.example/v1/x?Page=1"),
        ("https://a.example:443/", "https://a.example/"),
        ("//A.example/v1", "https://a.example/v1"),
        ("?Page=1", "https://a.example/v1/list?Page=1"),
        ("more", "https://a.example/v1/more"),
        ("../../x", "https://a.example/x"),
        ("/v1?Page=1", "https://a.example/v1?Page=1"),
        ("/v1", "https://a.example/v1"),
        // Paths without the prefix of the base URL are resolved below it.
        ("/x?Page=1", "https://a.example/v1/x?Page=1"),
        ("/v10/x", "https://a.example/v1/v10/x"),
        ("/", "https://a.example/v1/"),
    ] {
        assert_eq!(follow(&servers(), "https://a.example/v1", address).unwrap(), followed);
    }
}

#[test]
fn addresses_of_pages_on_other_servers_are_rejected() {
    for address in [
        "https://b.example/secret",
        "//b.example/secret",
        "https://a.example.b.example/secret",
        "https://a.example:8443/secret",
        "http://a.example/secret",
        "https://secret@a.example/",
        "https://:secret@a.example/",
        "https://user:secret@a.example/",
        "ftp://a.example/secret",
        "data:secret",
        // Its origin is that of the URL inside.
        "blob:https://a.example/secret",
        &format!("/secret{}", "a".repeat(1 << 16)),
        "https://[secret",
    ] {
        let error = follow(&servers(), "https://a.example", address).unwrap_err();
        assert!(error.is_decode() && !error.to_string().contains("secret"), "{address}: {error}");
    }
}
