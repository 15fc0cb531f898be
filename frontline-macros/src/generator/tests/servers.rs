//! Tests of servers.

use super::expansion;

/// Returns the server in the expansion, and whether `warning` is in the expansion. If it is empty, there must be none.
fn server(name: &str, servers: &str, warning: &str) -> (Option<String>, bool) {
    let document = format!(
        "openapi: 3.0.3
info: {{title: Pets, version: 1.0.0}}
servers: {servers}
paths: {{}}
"
    );
    let expansion = expansion(name, &document);
    let (_, server) = expansion.split_once("const SERVER : :: core :: option :: Option < & 'static str > = ").unwrap();
    let (server, _) = server.split_once(" ;").unwrap();
    (
        server.split('"').nth(1).map(str::to_owned),
        expansion.contains(warning) && expansion.contains("deprecated") != warning.is_empty(),
    )
}

#[test]
fn the_first_server_that_can_be_used_is_used() {
    for (number, (servers, expected, warning)) in [
        ("[]", None, ""),
        ("[{url: HTTPS://pets.example:443/v1/}]", Some("HTTPS://pets.example:443/v1"), ""),
        ("[{url: 'http://[::1]'}]", Some("http://[::1]"), ""),
        ("[{url: /api/v2/}]", Some("/api/v2"), ""),
        ("[{url: ''}]", Some(""), ""),
        (
            "[{url: wss://pets.example}, {url: https://pets.example}]",
            Some("https://pets.example"),
            "the server `wss://pets.example` cannot be used, so the next one is used: its scheme `wss` is neither \
             `https` nor `http`",
        ),
        // Nobody needs the second one.
        ("[{url: https://pets.example}, {url: wss://pets.example}]", Some("https://pets.example"), ""),
        (
            "[{url: 'https://{host}', variables: {host: {default: '{tenant}.pets.example'}}}]",
            None,
            "the default `{tenant}.pets.example` is only a placeholder, so callers must set a base URL",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let (server, has_warning) = server(&format!("server-{number}"), servers, warning);
        assert_eq!((server.as_deref(), has_warning), (expected, true), "{servers}");
    }
}

#[test]
fn an_operation_without_a_usable_server_is_not_sent_to_another_one() {
    let document = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example}]
paths:
  /pets:
    get:
      operationId: list
      servers: [{url: 'https://'}]
      responses: {'204': {description: None}}
";
    let expansion = expansion("server-of-an-operation", document);
    assert!(expansion.contains(". server (\"https://\")"), "{expansion}");
    assert!(
        expansion.contains("the server `https://` cannot be used, so callers must set a base URL: it has no host"),
        "{expansion}"
    );
}
