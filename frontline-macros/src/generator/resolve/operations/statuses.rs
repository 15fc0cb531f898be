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

/// Returns the variant for a status of a successful response.
pub(super) fn status_name(key: &str) -> Ident {
    if key == "default" { names::camel("other") } else { name(key) }
}

/// Returns the variant for a status of an error. All enums of errors have a variant `Other` already.
pub(super) fn failure_name(key: &str) -> Ident {
    name(key)
}

/// Statuses have their names from the IANA registry.
fn name(key: &str) -> Ident {
    names::camel(match key {
        "200" => "ok",
        "201" => "created",
        "202" => "accepted",
        "203" => "non_authoritative",
        "204" => "no_content",
        "205" => "reset_content",
        "206" => "partial_content",
        "207" => "multi_status",
        "300" => "multiple_choices",
        "301" => "moved_permanently",
        "302" => "found",
        "303" => "see_other",
        "307" => "temporary_redirect",
        "308" => "permanent_redirect",
        "400" => "bad_request",
        "401" => "unauthorized",
        "402" => "payment_required",
        "403" => "forbidden",
        "404" => "not_found",
        "405" => "method_not_allowed",
        "406" => "not_acceptable",
        "407" => "proxy_authentication_required",
        "408" => "request_timeout",
        "409" => "conflict",
        "410" => "gone",
        "411" => "length_required",
        "412" => "precondition_failed",
        "413" => "content_too_large",
        "414" => "uri_too_long",
        "415" => "unsupported_media_type",
        "416" => "range_not_satisfiable",
        "417" => "expectation_failed",
        "421" => "misdirected_request",
        "422" => "unprocessable_content",
        "423" => "locked",
        "424" => "failed_dependency",
        "425" => "too_early",
        "426" => "upgrade_required",
        "428" => "precondition_required",
        "429" => "too_many_requests",
        "431" => "request_header_fields_too_large",
        "451" => "unavailable_for_legal_reasons",
        "500" => "internal_server_error",
        "501" => "not_implemented",
        "502" => "bad_gateway",
        "503" => "service_unavailable",
        "504" => "gateway_timeout",
        "505" => "http_version_not_supported",
        "506" => "variant_also_negotiates",
        "507" => "insufficient_storage",
        "508" => "loop_detected",
        "511" => "network_authentication_required",
        "2XX" => "success",
        "3XX" => "redirect",
        "4XX" => "client_error",
        "5XX" => "server_error",
        "default" => "default",
        other => return names::camel(&format!("status {other}")),
    })
}
