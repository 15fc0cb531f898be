//! Servers that the document describes, and their variables.

use std::fmt;

use crate::Error;

/// A server of an OpenAPI document, with the values of its variables.
///
/// If a document has several servers or variables, [`frontline_api!`](crate::frontline_api) generates a module `servers` with
/// a function for each server. Pass the result to [`ClientBuilder::server`](crate::ClientBuilder::server).
///
/// `Debug` output does not contain the values.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    url: &'static str,
    variables: &'static [ServerVariable],
    values: Vec<(String, String)>,
}

/// The name of a variable, its default, and the values that it can have. An empty list means any value.
#[doc(hidden)]
pub type ServerVariable = (&'static str, &'static str, &'static [&'static str]);

impl Server {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(url: &'static str, variables: &'static [ServerVariable]) -> Self {
        Self { url, variables, values: Vec::new() }
    }

    /// Sets the value of a variable. Default: that of the document.
    ///
    /// The module `servers` has an enum for each variable whose values the document lists.
    /// [`ClientBuilder::build`](crate::ClientBuilder::build) fails if the server has no such variable, or if it cannot have
    /// the value.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Returns the URL. Errors do not quote values, which may be names of customers.
    pub(crate) fn url(&self) -> Result<String, Error> {
        for (name, value) in &self.values {
            self.check(name, value)?;
        }
        self.variables.iter().try_fold(self.url.to_owned(), |url, (name, default, _)| {
            let set = self.values.iter().rev().find(|(known, _)| known == name);
            let value = set.map_or(*default, |(_, value)| value);
            if set.is_none() && default.contains('{') {
                let message = format!("the variable `{name}` of the server has no default; set it");
                return Err(Error::configuration(message));
            }
            Ok(url.replace(&placeholder(name), value))
        })
    }

    fn check(&self, name: &str, value: &str) -> Result<(), Error> {
        let refuse = |message: String| Err(Error::configuration(message));
        let Some((_, default, listed)) = self.variables.iter().find(|(known, ..)| *known == name) else {
            let known = names(self.variables.iter().map(|(name, ..)| *name));
            let known = if known.is_empty() { known } else { format!("; it has {known}") };
            return refuse(format!("the server `{}` has no variable `{name}`{known}", self.url));
        };
        if !listed.is_empty() && !listed.contains(&value) && value != *default {
            let listed = names(listed.iter().copied());
            return refuse(format!("the variable `{name}` of the server must be one of {listed}"));
        }
        // The request would go to another host.
        let host = self.url.split_once("://").and_then(|(_, rest)| rest.split('/').next());
        let is_in_host = host.is_some_and(|host| host.contains(&placeholder(name)));
        if is_in_host && (value.is_empty() || value.contains(['/', '\\', '?', '#', '@'])) {
            return refuse(format!("the variable `{name}` of the server cannot be part of a host"));
        }
        Ok(())
    }
}

fn placeholder(name: &str) -> String {
    format!("{{{name}}}")
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.url).finish_non_exhaustive()
    }
}
