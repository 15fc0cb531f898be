//! A pass that finds operations whose responses are pages of a list, in the two forms that Twilio documents:
//! `meta.next_page_url` and `next_page_uri`.

use std::collections::BTreeSet;

use quote::format_ident;

use crate::generator::model::{Answer, Api, Field, Method, Pages, Payload, Type, TypeDef, TypeKind, Versions};
use crate::generator::names::bare;

/// The paths in a page to the address of the next page.
const NEXT: [&[&str]; 2] = [&["meta", "next_page_url"], &["next_page_uri"]];

pub(super) fn find(api: &mut Api) {
    let types = &api.types;
    let taken: BTreeSet<String> = api.operations.iter().map(|operation| bare(&operation.name.rust)).collect();
    for operation in &mut api.operations {
        if let (Method::Get, Answer::One(Payload::Json(page))) = (operation.method, &operation.answer) {
            let name = format_ident!("{}_stream", bare(&operation.name.rust));
            let names = (!taken.contains(&name.to_string())).then(|| Versions::new(name));
            operation.pages = names.and_then(|names| pages(types, page, names));
        }
    }
}

fn pages(types: &[TypeDef], page: &Type, names: Versions) -> Option<Pages> {
    let next = NEXT.iter().find_map(|keys| path(types, page, keys))?;
    let mut lists =
        fields(types, page)?.iter().filter(|field| matches!(field.ty, Type::List(_)) && !field.has_three_states);
    let items = lists.next()?;
    let Type::List(item) = &items.ty else { return None };
    // With several lists, it is unknown which of them continues.
    lists.next().is_none().then(|| Pages { names, items: step(items), item: (**item).clone(), next })
}

/// Returns the fields along `keys`, if the last one is a string.
fn path(types: &[TypeDef], ty: &Type, keys: &[&str]) -> Option<Vec<(proc_macro2::Ident, bool)>> {
    let Some((key, rest)) = keys.split_first() else {
        return (*ty == Type::String).then(Vec::new);
    };
    let field = fields(types, ty)?.iter().find(|field| field.name.wire == *key && !field.has_three_states)?;
    let mut steps = vec![step(field)];
    steps.extend(path(types, &field.ty, rest)?);
    Some(steps)
}

fn step(field: &Field) -> (proc_macro2::Ident, bool) {
    (field.name.rust.clone(), field.is_optional())
}

fn fields<'a>(types: &'a [TypeDef], ty: &Type) -> Option<&'a [Field]> {
    let Type::Named(id) = ty else { return None };
    match &types.get(*id)?.kind {
        TypeKind::Struct(structure) => Some(&structure.fields),
        TypeKind::Alias(ty) => fields(types, ty),
        _ => None,
    }
}
