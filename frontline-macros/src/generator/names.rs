//! The rules that turn names of a document into names in Rust.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use unicode_ident::{is_xid_continue, is_xid_start};

/// Keywords, which have to be written as raw identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
/// Keywords that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["_", "self", "Self", "super", "crate"];

/// Returns the name of a field, parameter or method: `FriendlyName` becomes `friendly_name`.
pub fn snake(wire: &str) -> Ident {
    ident(&readable(wire).to_snake_case(), "empty")
}

/// Returns the name of a type or a variant: `user_enum` becomes `UserEnum`.
pub fn camel(wire: &str) -> Ident {
    ident(&readable(wire).to_upper_camel_case(), "Empty")
}

/// Returns the name of a constant: `accountSid_authToken` becomes `ACCOUNT_SID_AUTH_TOKEN`.
///
/// The name always contains an ASCII capital, because a method might have the same name otherwise. Names without
/// one get the prefix `AUTH_`.
pub fn shouty(wire: &str) -> Ident {
    let text = readable(wire).to_shouty_snake_case();
    if text.contains(|letter: char| letter.is_ascii_uppercase()) {
        ident(&text, "EMPTY")
    } else {
        ident(format!("AUTH_{text}").trim_end_matches('_'), "EMPTY")
    }
}

/// Returns the name of a type for a schema inside of another schema.
pub fn nested(parent: &Ident, wire: &str) -> Ident {
    let inner = camel(wire).to_string();
    ident(&format!("{}{}", bare(parent), inner.trim_start_matches("r#").trim_matches('_')), "Empty")
}

