//! A pass for values that match several members of an `anyOf` at once. Only one of the members becomes the variant, so
//! the structs of the members keep the properties that only others describe. So does a struct with several unions, which
//! could not agree on who keeps the rest.

use std::collections::{BTreeMap, BTreeSet};

use crate::generator::model::{Struct, Type, TypeDef, TypeId, TypeKind};

/// The maximum number of types that are looked at, because sets of types could be as many as there are subsets. Beyond
/// it, all structs keep unknown properties.
const MOST: usize = 200_000;

/// Marks each struct that a value can match together with another member, unless it keeps other properties already or
/// allows none.
pub(super) fn mark(types: &mut [TypeDef]) {
    let kept = overlapping(types);
    for (id, definition) in types.iter_mut().enumerate() {
        if let TypeKind::Struct(structure) = &mut definition.kind
            && kept.as_ref().is_none_or(|kept| kept.contains(&id))
        {
            structure.keeps_unknown.get_or_insert(true);
        }
    }
}

/// Returns the structs that a value can match together with another member, or `None` if there are too many to tell.
fn overlapping(types: &[TypeDef]) -> Option<BTreeSet<TypeId>> {
    let mut kept = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut left = MOST;
    let unions = types.iter().filter_map(|definition| match &definition.kind {
        TypeKind::Union(union) if union.can_overlap => Some(union),
        _ => None,
    });
    let members = unions.map(|union| union.variants.iter().map(|variant| vec![&variant.ty]).collect());
    let mut open: Vec<Vec<Vec<&Type>>> = members.collect();
    while let Some(members) = open.pop() {
        let members: Vec<Member<'_>> = members.into_iter().map(|member| Member::of(types, member, &mut left)).collect();
        if left == 0 {
            return None;
        }
        let ids: Vec<BTreeSet<TypeId>> = members.iter().map(|member| member.seen.clone()).collect();
        if ids.iter().any(|ids| !ids.is_empty()) && !seen.insert(ids) {
            continue;
        }
        if members.iter().filter(|member| member.is_object).count() > 1 {
            kept.extend(members.iter().flat_map(|member| member.structs.keys()));
        }
        open.extend(shared(&members));
    }
    Some(kept)
}

/// Returns the types of the properties, items and map values that several members describe.
fn shared<'a>(members: &[Member<'a>]) -> Vec<Vec<Vec<&'a Type>>> {
    let mut properties = BTreeMap::<&str, Vec<Vec<&Type>>>::new();
    for member in members {
        let mut own = BTreeMap::<&str, Vec<&Type>>::new();
        for field in member.structs.values().flat_map(|structure| &structure.fields) {
            if !field.is_flattened {
                own.entry(&field.name.wire).or_default().push(&field.ty);
            }
        }
        for (name, types) in own {
            properties.entry(name).or_default().push(types);
        }
    }
    let items = members.iter().map(|member| member.items.clone()).filter(|items| !items.is_empty()).collect();
    let values = members.iter().map(|member| member.values.clone()).filter(|values| !values.is_empty()).collect();
    properties.into_values().chain([items, values]).filter(|types: &Vec<_>| types.len() > 1).collect()
}

/// What the values of a union's member are made of.
#[derive(Default)]
struct Member<'a> {
    is_object: bool,
    structs: BTreeMap<TypeId, &'a Struct>,
    items: Vec<&'a Type>,
    /// The types of the values of maps.
    values: Vec<&'a Type>,
    seen: BTreeSet<TypeId>,
}

impl<'a> Member<'a> {
    /// Returns the member whose values have one of `types`. Looks at no more than `left` types.
    fn of(definitions: &'a [TypeDef], mut types: Vec<&'a Type>, left: &mut usize) -> Self {
        let mut member = Self::default();
        while let Some(ty) = types.pop().filter(|_| *left > 0) {
            *left -= 1;
            match ty {
                Type::Nullable(inner) | Type::Boxed(inner) => types.push(inner),
                Type::List(item) => member.items.push(item),
                Type::Map(value) => {
                    member.is_object = true;
                    member.values.push(value);
                }
                Type::Value => member.is_object = true,
                Type::Named(id) if member.seen.insert(*id) => match definitions.get(*id).map(|each| &each.kind) {
                    Some(TypeKind::Struct(structure)) => {
                        member.is_object = true;
                        member.structs.insert(*id, structure);
                        types.extend(structure.fields.iter().filter(|field| field.is_flattened).map(|field| &field.ty));
                    }
                    Some(TypeKind::Alias(meant)) => types.push(meant),
                    Some(TypeKind::Union(union)) => types.extend(union.variants.iter().map(|variant| &variant.ty)),
                    // A newtype of a list or a map.
                    Some(TypeKind::Tuple(tuple)) if tuple.items.len() == 1 => types.extend(&tuple.items),
                    Some(TypeKind::Tuple(tuple)) => member.items.extend(&tuple.items),
                    _ => {}
                },
                _ => {}
            }
        }
        member
    }
}
