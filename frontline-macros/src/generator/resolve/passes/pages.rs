//! A pass that finds operations whose responses are pages of a list: those of which the options or the document say so, and
//! those with the usual names.

use std::collections::{BTreeMap, BTreeSet};

use quote::format_ident;

use super::paths::{Found, list, steps};
use crate::generator::model::{
    Answer, Api, Location, Method, Next, Operation, Pages, Paging, PagingKind, Payload, Type, TypeDef, Versions,
};
use crate::generator::names::bare;
use crate::generator::problems::{At, Errors, Problem};

/// The paths in a page to the address of the next page, and a property that is beside it.
const ADDRESSES: [(&str, &str); 3] =
    [("meta.next_page_url", "meta"), ("next_page_uri", "next_page_uri"), ("next", "previous")];

/// The paths in a page to a text that selects the next page, and the query parameter that it belongs to.
const CURSORS: [(&str, &str); 8] = [
    ("nextPageToken", "pageToken"),
    ("next_page_token", "page_token"),
    ("nextCursor", "cursor"),
    ("next_cursor", "cursor"),
    ("meta.next_cursor", "cursor"),
    ("pagination.next_cursor", "cursor"),
    ("paging.next_cursor", "cursor"),
    ("response_metadata.next_cursor", "cursor"),
];

pub(super) fn find(api: &mut Api, errors: &mut Errors) {
    let types = &api.types;
    let taken: BTreeSet<String> = api.operations.iter().map(|operation| bare(&operation.name.rust)).collect();
    // For each pattern, the reason why it does not fit any operation.
    let mut patterns: BTreeMap<String, Option<Problem>> = BTreeMap::new();
    for operation in &mut api.operations {
        let name = format_ident!("{}_stream", bare(&operation.name.rust));
        let is_taken = taken.contains(&name.to_string());
        let found = match &operation.paging {
            Some(_) if is_taken => Err(format!("another operation is the method `{name}`")),
            Some(paging) => told(types, operation, paging),
            None if is_taken => Ok(None),
            None => Ok(usual(types, operation)),
        };
        if let Some(paging) = &operation.paging {
            let why = |why| Problem::at(&paging.at, format!("`{}` has no such pages: {why}", operation.name.wire));
            match (&paging.pattern, found.as_ref().err().map(why)) {
                (Some(pattern), None) => _ = patterns.insert(pattern.clone(), None),
                (Some(pattern), problem) => _ = patterns.entry(pattern.clone()).or_insert(problem),
                (None, Some(problem)) if matches!(paging.at, At::Input(_)) => errors.push(problem),
                (None, Some(problem)) => _ = errors.spare(problem, "the client has no method for its pages"),
                (None, None) => {}
            }
        }
        let pages = found.ok().flatten();
        operation.pages = pages.map(|pages| Pages { names: Versions::new(name), ..pages });
    }
    patterns.into_values().flatten().for_each(|problem| errors.push(problem));
}

