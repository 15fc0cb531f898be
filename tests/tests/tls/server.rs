//! A server that answers over TLS, and its certificates.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use frontline::{Client, ClientBuilder, Retry};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

pub type Authority = CertifiedIssuer<'static, KeyPair>;

pub fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new([]).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Returns a certificate and its key in PEM format.
pub fn certificate(authority: &Authority, host: &str, usage: ExtendedKeyUsagePurpose) -> (String, String) {
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, host);
    params.extended_key_usages = vec![usage];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate().unwrap();
    (params.signed_by(&key, authority).unwrap().pem(), key.serialize_pem())
}

/// Returns the server's side of TLS. If `clients` is set, it accepts only clients with a certificate from that authority.
pub fn config(authority: &Authority, host: &str, clients: Option<&Authority>) -> ServerConfig {
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
    config.with_single_cert(chain, PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap()).unwrap()
}

/// Answers every request with the same response.
pub struct Server {
    port: u16,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server. If `clients` is set, it accepts only clients with a certificate from that authority.
    pub async fn start(authority: &Authority, host: &str, clients: Option<&Authority>, response: &str) -> Self {
        let config = config(authority, host, clients);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), requests: Arc::default() };
        let (acceptor, requests) = (TlsAcceptor::from(Arc::new(config)), Arc::clone(&server.requests));
        let response: Arc<str> = response.into();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(acceptor.clone(), stream, Arc::clone(&requests), Arc::clone(&response)));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    pub fn builder(&self) -> ClientBuilder<Client> {
        Client::builder().base_url(self.url()).basic_auth("AC1", "secret").retry(Retry::never())
    }

    pub fn requests(&self) -> usize {
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

/// Reads the head of a request.
pub async fn head(stream: &mut TlsStream<TcpStream>) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(())
}
