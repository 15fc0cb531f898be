//! Checks of operations and parameters.

use serde_json::Map;

use super::context::Context;
use super::here::Here;
use super::rules::{BODY_OF_GET, HEADER_IGNORED, HEADER_NAME, NO_RESPONSES, NO_SUCCESS};
use super::schemas::extensions;

/// Headers that OpenAPI does not let parameters set, with what sets them.
const DETERMINED: [(&str, &str); 3] = [
    ("Accept", "describe the media types of the responses"),
    ("Authorization", "describe a security scheme"),
    ("Content-Type", "describe the media types of the request body"),
];

/// Methods whose requests have no body (RFC 9110, section 9.3).
const WITHOUT_BODY: [&str; 3] = ["get", "head", "trace"];

pub fn operation(here: &Here<'_>, context: &mut Context<'_>) {
    extensions(here, context);
    let method = here.key();
    if let Some(body) = here.get("requestBody").filter(|_| WITHOUT_BODY.contains(&method.as_str()))
        && has_content(&body, context)
    {
        BODY_OF_GET.at_key(&body.place(), &[&method.to_uppercase()], context.errors);
    }
    let Some(responses) = here.get("responses") else {
        if context.is_old {
            NO_RESPONSES.at_key(&here.place(), &[], context.errors);
        }
        return;
    };
    // Anything that is not an object is reported where it is read.
    let statuses: Vec<&str> =
        responses.object().into_iter().flat_map(|object| object.keys()).map(String::as_str).collect();
    if !responses.value.is_object() || statuses.iter().any(|status| is_success(status)) {
        return;
    }
    let rule = if statuses.iter().all(|status| status.starts_with("x-")) { NO_RESPONSES } else { NO_SUCCESS };
    rule.at_key(&responses.place(), &[], context.errors);
}

/// Returns whether a status is a success, a redirect, or no status, which is reported where it is read.
fn is_success(status: &str) -> bool {
    !status.starts_with(['4', '5']) && !status.starts_with("x-")
}

/// Returns whether a body has a schema with properties. Some documents describe empty bodies.
fn has_content(body: &Here<'_>, context: &Context<'_>) -> bool {
    let medias = context.document.behind(&body.place()).at("content");
    context.document.entries(&medias).into_iter().any(|(_, media)| {
        let schema = context.document.behind(&media.at("schema"));
        context.document.object(&schema).is_some_and(|schema| {
            let is_empty =
                schema.get("properties").and_then(|properties| properties.as_object()).is_some_and(Map::is_empty);
            !schema.is_empty() && !is_empty
        })
    })
}

pub fn parameter(here: &Here<'_>, context: &mut Context<'_>) {
    extensions(here, context);
    let (Some(name), Some("header")) = (here.get("name"), here.text("in")) else { return };
    let Some(header) = name.value.as_str() else { return };
    if let Some((known, help)) = DETERMINED.iter().find(|(known, _)| header.eq_ignore_ascii_case(known)) {
        HEADER_IGNORED.at_value(&name.place(), &[known, help], context.errors);
    }
    // RFC 9110, section 5.6.2
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if header.is_empty() || !header.bytes().all(is_token) {
        HEADER_NAME.at_value(&name.place(), &[header], context.errors);
    }
}
