//! One error or warning.

use proc_macro2::Span;

use super::place::Place;

/// One error or warning: what is wrong, where, and what to do.
#[derive(Clone)]
pub struct Problem {
    pub message: String,
    pub help: Option<String>,
    pub at: At,
    /// Whether the document is right, and asks for what is not supported.
    pub(super) is_unsupported: bool,
}

/// What a problem is about.
#[derive(Clone)]
pub enum At {
    /// In the macro's input.
    Input(Span),
    /// At a line and column of a file.
    File(usize, (usize, usize)),
    Value(Place),
    Key(Place),
}

impl Problem {
    fn new(at: At, message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, at, is_unsupported: false }
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

    /// The same, said of what comes of it.
    pub fn because(mut self, consequence: &str) -> Self {
        self.message = format!("{consequence}: {}", self.message);
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
