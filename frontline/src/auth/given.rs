//! The credentials that providers returned for one attempt.

use super::login::Login;
use super::provider::{Cached, Issued};
use crate::request::Scheme;
use crate::{Error, ErrorKind};

/// The credentials that providers returned for one attempt.
#[derive(Default)]
pub(crate) struct Given(Vec<One>);

struct One {
    /// The name of the scheme that the credentials are for, or `None` for all schemes that they suit.
    scheme: Option<&'static str>,
    provider: Cached,
    issued: Issued,
}

impl Given {
    /// Asks a provider for credentials.
    pub(super) async fn add(&mut self, scheme: Option<&Scheme>, provider: &Cached) -> Result<(), Error> {
        let issued = provider.get().await?;
        issued.login.check()?;
        // No scheme would use it, and requests with optional credentials would be sent without any.
        if scheme.is_none() && matches!(issued.login, Login::Key(_)) {
            let what = "the provider for all schemes returned an API key; set it with `credentials_for`";
            return Err(Error::new(ErrorKind::Credentials, what));
        }
        if let Some(scheme) = scheme.filter(|scheme| !issued.login.suits(scheme)) {
            let what = "the provider returned credentials of another kind than the security scheme";
            return Err(Error::new(ErrorKind::Credentials, format!("{what} `{}` requires", scheme.name)));
        }
        let scheme = scheme.map(|scheme| scheme.name);
        self.0.push(One { scheme, provider: provider.clone(), issued });
        Ok(())
    }

    /// Returns the credentials for a scheme.
    pub(super) fn login(&self, scheme: &Scheme) -> Option<&Login> {
        let is_for = |one: &&One| match one.scheme {
            Some(name) => name == scheme.name,
            None => one.issued.login.suits(scheme),
        };
        let own = self.0.iter().find(|one| one.scheme.is_some() && is_for(one));
        own.or_else(|| self.0.iter().find(is_for)).map(|one| &one.issued.login)
    }

    /// Records that the server refused these credentials. Returns whether a provider may have newer ones.
    pub(crate) fn refuse(&self) -> bool {
        // Each provider has to know, so this does not stop at the first one.
        self.0.iter().filter(|one| one.provider.refuse(&one.issued)).count() > 0
    }
}
