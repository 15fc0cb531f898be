//! A single error or warning.

use proc_macro2::Span;

use super::place::Place;

/// An error or a warning: what is wrong, where, and what to do.
#[derive(Clone)]
pub struct Problem {
    pub message: String,
    pub help: Option<String>,
    pub at: At,
    /// The message of an error that became a warning, without its consequence.
    pub cause: Option<String>,
    /// Whether the document is correct, but needs an unsupported feature.
    pub(super) is_unsupported: bool,
    /// Whether an option of the macro allows a client without the part that this is about.
    pub(super) is_dispensable: bool,
}

/// The location of a problem.
#[derive(Clone, Debug)]
pub enum At {
    /// A span of the macro's input.
    Input(Span),
    /// The index of a file, and a line and column in it.
    File(usize, (usize, usize)),
    Value(Place),
    Key(Place),
}

impl Problem {
    fn new(at: At, message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, at, cause: None, is_unsupported: false, is_dispensable: false }
    }

    pub fn at(at: &At, message: impl Into<String>) -> Self {
        Self::new(at.clone(), message)
    }

    pub fn input(span: Span, message: impl Into<String>) -> Self {
        Self::new(At::Input(span), message)
    }

    pub fn file(file: usize, position: (usize, usize), message: impl Into<String>) -> Self {
        Self::new(At::File(file, position), message)
    }

    pub fn value(place: &Place, message: impl Into<String>) -> Self {
        Self::new(At::Value(place.clone()), message)
    }

    pub fn key(place: &Place, message: impl Into<String>) -> Self {
        Self::new(At::Key(place.clone()), message)
    }

    /// Puts the consequence before the message: `{consequence}: {message}`.
    pub fn because(mut self, consequence: &str) -> Self {
        let message = format!("{consequence}: {}", self.message);
        self.cause = Some(std::mem::replace(&mut self.message, message));
        self
    }

    pub fn unsupported(mut self) -> Self {
        self.is_unsupported = true;
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
