//! Fields that contain several properties.

use proc_macro2::Ident;

use crate::generator::model::{Access, Field, Name, Type};
use crate::generator::problems::Place;

/// Creates the field for properties that the other fields of a struct do not name.
pub fn additional_properties(ty: Type, place: &Place, others: &[Field]) -> Field {
    flattened("additional_properties", "The properties that the document does not list.", ty, place, others)
}

/// Creates a field that contains several properties. It gets underscores if a property has the same name.
pub fn flattened(name: &str, docs: &str, ty: Type, place: &Place, others: &[Field]) -> Field {
    let mut name = name.to_owned();
    while others.iter().any(|field| field.name.rust == name) {
        name.push('_');
    }
    Field {
        name: Name { rust: Ident::new(&name, proc_macro2::Span::call_site()), wire: name },
        place: place.clone(),
        docs: docs.to_owned(),
        is_deprecated: false,
        is_required: true,
        is_nullable: false,
        access: Access::Both,
        is_one_way: false,
        has_three_states: false,
        is_flattened: true,
        is_pii: false,
        ty,
    }
}
