//! Requests to servers other than the API's, such as one that issues tokens.

use super::{ClientBuilder, base};
use crate::auth::{Cached, Credentials};
use crate::client::shared::Settings;
use crate::client::{Api, Transport};
use crate::error::Error;
use crate::network::{Connections, Servers, is_relative};
use crate::profile::Standard;

impl<C: Api> ClientBuilder<C> {
    /// Sets credentials that need the other options when the client is built.
    #[must_use]
    pub(crate) fn later(
        mut self,
        setup: impl FnOnce(&Self) -> Result<(String, Cached), Error> + Send + Sync + 'static,
    ) -> Self {
        self.later.push(Box::new(setup));
        self
    }

    /// Returns a transport for requests to `url`, which may be relative to the API's server, and the absolute URL. It has the
    /// options of this builder, except credentials, middleware and the load limits.
    pub(crate) fn endpoint(&self, url: &str) -> Result<(Transport, String), Error> {
        let invalid =
            |source: Error| Error::configuration("the URL of the token server cannot be used").with_source(source);
        let url = if is_relative(url) {
            let server = self.chosen()?;
            // A profile changes only the hosts of servers in the document.
            let servers = Servers::new(Standard, self.allow_http);
            base(&servers, self.base_url.as_deref(), server.as_deref())?.of(url)
        } else {
            url.to_owned()
        };
        let servers = Servers::new(Standard, self.allow_http);
        // RFC 6749, section 3.2: it may have a query, but no fragment.
        let path = url.split_once('?').map_or(&*url, |(path, _)| path);
        let server = servers.base(path).map_err(invalid)?;
        let transport = Transport::new(Settings {
            http: Connections::new(self.network.clone(), &server)?,
            base: server,
            servers,
            server: None,
            overridden: true,
            credentials: Credentials::default(),
            limits: self.limits,
            load: super::Load::default(),
            middleware: Vec::new(),
            user_agent: self.user_agent()?,
            random: self.random,
        })?;
        Ok((transport, url))
    }
}
