//! Fields that are not properties of the document's schemas.

use proc_macro2::{Ident, Span};

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
    let name = Name { rust: Ident::new(&name, Span::call_site()), wire: name };
    Field { is_flattened: true, ..required(name, docs, ty, place) }
}

/// Creates the field for a required property.
pub fn required(name: Name, docs: &str, ty: Type, place: &Place) -> Field {
    Field {
        name,
        place: place.clone(),
        docs: docs.to_owned(),
        is_deprecated: false,
        is_required: true,
        is_nullable: false,
        access: Access::Both,
        is_one_way: false,
        has_three_states: false,
        is_flattened: false,
        is_pii: false,
        constant: None,
        ty,
    }
}
