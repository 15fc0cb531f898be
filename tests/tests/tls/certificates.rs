//! Certificates of servers and clients.

use std::env;
use std::error::Error as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use frontline::{
    CallOptions, Client, ClientBuilder, Error, ErrorKind, Proxy, Response, Retry, UpdateUserRequest, User,
};
use frontline_tests::{Connection, RawServer, http};
use rcgen::ExtendedKeyUsagePurpose;
use tokio::process::Command;
use tokio_rustls::rustls::crypto::ring;

use crate::server::{Authority, Server, authority, certificate};

async fn fetch(builder: ClientBuilder<Client>) -> Result<Response<User>, Error> {
    builder.build().unwrap().fetch_user("x").await
}

fn found() -> String {
    http("200 OK", "", r#"{"sid":"US1"}"#)
}

#[tokio::test]
async fn added_root_certificates_are_trusted() {
    let ours = authority("ours");
    let server = Server::start(&ours, "127.0.0.1", None, &found()).await;
    fetch(server.builder().root_certificates(ours.pem())).await.unwrap();
    fetch(server.builder().only_root_certificates(ours.pem())).await.unwrap();
    let both = format!("{}{}", authority("other").pem(), ours.pem());
    fetch(server.builder().only_root_certificates(both)).await.unwrap();
    fetch(server.builder().root_certificates(authority("other").pem()).root_certificates(ours.pem())).await.unwrap();
    assert_eq!(server.requests(), 4);
}

/// Runs itself in another process, because an environment variable replaces the platform's certificates.
#[tokio::test]
#[cfg_attr(feature = "native-tls", ignore = "OpenSSL does not report that it has no certificates")]
async fn the_platforms_certificates_are_loaded_for_the_first_https_url() {
    const SERVER: &str = "FRONTLINE_TEST_SERVER";
    let builder = |url: &str| Client::builder().base_url(url).basic_auth("AC1", "x").retry(Retry::never());
    if let Ok(url) = env::var(SERVER) {
        let client = builder("http://127.0.0.1:1").build().unwrap();
        let result = client.with(CallOptions::new().base_url(&url)).fetch_user("x").await;
        if env::var("SSL_CERT_FILE").unwrap().ends_with("none.pem") {
            assert!(result.unwrap_err().is_configuration());
            assert!(builder(&url).build().unwrap_err().is_configuration());
            builder("http://api.example").dangerous_allow_http().build().unwrap();
        } else {
            result.unwrap();
        }
        return;
    }
    let ours = authority("ours");
    let server = Server::start(&ours, "127.0.0.1", None, &found()).await;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (file, roots, requests) in [("ours.pem", ours.pem(), 1), ("none.pem", String::new(), 1)] {
        fs::write(folder.join(file), roots).unwrap();
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "certificates::the_platforms_certificates_are_loaded_for_the_first_https_url"])
            .env(SERVER, server.url())
            .env("SSL_CERT_FILE", folder.join(file))
            .env_remove("SSL_CERT_DIR")
            .output()
            .await
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(server.requests(), requests);
    }
}

#[tokio::test]
async fn untrusted_servers_are_sent_nothing() {
    let (ours, other) = (authority("ours"), authority("other"));
    let server = Server::start(&ours, "127.0.0.1", None, &found()).await;
    let elsewhere = Server::start(&ours, "localhost", None, &found()).await;
    for (builder, why) in [
        (server.builder(), "unknown root"),
        (server.builder().root_certificates(other.pem()), "another root"),
        (server.builder().only_root_certificates(other.pem()), "another root alone"),
        (elsewhere.builder().root_certificates(ours.pem()), "another host's certificate"),
    ] {
        let error = fetch(builder).await.unwrap_err();
        assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::NotSent, false), "{why}: {error:?}");
        assert!(error.source().is_some(), "{why}");
    }
    assert_eq!((server.requests(), elsewhere.requests()), (0, 0));
}

