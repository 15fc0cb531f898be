//! Reads an overlay and reports its mistakes.

use jsonpath_rfc9535::{Error, JsonPath};
use serde_json::{Map, Value};

use super::merge::kind;
use crate::generator::problems::{Errors, Place, Problem, nearest};

pub struct Overlay<'a> {
    pub version: Version,
    /// The document that the overlay is for, as a URI reference, and where this is written.
    pub extends: Option<(&'a str, Place)>,
    pub actions: Vec<Action<'a>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Version {
    V1_0,
    V1_1,
}

pub struct Action<'a> {
    pub place: Place,
    pub target: JsonPath,
    pub change: Change<'a>,
}

pub enum Change<'a> {
    Remove,
    Update(&'a Value),
    Copy(JsonPath),
}

const KEYS: [&str; 4] = ["overlay", "info", "extends", "actions"];
const INFO_KEYS: [&str; 3] = ["title", "version", "description"];
const ACTION_KEYS: [&str; 5] = ["target", "description", "update", "copy", "remove"];

impl<'a> Overlay<'a> {
    /// Reads the overlay in the file with the index `file`. Actions with mistakes are left out.
    pub fn read(root: &'a Value, file: usize, errors: &mut Errors) -> Option<Self> {
        let place = Place::root(file);
        let Some(entries) = root.as_object() else {
            let problem = Problem::value(&place, format!("an overlay must be an object, not {}", kind(root)));
            errors.push(problem.help(BEGINNING));
            return None;
        };
        let version = version(entries, &place, errors)?;
        if !has_known_keys(entries, "an overlay", &KEYS, &place, errors) && !entries.contains_key("actions") {
            return None;
        }
        info(entries, &place, errors);
        let at = place.at("extends");
        let extends = text(entries, "extends", &place, errors).map(|extends| (extends, at));
        let actions = actions(entries, &place, errors)?;
        let read = |(index, action)| {
            let place = place.at("actions").at(&usize::to_string(&index));
            Action::read(action, place, version, errors)
        };
        Some(Self { version, extends, actions: actions.iter().enumerate().filter_map(read).collect() })
    }
}

const BEGINNING: &str = "begin the overlay with a line such as `overlay: 1.1.0`";

fn version(entries: &Map<String, Value>, place: &Place, errors: &mut Errors) -> Option<Version> {
    let Some(version) = entries.get("overlay") else {
        let suggestion = nearest("overlay", entries.keys().map(String::as_str));
        let suggestion = suggestion.map(|key| format!("; is `{key}` misspelled?")).unwrap_or_default();
        let message = format!("this is not an overlay: it has no key `overlay`{suggestion}");
        errors.push(Problem::value(place, message).help(BEGINNING));
        return None;
    };
    // YAML reads `1.1` without quotes as a number.
    let version = version.as_str().map_or_else(|| version.to_string(), ToOwned::to_owned);
    match version.split('.').collect::<Vec<_>>()[..] {
        ["1", "0", ..] => Some(Version::V1_0),
        ["1", "1", ..] => Some(Version::V1_1),
        _ => {
            let message = format!("version `{version}` of overlays is not supported");
            let help = "use version 1.0 or 1.1, such as `overlay: 1.1.0`";
            errors.push(Problem::value(&place.at("overlay"), message).help(help));
            None
        }
    }
}

/// Only people need the metadata, so nothing in it is an error.
fn info(entries: &Map<String, Value>, place: &Place, errors: &mut Errors) {
    let at = place.at("info");
    let Some(info) = entries.get("info").and_then(Value::as_object) else {
        let message = "the overlay has no `info` with a `title` and a `version`, which its specification requires";
        return errors.warn(Problem::value(place, message));
    };
    has_known_keys(info, "`info` of an overlay", &INFO_KEYS, &at, errors);
    for key in ["title", "version"] {
        if !info.contains_key(key) {
            let message = format!("`info` has no `{key}`, which the specification of overlays requires");
            errors.warn(Problem::key(&at, message));
        }
    }
}

fn actions<'a>(entries: &'a Map<String, Value>, place: &Place, errors: &mut Errors) -> Option<&'a Vec<Value>> {
    let problem = match entries.get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => return Some(actions),
        Some(Value::Array(_)) => {
            Problem::value(&place.at("actions"), "the overlay has no actions, so it changes nothing")
        }
        Some(other) => {
            Problem::value(&place.at("actions"), format!("`actions` of an overlay must be a list, not {}", kind(other)))
        }
        None => Problem::value(place, "an overlay must have `actions`"),
    };
    errors.push(problem.help("write actions such as `- {target: $.info, update: {title: Pets}}`"));
    None
}

