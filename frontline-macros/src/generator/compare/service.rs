//! The service as a whole: its server and its conventions.

use super::changes::Changes;
use super::fields::older;
use crate::generator::model::{Api, Server};
use crate::generator::names::bare;
use crate::generator::problems::Place;

pub fn compare(changes: &mut Changes, old: &Api, new: &Api) {
    if old.server != new.server {
        let none = || "no server".to_owned();
        let (before, after) = (old.server.clone().unwrap_or_else(none), new.server.clone().unwrap_or_else(none));
        let message = format!("requests go to `{after}` instead of `{before}`");
        let users = if new.server.is_some() {
            older(&format!("still use `{before}`"))
        } else {
            "users have to set a base URL".to_owned()
        };
        changes.tell(&Place::root(0).at("servers"), message, users);
    }
    if old.profile != new.profile {
        let (before, after) = (old.profile.name(), new.profile.name());
        let message = format!("the client follows the conventions of the profile `{after}` instead of `{before}`");
        let users = format!(
            "users have to adapt what they read of errors, and their calls of the builder's methods for `{before}`; the \
             option `profile = {before}` keeps both"
        );
        changes.tell(&Place::root(0), message, users);
    }
    servers(changes, old, new);
}

/// Compares the servers that users can choose.
fn servers(changes: &mut Changes, old: &Api, new: &Api) {
    let place = Place::root(0).at("servers");
    let of = |api: &'_ Api, name: &str| api.servers.all.iter().position(|server| bare(&server.name) == name);
    for before in &old.servers.all {
        let name = bare(&before.name);
        match of(new, &name).and_then(|index| new.servers.all.get(index)) {
            Some(after) => {
                // Another default server was told.
                let is_first =
                    |server: &Server, api: &Api| api.servers.all.first().is_some_and(|first| first.name == server.name);
                let is_told = old.server != new.server && is_first(before, old) && is_first(after, new);
                variables(changes, before, after, is_told);
            }
            None => {
                let message = format!("the function `servers::{name}` is gone");
                changes.tell(&place, message, "users have to choose another server, or set a base URL");
            }
        }
    }
    for after in new.servers.all.iter().filter(|after| of(old, &bare(&after.name)).is_none()) {
        changes.add(&after.place, format!("`servers::{}`", bare(&after.name)));
    }
    for before in &old.servers.enums {
        let after = new.servers.enums.iter().find(|after| after.name == before.name);
        let name = bare(&before.name);
        if after.is_none() {
            changes.tell(&place, format!("the type `servers::{name}` is gone"), "users have to pass text instead");
        }
        let is_gone = |variant: &str| after.is_some_and(|after| after.variants.iter().all(|each| each.name != variant));
        for variant in before.variants.iter().filter(|variant| is_gone(&variant.name.to_string())) {
            let message = format!("the value `servers::{name}::{}` is gone", bare(&variant.name));
            changes.tell(&place, message, "users have to choose another value");
        }
    }
}

/// Compares the URL and the variables of a server. `is_told` says that it was told that requests go elsewhere by default.
fn variables(changes: &mut Changes, old: &Server, new: &Server, is_told: bool) {
    let name = bare(&new.name);
    if old.url != new.url && !is_told {
        let message = format!("`servers::{name}` is `{}` instead of `{}`", new.url, old.url);
        changes.tell(&new.place.at("url"), message, older(&format!("still use `{}`", old.url)));
    }
    for before in &old.variables {
        let at = new.place.at("variables").at(&before.name);
        match new.variables.iter().find(|after| after.name == before.name) {
            None => {
                let message = format!("`servers::{name}` has no variable `{}` any more", before.name);
                changes.tell(&at, message, "users have to remove it, or else the client is not built");
            }
            Some(after) if after.default != before.default && !is_told => {
                let (variable, after, before) = (&before.name, &after.default, &before.default);
                let message =
                    format!("the variable `{variable}` of `servers::{name}` is `{after}` by default, not `{before}`");
                changes.tell(&at.at("default"), message, older(&format!("still use `{before}`")));
            }
            Some(_) => {}
        }
    }
}