#[tokio::test]
async fn the_client_certificate_is_sent() {
    let (ours, clients) = (authority("ours"), authority("clients"));
    let server = Server::start(&ours, "127.0.0.1", Some(&clients), &found()).await;
    let of = |authority: &Authority| certificate(authority, "client.example", ExtendedKeyUsagePurpose::ClientAuth);
    let builder = || server.builder().root_certificates(ours.pem());

    let (certificate, key) = of(&clients);
    fetch(builder().client_certificate(certificate.clone(), key.clone())).await.unwrap();
    assert_eq!(server.requests(), 1);

    fetch(builder()).await.unwrap_err();
    let (stranger, strangers_key) = of(&ours);
    fetch(builder().client_certificate(stranger, strangers_key.clone())).await.unwrap_err();
    assert_eq!(server.requests(), 1);

    for (certificate, key) in [("", key.as_str()), (&certificate, ""), (&certificate, &certificate)] {
        let error = builder().client_certificate(certificate, key).build().unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        assert!(!format!("{error:?}").contains("BEGIN"));
    }
}

#[tokio::test]
async fn invalid_certificates_are_refused() {
    for pem in ["", "secret", "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n"] {
        let error = Client::builder().only_root_certificates(pem).build().unwrap_err();
        assert!(error.is_configuration(), "{pem}: {error:?}");
    }
}

#[tokio::test]
async fn the_connect_timeout_includes_the_handshake() {
    const LIMIT: Duration = Duration::from_millis(100);
    let silent = RawServer::start_with(Connection::wait);
    let builder = |url: &str| Client::builder().base_url(url).basic_auth("AC1", "x").retry(Retry::never());
    let builder = |url: &str| builder(url).connect_timeout(LIMIT);
    for builder in [
        builder(&silent.url().replace("http:", "https:")),
        builder("https://api.example").proxy(Proxy::new(silent.url())),
    ] {
        let client = builder.build().unwrap();
        let mut fastest = Duration::MAX;
        for _ in 0..5 {
            let started = Instant::now();
            let error = client.fetch_user("x").await.unwrap_err();
            assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::NotSent, false), "{error:?}");
            fastest = fastest.min(started.elapsed());
        }
        assert!((LIMIT..LIMIT + Duration::from_millis(50)).contains(&fastest), "{fastest:?}");
    }
}

#[tokio::test]
async fn redirects_to_plain_http_are_not_followed() {
    let ours = authority("ours");
    let other = RawServer::start(found());
    for status in [301, 302, 303, 307, 308] {
        let headers = format!("Location: {}/v1/Users/x\r\n", other.url());
        let server = Server::start(&ours, "127.0.0.1", None, &http(&format!("{status} Moved"), &headers, "")).await;
        let error = fetch(server.builder().root_certificates(ours.pem())).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(server.requests(), 1);
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_supplied_reqwest_client_keeps_its_settings() {
    // reqwest requires a default provider.
    ring::default_provider().install_default().unwrap();
    let ours = authority("ours");
    let server = RawServer::start(found());
    let theirs = || reqwest::Client::builder().user_agent("theirs").build().unwrap();
    let builder = || Client::builder().base_url(server.url()).basic_auth("AC1", "x").reqwest_client(theirs());
    fetch(builder()).await.unwrap();
    let idle = builder().pool_idle_timeout(Duration::from_secs(1));
    for builder in [builder().root_certificates(ours.pem()), builder().no_proxy(), builder().gzip(), idle] {
        assert!(builder.build().unwrap_err().is_configuration());
    }
    // Redirects are on by default, so it sends the body again.
    let server = RawServer::start_script([http("307 Elsewhere", "Location: /elsewhere\r\n", ""), found()]);
    let client = Client::builder().base_url(server.url()).basic_auth("AC1", "x").reqwest_client(theirs());
    client.build().unwrap().update_user("x", &UpdateUserRequest::new().avatar("a")).await.unwrap();
    let requests = server.requests();
    assert_eq!((requests[1].line.as_str(), &requests[1].body), ("POST /elsewhere HTTP/1.1", &requests[0].body));
}
