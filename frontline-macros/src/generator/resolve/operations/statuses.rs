//! The statuses of responses, and their names.

use openapiv3::StatusCode;
use proc_macro2::Ident;

use crate::generator::names;

pub(super) fn key(status: &StatusCode) -> String {
    match status {
        StatusCode::Code(code) => code.to_string(),
        StatusCode::Range(range) => format!("{range}XX"),
    }
}

pub(super) fn statuses(key: &str) -> Option<std::ops::RangeInclusive<u16>> {
    if let Ok(code) = key.parse() {
        return Some(code..=code);
    }
    let hundreds: u16 = key.strip_suffix("XX")?.parse().ok()?;
    Some(hundreds * 100..=hundreds * 100 + 99)
}

/// Returns the variant for a status. Common statuses have their names from the IANA registry.
pub(super) fn status_name(key: &str) -> Ident {
    names::camel(match key {
        "200" => "ok",
        "201" => "created",
        "202" => "accepted",
        "203" => "non_authoritative",
        "204" => "no_content",
        "205" => "reset_content",
        "206" => "partial_content",
        "207" => "multi_status",
        "301" => "moved_permanently",
        "302" => "found",
        "303" => "see_other",
        "307" => "temporary_redirect",
        "308" => "permanent_redirect",
        "2XX" => "success",
        "3XX" => "redirect",
        "default" => "other",
        other => return names::camel(&format!("status {other}")),
    })
}
