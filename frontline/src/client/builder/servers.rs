//! The builder's methods that choose a server of the document.

use std::borrow::Cow;

use super::ClientBuilder;
use crate::client::Api;
use crate::error::Error;
use crate::network::Server;

impl<C: Api> ClientBuilder<C> {
    /// Chooses a server of the OpenAPI document. Default: the first one.
    ///
    /// If a document has several servers, or servers with variables, there is a module `servers` beside its client, with a
    /// function for each server. Operations that have a server of their own in the document are still sent there.
    ///
    /// [`base_url`](Self::base_url) takes precedence. If the server is only a path, it follows the base URL.
    #[must_use]
    pub fn server(mut self, server: Server) -> Self {
        self.server = Some(server);
        self
    }

    /// Sets the value of a variable of the server, such as a region. Default: that of the document.
    ///
    /// It takes precedence over a value that is set on the [`Server`], and does not affect operations that have a server of
    /// their own. Where the document lists the values, the module `servers` has an enum of them.
    /// [`build`](Self::build) fails if the server has no such variable, or if it cannot have the value.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Returns the URL of the server, or only its path if the URL is relative.
    pub(super) fn chosen(&self) -> Result<Option<Cow<'static, str>>, Error> {
        if self.server.is_none() && self.variables.is_empty() && (self.base_url.is_some() || C::SERVER.is_some()) {
            return Ok(C::SERVER.map(Cow::Borrowed));
        }
        match self.server.clone().or_else(C::server) {
            Some(server) => {
                let variables = self.variables.iter().cloned();
                let server = variables.fold(server, |server, (name, value)| server.variable(name, value));
                server.url().map(|url| Some(Cow::Owned(url)))
            }
            None if self.variables.is_empty() => Ok(None),
            None => Err(Error::configuration("the document describes no variables of its server")),
        }
    }
}
