//! TLS by rustls, with the platform's root certificates.

use std::sync::Arc;

use reqwest::ClientBuilder;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use secrecy::ExposeSecret;

use super::platform::Platform;
use super::trust::{Identity, Trust, no_certificate, no_identity};
use crate::Error;

pub(crate) struct Tls {
    config: ClientConfig,
    platform: Option<Arc<Platform>>,
}

impl Tls {
    pub(crate) fn new(trust: &Trust) -> Result<Self, Error> {
        let provider = provider()?;
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?;
        let roots = certificates(&trust.roots)?;
        let store = store(roots.clone())?;
        let (builder, platform) = if trust.only {
            (builder.with_root_certificates(store), None)
        } else {
            let platform = Arc::new(Platform::new(roots, provider)?);
            (builder.dangerous().with_custom_certificate_verifier(Arc::clone(&platform) as _), Some(platform))
        };
        let mut config = match &trust.identity {
            Some(identity) => {
                let (certificates, key) = pair(identity)?;
                builder.with_client_auth_cert(certificates, key).map_err(|_| no_identity())?
            }
            None => builder.with_no_client_auth(),
        };
        if cfg!(feature = "http2") {
            config.alpn_protocols.push(b"h2".to_vec());
        }
        config.alpn_protocols.push(b"http/1.1".to_vec());
        Ok(Self { config, platform })
    }

    /// Loads the platform's root certificates if they are needed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let Some(platform) = &self.platform else { return Ok(()) };
        platform.verifier().map(drop).map_err(unusable)
    }

    pub(crate) fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        builder.tls_backend_preconfigured(self.config.clone())
    }
}

/// Passing the provider explicitly avoids a process-wide default.
#[cfg(feature = "rustls")]
#[allow(clippy::unnecessary_wraps, reason = "the other provider may be missing")]
fn provider() -> Result<Arc<CryptoProvider>, Error> {
    Ok(Arc::new(rustls::crypto::ring::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn provider() -> Result<Arc<CryptoProvider>, Error> {
    CryptoProvider::get_default().map(Arc::clone).ok_or_else(|| {
        Error::configuration(
            "no rustls provider is installed; call `CryptoProvider::install_default` or enable the feature `rustls`",
        )
    })
}

fn store(roots: Vec<CertificateDer<'static>>) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    roots.into_iter().try_for_each(|root| store.add(root)).map_err(|_| no_certificate())?;
    Ok(store)
}

/// Fails if a text contains no certificate: it is probably the wrong file.
fn certificates(texts: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut certificates = Vec::new();
    for text in texts {
        let found: Vec<_> =
            CertificateDer::pem_slice_iter(text).collect::<Result<_, _>>().map_err(|_| no_certificate())?;
        if found.is_empty() {
            return Err(no_certificate());
        }
        certificates.extend(found);
    }
    Ok(certificates)
}

fn pair(identity: &Identity) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let certificates = certificates(std::slice::from_ref(&identity.certificates)).map_err(|_| no_identity())?;
    let key = PrivateKeyDer::from_pem_slice(identity.key.expose_secret()).map_err(|_| no_identity())?;
    Ok((certificates, key))
}

fn unusable(error: rustls::Error) -> Error {
    Error::configuration("cannot set up TLS").with_source(error)
}
