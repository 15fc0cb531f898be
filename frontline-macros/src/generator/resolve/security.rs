//! Security schemes, and what each operation asks of them.

use openapiv3::SecurityScheme;
use serde_json::Value;

use super::Resolver;
use super::root::Root;
use crate::generator::model::{Name, Scheme, SchemeKind};
use crate::generator::names;
use crate::generator::place::Place;
use crate::generator::report::Problem;
use crate::generator::suggest::did_you_mean;

impl Resolver<'_> {
    pub(super) fn security_schemes(&mut self, root: &Root) {
        let mut taken = std::collections::BTreeSet::new();
        for (wire, place) in &root.security_schemes {
            let Some((scheme, place)) = self.document.read::<SecurityScheme>(place, self.errors) else { continue };
            if let Some(kind) = self.scheme_kind(&scheme, wire, &place) {
                let rust = names::unique(&names::shouty(wire), &mut taken);
                self.schemes.push(Scheme { name: Name { wire: wire.clone(), rust }, kind });
            }
        }
    }

    fn scheme_kind(&mut self, scheme: &SecurityScheme, name: &str, place: &Place) -> Option<SchemeKind> {
        let (what, key) = match scheme {
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                return Some(SchemeKind::Basic);
            }
            SecurityScheme::HTTP { scheme, .. } => (format!("scheme: {scheme}"), "scheme"),
            SecurityScheme::APIKey { .. } => ("type: apiKey".into(), "type"),
            SecurityScheme::OAuth2 { .. } => ("type: oauth2".into(), "type"),
            SecurityScheme::OpenIDConnect { .. } => ("type: openIdConnect".into(), "type"),
        };
        self.errors.push(
            Problem::value(&place.at(key), format!("the security scheme `{name}` is not supported: `{what}`"))
                .help("the supported scheme is `type: http` with `scheme: basic`"),
        );
        None
    }

    /// The alternatives of an operation, or of the document where it has none of its own.
    pub(super) fn security(&mut self, root: &Root, operation: &Place) -> Vec<Vec<usize>> {
        let own = operation.at("security");
        let Some(place) = self.document.value(&own).map(|_| own).or_else(|| root.security.clone()) else {
            return Vec::new();
        };
        let count = self.document.value(&place).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(|index| self.requirement(root, &place.at(&index.to_string()))).collect()
    }

    fn requirement(&mut self, root: &Root, place: &Place) -> Vec<usize> {
        let mut schemes = Vec::new();
        for (name, at) in self.document.entries(place) {
            let known = self.schemes.iter().position(|scheme| scheme.name.wire == name);
            if let Some(index) = known {
                schemes.push(index);
            } else if !root.security_schemes.iter().any(|(scheme, _)| *scheme == name) {
                let candidates = root.security_schemes.iter().map(|(scheme, _)| scheme.as_str());
                let suggestion = did_you_mean(&name, candidates);
                self.errors.push(
                    Problem::key(&at, format!("the security scheme `{name}` is not defined{suggestion}"))
                        .help("define it under `#/components/securitySchemes`"),
                );
            }
        }
        schemes
    }
}
