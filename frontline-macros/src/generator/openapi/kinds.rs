//! The kinds of objects, and what a pointer to an object says about its kind.

use crate::generator::problems::Place;

pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Whether the value of a key is an object itself, or a list or map of objects.
#[derive(Clone, Copy)]
enum Holds {
    One,
    Each,
}

/// The objects in objects: the kind of the outer one, the keys, and the kind of the inner ones. Kinds have the names of
/// their components.
const PARTS: &[(&str, &[&str], Holds, &str)] = &[
    ("", &["paths", "webhooks"], Holds::Each, "pathItems"),
    ("pathItems", &METHODS, Holds::One, "operations"),
    ("pathItems", &["parameters"], Holds::Each, "parameters"),
    ("operations", &["parameters"], Holds::Each, "parameters"),
    ("operations", &["requestBody"], Holds::One, "requestBodies"),
    ("operations", &["responses"], Holds::Each, "responses"),
    ("parameters", &["schema"], Holds::One, "schemas"),
    ("parameters", &["content"], Holds::Each, "mediaTypes"),
    ("headers", &["schema"], Holds::One, "schemas"),
    ("headers", &["content"], Holds::Each, "mediaTypes"),
    ("requestBodies", &["content"], Holds::Each, "mediaTypes"),
    ("responses", &["content"], Holds::Each, "mediaTypes"),
    ("responses", &["headers"], Holds::Each, "headers"),
    ("mediaTypes", &["schema", "itemSchema"], Holds::One, "schemas"),
    ("schemas", &["items", "additionalProperties", "not", "if", "then", "else"], Holds::One, "schemas"),
    ("schemas", &["properties", "allOf", "oneOf", "anyOf", "prefixItems", "$defs"], Holds::Each, "schemas"),
];

/// The kinds of components, with an article.
const NAMES: &[(&str, &str)] = &[
    ("schemas", "a schema"),
    ("responses", "a response"),
    ("parameters", "a parameter"),
    ("requestBodies", "a request body"),
    ("headers", "a header"),
    ("pathItems", "a path item"),
    ("operations", "an operation"),
    ("mediaTypes", "a media type"),
    ("securitySchemes", "a security scheme"),
    ("examples", "an example"),
    ("links", "a link"),
    ("callbacks", "a callback"),
];

/// Returns the kind of the object at `place`, if its pointer tells.
pub fn kind_of(place: &Place) -> Option<&'static str> {
    let mut keys = place.keys();
    let mut kind = "";
    while let Some(key) = keys.next() {
        if kind.is_empty() && key == "components" {
            let section = keys.next()?;
            keys.next()?;
            (kind, _) = *NAMES.iter().find(|(known, _)| *known == section)?;
            continue;
        }
        let (.., holds, inner) = PARTS.iter().find(|(outer, known, ..)| *outer == kind && known.contains(&&*key))?;
        if matches!(holds, Holds::Each) {
            keys.next()?;
        }
        kind = inner;
    }
    (!kind.is_empty()).then_some(kind)
}

/// Returns what is wrong with a reference to an object of another kind than the expected one, and what to do.
pub fn misdirected(reference: &str, found: &str, expected: &str) -> (String, String) {
    let name = |kind: &str| NAMES.iter().find(|(known, _)| *known == kind).map_or("an object", |(_, name)| *name);
    let help = match (expected, found) {
        ("mediaTypes" | "parameters" | "headers", "schemas") => format!("write `schema: {{$ref: '{reference}'}}`"),
        ("schemas", "parameters" | "headers" | "mediaTypes") => {
            format!("refer to its schema: `{reference}/schema`")
        }
        ("schemas", "responses" | "requestBodies") => {
            format!("refer to its schema: `{reference}/content/application~1json/schema`")
        }
        ("responses" | "requestBodies", "schemas") => {
            format!("write `content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}`")
        }
        _ => format!("refer to {}", name(expected)),
    };
    (format!("`{reference}` is {}, but {} is expected here", name(found), name(expected)), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_pointers() {
        for (pointer, kind) in [
            ("/components/schemas/User", Some("schemas")),
            ("/components/schemas/User/properties/parameters", Some("schemas")),
            ("/components/schemas/User/properties/content/items", Some("schemas")),
            ("/components/schemas/User/enum/0", None),
            ("/components/responses/Failure/content/application~1json", Some("mediaTypes")),
            ("/components/responses/Failure/content", None),
            ("/paths/~1users", Some("pathItems")),
            ("/paths/~1users/get", Some("operations")),
            ("/paths/~1users/parameters/0", Some("parameters")),
            ("/paths/~1users/get/parameters/0/schema/items", Some("schemas")),
            ("/paths/~1users/post/requestBody/content/a/schema/oneOf/1", Some("schemas")),
            ("/paths/~1users/get/responses/200/headers/X-A/schema", Some("schemas")),
            ("/definitions/User", None),
            ("", None),
        ] {
            let place = Place { file: 0, pointer: pointer.to_owned() };
            assert_eq!(kind_of(&place), kind, "{pointer}");
        }
    }
}
