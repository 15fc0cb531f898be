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

    /// Returns the profile of a document from the extension, if its root or a path item has one, and from the URLs of
    /// its servers.
    pub fn of_document<'a>(has_extension: bool, mut servers: impl Iterator<Item = &'a str>) -> Self {
        if has_extension || servers.any(is_twilios) { Self::Twilio } else { Self::Standard }
    }

    /// Returns the name of the profile in the `profile` option.
    pub fn name(self) -> &'static str {
        Self::OPTIONS.iter().find(|(_, profile)| *profile == self).map_or("", |(name, _)| name)
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

/// Returns whether an object has the extension.
pub fn has_extension(object: &Map<String, Value>) -> bool {
    object.get(TWILIO_EXTENSION).is_some_and(Value::is_object)
}

/// Returns whether an extension of a schema or parameter marks its values as personal data.
pub fn is_personal(object: &Map<String, Value>) -> bool {
    object.get(TWILIO_EXTENSION).is_some_and(|extension| extension.get("pii").is_some())
}

/// Returns whether a server is one of Twilio's.
fn is_twilios(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let host = url.split_once("://").and_then(|(_, rest)| rest.split(['/', '\\', ':', '?', '#']).next());
    host.is_some_and(|host| host == "twilio.com" || host.ends_with(".twilio.com"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Profile, has_extension, is_personal};

    #[test]
    fn servers_determine_the_profile() {
        for (server, profile) in [
            ("https://api.twilio.com/v1", Profile::Twilio),
            ("https://API.Twilio.com:443", Profile::Twilio),
            ("https://twilio.com", Profile::Twilio),
            ("https://twilio.com.example", Profile::Standard),
            ("https://eviltwilio.com", Profile::Standard),
            ("https://evil.example\\.twilio.com", Profile::Standard),
            ("https://example.com/twilio.com", Profile::Standard),
        ] {
            assert_eq!(Profile::of_document(false, ["https://example.com", server].into_iter()), profile, "{server}");
        }
        assert_eq!(Profile::of_document(true, std::iter::empty()), Profile::Twilio);
    }

    #[test]
    fn extensions_are_objects() {
        let has_extension = |object: Value| has_extension(object.as_object().unwrap());
        assert!(has_extension(json!({"x-twilio": {}})));
        assert!(!has_extension(json!({"x-twilio": null})) && !has_extension(json!({"x-other": {}})));
    }

    #[test]
    fn an_extension_marks_personal_data() {
        let is_personal = |schema: Value| is_personal(schema.as_object().unwrap());
        assert!(is_personal(json!({"x-twilio": {"pii": {"handling": "standard"}}})));
        assert!(!is_personal(json!({"x-twilio": {}})) && !is_personal(json!({"pii": true})));
    }
}
