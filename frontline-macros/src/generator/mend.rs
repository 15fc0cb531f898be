//! A model with errors in it, made one that compiles: what collides is told already.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::check::OWN_METHODS;
use super::model::{Api, Name, TypeKind};
use super::names::{bare, unique};

/// Leaves out what no Rust code could mean, and numbers what is to keep its place.
pub fn mend(api: &mut Api) {
    api.examples.clear();
    let mut methods: BTreeSet<String> = OWN_METHODS.iter().map(ToString::to_string).collect();
    api.operations.retain(|operation| methods.insert(bare(&operation.name.rust)));
    for operation in &mut api.operations {
        number(operation.parameters.iter_mut().map(|parameter| &mut parameter.name));
        // In the same order as the fields of its struct, so that both get the same numbers.
        let options = operation.options.iter_mut().flat_map(|options| &mut options.parameters);
        number(options.map(|parameter| &mut parameter.name));
    }
    for definition in &mut api.types {
        match &mut definition.kind {
            TypeKind::Struct(structure) => number(structure.fields.iter_mut().map(|field| &mut field.name)),
            TypeKind::Multipart(parts) => number(parts.iter_mut().map(|part| &mut part.field.name)),
            _ => {}
        }
    }
}

fn number<'a>(names: impl Iterator<Item = &'a mut Name>) {
    let mut taken: BTreeSet<Ident> = BTreeSet::new();
    for name in names {
        name.rust = unique(&name.rust, &mut taken);
    }
}
