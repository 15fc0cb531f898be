//! Proxy settings.

use std::net::IpAddr;
use std::{env, fmt};

use http::Uri;
use reqwest::NoProxy;
use secrecy::{ExposeSecret, SecretString};

use crate::Error;

/// A proxy that the requests of a client go through.
///
/// Set it with [`ClientBuilder::proxy`](crate::ClientBuilder::proxy). Requests to `https` URLs use a CONNECT
/// tunnel (RFC 9110, section 9.3.6).
///
/// Requests to loopback addresses never use a proxy. This proxy replaces the proxies from environment variables, and
/// `NO_PROXY` does not apply to it: use [`except`](Self::except).
///
/// `Debug` output contains no URL and no credentials.
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
    /// Creates a proxy from its URL, which starts with `http://` or `https://`.
    ///
    /// [`ClientBuilder::build`](crate::ClientBuilder::build) fails if the URL is invalid.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into().into(), login: None, except: None }
    }

    /// Sets the user and password for basic authentication with the proxy (RFC 7617). Default: none.
    ///
    /// [`ClientBuilder::build`](crate::ClientBuilder::build) fails if the user contains a colon.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.login = Some((user.into(), password.into().into()));
        self
    }

    /// Sets the hosts that are reached without the proxy. Default: none.
    ///
    /// `hosts` has the format of the environment variable `NO_PROXY`: a comma-separated list of domain names, IP
    /// addresses and networks such as `10.0.0.0/8`. A domain name includes its subdomains, and is written in ASCII
    /// (Punycode). `*` stands for all hosts. [`ClientBuilder::build`](crate::ClientBuilder::build) fails if the
    /// list contains anything else, such as a port.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        self.except = Some(hosts.into());
        self
    }

    pub(super) fn build(&self) -> Result<reqwest::Proxy, Error> {
        let unusable = || {
            Error::configuration("the URL of the proxy is invalid; expected an `http://` or `https://` URL with a host")
        };
        let url = reqwest::Url::parse(self.url.expose_secret()).map_err(|_| unusable())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(unusable());
        }
        // The error of reqwest may quote the URL, which may contain a password.
        let proxy = reqwest::Proxy::all(url).map_err(|_| unusable())?;
        let except = self.except.as_deref().unwrap_or_default();
        if !except.split(',').all(|host| is_exception(host.trim())) {
            return Err(Error::configuration(
                "the exceptions of the proxy contain something other than domain names, IP addresses and networks",
            ));
        }
        if self.login.as_ref().is_some_and(|(user, _)| user.contains(':')) {
            return Err(Error::configuration("the user name for the proxy contains a colon"));
        }
        let proxy = match &self.login {
            Some((user, password)) => proxy.basic_auth(user, password.expose_secret()),
            None => proxy,
        };
        // For reqwest, an asterisk matches domain names only.
        let all = if excludes_all(except) { ",0.0.0.0/0,::/0" } else { "" };
        Ok(proxy.no_proxy(NoProxy::from_string(&format!("{except}{all}"))))
    }
}

/// Whether reqwest can match an exception. It ignores others.
fn is_exception(host: &str) -> bool {
    if let Some((address, length)) = host.split_once('/') {
        let longest = address.parse().map_or(0, |address: IpAddr| if address.is_ipv4() { 32 } else { 128 });
        return length.parse().is_ok_and(|length: u8| length <= longest && longest > 0);
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    host == "*" || host.bytes().all(is_name) || host.parse::<IpAddr>().is_ok()
}

/// Returns whether a list in the format of `NO_PROXY` contains an asterisk.
fn excludes_all(hosts: &str) -> bool {
    hosts.split(',').any(|host| host.trim() == "*")
}

/// Returns whether the environment excludes all hosts. For reqwest, that would be domain names only.
pub(super) fn is_off_in_environment() -> bool {
    let hosts = env::var("NO_PROXY").or_else(|_| env::var("no_proxy"));
    hosts.is_ok_and(|hosts| excludes_all(&hosts))
}

/// Fails if a proxy in the environment is unusable. reqwest would connect without it.
pub(super) fn check_environment() -> Result<(), Error> {
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let Some(value) = env::var_os(name).filter(|value| !value.is_empty()) else { continue };
        if !value.to_str().is_some_and(is_usable) {
            let what = "is not the URL of a proxy; expected `http://` or `https://` and a host";
            return Err(Error::configuration(format!("the environment variable `{name}` {what}")));
        }
    }
    Ok(())
}

/// Whether reqwest uses the proxy or, if it does not support SOCKS, fails to connect.
fn is_usable(url: &str) -> bool {
    const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];
    url.parse::<Uri>()
        .is_ok_and(|url| url.authority().is_some() && url.scheme_str().is_none_or(|scheme| SCHEMES.contains(&scheme)))
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
    fn invalid_proxy_urls_are_rejected_and_not_quoted() {
        for url in ["", "secret", "secret:3128", "ftp://secret", "socks5://secret", "http://", "mailto:secret"] {
            let error = Proxy::new(url).build().err().unwrap_or_else(|| panic!("{url} was accepted"));
            assert!(error.is_configuration());
            assert!(!format!("{error} {error:?}").contains("secret"));
        }
        assert!(Proxy::new("http://user:secret@proxy.example:3128").build().is_ok());
    }

    /// With these, requests would silently use the proxy, or other credentials.
    #[test]
    fn exceptions_that_match_nothing_and_users_with_a_colon_are_rejected() {
        let proxy = || Proxy::new("http://proxy.example:3128");
        for hosts in ["secret:80", "http://secret", "a, *.secret", "b\u{fc}cher.secret", "10.0.0.0/33", "a/8", "[::1]"]
        {
            let error = proxy().except(hosts).build().err().unwrap_or_else(|| panic!("{hosts} was accepted"));
            assert!(error.is_configuration() && !format!("{error} {error:?}").contains("secret"));
        }
        assert!(proxy().except("*").build().is_ok() && proxy().except("").build().is_ok());
        assert!(proxy().except("a.example, .b_c.example,10.0.0.0/8, ::1, fd00::/8,").build().is_ok());
        let error = proxy().basic_auth("secret:secret", "secret").build().err().unwrap();
        assert!(error.is_configuration() && !format!("{error} {error:?}").contains("secret"));
    }

    #[test]
    fn debug_contains_no_secrets() {
        let proxy = Proxy::new("http://secret:secret@proxy.example").basic_auth("secret", "secret").except("secret");
        assert_eq!(format!("{proxy:?}"), "Proxy { .. }");
    }
}