/// Returns the pages of an operation whose response has the usual names.
fn usual(types: &[TypeDef], operation: &Operation) -> Option<Pages> {
    let page = page(operation).ok()?;
    let has = |path| steps(types, page, path).is_ok();
    let of = |kind, texts: &[(&'static str, &str)]| {
        let texts = texts.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
        let at = At::Value(operation.place.clone());
        told(types, operation, &Paging { kind, texts, first: 1, at, pattern: None }).ok().flatten()
    };
    let address = ADDRESSES.iter().filter(|(_, beside)| has(beside));
    let cursors = CURSORS.iter();
    let mut told = address.map(|(next, _)| of(PagingKind::Address, &[("next", next)]));
    let mut cursors =
        cursors.map(|(next, parameter)| of(PagingKind::Cursor, &[("next", next), ("parameter", parameter)]));
    let link = || operation.has_link.then(|| of(PagingKind::Link, &[])).flatten();
    told.find_map(|pages| pages).or_else(|| cursors.find_map(|pages| pages)).or_else(link)
}

/// Returns the type of a page.
fn page(operation: &Operation) -> Result<&Type, String> {
    match (operation.method, &operation.answer) {
        (Method::Get, Answer::One(Payload::Json(page))) => Ok(page),
        (Method::Get, _) => Err("its response is not always JSON".to_owned()),
        _ => Err("it is not a GET".to_owned()),
    }
}

/// Returns the pages that `paging` describes, or why the operation has no such pages.
fn told(types: &[TypeDef], operation: &Operation, paging: &Paging) -> Result<Option<Pages>, String> {
    let need = |key: &str| paging.text(key).ok_or_else(|| format!("`{key}` is missing"));
    if paging.kind == PagingKind::None {
        return Ok(None);
    }
    let page = page(operation)?;
    let Found { steps: items, ty } = match paging.text("items") {
        Some(path) => steps(types, page, path)?,
        None => list(types, page).ok_or("it is not clear which list has the items; set `items`")?,
    };
    let Type::List(item) = ty else { return Err("`items` is not a list".to_owned()) };
    let step = |key: &str, what: &str, fits: fn(&Type) -> bool| match paging.text(key) {
        Some(path) => match steps(types, page, path)? {
            Found { steps, ty } if fits(&ty) => Ok(steps),
            _ => Err(format!("`{path}` is not {what}")),
        },
        None => Ok(Vec::new()),
    };
    let parameter = || {
        let name = need("parameter")?;
        let parameters = operation.options.iter().flat_map(|options| &options.parameters);
        let mut queries = parameters.filter(|parameter| parameter.location == Location::Query);
        let is_known = queries.any(|parameter| parameter.name.wire == name);
        if is_known { Ok(name.to_owned()) } else { Err(format!("it has no query parameter `{name}`")) }
    };
    let total = || step("total", "a number", is_number);
    let next = match paging.kind {
        PagingKind::None => return Ok(None),
        PagingKind::Link => Next::Link,
        PagingKind::Address => {
            need("next")?;
            Next::Address(step("next", "a text", |ty| *ty == Type::String)?)
        }
        PagingKind::Cursor => match (paging.text("next"), paging.text("last")) {
            (Some(_), None) => Next::Cursor(parameter()?, step("next", "a text or an integer", is_cursor)?),
            (None, Some(path)) => match steps(types, &item, path)? {
                Found { steps, ty } if is_cursor(&ty) => Next::Last(parameter()?, steps),
                _ => return Err(format!("`{path}` of its items is not a text or an integer")),
            },
            _ => return Err("either `next` or `last` is needed".to_owned()),
        },
        PagingKind::Offset => Next::Offset(parameter()?, total()?),
        PagingKind::Page => Next::Number(parameter()?, paging.first, total()?),
    };
    let more = step("more", "a boolean", |ty| *ty == Type::Bool)?;
    let names = Versions::new(operation.name.rust.clone());
    Ok(Some(Pages { names, items, item: *item, next, more, docs: docs(paging) }))
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::I128 | Type::F64)
}

fn is_cursor(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Uuid) || (is_number(ty) && *ty != Type::F64)
}

/// Says how the next page is found.
fn docs(paging: &Paging) -> String {
    let text = |key| paging.text(key).unwrap_or_default();
    let (parameter, next, last) = (text("parameter"), text("next"), text("last"));
    let mut docs = match paging.kind {
        PagingKind::None => String::new(),
        PagingKind::Link => "The address of the next page is in the header `Link`.".to_owned(),
        PagingKind::Address => format!("The address of the next page is the property `{next}`."),
        PagingKind::Cursor if next.is_empty() => {
            format!("The parameter `{parameter}` of the next page is the property `{last}` of the last item.")
        }
        PagingKind::Cursor => format!("The parameter `{parameter}` of the next page is the property `{next}`."),
        PagingKind::Offset => {
            format!("The parameter `{parameter}` grows by the number of items, until a page has no items.")
        }
        PagingKind::Page => format!("The parameter `{parameter}` grows by one, until a page has no items."),
    };
    for (key, what) in [("total", "how many there are"), ("more", "whether there are further pages")] {
        if let Some(path) = paging.text(key) {
            docs.extend([" The property `", path, "` says ", what, "."]);
        }
    }
    docs
}
