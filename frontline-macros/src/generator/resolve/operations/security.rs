//! Security schemes, and which of them each operation requires.

use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, Components, SecurityScheme};
use serde_json::Value;

use crate::generator::model::{KeyLocation, Name, Scheme, SchemeKind};
use crate::generator::names;
use crate::generator::openapi::Object;
use crate::generator::problems::{Place, Problem, did_you_mean, did_you_mean_word};
use crate::generator::resolve::headers::is_framing;
use crate::generator::resolve::resolver::Resolver;
use crate::generator::resolve::root::Root;

/// The help for schemes that are not supported.
const SUPPORTED: &str = "use `type: http` with `scheme: basic` or `bearer`, or `apiKey`, `oauth2` or `openIdConnect`";

/// The consequence of a mistake in a scheme.
const NOT_USED: &str = "requests are sent without it";

impl Resolver<'_> {
    /// Reads the schemes. An unsupported one is an error only if an operation has no alternative to it.
    pub fn security_schemes(&mut self, root: &Root) {
        let mut taken = names::Taken::default();
        for (wire, place) in &root.security_schemes {
            let part = self.errors.part();
            let scheme = self.document.read::<SecurityScheme>(place, self.errors);
            let is_unusable = self.errors.end(part, || NOT_USED.to_owned());
            let Some((scheme, place)) = scheme.filter(|_| !is_unusable) else { continue };
            if let Some(kind) = self.scheme_kind(scheme, &place) {
                let rust = taken.unique(&names::shouty(wire));
                self.schemes.push(Scheme { name: Name { wire: wire.clone(), rust }, kind });
            }
        }
    }

    /// Returns the alternatives of an operation, or of the document if the operation has no `security`. Also returns
    /// the names of the schemes that the operation has to do without, if it has no other credentials.
    pub(super) fn security(&mut self, root: &Root, operation: &Place) -> (Vec<Vec<usize>>, Vec<String>) {
        let place = self.security_place(root, operation);
        if self.document.value(&place).is_none() {
            return Default::default();
        }
        let places = self.requirements(&place);
        let (alternatives, mut without) = self.alternatives(root, &places);
        if alternatives.is_empty() {
            without.extend(self.refuse_unusable(root, &places));
        }
        if alternatives.iter().any(|schemes| !schemes.is_empty()) {
            without.clear();
        }
        (alternatives, without)
    }

    /// Returns the place of an operation's `security`, or of the document's if the operation has none.
    pub(super) fn security_place(&self, root: &Root, operation: &Place) -> Place {
        let own = operation.at("security");
        let shared = root.security.as_ref().filter(|_| self.document.value(&own).is_none());
        shared.cloned().unwrap_or(own)
    }

    /// Checks the document's `security`, which is not read otherwise if all operations override it.
    pub(super) fn check_security(&mut self, root: &Root) {
        let part = self.errors.part();
        let places = root.security.as_ref().map(|place| self.requirements(place)).unwrap_or_default();
        self.alternatives(root, &places);
        self.errors.end(part, || "operations without their own `security` are left out".to_owned());
    }

    /// Returns those of the alternatives at `places` that can be used, and the names of undefined schemes.
    fn alternatives(&mut self, root: &Root, places: &[Place]) -> (Vec<Vec<usize>>, Vec<String>) {
        let usable: Vec<Vec<usize>> = places.iter().filter_map(|place| self.requirement(place)).collect();
        let is_any_secure = usable.iter().any(|schemes| !schemes.is_empty());
        let mut undefined = Vec::new();
        for place in places {
            undefined.extend(self.undefined_schemes(root, place, is_any_secure));
        }
        (usable, undefined)
    }

    /// Returns the places of the requirements in the list at `place`. Anything that is not an object is an error, since
    /// ignoring it would drop credentials.
    fn requirements(&mut self, place: &Place) -> Vec<Place> {
        let Some(Value::Array(items)) = self.document.value(place) else {
            self.errors.push(
                Problem::value(place, "`security` must be a list")
                    .help("write each alternative as an item, such as `- account: []`"),
            );
            return Vec::new();
        };
        let mut places = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let at = place.at(&index.to_string());
            match item {
                Value::Object(_) => places.push(at),
                Value::String(name) => self.errors.push(
                    Problem::value(&at, "a security requirement must list its scopes")
                        .help(format!("write `{name}: []` if it has none")),
                ),
                _ => self.errors.push(
                    Problem::value(&at, "a security requirement must be an object")
                        .help("write the name of a security scheme and its scopes, such as `account: []`"),
                ),
            }
        }
        places
    }

    /// Returns the schemes that one alternative requires together, if all of them are supported.
    fn requirement(&mut self, place: &Place) -> Option<Vec<usize>> {
        let names = self.document.entries(place);
        for (name, at) in &names {
            self.scopes(name, at);
        }
        names.iter().map(|(name, _)| self.schemes.iter().position(|scheme| scheme.name.wire == *name)).collect()
    }

    /// Reports and returns the schemes of an alternative that are not defined.
    ///
    /// It is only a warning if another alternative has credentials, and if the name is not similar to a defined one.
    /// Each name is warned about once, because operations repeat their requirements.
    fn undefined_schemes(&mut self, root: &Root, place: &Place, has_other: bool) -> Vec<String> {
        let defined = || root.security_schemes.iter().map(|(scheme, _)| scheme.as_str());
        let start = Place::root(0);
        let misspelled = self
            .document
            .misspelled(&start, "components", "an OpenAPI document")
            .or_else(|| self.document.misspelled(&start.at("components"), "securitySchemes", Components::NAME));
        let mut undefined = Vec::new();
        for (name, at) in self.document.entries(place) {
            if defined().any(|scheme| scheme == name) {
                continue;
            }
            undefined.push(name.clone());
            // Operations that do not set `security` share the document's.
            if !self.told.insert(at.clone()) {
                continue;
            }
            let scheme = start.at("components").at("securitySchemes").at(&name);
            if let Some(problem) = self.document.removed(&scheme, &at) {
                self.errors.spare(problem, NOT_USED);
                continue;
            }
            if let Some(problem) = &misspelled {
                self.errors.spare(problem.clone(), &format!("requests are sent without `{name}`"));
                continue;
            }
            let suggestion = did_you_mean(&name, defined());
            let message = format!("the security scheme `{name}` is not defined{suggestion}");
            let told =
                |message: String| Problem::key(&at, message).help("define it under `#/components/securitySchemes`");
            if !has_other || !suggestion.is_empty() {
                self.errors.spare(told(message), NOT_USED);
            } else if self.told.insert(Place::root(0).at("components").at("securitySchemes").at(&name)) {
                self.errors.warn(told(message + ", so alternatives that require it are ignored"));
            }
        }
        undefined
    }

    fn scopes(&mut self, name: &str, at: &Place) {
        let scopes = self.document.value(at).and_then(Value::as_array);
        if !scopes.is_some_and(|scopes| scopes.iter().all(Value::is_string)) {
            self.errors.push(
                Problem::value(at, format!("the scopes of `{name}` must be a list of strings"))
                    .help(format!("write `{name}: []` if it has none")),
            );
        }
    }

    /// Reports the schemes because of which an operation cannot be called. Returns the names of those that it can do
    /// without.
    fn refuse_unusable(&mut self, root: &Root, alternatives: &[Place]) -> Vec<String> {
        let mut without = Vec::new();
        let asked: BTreeSet<String> =
            alternatives.iter().flat_map(|place| self.document.entries(place)).map(|(name, _)| name).collect();
        for (name, place) in root.security_schemes.iter().filter(|(name, _)| asked.contains(name)) {
            if self.schemes.iter().any(|scheme| scheme.name.wire == *name) {
                continue;
            }
            let part = self.errors.part();
            let scheme = self.document.read::<SecurityScheme>(place, self.errors);
            if self.errors.end(part, || NOT_USED.to_owned()) {
                without.push(name.clone());
                continue;
            }
            let Some((_, place)) = scheme else { continue };
            let (key, help) = match self.document.text(&place.at("type")) {
                // The only key that is not supported.
                Some("apiKey") => ("name", "the HTTP client sets this header itself; use another one"),
                Some("http") => ("scheme", SUPPORTED),
                _ => ("type", SUPPORTED),
            };
            let at = place.at(key);
            let value = self.document.text(&at).unwrap_or_default();
            // Nobody implements this scheme (RFC 8120). Documents that name it mean certificates.
            if key == "scheme" && value.eq_ignore_ascii_case("mutual") {
                let message = format!("the security scheme `{name}` says `{value}`, which is not TLS");
                let problem = Problem::value(&at, message).help("write `type: mutualTLS` if you mean certificates");
                if self.errors.spare(problem, NOT_USED) {
                    without.push(name.clone());
                }
                continue;
            }
            let suggestion =
                if key == "scheme" { did_you_mean_word(value, &["basic", "bearer"]) } else { String::new() };
            let message = format!("the security scheme `{name}` is not supported: `{key}: {value}`{suggestion}");
            self.errors.push(Problem::value(&at, message).help(help).unsupported());
        }
        without
    }

    /// Returns what the client sends for a scheme, if it is supported.
    fn scheme_kind(&mut self, scheme: SecurityScheme, place: &Place) -> Option<SchemeKind> {
        match scheme {
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => Some(SchemeKind::Basic),
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => Some(SchemeKind::Bearer),
            SecurityScheme::HTTP { .. } => None,
            SecurityScheme::OAuth2 { .. } => Some(self.oauth(&place.at("flows"))),
            // The address of the configuration does not say where tokens are.
            SecurityScheme::OpenIDConnect { .. } => Some(SchemeKind::OAuth { token_url: None, refresh_url: None }),
            SecurityScheme::APIKey { location: APIKeyLocation::Header, name, .. } if is_framing(&name) => None,
            SecurityScheme::APIKey { location, name, .. } => {
                let location = match location {
                    APIKeyLocation::Query => KeyLocation::Query,
                    APIKeyLocation::Header => KeyLocation::Header,
                    APIKeyLocation::Cookie => KeyLocation::Cookie,
                };
                Some(SchemeKind::ApiKey(location, name))
            }
        }
    }

    /// Returns where tokens of an OAuth 2.0 server come from. All flows have the same address for refreshing, which is that of
    /// new tokens unless the document names another one.
    fn oauth(&mut self, flows: &Place) -> SchemeKind {
        let mut refresh_url = None;
        for flow in ["authorizationCode", "password", "clientCredentials"] {
            let place = flows.at(flow);
            if self.document.value(&place).is_none() {
                continue;
            }
            let url = |key| self.document.text(&place.at(key)).filter(|url| !url.is_empty()).map(str::to_owned);
            if url("tokenUrl").is_none() {
                let message =
                    format!("the flow `{flow}` has no `tokenUrl`, so the client does not know where tokens come from");
                self.errors.warn(Problem::key(&place, message).help("add `tokenUrl`"));
                continue;
            }
            refresh_url = refresh_url.or_else(|| url("refreshUrl")).or_else(|| url("tokenUrl"));
        }
        let token_url = self.document.text(&flows.at("clientCredentials").at("tokenUrl"));
        let token_url = token_url.filter(|url| !url.is_empty()).map(str::to_owned);
        SchemeKind::OAuth { token_url, refresh_url }
    }
}
