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

/// Returns a type without aliases, at any depth. Types that are equal in Rust are then equal.
pub fn without_aliases(types: &[TypeDef], ty: &Type) -> Type {
    let inner = |ty: &Type| Box::new(without_aliases(types, ty));
    match behind_aliases(types, ty) {
        Type::List(item) => Type::List(inner(item)),
        Type::Map(value) => Type::Map(inner(value)),
        Type::Nullable(value) => Type::Nullable(inner(value)),
        Type::Boxed(value) => Type::Boxed(inner(value)),
        other => other.clone(),
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
            (Some(one), Some(other)) => without_aliases(types, one) == without_aliases(types, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}
