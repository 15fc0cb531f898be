//! Comparison of types regardless of aliases.

use super::definitions::{TypeDef, TypeKind};
use super::payloads::Payload;
use super::types::Type;

/// Follows aliases to the type behind them. If aliases form a cycle, returns one of them.
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

/// Returns whether two types are the same in Rust, regardless of aliases.
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
    /// Returns whether a Rust value of this payload has the same type as one of `other`.
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