/// Returns an identifier without the `r#` of raw identifiers.
pub fn bare(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn ident(text: &str, empty: &str) -> Ident {
    let text = if text.is_empty() { empty } else { text };
    let starts_well = text.chars().next().is_some_and(is_xid_start);
    let text = if starts_well { text.to_owned() } else { format!("_{text}") };
    if NEVER_RAW.contains(&text.as_str()) {
        Ident::new(&format!("{text}_"), Span::call_site())
    } else if KEYWORDS.contains(&text.as_str()) {
        Ident::new_raw(&text, Span::call_site())
    } else {
        Ident::new(&text, Span::call_site())
    }
}

/// Spells out symbols that distinguish names (`+1` and `-1`, `Date<` and `Date>`), and replaces all others with spaces.
fn readable(wire: &str) -> String {
    let is_only_symbols = !wire.chars().any(is_xid_continue);
    let mut text = String::new();
    let mut previous = None;
    for (index, character) in wire.char_indices() {
        let rest = &wire[index + character.len_utf8()..];
        let is_sign = previous.is_none() && (rest.is_empty() || rest.starts_with(|next: char| next.is_ascii_digit()));
        let word = match character {
            '-' if is_sign => Some("minus"),
            '+' => Some("plus"),
            '<' => Some("before"),
            '>' => Some("after"),
            '=' if is_only_symbols => Some("equal"),
            '!' if is_only_symbols => Some("not"),
            '*' if is_only_symbols => Some("any"),
            '%' if is_only_symbols => Some("percent"),
            '&' if is_only_symbols => Some("and"),
            '|' if is_only_symbols => Some("or"),
            '~' if is_only_symbols => Some("tilde"),
            '/' if is_only_symbols => Some("slash"),
            '.' if is_only_symbols => Some("dot"),
            '-' if is_only_symbols => Some("minus"),
            _ => None,
        };
        match word {
            Some(word) => text.extend([" ", word, " "]),
            None if is_xid_continue(character) => text.push(character),
            // In a name that consists only of symbols, each symbol counts: use its code point.
            None if is_only_symbols && !character.is_whitespace() && !character.is_ascii() => {
                text.extend([" ", &format!("u{:x}", u32::from(character)), " "]);
            }
            None => text.push(' '),
        }
        previous = Some(character);
    }
    text
}

/// Returns the Rust names of the component schemas, by schema name, and the schemas whose names were numbered.
///
/// A prefix that all dotted names share is removed (`frontline.v1.user` becomes `User`). The infix `_enum_` is removed
/// together with a final `_type` (`user_enum_state_type` becomes `UserState`). Both happen only if no other schema has
/// the shorter name. If names are still equal (`user`, `User`), all except the first are numbered. `chosen` names do
/// not change.
pub fn schemas(schemas: &[String], chosen: &BTreeMap<String, Ident>) -> (BTreeMap<String, Ident>, BTreeSet<String>) {
    let prefix = shared_prefix(schemas);
    let short = |name: &String| camel(&without_enum_infix(name.strip_prefix(prefix.as_str()).unwrap_or(name)));
    let mut count: HashMap<Ident, usize> = HashMap::new();
    for name in schemas {
        let candidates = BTreeSet::from([short(name), camel(name)]);
        for candidate in candidates {
            *count.entry(candidate).or_default() += 1;
        }
    }
    let mut taken: Taken = chosen.values().cloned().collect();
    let mut names = chosen.clone();
    let mut numbered = BTreeSet::new();
    for name in schemas {
        if names.contains_key(name) {
            continue;
        }
        let short = short(name);
        let wanted = if count.get(&short) == Some(&1) { short } else { camel(name) };
        let unique = taken.unique(&wanted);
        if unique != wanted {
            numbered.insert(name.clone());
        }
        names.insert(name.clone(), unique);
    }
    (names, numbered)
}

/// Names that are in use, each with the number to try next if it is wanted again.
///
/// It contains texts, because each comparison of two [`Ident`]s is a call into rustc.
#[derive(Default)]
pub struct Taken(HashMap<String, usize>);

impl Taken {
    /// Returns `wanted`, or the first of `wanted2`, `wanted3` and so on that is not in use, and takes it.
    pub fn unique(&mut self, wanted: &Ident) -> Ident {
        let text = wanted.to_string();
        let Some(mut number) = self.0.get(&text).copied() else {
            self.0.insert(text, 2);
            return wanted.clone();
        };
        loop {
            let name = ident(&format!("{}{number}", bare(wanted)), "Empty");
            number += 1;
            if let Entry::Vacant(free) = self.0.entry(name.to_string()) {
                free.insert(2);
                self.0.insert(text, number);
                return name;
            }
        }
    }

    pub fn contains(&self, name: &Ident) -> bool {
        self.0.contains_key(&name.to_string())
    }
}

impl FromIterator<Ident> for Taken {
    fn from_iter<T: IntoIterator<Item = Ident>>(names: T) -> Self {
        Self(names.into_iter().map(|name| (name.to_string(), 2)).collect())
    }
}

/// Returns the longest prefix of whole segments, with its final dot, that all dotted names share. At least one segment
/// of each name remains.
fn shared_prefix(schemas: &[String]) -> String {
    let mut dotted = schemas.iter().filter(|name| name.contains('.'));
    let Some(first) = dotted.next() else { return String::new() };
    let mut shared: Vec<&str> = first.split('.').collect();
    shared.pop();
    for name in dotted {
        let segments: Vec<&str> = name.split('.').collect();
        let alike = shared.iter().zip(&segments).take_while(|(a, b)| a == b).count();
        shared.truncate(alike.min(segments.len().saturating_sub(1)));
    }
    shared.iter().flat_map(|segment| [segment, "."]).collect()
}

fn without_enum_infix(name: &str) -> String {
    let Some((owner, what)) = name.split_once("_enum_") else { return name.to_owned() };
    let what = what.strip_suffix("_type").unwrap_or(what);
    format!("{owner}_{what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let (rust, _) = schemas(&names, &BTreeMap::new());
        names.iter().map(|name| rust[name].to_string()).collect()
    }

    #[test]
    fn field_names() {
        for (wire, rust) in [
            ("FriendlyName", "friendly_name"),
            ("type", "r#type"),
            ("self", "self_"),
            ("crate", "crate_"),
            ("10dlc", "_10dlc"),
            ("", "empty"),
            ("_", "empty"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("DateCreated<", "date_created_before"),
            ("DateCreated>", "date_created_after"),
            ("SMSUrl", "sms_url"),
            ("x-y.z/w", "x_y_z_w"),
            ("$ref", "r#ref"),
            ("👍", "u1f44d"),
            ("größe", "größe"),
            ("*", "any"),
        ] {
            assert_eq!(snake(wire).to_string(), rust, "{wire}");
        }
    }

    #[test]
    fn type_names() {
        for (wire, rust) in [("self", "Self_"), ("ok", "Ok"), ("in-progress", "InProgress"), ("10dlc x", "_10dlcX")] {
            assert_eq!(camel(wire).to_string(), rust, "{wire}");
        }
        assert_eq!(nested(&camel("user"), "type").to_string(), "UserType");
        assert_eq!(shouty("accountSid_authToken").to_string(), "ACCOUNT_SID_AUTH_TOKEN");
        for (wire, constant) in [("日本", "AUTH_日本"), ("1", "AUTH_1"), ("", "AUTH")] {
            assert_eq!(shouty(wire).to_string(), constant);
            assert_ne!(shouty(wire), snake(wire));
        }
    }

    #[test]
    fn the_prefix_that_all_dotted_names_share_is_removed() {
        assert_eq!(named(&["frontline.v1.user", "user_enum_state_type"]), ["User", "UserState"]);
        assert_eq!(named(&["api.v1.call", "api.v1.call.event", "Plain"]), ["Call", "CallEvent", "Plain"]);
        assert_eq!(named(&["a.user", "b.user"]), ["AUser", "BUser"]);
    }

    #[test]
    fn a_name_is_not_shortened_if_the_short_one_is_taken() {
        assert_eq!(named(&["frontline.v1.user", "user"]), ["FrontlineV1User", "User"]);
        assert_eq!(named(&["call_enum_status", "call_status"]), ["CallEnumStatus", "CallStatus"]);
        assert_eq!(named(&["call_enum_type"]), ["CallType"]);
    }

    #[test]
    fn names_that_differ_only_in_case_are_numbered() {
        assert_eq!(named(&["user", "User", "USER"]), ["User", "User2", "User3"]);
    }

    #[test]
    fn a_chosen_name_is_kept_and_not_used_again() {
        let names = ["simple-user".to_string(), "person".to_string()];
        let chosen = BTreeMap::from([("simple-user".to_string(), camel("person"))]);
        let (rust, numbered) = schemas(&names, &chosen);
        assert_eq!(rust["simple-user"].to_string(), "Person");
        assert_eq!(rust["person"].to_string(), "Person2");
        assert_eq!(numbered, BTreeSet::from(["person".to_string()]));
    }
}
