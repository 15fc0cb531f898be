//! What the macro's options and the document say of pages.

use serde_json::Value;

use super::operation::matches;
use crate::generator::args::Args;
use crate::generator::model::{Operation, Paging, PagingKind};
use crate::generator::problems::{At, Place, Problem, did_you_mean};
use crate::generator::resolve::resolver::Resolver;

/// The extension of an operation that says how its pages are found.
const EXTENSION: &str = "x-pagination";

impl Resolver<'_> {
    /// Adds to each operation what is said of its pages. The macro's options take precedence over the document.
    pub(super) fn set_paging(&mut self, operations: &mut [Operation], args: &Args) {
        for operation in operations.iter_mut() {
            operation.paging = self.described_paging(&operation.place.at(EXTENSION));
        }
        for (pattern, paging) in &args.pages {
            let text = pattern.value();
            let is_pattern = text.ends_with('*');
            let mut is_any = false;
            for operation in operations.iter_mut().filter(|operation| matches(&text, &operation.name.wire)) {
                let pattern = is_pattern.then(|| text.clone());
                operation.paging = Some(Paging { pattern, ..paging.clone() });
                is_any = true;
            }
            if !is_any {
                let names = operations.iter().map(|operation| operation.name.wire.as_str());
                let message = format!("the client has no operation `{text}`{}", did_you_mean(&text, names));
                self.errors.push(Problem::input(pattern.span(), message));
            }
        }
    }

    /// Reads the extension at `place`.
    fn described_paging(&mut self, place: &Place) -> Option<Paging> {
        let value = self.document.value(place)?;
        let ignored = |at: &Place, message: String| {
            Problem::value(at, format!("{message}, so `{EXTENSION}` is ignored"))
                .help(format!("write `{EXTENSION}: {{kind: cursor, parameter: after, next: meta.next}}`, or `false`"))
        };
        let new = |kind| Paging { kind, texts: Vec::new(), first: 1, at: At::Value(place.clone()), pattern: None };
        if value == &Value::Bool(false) {
            return Some(new(PagingKind::None));
        }
        let name = self.document.text(&place.at("kind")).unwrap_or_default();
        let Some((_, kind)) = PagingKind::ALL.into_iter().find(|(known, _)| *known == name) else {
            let known = PagingKind::ALL.map(|(known, _)| format!("`{known}`")).join(", ");
            self.errors.warn(ignored(place, format!("its `kind` is not one of {known}")));
            return None;
        };
        let mut paging = new(kind);
        for (key, at) in self.document.entries(place) {
            match (self.document.value(&at), kind.keys().0.iter().find(|known| **known == key)) {
                _ if key == "kind" => {}
                (Some(Value::String(text)), Some(known)) => paging.texts.push((known, text.clone())),
                (Some(Value::Number(number)), _) if key == "first" && kind == PagingKind::Page => {
                    let Some(first) = number.as_u64() else {
                        self.errors.warn(ignored(&at, "`first` is not a number from 0 on".to_owned()));
                        return None;
                    };
                    paging.first = first;
                }
                _ => {
                    self.errors.warn(ignored(&at, format!("`{key}` is not a text, or `{name}` has no such key")));
                    return None;
                }
            }
        }
        Some(paging)
    }

    /// Returns whether the document describes the header `Link` of the response at `place`.
    pub(super) fn has_link(&self, place: &Place) -> bool {
        let headers = self.document.object(&self.document.behind(place).at("headers"));
        headers.is_some_and(|headers| headers.keys().any(|name| name.eq_ignore_ascii_case("link")))
    }
}
