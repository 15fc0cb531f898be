//! Credentials: the security schemes, and which of them each operation requires.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::changes::Changes;
use super::fields::older;
use super::pairs::Pairs;
use super::shown;
use crate::generator::model::{Api, KeyLocation, Operation, Scheme, SchemeKind};
use crate::generator::names::bare;
use crate::generator::problems::Place;

/// The number of methods that a message names.
const SHOWN: usize = 5;

pub fn compare(changes: &mut Changes, pairs: &Pairs<'_>) {
    let schemes: HashMap<&str, &Scheme> =
        pairs.new.schemes.iter().map(|scheme| (scheme.name.wire.as_str(), scheme)).collect();
    let used: BTreeSet<usize> =
        pairs.old.operations.iter().flat_map(|each| each.security.iter().flatten().copied()).collect();
    // These count as the same credentials for operations, because the change is told here.
    let mut converted = BTreeSet::new();
    for old in used.iter().filter_map(|index| pairs.old.schemes.get(*index)) {
        let Some(new) = schemes.get(old.name.wire.as_str()) else { continue };
        let (before, after) = (needed(old), needed(new));
        let at = Place::root(0).at("components").at("securitySchemes").at(&old.name.wire);
        let wire = &old.name.wire;
        if before != after {
            let message = format!("the security scheme `{wire}` takes {after} instead of {before}");
            changes.tell(&at, message, format!("users have to call {}", setter(new)));
            converted.insert(wire.as_str());
        } else if let (Some(was), Some(is)) = (carrier(old), carrier(new))
            && was != is
        {
            let message = format!("the key of the security scheme `{wire}` is sent in {is} instead of {was}");
            changes.tell(&at, message, older(&format!("still send it in {was}")));
        }
    }
    operations(changes, pairs, &converted);
}

/// The methods that need other credentials: by the place that says so, and the credentials before and after.
type Affected = BTreeMap<(Place, Alternatives, Alternatives), Vec<String>>;

/// The alternatives of an operation. Each is a list of credentials, in words and with the builder's method for them.
type Alternatives = BTreeSet<BTreeSet<(String, &'static str)>>;

fn operations(changes: &mut Changes, pairs: &Pairs<'_>, converted: &BTreeSet<&str>) {
    let mut affected = Affected::new();
    for (old, new) in &pairs.operations {
        let before = alternatives(pairs.old, old, converted);
        let after = alternatives(pairs.new, new, converted);
        // Credentials that were enough must still be enough.
        let are_enough = |given: &BTreeSet<_>| after.iter().any(|needed| needed.is_subset(given));
        if !before.iter().all(are_enough) {
            let key = (new.security_place.clone(), before, after);
            affected.entry(key).or_default().push(format!("`{}`", bare(&new.name.rust)));
        }
    }
    for ((place, before, after), methods) in affected {
        let mut names = methods.clone();
        names.truncate(SHOWN);
        if methods.len() > SHOWN {
            names.push(format!("{} others", methods.len() - SHOWN));
        }
        let verb = if methods.len() == 1 { "needs" } else { "need" };
        let (before, needed) = (in_words(&before, |(words, _)| words), in_words(&after, |(words, _)| words));
        let message = format!("{} {verb} {needed} instead of {before}", shown::list(&names));
        changes.tell(&place, message, format!("users have to call {}", in_words(&after, |(_, setter)| setter)));
    }
}

/// `converted` contains the schemes of another kind than before. Whoever has given credentials for one is told to give
/// others already.
fn alternatives(api: &Api, operation: &Operation, converted: &BTreeSet<&str>) -> Alternatives {
    let credential = |scheme: &Scheme| match converted.get(scheme.name.wire.as_str()) {
        Some(name) => (format!("the credentials of `{name}`"), ""),
        None => (needed(scheme), setter(scheme)),
    };
    let of =
        |schemes: &Vec<usize>| schemes.iter().filter_map(|index| api.schemes.get(*index)).map(credential).collect();
    let mut all: Alternatives = operation.security.iter().map(of).collect();
    if all.is_empty() {
        all.insert(BTreeSet::new());
    }
    all
}

fn in_words<'a>(alternatives: &'a Alternatives, word: fn(&'a (String, &'static str)) -> &'a str) -> String {
    let one = |needed: &'a BTreeSet<(String, &'static str)>| {
        let words: Vec<String> =
            needed.iter().map(|each| word(each).to_owned()).filter(|word| !word.is_empty()).collect();
        if words.is_empty() { "no credentials".to_owned() } else { shown::list(&words) }
    };
    alternatives.iter().map(one).collect::<Vec<_>>().join(", or ")
}

/// Returns what a user gives to the client for a scheme. The names of schemes matter only for keys.
fn needed(scheme: &Scheme) -> String {
    match &scheme.kind {
        SchemeKind::Basic => "basic authentication".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth { .. } => "a bearer token".to_owned(),
        SchemeKind::ApiKey(..) => format!("the API key `{}`", scheme.name.wire),
    }
}

/// Returns the builder's method that takes the credentials.
fn setter(scheme: &Scheme) -> &'static str {
    match &scheme.kind {
        SchemeKind::Basic => "`ClientBuilder::basic_auth`",
        SchemeKind::Bearer | SchemeKind::OAuth { .. } => "`ClientBuilder::bearer_token`",
        SchemeKind::ApiKey(..) => "`ClientBuilder::api_key`",
    }
}

/// Returns where a key is sent.
fn carrier(scheme: &Scheme) -> Option<String> {
    let SchemeKind::ApiKey(location, name) = &scheme.kind else { return None };
    Some(match location {
        KeyLocation::Query => format!("the query parameter `{name}`"),
        KeyLocation::Header => format!("the header `{name}`"),
        KeyLocation::Cookie => format!("the cookie `{name}`"),
    })
}
