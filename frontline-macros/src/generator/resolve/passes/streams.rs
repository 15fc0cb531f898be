//! A pass that names the methods that return streams and those that request other media types.

use quote::format_ident;

use crate::generator::model::Api;
use crate::generator::names::{Taken, bare};

/// Gives each of these methods a name that no other method has.
pub(super) fn name(api: &mut Api) {
    let paged = api.operations.iter().filter(|operation| operation.pages.is_some());
    let paged = paged.map(|operation| format_ident!("{}_stream", bare(&operation.name.rust)));
    let names = api.operations.iter().map(|operation| operation.name.rust.clone());
    let mut taken: Taken = names.chain(paged).collect();
    for streaming in api.operations.iter_mut().filter_map(|operation| operation.streaming.as_mut()) {
        let wanted = ["stream", "events"].map(|what| format_ident!("{}_{what}", bare(&streaming.name)));
        let free = wanted.iter().find(|name| !taken.contains(name)).or(wanted.first());
        streaming.name = taken.unique(free.unwrap_or(&streaming.name));
    }
    for operation in &mut api.operations {
        for other in &mut operation.alternatives {
            other.name = taken.unique(&format_ident!("{}_{}", bare(&operation.name.rust), bare(&other.name)));
        }
    }
}
