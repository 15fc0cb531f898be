//! A pass that tells which setters have another name than their field.

use super::parts::fields;
use crate::generator::model::{Access, Field, TypeDef, TypeKind};
use crate::generator::problems::{Errors, Problem};

/// Warns about each setter whose name is that of a function that every struct has.
pub(super) fn tell(types: &[TypeDef], errors: &mut Errors) {
    let has_setters = |kind: &TypeKind| match kind {
        TypeKind::Struct(structure) => structure.is_sent,
        kind => matches!(kind, TypeKind::Multipart(_)),
    };
    let kinds = types.iter().map(|definition| &definition.kind).filter(|kind| has_setters(kind));
    let has_setter = |field: &&Field| field.starts_empty() && field.access != Access::ReadOnly;
    for field in kinds.flat_map(fields).filter(has_setter) {
        if let (setter, true) = field.setter() {
            let (wire, name) = (&field.name.wire, &field.name.rust);
            let message =
                format!("the setter of `{wire}` becomes `{setter}`, because every struct has a function `{name}`");
            errors.warn(Problem::key(&field.place, message).help("choose a name with `x-rust-name`"));
        }
    }
}
