//! The servers of the document, of paths and of operations.

use std::net::Ipv6Addr;
use std::ops::Range;

use openapiv3::{Server, ServerVariable};
use serde_json::Value;

use crate::generator::document::Document;
use crate::generator::model::placeholders;
use crate::generator::problems::{Errors, Place, Problem, did_you_mean};

const SCHEMES: [&str; 2] = ["https", "http"];

/// Returns the document's first server that requests can be sent to: its URL, or the path of a relative URL. Without
/// one, callers must set a base URL.
pub fn server(document: &Document, errors: &mut Errors) -> Option<String> {
    let part = errors.part();
    let found = first_usable(document, &Place::root(0), errors);
    if let Some(Err(faults)) = &found {
        for Fault { url, why, at } in faults {
            errors.push(Problem::value(at, format!("the server `{url}` cannot be used: {why}")));
        }
    }
    let is_unusable = errors.end(part, || "callers must set a base URL".to_owned());
    found?.ok().filter(|_| !is_unusable)
}

/// Version of [`server`] for a path or an operation. If no server can be used, calls fail unless the caller sets a base
/// URL: requests must not go to a server that is meant for other operations.
pub fn own_server(document: &Document, place: &Place, errors: &mut Errors) -> Option<String> {
    match first_usable(document, place, errors)? {
        Ok(url) => Some(url),
        Err(faults) => {
            for Fault { url, why, at } in &faults {
                let message = format!("the server `{url}` cannot be used, so callers must set a base URL: {why}");
                errors.warn(Problem::value(at, message));
            }
            faults.into_iter().next().map(|fault| fault.url)
        }
    }
}

/// A server that requests cannot be sent to.
struct Fault {
    url: String,
    why: String,
    at: Place,
}

/// Returns the first server that can be used, or what is wrong with each. Returns `None` if there is no server, or it
/// is reported already. A mistake in a server leaves out the operation that it belongs to, or all servers of the document.
fn first_usable(document: &Document, place: &Place, errors: &mut Errors) -> Option<Result<String, Vec<Fault>>> {
    let place = place.at("servers");
    let Value::Array(servers) = document.value(&place)? else {
        errors.push(Problem::value(&place, "`servers` must be a list"));
        return None;
    };
    let mut faults = Vec::new();
    for number in 0..servers.len() {
        let (url, at) = url(document, &place.at(&number.to_string()), errors)?;
        let Some(why) = fault(&url) else {
            for Fault { url, why, at } in faults {
                let message = format!("the server `{url}` cannot be used, so the next one is used: {why}");
                errors.warn(Problem::value(&at, message));
            }
            tell_others(document, &place, number + 1..servers.len(), errors);
            return Some(Ok(url.trim_end_matches('/').to_owned()));
        };
        faults.push(Fault { url, why, at });
    }
    (!faults.is_empty()).then_some(Err(faults))
}

/// Warns about servers that could not be used, although the client uses another one.
fn tell_others(document: &Document, place: &Place, others: Range<usize>, errors: &mut Errors) {
    for number in others {
        // What else may be wrong with them does no harm.
        let server = url(document, &place.at(&number.to_string()), &mut Errors::default());
        if let Some((url, at)) = server
            && let Some(why) = fault(&url).filter(|_| !has_other_scheme(&url))
        {
            let message = format!("no request can be sent to the server `{url}`, which the client does not use: {why}");
            errors.warn(Problem::value(&at, message));
        }
    }
}

/// Returns whether a URL is one of another protocol, such as WebSocket, rather than a misspelled one.
fn has_other_scheme(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| !SCHEMES.contains(&&*scheme) && did_you_mean(&scheme, SCHEMES.into_iter()).is_empty())
}

