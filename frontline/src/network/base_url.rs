//! Base URLs, and the URLs of requests.

use std::net::IpAddr;

use reqwest::Url;

use crate::profile::Profile;
use crate::{Error, ErrorKind};

/// The maximum length of a URL, which is that of `http::Uri`.
const MAX_URL_BYTES: usize = u16::MAX as usize - 1;

/// Decides which URLs requests may go to.
pub(crate) struct Servers {
    pub(crate) profile: Box<dyn Profile>,
    allow_http: bool,
}

impl Servers {
    /// `allow_http`: whether `http` is allowed for hosts other than loopback addresses.
    pub(crate) fn new(profile: impl Profile, allow_http: bool) -> Self {
        Self { profile: Box::new(profile), allow_http }
    }

    /// Parses a base URL that the user sets.
    pub(crate) fn base(&self, text: &str) -> Result<BaseUrl, Error> {
        BaseUrl::parse(text, self.allow_http)
    }

    /// Parses the URL of a server in the document, and replaces its host if the profile does so.
    pub(crate) fn server(&self, text: &str) -> Result<BaseUrl, Error> {
        let BaseUrl(mut url) = self.base(text)?;
        if let Some(host) = self.profile.host(url.host_str().unwrap_or_default())? {
            // The URL parser may interpret the host, for example as Punycode. It leaves an invalid host unchanged.
            _ = url.set_host(Some(&host));
            if url.host_str() != Some(&host) {
                return Err(Error::configuration("the options of the client do not result in a valid host name"));
            }
        }
        Ok(BaseUrl(url))
    }

    /// Resolves the address of the next page: a URL, a path, or a reference that is relative to `page` (RFC 3986,
    /// section 5). It has to be on the server of the first page.
    pub(crate) fn follow(&self, base: &BaseUrl, page: &Url, address: &str) -> Result<Url, Error> {
        let refuse = |why: &'static str| Error::new(ErrorKind::Decode, why);
        let mut url =
            base.resolve(page, address).ok_or_else(|| refuse("the address of the next page is not a valid URL"))?;
        // The service may use the host from the document, which the profile replaces.
        if url.origin() != base.0.origin()
            && let Ok(Some(host)) = self.profile.host(url.host_str().unwrap_or_default())
        {
            _ = url.set_host(Some(&host));
        }
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        // The origin of a `blob:` URL is that of another URL inside of it.
        let is_same = url.origin() == base.0.origin() && url.scheme() == base.0.scheme();
        if url.as_str().len() > MAX_URL_BYTES {
            Err(refuse("the address of the next page is too long"))
        } else if is_same && !has_credentials {
            Ok(url)
        } else {
            Err(refuse("the next page is not on the same server as the first page"))
        }
    }
}

/// The part of the URL that all operations share: scheme, host, port and an optional path prefix.
#[derive(Clone)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Errors do not quote `text`, because it may contain a password.
    fn parse(text: &str, allow_http: bool) -> Result<Self, Error> {
        let refuse = |why: &'static str| Err(Error::configuration(why));
        // The URL parser drops control characters and treats a backslash as a slash.
        if text.contains(|c: char| c.is_control() || c == ' ' || c == '\\') {
            return refuse("the base URL contains a character that is not allowed in URLs");
        }
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        // The URL parser also accepts `https:host` and `https:////host`.
        let is_literal = |url: &Url| url.scheme().eq_ignore_ascii_case(scheme) && !authority.is_empty();
        let Some(url) = Url::parse(text).ok().filter(is_literal) else {
            return refuse("the base URL is not an absolute URL; expected `https://` and a host");
        };
        // The URL parser drops an `@` without credentials.
        if !url.username().is_empty() || url.password().is_some() || authority.contains('@') {
            return refuse("the base URL contains credentials; set them on the builder instead");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("the base URL contains a query string or a fragment");
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if allow_http || is_loopback(&url) => Ok(Self(url)),
            "http" => refuse("the base URL uses http, which is only allowed for loopback addresses; use https"),
            _ => refuse("the base URL uses neither https nor http"),
        }
    }

    /// Appends the path of a relative server. If the URL ends with the path of the document's server, replaces that.
    pub(crate) fn below(mut self, documents: &str, path: &str) -> Self {
        let prefix = self.0.path().trim_end_matches('/');
        let whole = format!("{}{path}", prefix.strip_suffix(documents).unwrap_or(prefix));
        self.0.set_path(&whole);
        self
    }

    /// Replaces the path with that of a relative server.
    pub(crate) fn at(mut self, path: &str) -> Self {
        self.0.set_path(path);
        self
    }

    /// Returns the URL of another resource of the server.
    pub(crate) fn of(&self, path: &str) -> String {
        let mut url = self.0.clone();
        url.set_path("");
        format!("{}{}", url.as_str().trim_end_matches('/'), path)
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// A path without the base URL's prefix is resolved below the prefix, because a service behind a reverse proxy does
    /// not know it.
    fn resolve(&self, page: &Url, address: &str) -> Option<Url> {
        let prefix = self.0.path().trim_end_matches('/');
        let is_below = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?']);
        let is_path = address.starts_with('/') && !address.starts_with("//");
        if is_path && !address.strip_prefix(prefix).is_some_and(is_below) {
            return self.0.join(&format!("{prefix}{address}")).ok();
        }
        page.join(address).ok()
    }

    /// Appends a percent-encoded path and a query string. Fails if the URL parser would change them.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Url, Error> {
        let base = self.0.as_str().trim_end_matches('/');
        let mark = if query.is_empty() { "" } else { "?" };
        let wanted = format!("{}{path}", self.0.path().trim_end_matches('/'));
        match Url::parse(&format!("{base}{path}{mark}{query}")) {
            // The URL parser removes dot segments, even percent-encoded ones, and splits at `#` and `?`.
            Ok(url)
                if path.starts_with('/')
                    && url.origin() == self.0.origin()
                    && url.path() == wanted
                    && url.query().unwrap_or("") == query =>
            {
                Ok(url)
            }
            _ => {
                Err(Error::invalid_argument("a URL parser would change the path; check its arguments for `.` and `..`"))
            }
        }
    }
}

/// Whether the URL of a server in the document consists only of a path.
pub(crate) fn is_relative(server: &str) -> bool {
    server.is_empty() || server.starts_with('/')
}

/// Whether the host is this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
