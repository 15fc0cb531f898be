//! Where requests go.

use std::net::IpAddr;

use reqwest::Url;

use crate::profile::Profile;
use crate::{Error, ErrorKind};

/// Decides which URLs requests may go to.
pub(crate) struct Servers {
    pub(crate) profile: Box<dyn Profile>,
    allow_http: bool,
}

impl Servers {
    /// `allow_http`: also beyond this machine.
    pub(crate) fn new(profile: impl Profile, allow_http: bool) -> Self {
        Self { profile: Box::new(profile), allow_http }
    }

    /// The base URL that the user sets.
    pub(crate) fn base(&self, text: &str) -> Result<BaseUrl, Error> {
        BaseUrl::parse(text, self.allow_http)
    }

    /// A server of the document, with the host that the profile makes of it.
    pub(crate) fn server(&self, text: &str) -> Result<BaseUrl, Error> {
        let BaseUrl(mut url) = self.base(text)?;
        if let Some(host) = self.profile.host(url.host_str().unwrap_or_default())? {
            // A parser may see something else than labels in them, such as Punycode, and leaves the host as it was.
            _ = url.set_host(Some(&host));
            if url.host_str() != Some(&host) {
                return Err(Error::configuration("the options of the client do not make a host name"));
            }
        }
        Ok(BaseUrl(url))
    }

    /// The address that a page names as the next one: a URL, or a path on the same server. It has to be on the server
    /// that was asked for the first.
    pub(crate) fn follow(&self, base: &BaseUrl, address: &str) -> Result<Url, Error> {
        let refuse = |why: &'static str| Error::new(ErrorKind::Decode, why);
        let mut url = base.resolve(address).ok_or_else(|| refuse("the address of the next page is not a URL"))?;
        // The service may name the host as the document does.
        if url.origin() != base.0.origin()
            && let Ok(Some(host)) = self.profile.host(url.host_str().unwrap_or_default())
        {
            _ = url.set_host(Some(&host));
        }
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        if url.origin() == base.0.origin() && !has_credentials {
            Ok(url)
        } else {
            Err(refuse("the next page is not on the server of the first"))
        }
    }
}

/// The part of a URL that all operations share: scheme, host, port and perhaps the start of the path.
#[derive(Clone)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// The text is in no error: it may hold a password.
    fn parse(text: &str, allow_http: bool) -> Result<Self, Error> {
        let refuse = |why: &'static str| Err(Error::configuration(why));
        // The parser drops control characters and reads a backslash as a slash.
        if text.contains(|c: char| c.is_control() || c == ' ' || c == '\\') {
            return refuse("the base URL has a character in it that URLs cannot have");
        }
        let Some(url) = Url::parse(text).ok().filter(Url::has_host) else {
            return refuse("the base URL is not an absolute URL");
        };
        // The parser drops an `@` with nothing before it.
        let authority =
            text.split_once("//").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
        if !url.username().is_empty() || url.password().is_some() || authority.contains('@') {
            return refuse("the base URL holds credentials; give them to the builder instead");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("the base URL has a query or a fragment");
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if allow_http || is_loopback(&url) => Ok(Self(url)),
            "http" => refuse("the base URL is not https; http is for loopback addresses alone"),
            _ => refuse("the base URL is neither https nor http"),
        }
    }

    /// Whether nothing sent here leaves this machine.
    pub(crate) fn is_local(&self) -> bool {
        is_loopback(&self.0)
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// A path that does not begin as the base's own is one below it: a service does not know of a proxy before it.
    fn resolve(&self, address: &str) -> Option<Url> {
        let prefix = self.0.path().trim_end_matches('/');
        let is_below = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?']);
        let is_path = address.starts_with('/') && !address.starts_with("//");
        if is_path && !address.strip_prefix(prefix).is_some_and(is_below) {
            return self.0.join(&format!("{prefix}{address}")).ok();
        }
        self.0.join(address).ok()
    }

    /// The URL of a path that is percent-encoded already, and must arrive exactly so.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Url, Error> {
        let base = self.0.as_str().trim_end_matches('/');
        let mark = if query.is_empty() { "" } else { "?" };
        let wanted = format!("{}{path}", self.0.path().trim_end_matches('/'));
        match Url::parse(&format!("{base}{path}{mark}{query}")) {
            // A URL parser removes dot segments, encoded ones too, and splits at `#` and `?`.
            Ok(url)
                if path.starts_with('/')
                    && url.origin() == self.0.origin()
                    && url.path() == wanted
                    && url.query().unwrap_or("") == query =>
            {
                Ok(url)
            }
            _ => Err(Error::invalid_argument("the path would not arrive as it is written")),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
