//! Checks of media types.

use super::context::Context;
use super::here::Here;
use super::rules::MEDIA_TYPE_MISSPELLED;
use crate::generator::problems::nearest;

/// The top-level types (IANA, "Media Types"), and those that are not registered but used.
const TOP_LEVEL: [&str; 14] = [
    "application",
    "audio",
    "chemical",
    "example",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
    "binary",
    "*",
];

/// Media types that are not sent or read as bytes.
const KNOWN: [&str; 5] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/event-stream",
    "application/problem+json",
];

/// Names that are similar to those, but right.
const OTHERS: [&str; 4] = ["application/bson", "application/jsonp", "application/json5", "application/jsonl"];

/// Tells a media type whose content would be bytes only because its name is misspelled.
pub fn check(here: &Here<'_>, context: &mut Context<'_>) {
    let key = here.key();
    let essence = key.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some((top, _)) = essence.split_once('/') else { return };
    let known = || KNOWN.into_iter();
    if known().any(|known| known == essence) || OTHERS.contains(&essence.as_str()) {
        return;
    }
    let is_known = TOP_LEVEL.contains(&top) || top.starts_with("x-");
    let close = known().find(|known| strsim::osa_distance(known, &essence) < 2);
    let meant = close.or_else(|| nearest(&essence, known()).filter(|_| !is_known));
    if let Some(meant) = meant {
        MEDIA_TYPE_MISSPELLED.at_key(&here.place(), &[&key, meant, meant], context.errors);
    }
}
