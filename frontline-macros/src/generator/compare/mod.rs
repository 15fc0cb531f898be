//! Compares a client with the one that was released, and finds what breaks its users.
//!
//! `pairs` finds what belongs together in the two models, with `links`. `operations`, `parameters`, `failures`, `credentials`
//! and `types` compare it, the latter with `fields`, `group`, `limits` and `variants`. All add to `changes`. `shown` puts types into
//! words, and `version` says which version has to follow.
//!
//! Uses `model`, `names`, `problems` and `profile`.

mod changes;
mod credentials;
mod failures;
mod fields;
mod group;
mod limits;
mod links;
mod operations;
mod pairs;
mod parameters;
mod service;
mod shown;
mod types;
mod variants;
mod version;

pub use changes::Changes;
use pairs::Pairs;
pub use version::summary;

use super::model::Api;

/// Returns the differences between the released client and the new one.
pub fn compare(released: &Api, new: &Api) -> Changes {
    let pairs = Pairs::of(released, new);
    let mut changes = Changes::default();
    service::compare(&mut changes, released, new);
    credentials::compare(&mut changes, &pairs);
    operations::compare(&mut changes, &pairs);
    types::compare(&mut changes, &pairs);
    changes.tell_rest();
    changes
}
