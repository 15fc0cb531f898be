//! Conventions of services that OpenAPI cannot express. No other file of the generator knows a particular service.

use proc_macro2::{Ident, Span};
use serde_json::{Map, Value};

/// The conventions that a client follows. The runtime has a type of the same name for each variant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The conventions that most services share.
    #[default]
    Standard,
    Twilio,
}

/// The extension that Twilio's documents use.
const TWILIO_EXTENSION: &str = "x-twilio";

impl Profile {
    /// The values of the `profile` option.
    pub const OPTIONS: [(&str, Self); 2] = [("standard", Self::Standard), ("twilio", Self::Twilio)];

    /// Returns the profile that the document asks for by an extension or by the host of a server, at its root or in a
    /// path item.
    pub fn of_document(root: &Map<String, Value>) -> Self {
        let paths = root.get("paths").and_then(Value::as_object);
        let items = paths.into_iter().flat_map(|paths| paths.values()).filter_map(Value::as_object);
        let mut objects = items.chain([root]);
        let is_twilios =
            |object: &Map<String, Value>| object.contains_key(TWILIO_EXTENSION) || servers(object).any(is_twilios_host);
        if objects.any(is_twilios) { Self::Twilio } else { Self::Standard }
    }

    /// Returns the name of the runtime's type.
    pub fn ident(self) -> Ident {
        let name = match self {
            Self::Standard => "Standard",
            Self::Twilio => "Twilio",
        };
        Ident::new(name, Span::call_site())
    }
}

/// Returns whether an extension of a schema or parameter marks its values as personal data.
pub fn is_personal(object: &Map<String, Value>) -> bool {
    object.get(TWILIO_EXTENSION).is_some_and(|extension| extension.get("pii").is_some())
}

fn servers(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let servers = object.get("servers").and_then(Value::as_array);
    servers.into_iter().flatten().filter_map(|server| server.get("url")?.as_str())
}

fn is_twilios_host(url: &str) -> bool {
    let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', ':', '?', '#']).next());
    host.is_some_and(|host| host == "twilio.com" || host.ends_with(".twilio.com"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Profile, is_personal};

    #[test]
    fn extensions_and_servers_select_the_profile() {
        for (document, profile) in [
            (json!({}), Profile::Standard),
            (json!({"x-twilio": {}}), Profile::Twilio),
            (json!({"paths": {"/": {"x-twilio": {}}}}), Profile::Twilio),
            (json!({"servers": [{"url": "https://api.twilio.com/v1"}]}), Profile::Twilio),
            (json!({"paths": {"/": {"servers": [{"url": "https://twilio.com"}]}}}), Profile::Twilio),
            (
                json!({"servers": [{"url": "https://twilio.com.example"}, {"url": "https://eviltwilio.com"}]}),
                Profile::Standard,
            ),
            (json!({"servers": 1, "paths": []}), Profile::Standard),
        ] {
            assert_eq!(Profile::of_document(document.as_object().unwrap()), profile, "{document}");
        }
    }

    #[test]
    fn an_extension_marks_personal_data() {
        let is_personal = |schema: Value| is_personal(schema.as_object().unwrap());
        assert!(is_personal(json!({"x-twilio": {"pii": {"handling": "standard"}}})));
        assert!(!is_personal(json!({"x-twilio": {}})) && !is_personal(json!({"pii": true})));
    }
}
