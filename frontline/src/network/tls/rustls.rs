//! rustls, with the platform's certificates.

use std::sync::Arc;

use reqwest::ClientBuilder;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::{BuilderVerifierExt, Verifier};
use secrecy::ExposeSecret;

use super::trust::{Identity, Trust, no_certificate, no_identity};
use crate::Error;

pub(super) fn set(builder: ClientBuilder, trust: &Trust, is_used: bool) -> Result<ClientBuilder, Error> {
    Ok(builder.tls_backend_preconfigured(config(trust, is_used)?))
}

fn config(trust: &Trust, is_used: bool) -> Result<ClientConfig, Error> {
    let provider = provider()?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    let roots = certificates(&trust.roots)?;
    let builder = if trust.only || !is_used {
        builder.with_root_certificates(store(roots)?)
    } else if roots.is_empty() {
        builder.with_platform_verifier().map_err(unusable)?
    } else {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(with_platforms(roots, provider)?))
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
    Ok(config)
}

/// The provider is named here, so that none has to be installed for the whole process.
#[cfg(feature = "rustls")]
#[allow(clippy::unnecessary_wraps, reason = "the other provider may be missing")]
fn provider() -> Result<Arc<CryptoProvider>, Error> {
    Ok(Arc::new(rustls::crypto::ring::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn provider() -> Result<Arc<CryptoProvider>, Error> {
    CryptoProvider::get_default().map(Arc::clone).ok_or_else(|| {
        Error::configuration(
            "no rustls provider is installed: call `CryptoProvider::install_default`, or use the feature `rustls`",
        )
    })
}

#[cfg(not(target_os = "android"))]
fn with_platforms(roots: Vec<CertificateDer<'static>>, provider: Arc<CryptoProvider>) -> Result<Verifier, Error> {
    Verifier::new_with_extra_roots(roots, provider).map_err(|_| no_certificate())
}

#[cfg(target_os = "android")]
fn with_platforms(_: Vec<CertificateDer<'static>>, _: Arc<CryptoProvider>) -> Result<Verifier, Error> {
    Err(Error::configuration("Android's certificates cannot be added to; use `only_root_certificates`"))
}

fn store(roots: Vec<CertificateDer<'static>>) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    roots.into_iter().try_for_each(|root| store.add(root)).map_err(|_| no_certificate())?;
    Ok(store)
}

/// Every text has to hold one at least: a mistyped file must not pass for nothing.
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
    Error::configuration("TLS cannot be set up").with_source(error)
}
