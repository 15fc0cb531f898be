//! The platform's TLS: `SChannel`, `Secure Transport`, or OpenSSL.

use reqwest::{Certificate, ClientBuilder, Identity};
use secrecy::ExposeSecret;

use super::trust::{Trust, no_certificate, no_identity};
use crate::Error;

pub(super) fn set(builder: ClientBuilder, trust: &Trust, is_used: bool) -> Result<ClientBuilder, Error> {
    let mut roots = Vec::new();
    for text in &trust.roots {
        let found = Certificate::from_pem_bundle(text).map_err(|_| no_certificate())?;
        if found.is_empty() {
            return Err(no_certificate());
        }
        roots.extend(found);
    }
    let builder = builder.tls_backend_native();
    let builder = if trust.only || !is_used { builder.tls_certs_only(roots) } else { builder.tls_certs_merge(roots) };
    let Some(identity) = &trust.identity else {
        return Ok(builder);
    };
    let identity = Identity::from_pkcs8_pem(&identity.certificates, identity.key.expose_secret());
    Ok(builder.identity(identity.map_err(|_| no_identity())?))
}
