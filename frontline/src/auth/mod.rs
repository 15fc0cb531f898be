//! Credentials, and how security schemes add them to requests.
//!
//! May use `request` and `error`.

use std::collections::BTreeMap;

use http::HeaderMap;

use crate::Error;
use crate::request::{Scheme, SchemeKind};

mod given;
mod login;
mod provider;

pub(crate) use given::Given;
pub(crate) use login::Login;
pub(crate) use provider::Cached;
pub use provider::{Credential, CredentialsProvider, ProviderFuture};

/// The credentials that were set on the builder.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    pub(crate) basic: Option<Login>,
    pub(crate) bearer: Option<Login>,
    pub(crate) keys: BTreeMap<String, Login>,
    /// The provider for all basic and bearer schemes.
    pub(crate) provider: Option<Cached>,
    /// The providers for the schemes with these names.
    pub(crate) schemes: BTreeMap<String, Cached>,
}

impl Credentials {
    /// Rejects credentials that cannot be sent, and those for schemes that the document does not define.
    pub(crate) fn check(&self, defined: &[Scheme]) -> Result<(), Error> {
        self.basic.iter().chain(&self.bearer).chain(self.keys.values()).try_for_each(Login::check)?;
        for name in self.keys.keys().chain(self.schemes.keys()) {
            if !defined.iter().any(|scheme| scheme.name == name) {
                return Err(Error::undefined_scheme(name, defined));
            }
        }
        for name in self.keys.keys() {
            if !defined.iter().any(|scheme| scheme.name == name && scheme.is_key()) {
                let what = "is not an API key; set its credentials with `ClientBuilder::credentials_for`";
                return Err(Error::configuration(format!("the security scheme `{name}` {what}")));
            }
        }
        Ok(())
    }

    /// Asks the providers for the credentials of the alternative in `security` that requests will use.
    pub(crate) async fn given(&self, security: &[&[Scheme]]) -> Result<Given, Error> {
        let mut given = Given::default();
        let is_general = |scheme: &&Scheme| scheme.is_http() && !self.schemes.contains_key(scheme.name);
        if let Some(provider) = &self.provider
            && security.iter().copied().flatten().any(|scheme| is_general(&scheme))
        {
            given.add(None, provider).await?;
        }
        for scheme in self.chosen(security, &given).copied().unwrap_or_default() {
            if let Some(provider) = self.schemes.get(scheme.name) {
                given.add(Some(scheme), provider).await?;
            }
        }
        Ok(given)
    }

    /// Adds credentials to the request: those of the first alternative in `security` for which all are available.
    pub(crate) fn apply(
        &self,
        security: &[&[Scheme]],
        given: &Given,
        headers: &mut HeaderMap,
        query: &mut String,
    ) -> Result<(), Error> {
        let Some(schemes) = self.chosen(security, given) else {
            let is_required = !security.is_empty() && security.iter().all(|schemes| !schemes.is_empty());
            return if is_required { Err(missing(security)) } else { Ok(()) };
        };
        // Where an argument of the same name is, servers would read both as one value, or any of them.
        let free: Vec<_> = schemes.iter().filter(|scheme| !scheme.is_in(headers, query)).collect();
        for scheme in free {
            if let Some(login) = self.login(scheme, given) {
                login.add(scheme, headers, query)?;
            }
        }
        Ok(())
    }

    /// Returns the first alternative whose credentials are all available. Alternatives that require credentials are
    /// preferred to the empty one.
    fn chosen<'a>(&self, security: &'a [&'a [Scheme]], given: &Given) -> Option<&'a &'a [Scheme]> {
        let holds = |scheme: &Scheme| self.schemes.contains_key(scheme.name) || self.login(scheme, given).is_some();
        security.iter().filter(|schemes| !schemes.is_empty()).find(|schemes| schemes.iter().all(holds))
    }

    /// Returns the credentials for a scheme. Those of providers take precedence.
    fn login<'a>(&'a self, scheme: &Scheme, given: &'a Given) -> Option<&'a Login> {
        let own = match scheme.kind {
            SchemeKind::Basic => self.basic.as_ref(),
            SchemeKind::Bearer | SchemeKind::OAuth { .. } => self.bearer.as_ref(),
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => self.keys.get(scheme.name),
        };
        given.login(scheme).or(own)
    }
}

impl Error {
    /// Creates the error for a security scheme that the document does not define.
    pub(crate) fn undefined_scheme(name: &str, defined: &[Scheme]) -> Self {
        let names: Vec<String> = defined.iter().map(|scheme| format!("`{}`", scheme.name)).collect();
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        Self::configuration(format!("the document defines no security scheme `{name}`; it defines {known}"))
    }
}

/// Returns the error for a request to an operation that requires one of the alternatives.
fn missing(security: &[&[Scheme]]) -> Error {
    let wanted = |scheme: &Scheme| {
        let method = match scheme.kind {
            SchemeKind::Basic => "basic_auth",
            SchemeKind::Bearer => "bearer_token",
            SchemeKind::OAuth { .. } => "oauth",
            _ => "api_key",
        };
        format!("`{}` (set them with `ClientBuilder::{method}`)", scheme.name)
    };
    let all = |schemes: &&[Scheme]| schemes.iter().map(wanted).collect::<Vec<_>>().join(" and ");
    let alternatives = security.iter().map(all).collect::<Vec<_>>().join(", or for ");
    Error::configuration(format!("the operation requires credentials for {alternatives}"))
}

#[cfg(test)]
mod tests;
