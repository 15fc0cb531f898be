//! Paths of properties, such as `meta.next`.

use crate::generator::model::{Field, Step, Type, TypeDef, TypeKind};

/// What a path leads to.
pub(super) struct Found {
    pub steps: Vec<Step>,
    pub ty: Type,
}

/// Returns what a path leads to, or why it leads to nothing.
pub(super) fn steps(types: &[TypeDef], ty: &Type, path: &str) -> Result<Found, String> {
    let (mut steps, mut ty) = (Vec::new(), ty);
    for key in path.split('.') {
        let field = fields(types, ty).and_then(|fields| fields.iter().find(|field| field.name.wire == key));
        let field = field.ok_or_else(|| format!("there is no property `{path}`"))?;
        if field.has_three_states {
            return Err(format!("the property `{key}` can be absent or null"));
        }
        steps.push(step(field));
        ty = &field.ty;
    }
    Ok(Found { steps, ty: plain(types, ty).clone() })
}

/// Returns the only list in a page, or the page if it is a list.
pub(super) fn list(types: &[TypeDef], page: &Type) -> Option<Found> {
    if let ty @ Type::List(_) = plain(types, page) {
        return Some(Found { steps: Vec::new(), ty: ty.clone() });
    }
    let is_list = |field: &&Field| matches!(plain(types, &field.ty), Type::List(_)) && !field.has_three_states;
    let mut lists = fields(types, page)?.iter().filter(is_list);
    let list = lists.next()?;
    // With several lists, it is unknown which of them continues.
    lists.next().is_none().then(|| Found { steps: vec![step(list)], ty: plain(types, &list.ty).clone() })
}

fn step(field: &Field) -> Step {
    (field.name.rust.clone(), field.is_optional())
}

fn fields<'a>(types: &'a [TypeDef], ty: &'a Type) -> Option<&'a [Field]> {
    let Type::Named(id) = plain(types, ty) else { return None };
    match &types.get(*id)?.kind {
        TypeKind::Struct(structure) => Some(&structure.fields),
        _ => None,
    }
}

/// Returns the type behind aliases and boxes.
fn plain<'a>(types: &'a [TypeDef], ty: &'a Type) -> &'a Type {
    match ty {
        Type::Boxed(inner) => plain(types, inner),
        Type::Named(id) => match types.get(*id).map(|definition| &definition.kind) {
            Some(TypeKind::Alias(inner)) => plain(types, inner),
            _ => ty,
        },
        _ => ty,
    }
}
