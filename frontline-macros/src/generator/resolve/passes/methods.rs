//! A pass that names the methods that are not named after an operation alone: those that return streams, those that request
//! other media types, and those that take optional parameters.

use proc_macro2::Ident;
use quote::format_ident;

use crate::generator::model::{Api, Versions};
use crate::generator::names::{Taken, bare};

/// Gives each of these methods a name that no other method has.
pub(super) fn name(api: &mut Api) {
    let iterators =
        api.operations.iter().filter_map(|operation| operation.pages.as_ref()).map(|pages| &pages.names.name);
    let names = api.operations.iter().map(|operation| &operation.name.rust);
    let mut taken: Taken = names.chain(iterators).cloned().collect();
    for streaming in api.operations.iter_mut().filter_map(|operation| operation.streaming.as_mut()) {
        let name = &mut streaming.names.name;
        let wanted = ["stream", "events"].map(|what| format_ident!("{}_{what}", bare(name)));
        let free = wanted.iter().find(|name| !taken.contains(name)).or(wanted.first());
        *name = taken.unique(free.unwrap_or(name));
    }
    for operation in &mut api.operations {
        for Versions { name, .. } in operation.alternatives.iter_mut().map(|other| &mut other.names) {
            *name = taken.unique(&format_ident!("{}_{}", bare(&operation.name.rust), bare(name)));
        }
    }
    for operation in api.operations.iter_mut().filter(|operation| operation.has_only_optional_parameters()) {
        let mut with = |name: &Ident| Some(taken.unique(&format_ident!("{}_with", bare(name))));
        operation.with = with(&operation.name.rust);
        let pages = operation.pages.as_mut().map(|pages| &mut pages.names);
        let streaming = operation.streaming.as_mut().map(|streaming| &mut streaming.names);
        let alternatives = operation.alternatives.iter_mut().map(|other| &mut other.names);
        for Versions { name, with: other } in pages.into_iter().chain(streaming).chain(alternatives) {
            *other = with(name);
        }
    }
}
