//! The service as a whole: its server and its conventions.

use super::changes::Changes;
use super::fields::older;
use crate::generator::model::Api;
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
}
