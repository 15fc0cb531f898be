//! Certificates of servers and clients, tested with real handshakes. They use rustls, or the platform's TLS if the
//! feature
//! `native-tls` is enabled.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use frontline::{Client, ClientBuilder, Error, ErrorKind, Proxy, Response, Retry, User};
use frontline_tests::{Connection, RawServer, http};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new([]).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Returns a certificate and its key in PEM format.
fn certificate(authority: &Authority, host: &str, usage: ExtendedKeyUsagePurpose) -> (String, String) {
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, host);
    params.extended_key_usages = vec![usage];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate().unwrap();
    (params.signed_by(&key, authority).unwrap().pem(), key.serialize_pem())
}

/// Answers every request with the same response.
struct Server {
    port: u16,
    requests: Arc<AtomicUsize>,
}

/// If `clients` is set, only clients with a certificate from that authority are accepted.
fn acceptor(authority: &Authority, host: &str, clients: Option<&Authority>) -> TlsAcceptor {
    let (certificate, key) = certificate(authority, host, ExtendedKeyUsagePurpose::ServerAuth);
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
    let config = match clients {
        Some(clients) => {
            let mut roots = RootCertStore::empty();
            roots.add(clients.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            config.unwrap().with_client_cert_verifier(verifier.unwrap())
        }
        None => config.unwrap().with_no_client_auth(),
    };
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let config = config.with_single_cert(chain, PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap()).unwrap();
    TlsAcceptor::from(Arc::new(config))
}

impl Server {
    async fn start(authority: &Authority, host: &str, clients: Option<&Authority>, response: &str) -> Self {
        let acceptor = acceptor(authority, host, clients);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), requests: Arc::default() };
        let requests = Arc::clone(&server.requests);
        let response: Arc<str> = response.into();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(acceptor.clone(), stream, Arc::clone(&requests), Arc::clone(&response)));
            }
        });
        server
    }

    fn builder(&self) -> ClientBuilder<Client> {
        let builder = Client::builder().base_url(format!("https://127.0.0.1:{}", self.port));
        builder.basic_auth("AC1", "secret").retry(Retry::never())
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// Ignores errors of the handshake: a client that does not trust the server ends it.
async fn answer(
    acceptor: TlsAcceptor,
    stream: TcpStream,
    requests: Arc<AtomicUsize>,
    response: Arc<str>,
) -> Option<()> {
    let mut stream = acceptor.accept(stream).await.ok()?;
    head(&mut stream).await?;
    requests.fetch_add(1, Ordering::SeqCst);
    stream.write_all(response.as_bytes()).await.ok()?;
    stream.shutdown().await.ok()
}

async fn head(stream: &mut TlsStream<TcpStream>) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(())
}

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
}

/// The server runs in threads of its own, and sends informational responses (1xx) faster than the client reads them.
#[test]
fn a_flood_of_informational_responses_delays_no_time_limit() {
    const LIMIT: Duration = Duration::from_millis(200);
    let ours = authority("ours");
    let runtime = |mut builder: Builder| builder.enable_all().build().unwrap();
    let servers = runtime(Builder::new_multi_thread());
    let flood = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1 << 20);
    let server = servers.block_on(Server::start(&ours, "127.0.0.1", None, &flood));
    for clients in [Builder::new_current_thread(), Builder::new_multi_thread()].map(runtime) {
        let mut times = Vec::new();
        // On a busy machine single calls may take longer: only one of several has to be in time.
        while times.len() < 5 && times.iter().all(|time| *time >= LIMIT + Duration::from_millis(50)) {
            let client = server.builder().root_certificates(ours.pem()).timeout(LIMIT);
            let started = Instant::now();
            let error = clients.block_on(fetch(client)).unwrap_err();
            times.push(started.elapsed());
            assert!(error.is_timeout() && error.maybe_sent(), "{error:?}");
        }
        assert!(times.iter().any(|time| *time < LIMIT + Duration::from_millis(50)), "{times:?}");
    }
    servers.shutdown_background();
}

/// A second call begins to connect, but then uses the connection of the first call.
#[tokio::test]
async fn a_call_that_gets_another_connection_while_it_connects_may_have_been_sent() {
    let ours = authority("ours");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let builder = Client::builder().base_url(url).basic_auth("AC1", "secret").root_certificates(ours.pem());
    let builder = builder.retry(Retry::never()).attempt_timeout(Duration::from_secs(1));
    let client = builder.build().unwrap();
    let serve = async {
        let (stream, _) = listener.accept().await.unwrap();
        let mut first = acceptor(&ours, "127.0.0.1", None).accept(stream).await.unwrap();
        head(&mut first).await.unwrap();
        // The second handshake gets no answer.
        let client = client.clone();
        let second = tokio::spawn(async move { client.fetch_user("x").await.unwrap_err() });
        let _handshake = listener.accept().await.unwrap();
        let found = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        first.write_all(found.as_bytes()).await.unwrap();
        head(&mut first).await.unwrap();
        second.await.unwrap()
    };
    let (found, error) = tokio::join!(client.fetch_user("x"), serve);
    found.unwrap();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Timeout, true), "{error:?}");
}
