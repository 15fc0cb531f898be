//! Types that the expansion names.

/// An index into [`Api::types`](super::Api::types).
pub type TypeId = usize;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Bool,
    I32,
    I64,
    U32,
    U64,
    /// An integer whose range exceeds `i64` and `u64`.
    I128,
    F64,
    String,
    DateTime,
    /// A date and time in the format of RFC 2822.
    Rfc2822,
    Date,
    Uuid,
    /// Bytes that are sent as base64.
    Base64,
    /// Any JSON value.
    Value,
    /// A nullable body, or a nullable item of a list, a map or a tuple. For a property, `Field::is_nullable` is set
    /// instead.
    Nullable(Box<Type>),
    List(Box<Type>),
    Map(Box<Type>),
    Named(TypeId),
    Boxed(Box<Type>),
}

impl Type {
    /// Returns the type of the values other than null.
    pub fn without_null(self) -> Self {
        if let Self::Nullable(inner) = self { *inner } else { self }
    }
}