impl<'a> Action<'a> {
    fn read(action: &'a Value, place: Place, version: Version, errors: &mut Errors) -> Option<Self> {
        let Some(entries) = action.as_object() else {
            errors.push(Problem::value(&place, format!("an action must be an object, not {}", kind(action))));
            return None;
        };
        if !has_known_keys(entries, "an action", &ACTION_KEYS, &place, errors) {
            return None;
        }
        if !entries.contains_key("target") {
            errors.push(Problem::value(&place, "an action must have `target`"));
        }
        let target = query(entries, "target", &place, errors);
        let change = Change::read(entries, &place, version, errors)?;
        Some(Self { target: target?, place, change })
    }
}

impl<'a> Change<'a> {
    fn read(entries: &'a Map<String, Value>, place: &Place, version: Version, errors: &mut Errors) -> Option<Self> {
        let (update, copy) = (entries.get("update"), entries.contains_key("copy"));
        let is_removed = match entries.get("remove") {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                errors.push(Problem::value(&place.at("remove"), "`remove` of an action must be `true` or `false`"));
                return None;
            }
        };
        if copy && version == Version::V1_0 {
            let problem = Problem::key(&place.at("copy"), "an action of an overlay with version 1.0 cannot copy");
            errors.push(problem.help("write `overlay: 1.1.0` at the top"));
            return None;
        }
        if is_removed {
            for key in ["update", "copy"].into_iter().filter(|key| entries.contains_key(*key)) {
                let message = format!("`{key}` has no effect, because the action removes its target");
                errors.warn(Problem::key(&place.at(key), message));
            }
            return Some(Self::Remove);
        }
        match (update, copy) {
            (Some(update), false) => Some(Self::Update(update)),
            (None, true) => query(entries, "copy", place, errors).map(Self::Copy),
            (Some(_), true) => {
                let problem = Problem::key(&place.at("copy"), "an action cannot have both `update` and `copy`");
                errors.push(problem.help("write two actions with the same target"));
                None
            }
            (None, false) => {
                let changes = if version == Version::V1_0 { "`update`" } else { "`update`, `copy`" };
                errors.push(Problem::value(place, format!("an action must have {changes} or `remove: true`")));
                None
            }
        }
    }
}

fn query(entries: &Map<String, Value>, key: &str, place: &Place, errors: &mut Errors) -> Option<JsonPath> {
    let text = text(entries, key, place, errors)?;
    let error = match JsonPath::parse(text) {
        Ok(query) => return Some(query),
        Err(error) => error,
    };
    let character = |byte: usize| text.get(..byte).map_or(1, |before| before.chars().count() + 1);
    let example = "write a query of RFC 9535, such as `$.paths['/pets'].get` or `$.tags[?@.name == 'dogs']`";
    let (why, help) = match error {
        Error::Syntax { position, .. } => (format!("there is a mistake at character {}", character(position)), example),
        Error::IllTyped { message } if message.contains("`regex`") => {
            let name = if text.contains("match(") { "match" } else { "search" };
            let help = "compare with `==`; `||` joins several comparisons, such as `[?@.name == 'a' || @.name == 'b']`";
            (format!("the function `{name}` is not supported"), help)
        }
        error => (error.to_string(), example),
    };
    let message = format!("`{key}` is not a valid JSONPath query: {why}");
    errors.push(Problem::value(&place.at(key), message).help(help));
    None
}

fn text<'a>(entries: &'a Map<String, Value>, key: &str, place: &Place, errors: &mut Errors) -> Option<&'a str> {
    let value = entries.get(key)?;
    if !value.is_string() {
        errors.push(Problem::value(&place.at(key), format!("`{key}` must be a string, not {}", kind(value))));
    }
    value.as_str()
}

/// Reports unknown keys. Returns whether none seems to be a misspelled one.
fn has_known_keys(entries: &Map<String, Value>, what: &str, keys: &[&str], place: &Place, errors: &mut Errors) -> bool {
    let part = errors.part();
    for key in entries.keys().filter(|key| !keys.contains(&key.as_str()) && !key.starts_with("x-")) {
        let message = format!("{what} has no key `{key}`");
        match nearest(key, keys.iter().copied()) {
            Some(known) => errors.push(Problem::key(&place.at(key), format!("{message}; did you mean `{known}`?"))),
            None => errors.warn(Problem::key(&place.at(key), message + ", so it is ignored")),
        }
    }
    errors.first(part).is_none()
}
