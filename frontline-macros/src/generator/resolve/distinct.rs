//! Names that are alike in Rust, told apart by numbers, with a warning for each.

use crate::generator::model::{Api, Field, Name, TypeKind};
use crate::generator::names;
use crate::generator::problems::{Errors, Place, Problem};

/// Numbers parameters of one operation, and fields of one struct, where several have one name.
pub(super) fn number(api: &mut Api, errors: &mut Errors) {
    for definition in &mut api.types {
        match &mut definition.kind {
            TypeKind::Struct(structure) => fields(structure.fields.iter_mut().collect(), errors),
            TypeKind::Multipart(parts) => fields(parts.iter_mut().map(|part| &mut part.field).collect(), errors),
            _ => {}
        }
    }
    for operation in &mut api.operations {
        let kept = [("params", operation.options.is_some()), ("body", operation.body.is_some())];
        let kept: Vec<&str> = kept.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect();
        let parameters = operation.parameters.iter_mut();
        distinct(parameters.map(|each| (&mut each.name, &each.place)).collect(), &kept, |name, place, other| {
            errors.warn(told("parameter", name, place, other));
        });
        // The struct of the others has a field for each, in the same order.
        if let Some(options) = &mut operation.options
            && let Some(TypeKind::Struct(structure)) = api.types.get(options.ty).map(|definition| &definition.kind)
        {
            for (parameter, field) in options.parameters.iter_mut().zip(&structure.fields) {
                parameter.name.clone_from(&field.name);
            }
        }
    }
}

fn fields(fields: Vec<&mut Field>, errors: &mut Errors) {
    let fields = fields.into_iter().map(|field| (&mut field.name, &field.place)).collect();
    distinct(fields, &[], |name, place, other| errors.warn(told("property", name, place, other)));
}

fn told(what: &str, name: &Name, place: &Place, other: &str) -> Problem {
    let Name { wire, rust } = name;
    Problem::key(place, format!("the {what} `{wire}` becomes `{rust}` in Rust, since `{other}` is taken"))
        .help("choose a name with `x-rust-name`")
}

/// Gives each name a spelling of its own that is none of `kept`. Of names that are alike the one that the document
/// spells as Rust does keeps its own, or else the first; `tell` is told of the others, and of what they would have been.
pub(super) fn distinct(mut names: Vec<(&mut Name, &Place)>, kept: &[&str], mut tell: impl FnMut(&Name, &Place, &str)) {
    let mut taken = kept.iter().map(|name| names::snake(name)).collect();
    names.sort_by_key(|(name, _)| names::bare(&name.rust) != name.wire);
    for (name, place) in names {
        let wanted = name.rust.clone();
        name.rust = names::unique(&wanted, &mut taken);
        if name.rust != wanted {
            tell(name, place, &names::bare(&wanted));
        }
    }
}
