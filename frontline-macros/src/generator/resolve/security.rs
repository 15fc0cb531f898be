//! Security schemes, and what each operation asks of them.

use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, SecurityScheme};
use serde_json::Value;

use super::Resolver;
use super::root::Root;
use crate::generator::model::{KeyLocation, Name, Scheme, SchemeKind};
use crate::generator::names;
use crate::generator::place::Place;
use crate::generator::report::Problem;
use crate::generator::suggest::did_you_mean;

impl Resolver<'_> {
    /// Reads the schemes. One that is not supported is an error only where an operation has no way around it.
    pub(super) fn security_schemes(&mut self, root: &Root) {
        let mut taken = BTreeSet::new();
        for (wire, place) in &root.security_schemes {
            let Some((scheme, _)) = self.document.read::<SecurityScheme>(place, self.errors) else { continue };
            if let Some(kind) = scheme_kind(scheme) {
                let rust = names::unique(&names::shouty(wire), &mut taken);
                self.schemes.push(Scheme { name: Name { wire: wire.clone(), rust }, kind });
            }
        }
    }

    /// The alternatives of an operation, or of the document where it has none of its own.
    pub(super) fn security(&mut self, root: &Root, operation: &Place) -> Vec<Vec<usize>> {
        let own = operation.at("security");
        let Some(place) = self.document.value(&own).map(|_| own).or_else(|| root.security.clone()) else {
            return Vec::new();
        };
        let count = self.document.value(&place).and_then(Value::as_array).map_or(0, Vec::len);
        let places: Vec<Place> = (0..count).map(|index| place.at(&index.to_string())).collect();
        let alternatives: Vec<Vec<usize>> = places.iter().filter_map(|place| self.requirement(root, place)).collect();
        if alternatives.is_empty() {
            self.refuse_unsupported(root, &places);
        }
        alternatives
    }

    /// The schemes that one alternative asks for together, if all of them are supported.
    fn requirement(&mut self, root: &Root, place: &Place) -> Option<Vec<usize>> {
        let mut schemes = Some(Vec::new());
        for (name, at) in self.document.entries(place) {
            let known = self.schemes.iter().position(|scheme| scheme.name.wire == name);
            if known.is_none() && !root.security_schemes.iter().any(|(scheme, _)| *scheme == name) {
                let candidates = root.security_schemes.iter().map(|(scheme, _)| scheme.as_str());
                let suggestion = did_you_mean(&name, candidates);
                self.errors.push(
                    Problem::key(&at, format!("the security scheme `{name}` is not defined{suggestion}"))
                        .help("define it under `#/components/securitySchemes`"),
                );
            }
            schemes = schemes.and_then(|mut schemes| {
                schemes.push(known?);
                Some(schemes)
            });
        }
        schemes
    }

    /// Names the schemes for want of which an operation cannot be called.
    fn refuse_unsupported(&mut self, root: &Root, alternatives: &[Place]) {
        let asked: BTreeSet<String> =
            alternatives.iter().flat_map(|place| self.document.entries(place)).map(|(name, _)| name).collect();
        for (name, place) in root.security_schemes.iter().filter(|(name, _)| asked.contains(name)) {
            if self.schemes.iter().any(|scheme| scheme.name.wire == *name) {
                continue;
            }
            let Some(place) = self.document.follow(place, self.errors) else { continue };
            let is_http = self.document.text(&place.at("type")) == Some("http");
            let key = if is_http { "scheme" } else { "type" };
            let value = self.document.text(&place.at(key)).unwrap_or_default();
            self.errors.push(
                Problem::value(&place.at(key), format!("the security scheme `{name}` is not supported: `{key}: {value}`"))
                    .help("supported are `type: http` with `scheme: basic` or `bearer`, `apiKey`, `oauth2` and `openIdConnect`"),
            );
        }
    }
}

/// What a client does for a scheme, if it can; `oauth2` and `openIdConnect` end in a bearer token.
fn scheme_kind(scheme: SecurityScheme) -> Option<SchemeKind> {
    match scheme {
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => Some(SchemeKind::Basic),
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => Some(SchemeKind::Bearer),
        SecurityScheme::HTTP { .. } => None,
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Some(SchemeKind::Bearer),
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
