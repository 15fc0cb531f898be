//! Types that are the same in Rust, whatever names they have.

use super::definitions::{TypeDef, TypeKind};
use super::payloads::Payload;
use super::types::Type;

/// The type that is meant where it has other names. Names that lead only to each other end with one of them.
pub fn behind_aliases<'a>(types: &'a [TypeDef], mut ty: &'a Type) -> &'a Type {
    for _ in types {
        match ty {
            Type::Named(id) => match types.get(*id).map(|definition| &definition.kind) {
                Some(TypeKind::Alias(meant)) => ty = meant,
                _ => break,
            },
            _ => break,
        }
    }
    ty
}

/// Whether two types are one in Rust, whatever names they have.
fn is_same(types: &[TypeDef], one: &Type, other: &Type) -> bool {
    match (behind_aliases(types, one), behind_aliases(types, other)) {
        (Type::List(one), Type::List(other))
        | (Type::Map(one), Type::Map(other))
        | (Type::Nullable(one), Type::Nullable(other))
        | (Type::Boxed(one), Type::Boxed(other)) => is_same(types, one, other),
        (one, other) => one == other,
    }
}

impl Payload {
    /// Whether it is held as the same type of Rust as another one.
    pub fn is_held_alike(&self, other: &Self, types: &[TypeDef]) -> bool {
        let held = |payload| match payload {
            &Self::Text => Some(&Type::String),
            payload => payload.ty(),
        };
        match (held(self), held(other)) {
            (Some(one), Some(other)) => is_same(types, one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}
