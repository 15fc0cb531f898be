//! TLS by the platform: `SChannel`, `Secure Transport` or OpenSSL.

use reqwest::{Certificate, ClientBuilder, Identity};
use secrecy::ExposeSecret;

use super::trust::{Trust, no_certificate, no_identity};
use crate::Error;

pub(crate) struct Tls {
    roots: Vec<Certificate>,
    only: bool,
    identity: Option<Identity>,
}

impl Tls {
    pub(crate) fn new(trust: &Trust) -> Result<Self, Error> {
        let mut roots = Vec::new();
        for text in &trust.roots {
            let found = Certificate::from_pem_bundle(text).map_err(|_| no_certificate())?;
            if found.is_empty() {
                return Err(no_certificate());
            }
            roots.extend(found);
        }
        let identity = trust.identity.as_ref().map(|identity| {
            Identity::from_pkcs8_pem(&identity.certificates, identity.key.expose_secret()).map_err(|_| no_identity())
        });
        Ok(Self { roots, only: trust.only, identity: identity.transpose()? })
    }

    /// The platform reports errors when it connects.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the other backends need it")]
    pub(crate) fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        let (builder, roots) = (builder.tls_backend_native(), self.roots.clone());
        let builder = if self.only { builder.tls_certs_only(roots) } else { builder.tls_certs_merge(roots) };
        match &self.identity {
            Some(identity) => builder.identity(identity.clone()),
            None => builder,
        }
    }
}
