//! Credentials, and how security schemes add them to requests.
//!
//! May use `request` and `error`.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::Error;
use crate::request::{Scheme, SchemeKind, Style, pairs};

mod provider;

pub(crate) use provider::{Cached, Given, Login};
pub use provider::{Credential, CredentialsProvider, ProviderFuture};

/// The credentials that were set on the builder.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    pub(crate) basic: Option<(String, SecretString)>,
    pub(crate) bearer: Option<SecretString>,
    pub(crate) keys: BTreeMap<String, SecretString>,
    pub(crate) provider: Option<Cached>,
}

impl Credentials {
    /// Rejects credentials that a server would misread, and those that cannot be sent in a header.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some((user, password)) = &self.basic {
            if user.is_empty() || user.contains(':') || user.contains(char::is_control) {
                return Err(Error::configuration("the user name is empty, or contains a colon or a control character"));
            }
            if password.expose_secret().is_empty() || password.expose_secret().contains(char::is_control) {
                return Err(Error::configuration("the password is empty or contains a control character"));
            }
        }
        let is_printable = |secret: &str| secret.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if self
            .bearer
            .as_ref()
            .is_some_and(|token| !is_printable(token.expose_secret()) || token.expose_secret().contains(' '))
        {
            return Err(Error::configuration("the token contains a space or a character that is not printable ASCII"));
        }
        let is_key =
            |key: &SecretString| is_printable(key.expose_secret()) && key.expose_secret().trim() == key.expose_secret();
        if !self.keys.values().all(is_key) {
            return Err(Error::configuration(
                "an API key contains a character that is not printable ASCII, or starts or ends with a space",
            ));
        }
        Ok(())
    }

    /// Returns the provider's credentials, if there is a provider and an operation with this security can use them.
    pub(crate) async fn given(&self, security: &[&[Scheme]]) -> Result<Option<Given>, Error> {
        let is_http = |scheme: &Scheme| matches!(scheme.kind, SchemeKind::Basic | SchemeKind::Bearer);
        match &self.provider {
            Some(provider) if security.iter().copied().flatten().any(is_http) => provider.get().await.map(Some),
            _ => Ok(None),
        }
    }

    /// Returns these credentials with the provider's in place of those of the same kind.
    pub(crate) fn with(&self, login: &Login) -> Result<Self, Error> {
        let mut all = self.clone();
        match login.clone() {
            Login::Basic(user, password) => all.basic = Some((user, password)),
            Login::Bearer(token) => all.bearer = Some(token),
        }
        all.check()?;
        Ok(all)
    }

    /// Adds credentials to the request: those of the first alternative in `security` for which all are available.
    /// Alternatives that require credentials are preferred to the empty one.
    pub(crate) fn apply(
        &self,
        security: &[&[Scheme]],
        headers: &mut HeaderMap,
        query: &mut String,
    ) -> Result<(), Error> {
        let met = |schemes: &&&[Scheme]| schemes.iter().all(|scheme| self.holds(scheme));
        if let Some(schemes) = security.iter().filter(|schemes| !schemes.is_empty()).find(met) {
            // Where an argument of the same name is, servers would read both as one value, or any of them.
            let free: Vec<_> = schemes.iter().filter(|scheme| !scheme.is_in(headers, query)).collect();
            return free.into_iter().try_for_each(|scheme| self.add(scheme, headers, query));
        }
        match security.first() {
            Some(first) if security.iter().all(|schemes| !schemes.is_empty()) => Err(missing(first)),
            _ => Ok(()),
        }
    }

    fn holds(&self, scheme: &Scheme) -> bool {
        match scheme.kind {
            SchemeKind::Basic => self.basic.is_some(),
            SchemeKind::Bearer => self.bearer.is_some(),
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => self.keys.contains_key(scheme.name),
        }
    }

    fn add(&self, scheme: &Scheme, headers: &mut HeaderMap, query: &mut String) -> Result<(), Error> {
        let key = || self.keys.get(scheme.name).map_or("", |key| key.expose_secret());
        let (name, value) = match scheme.kind {
            SchemeKind::Basic => (AUTHORIZATION, self.basic()),
            SchemeKind::Bearer => {
                let token = self.bearer.as_ref().map_or("", |token| token.expose_secret());
                (AUTHORIZATION, format!("Bearer {token}"))
            }
            SchemeKind::Header(name) => (header_name(name)?, key().to_owned()),
            SchemeKind::Cookie(name) => {
                // RFC 6265, section 4.1.1. Servers would read another value, or several cookies.
                if key().contains(['"', ',', ';', '\\', ' ']) {
                    let what = "contains a space, a quotation mark, a comma, a semicolon or a backslash";
                    return Err(Error::configuration(format!("the key for the cookie `{name}` {what}")));
                }
                // All cookies share one header (RFC 6265, section 5.4).
                let others = headers.remove(COOKIE);
                let others = others.as_ref().and_then(|cookies| cookies.to_str().ok()).map(|text| format!("{text}; "));
                (COOKIE, format!("{}{name}={}", others.unwrap_or_default(), key()))
            }
            SchemeKind::Query(name) => {
                for (name, value) in pairs(name, Style::FormExplode, key().into()) {
                    let mark = if query.is_empty() { "" } else { "&" };
                    query.extend([mark, &name, "=", &value]);
                }
                return Ok(());
            }
        };
        let mut value = HeaderValue::try_from(value).map_err(|_| {
            Error::configuration(format!("the credentials for `{}` cannot be sent in a header", scheme.name))
        })?;
        value.set_sensitive(true);
        headers.append(name, value);
        Ok(())
    }

    fn basic(&self) -> String {
        let pair = self.basic.as_ref().map(|(user, password)| format!("{user}:{}", password.expose_secret()));
        format!("Basic {}", BASE64_STANDARD.encode(pair.unwrap_or_default()))
    }
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    HeaderName::try_from(name).map_err(|_| Error::configuration(format!("`{name}` is not a valid header name")))
}

fn missing(schemes: &[Scheme]) -> Error {
    let wanted: Vec<_> = schemes
        .iter()
        .map(|Scheme { name, kind }| match kind {
            SchemeKind::Basic => format!("`{name}` (set them with `ClientBuilder::basic_auth`)"),
            SchemeKind::Bearer => format!("`{name}` (set them with `ClientBuilder::bearer_token`)"),
            _ => format!("`{name}` (set them with `ClientBuilder::api_key`)"),
        })
        .collect();
    Error::configuration(format!("the operation requires credentials for {}", wanted.join(" and ")))
}

#[cfg(test)]
mod tests;
