//! Proxies.

use std::fmt;

use reqwest::NoProxy;
use secrecy::{ExposeSecret, SecretString};

use crate::Error;

/// A proxy that a client's requests go through: `http://` or `https://`, by CONNECT (RFC 9110, section 9.3.6) where
/// the request is for an `https` URL.
///
/// Requests to a [`base_url`](crate::ClientBuilder::base_url) of this machine go past it. `Debug` shows nothing of it.
///
/// ```
/// let proxy = frontline::Proxy::new("http://proxy.example:3128")
///     .basic_auth("user", "password")
///     .except("internal.example, 10.0.0.0/8");
/// let client = frontline::Client::builder().proxy(proxy).build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
#[derive(Clone)]
pub struct Proxy {
    url: SecretString,
    login: Option<(String, SecretString)>,
    except: Option<String>,
}

impl Proxy {
    /// The proxy at this URL, which [`build`](crate::ClientBuilder::build) checks.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into().into(), login: None, except: None }
    }

    /// The user and password for the proxy itself (RFC 7617).
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.login = Some((user.into(), password.into().into()));
        self
    }

    /// Hosts that are reached without the proxy, in the form of the environment variable `NO_PROXY`: names (with all
    /// below them), addresses and networks, separated by commas.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        self.except = Some(hosts.into());
        self
    }

    pub(super) fn build(&self) -> Result<reqwest::Proxy, Error> {
        let unusable = || Error::configuration("the proxy's URL is not one of a proxy");
        let url = reqwest::Url::parse(self.url.expose_secret()).map_err(|_| unusable())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(unusable());
        }
        // The error may quote the URL, which may hold a password.
        let proxy = reqwest::Proxy::all(url).map_err(|_| unusable())?;
        let proxy = match &self.login {
            Some((user, password)) => proxy.basic_auth(user, password.expose_secret()),
            None => proxy,
        };
        Ok(proxy.no_proxy(self.except.as_deref().and_then(NoProxy::from_string)))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Proxy;

    #[test]
    fn only_urls_of_proxies_will_do_and_none_is_quoted() {
        for url in ["", "secret", "secret:3128", "ftp://secret", "socks5://secret", "http://", "mailto:secret"] {
            let error = Proxy::new(url).build().err().unwrap_or_else(|| panic!("{url} was accepted"));
            assert!(error.is_configuration());
            assert!(!format!("{error} {error:?}").contains("secret"));
        }
        assert!(Proxy::new("http://user:secret@proxy.example:3128").build().is_ok());
    }

    #[test]
    fn debug_holds_no_secret() {
        let proxy = Proxy::new("http://secret:secret@proxy.example").basic_auth("secret", "secret").except("secret");
        assert_eq!(format!("{proxy:?}"), "Proxy { .. }");
    }
}
