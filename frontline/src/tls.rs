//! TLS: rustls with the ring provider and the platform's certificates.

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::Error;

/// The provider is named here, so that none has to be installed for the whole process.
///
/// A client that speaks plain http alone trusts nobody: it must work where no certificates are installed.
pub(crate) fn config(is_used: bool) -> Result<ClientConfig, Error> {
    let unusable = |error| Error::configuration("TLS cannot be set up").with_source(error);
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(unusable)?;
    let builder = if is_used {
        builder.with_platform_verifier().map_err(unusable)?
    } else {
        builder.with_root_certificates(RootCertStore::empty())
    };
    let mut config = builder.with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols.push(b"h2".to_vec());
    }
    config.alpn_protocols.push(b"http/1.1".to_vec());
    Ok(config)
}
