//! Errors of decoding.

use std::fmt;

use serde::de;

/// Why a JSON text cannot be decoded, and where.
///
/// It contains nothing of the text, because that may be personal data.
#[doc(hidden)]
#[derive(Debug)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    cause: Cause,
    /// The offset of the value in the text. It is `None` until the error passes a node.
    at: Option<usize>,
    /// The steps from the value to the root.
    path: Vec<Step>,
}

#[derive(Debug)]
pub(crate) enum Cause {
    /// The text is not JSON.
    Syntax,
    /// The text ends before the value does.
    End,
    /// The text is nested more deeply than this number of levels.
    Depth(usize),
    /// More types than this number would contain each other.
    Types(usize),
    /// The text or its values need more than this number of bytes.
    Memory(usize),
    /// The time limit passed.
    Time,
    /// The value does not match its type: the text after "expected", or a sentence of its own.
    Expected(String),
    Other(String),
}

/// A step from a value to a part of it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A property that the type declares.
    Property(&'static str),
    /// An item of a list.
    Index(usize),
    /// A key that the type does not declare. Such keys may be personal data.
    Key,
}

impl DecodeError {
    pub(crate) fn new(cause: Cause) -> Self {
        Self(Box::new(Inner { cause, at: None, path: Vec::new() }))
    }

    /// Creates the error for a value that is not what its type expects.
    pub(crate) fn expected(what: impl fmt::Display) -> Self {
        Self::new(Cause::Expected(what.to_string()))
    }

    /// Creates the error for a required property that is missing.
    pub(crate) fn missing(property: &str) -> Self {
        Self::new(Cause::Other(format!("missing field `{property}`")))
    }

    /// Creates the error for a property that occurs twice.
    pub(crate) fn duplicate(property: &str) -> Self {
        Self::new(Cause::Other(format!("duplicate field `{property}`")))
    }

    /// Sets the offset of the value, unless a part of it set its own.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.0.at.get_or_insert(offset);
        self
    }

    /// Adds the step that leads to the value.
    pub(crate) fn inside(mut self, step: Step) -> Self {
        self.0.path.push(step);
        self
    }

    pub(crate) fn cause(&self) -> &Cause {
        &self.0.cause
    }

    /// Whether a limit ended the decoding, and not the value's type.
    pub(crate) fn is_limit(&self) -> bool {
        matches!(self.0.cause, Cause::Depth(_) | Cause::Types(_) | Cause::Memory(_) | Cause::Time)
    }

    pub(crate) fn offset(&self) -> usize {
        self.0.at.unwrap_or_default()
    }

    /// Returns the JSON path of the value, such as `$.users[3].state`.
    pub(crate) fn path(&self) -> String {
        self.0.path.iter().rev().fold("$".to_owned(), |path, step| match step {
            Step::Property(name) => format!("{path}.{name}"),
            Step::Index(index) => format!("{path}[{index}]"),
            Step::Key => path + "[…]",
        })
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cause() {
            Cause::Syntax => f.write_str("invalid JSON"),
            Cause::End => f.write_str("the JSON ends too early"),
            Cause::Depth(levels) => write!(f, "nested more deeply than {levels} levels at `{}`", self.path()),
            Cause::Types(count) => write!(f, "more than {count} types inside of each other at `{}`", self.path()),
            Cause::Memory(bytes) => write!(f, "more than {bytes} bytes of memory needed"),
            Cause::Time => f.write_str("the time limit passed"),
            Cause::Expected(what) => write!(f, "at `{}`: expected {what}", self.path()),
            Cause::Other(what) => write!(f, "at `{}`: {what}", self.path()),
        }
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    /// Drops the message, because it may quote the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new(Cause::Other("the value is invalid".to_owned()))
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::expected(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::expected(format_args!("one of {expected:?}"))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Cause::Other(format!("unknown field, expected one of {expected:?}")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::missing(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::duplicate(field)
    }
}
