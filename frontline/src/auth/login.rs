//! What a security scheme adds to a request.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::Error;
use crate::request::{Scheme, SchemeKind, Style, pairs};

/// The credentials for one scheme.
#[derive(Clone)]
pub(crate) enum Login {
    Basic(String, SecretString),
    Bearer(SecretString),
    Key(SecretString),
}

impl Login {
    /// Whether credentials of this kind can be sent for a scheme.
    pub(super) fn suits(&self, scheme: &Scheme) -> bool {
        match scheme.kind {
            SchemeKind::Basic => matches!(self, Self::Basic(..)),
            SchemeKind::Bearer | SchemeKind::OAuth { .. } => matches!(self, Self::Bearer(_)),
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => matches!(self, Self::Key(_)),
        }
    }

    /// Rejects credentials that a server would misread, and those that cannot be sent in a header.
    pub(super) fn check(&self) -> Result<(), Error> {
        let is_printable = |secret: &str| secret.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        let refuse = |what| Err(Error::configuration(what));
        match self {
            Self::Basic(user, _) if user.is_empty() || user.contains(':') || user.contains(char::is_control) => {
                refuse("the user name is empty, or contains a colon or a control character")
            }
            Self::Basic(_, password) => match password.expose_secret() {
                secret if secret.is_empty() || secret.contains(char::is_control) => {
                    refuse("the password is empty or contains a control character")
                }
                _ => Ok(()),
            },
            Self::Bearer(token) => match token.expose_secret() {
                secret if !is_printable(secret) || secret.contains(' ') => {
                    refuse("the token contains a space or a character that is not printable ASCII")
                }
                _ => Ok(()),
            },
            Self::Key(key) => match key.expose_secret() {
                secret if !is_printable(secret) || secret.trim() != secret => refuse(
                    "an API key contains a character that is not printable ASCII, or starts or ends with a space",
                ),
                _ => Ok(()),
            },
        }
    }

    /// Adds these credentials to a request in the way that the scheme asks for.
    pub(super) fn add(&self, scheme: &Scheme, headers: &mut HeaderMap, query: &mut String) -> Result<(), Error> {
        let text = self.text();
        let (name, value) = match scheme.kind {
            SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OAuth { .. } => (AUTHORIZATION, text),
            SchemeKind::Header(name) => (header_name(name)?, text),
            SchemeKind::Cookie(name) => {
                // RFC 6265, section 4.1.1. Servers would read another value, or several cookies.
                if text.contains(['"', ',', ';', '\\', ' ']) {
                    let what = "contains a space, a quotation mark, a comma, a semicolon or a backslash";
                    return Err(Error::configuration(format!("the key for the cookie `{name}` {what}")));
                }
                // All cookies share one header (RFC 6265, section 5.4).
                let others = headers.remove(COOKIE);
                let others = others.as_ref().and_then(|cookies| cookies.to_str().ok()).map(|text| format!("{text}; "));
                (COOKIE, format!("{}{name}={text}", others.unwrap_or_default()))
            }
            SchemeKind::Query(name) => {
                for (name, value) in pairs(name, Style::FormExplode, text.into()) {
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

    fn text(&self) -> String {
        match self {
            Self::Basic(user, password) => {
                format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{}", password.expose_secret())))
            }
            Self::Bearer(token) => format!("Bearer {}", token.expose_secret()),
            Self::Key(key) => key.expose_secret().to_owned(),
        }
    }
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    HeaderName::try_from(name).map_err(|_| Error::configuration(format!("`{name}` is not a valid header name")))
}
