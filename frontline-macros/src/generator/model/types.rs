//! Types that the expansion names.

/// An index into [`Api::types`].
pub type TypeId = usize;

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Bool,
    I32,
    I64,
    U32,
    U64,
    F32,
    F64,
    String,
    DateTime,
    /// A date and time as RFC 2822 writes them.
    Rfc2822,
    Date,
    Uuid,
    /// Bytes that are base64 on the wire.
    Base64,
    /// Any JSON value.
    Value,
    /// What can be null in a list, a map or a tuple; of a property, the field says so.
    Nullable(Box<Type>),
    List(Box<Type>),
    Map(Box<Type>),
    Named(TypeId),
    Boxed(Box<Type>),
}