/// Returns the URL of a server, with the defaults of its variables, and the place of the URL.
fn url(document: &Document, place: &Place, errors: &mut Errors) -> Option<(String, Place)> {
    let (server, place) = document.read::<Server>(place, errors)?;
    let (mut url, at) = (server.url.clone(), place.at("url"));
    let mut variables = document.entries(&place.at("variables"));
    if variables.is_empty()
        && !placeholders(&url).is_empty()
        && let Some(same) = same_server(document, &url)
    {
        variables = document.entries(&same.at("variables"));
        let message = format!("the variables of the server `{url}` are those that the document's server declares");
        errors.warn(Problem::value(&at, message).help("declare them here, too"));
    }
    let declared: Vec<&str> = variables.iter().map(|(name, _)| name.as_str()).collect();
    let named = placeholders(&server.url);
    if named.iter().any(|name| !declared.contains(name)) {
        errors.push(
            Problem::value(&at, format!("the server `{url}` contains a variable that is not declared"))
                .help("declare it under `variables`, with a `default`"),
        );
        return None;
    }
    for (name, at) in &variables {
        let variable: ServerVariable = document.read_here(at, errors)?;
        tell_variable(document, at, &variable, named.contains(&name.as_str()), errors);
        if variable.default.contains('{') {
            let message =
                format!("the default `{}` is only a placeholder, so callers must set a base URL", variable.default);
            errors.warn(Problem::value(&at.at("default"), message));
            return None;
        }
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    Some((url, at))
}

/// Returns the document's server that has the same URL and declares variables.
fn same_server(document: &Document, url: &str) -> Option<Place> {
    let servers = Place::root(0).at("servers");
    let count = document.value(&servers).and_then(Value::as_array).map_or(0, Vec::len);
    let mut places = (0..count).map(|index| document.behind(&servers.at(&index.to_string())));
    places.find(|place| {
        document.text(&place.at("url")) == Some(url) && !document.entries(&place.at("variables")).is_empty()
    })
}

/// Returns whether a text can be a host. Names may contain letters of all languages.
fn is_host(host: &str) -> bool {
    match host.strip_prefix('[') {
        Some(address) => address.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()),
        None => !host.contains(['<', '>', '[', ']', '^', '|']),
    }
}

/// Warns about a variable that the URL does not contain, and about a default that its `enum` does not list.
fn tell_variable(document: &Document, at: &Place, variable: &ServerVariable, is_named: bool, errors: &mut Errors) {
    let default = &variable.default;
    if !is_named {
        let message = format!("the URL does not contain `{{{}}}`, so this variable is ignored", at.key());
        errors.warn(Problem::key(at, message));
    }
    // YAML reads a port without quotes as a number.
    let spelled = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let values = document.value(&at.at("enum")).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !values.is_empty() && !values.iter().any(|value| spelled(value) == *default) {
        let message = format!("`enum` does not list the default `{default}`, which is used nevertheless");
        errors.warn(Problem::value(&at.at("default"), message));
    }
}

/// Returns why no request can be sent to a server, or `None` if it can be used. An empty URL is a relative one.
pub fn fault(url: &str) -> Option<String> {
    if url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Some("it contains a character that is not allowed in URLs".to_owned());
    }
    if url.contains(['?', '#']) {
        return Some("it contains a query string or a fragment".to_owned());
    }
    let is_path = url.is_empty() || url.starts_with('/');
    if is_path && !url.starts_with("//") {
        return None;
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("a URL begins with `https://`, and a path with a slash".to_owned());
    };
    if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        let suggestion = did_you_mean(scheme, SCHEMES.into_iter());
        return Some(format!("its scheme `{scheme}` is neither `https` nor `http`{suggestion}"));
    }
    let authority = rest.split('/').next().unwrap_or(rest);
    // The colons of an IPv6 address are in brackets.
    let port = authority
        .rsplit_once(':')
        .filter(|(host, port)| !port.ends_with(']') && host.starts_with('[') == host.ends_with(']'));
    let (host, port) = port.unwrap_or((authority, ""));
    if authority.contains('@') {
        Some("it contains credentials".to_owned())
    } else if host.is_empty() {
        Some("it has no host".to_owned())
    } else if !is_host(host) {
        Some(format!("its host `{host}` contains a character that is not allowed"))
    } else if !port.is_empty() && port.parse::<u16>().is_err() {
        Some(format!("its port `{port}` is not a number up to 65535"))
    } else {
        None
    }
}
