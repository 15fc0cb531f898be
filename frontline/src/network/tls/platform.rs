//! The platform's root certificates for rustls.

use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::Error;

/// A verifier that loads the platform's root certificates on first use, because loading takes milliseconds and fails on
/// systems that have none. Clients that only use `http` need none.
#[derive(Debug)]
pub(super) struct Platform {
    /// Trusted in addition to the platform's.
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
    verifier: OnceLock<Verifier>,
}

impl Platform {
    pub(super) fn new(roots: Vec<CertificateDer<'static>>, provider: Arc<CryptoProvider>) -> Result<Self, Error> {
        if cfg!(target_os = "android") && !roots.is_empty() {
            return Err(Error::configuration(
                "`root_certificates` is not supported on Android; use `only_root_certificates`",
            ));
        }
        Ok(Self { roots, provider, verifier: OnceLock::new() })
    }

    pub(super) fn verifier(&self) -> Result<&Verifier, rustls::Error> {
        if let Some(verifier) = self.verifier.get() {
            return Ok(verifier);
        }
        let verifier = self.load()?;
        Ok(self.verifier.get_or_init(|| verifier))
    }

    fn load(&self) -> Result<Verifier, rustls::Error> {
        let provider = Arc::clone(&self.provider);
        #[cfg(not(target_os = "android"))]
        if !self.roots.is_empty() {
            return Verifier::new_with_extra_roots(self.roots.clone(), provider);
        }
        Verifier::new(provider)
    }
}

impl ServerCertVerifier for Platform {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier()?.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier()?.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier()?.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
