//! A pass that numbers names that are equal in Rust, with a warning for each.

use std::collections::BTreeSet;

use crate::generator::model::{Api, Field, Name, TypeId, TypeKind};
use crate::generator::problems::{Errors, Place, Problem};
use crate::generator::resolve::distinct::distinct;

/// Numbers parameters of an operation, and fields of a struct, that have equal names.
pub(super) fn number(api: &mut Api, errors: &mut Errors) {
    let options: BTreeSet<TypeId> = api.operations.iter().filter_map(|each| Some(each.options.as_ref()?.ty)).collect();
    for (id, definition) in api.types.iter_mut().enumerate() {
        let fields: Vec<&mut Field> = match &mut definition.kind {
            TypeKind::Struct(structure) => structure.fields.iter_mut().collect(),
            TypeKind::Multipart(parts) => parts.iter_mut().map(|part| &mut part.field).collect(),
            _ => continue,
        };
        let what = if options.contains(&id) { "parameter" } else { "property" };
        let fields = fields.into_iter().map(|field| (&mut field.name, &field.place)).collect();
        distinct(fields, &[], |name, place, other| errors.warn(told(what, name, place, other)));
    }
    for operation in &mut api.operations {
        let kept = [("params", operation.options.is_some()), ("body", operation.body.is_some())];
        let kept: Vec<&str> = kept.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect();
        let parameters = operation.parameters.iter_mut();
        distinct(parameters.map(|each| (&mut each.name, &each.place)).collect(), &kept, |name, place, other| {
            errors.warn(told("parameter", name, place, other));
        });
        // The other parameters have fields in a struct, in the same order.
        if let Some(options) = &mut operation.options
            && let Some(TypeKind::Struct(structure)) = api.types.get(options.ty).map(|definition| &definition.kind)
        {
            for (parameter, field) in options.parameters.iter_mut().zip(&structure.fields) {
                parameter.name.clone_from(&field.name);
            }
        }
    }
}

fn told(what: &str, name: &Name, place: &Place, other: &str) -> Problem {
    let Name { wire, rust } = name;
    Problem::key(place, format!("the {what} `{wire}` becomes `{rust}` in Rust, because `{other}` is taken"))
        .help("choose a name with `x-rust-name`")
}
