//! Checks that references lead to the kind of object that is expected.

use super::context::Context;
use super::here::Here;
use super::kinds::Kind;
use super::rules::KIND_OF_TARGET;

/// The kinds of components, and their names.
const KINDS: [(&str, &str, Option<Kind>); 10] = [
    ("schemas", "a schema", Some(Kind::Schema)),
    ("responses", "a response", Some(Kind::Response)),
    ("parameters", "a parameter", Some(Kind::Parameter)),
    ("requestBodies", "a request body", Some(Kind::Body)),
    ("headers", "a header", Some(Kind::Header)),
    ("pathItems", "a path item", Some(Kind::PathItem)),
    ("securitySchemes", "a security scheme", None),
    ("examples", "an example", None),
    ("links", "a link", None),
    ("callbacks", "a callback", None),
];

/// Tells a reference to a whole component of another kind.
pub fn check(expected: Kind, here: &Here<'_>, reference: &str, context: &mut Context<'_>) {
    let Some((section, _)) = reference
        .split_once("#/components/")
        .and_then(|(_, path)| path.split_once('/'))
        .filter(|(_, name)| !name.contains('/'))
    else {
        return;
    };
    let Some((_, found, kind)) = KINDS.iter().find(|(known, ..)| *known == section) else { return };
    if *kind == Some(expected) {
        return;
    }
    let wanted = KINDS.iter().find(|(.., kind)| *kind == Some(expected)).map_or("a media type", |(_, name, _)| name);
    let help = match (expected, kind) {
        (Kind::Media | Kind::Parameter | Kind::Header, Some(Kind::Schema)) => {
            format!("write `schema: {{$ref: '{reference}'}}`")
        }
        (Kind::Schema, Some(Kind::Response | Kind::Body)) => {
            format!("refer to its schema: `{reference}/content/application~1json/schema`")
        }
        (Kind::Response | Kind::Body, Some(Kind::Schema)) => {
            format!("write `content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}`")
        }
        _ => format!("refer to {wanted}"),
    };
    KIND_OF_TARGET.at_value(&here.place().at("$ref"), &[reference, found, wanted, &help], context.errors);
}
