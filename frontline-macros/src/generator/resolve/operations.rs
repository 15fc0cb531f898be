//! Paths and methods to operations.

use std::collections::BTreeSet;

use openapiv3::{Operation as Source, PathItem};

use super::Resolver;
use super::root::{Root, server};
use crate::generator::args::Args;
use crate::generator::docs::rustdoc;
use crate::generator::document::place_of;
use crate::generator::model::{Location, Method, Name, Operation, Parameter, Streaming};
use crate::generator::names;
use crate::generator::place::Place;
use crate::generator::report::Problem;
use crate::generator::suggest::did_you_mean;

const METHODS: [(&str, Method); 8] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
];

/// An operation before it is read.
struct Found<'a> {
    id: String,
    method: Method,
    path: &'a str,
    place: Place,
    item: Place,
}

impl Resolver<'_> {
    pub(super) fn operations(&mut self, root: &Root, args: &Args) -> Vec<Operation> {
        let mut found = Vec::new();
        for (path, place) in &root.paths {
            let Some((_, item)) = self.document.read::<PathItem>(place, self.errors) else { continue };
            for (key, method) in METHODS {
                let place = item.at(key);
                if self.document.value(&place).is_some() {
                    let id = self.operation_id(&place, key, path);
                    found.push(Found { id, method, path, place, item: item.clone() });
                }
            }
        }
        self.select(&mut found, args);
        self.check_security(root);
        let mut operations = Vec::new();
        for found in &found {
            let (errors, examples) = (self.errors.count(), self.examples.len());
            self.reread.clear();
            let Some(operation) = self.operation(root, found) else { continue };
            match self.unless_skipped(operation, errors) {
                Some(operation) => operations.push(operation),
                None => self.examples.truncate(examples),
            }
        }
        operations
    }

    /// The operation's id; without one it is made from method and path.
    fn operation_id(&self, place: &Place, method: &str, path: &str) -> String {
        let id = self.document.text(&place.at("operationId")).filter(|id| !id.trim().is_empty());
        id.map_or_else(|| format!("{method} {path}"), ToOwned::to_owned)
    }

    /// Leaves the operations that the macro's `operations` names, or all where it names none.
    fn select(&mut self, found: &mut Vec<Found<'_>>, args: &Args) {
        let Some(wanted) = &args.operations else { return };
        for pattern in wanted {
            if found.iter().any(|operation| matches(&pattern.value(), &operation.id)) {
                continue;
            }
            let suggestion = did_you_mean(&pattern.value(), found.iter().map(|operation| operation.id.as_str()));
            let message = format!("the document has no operation `{}`{suggestion}", pattern.value());
            self.errors.push(Problem::input(pattern.span(), message));
        }
        found.retain(|operation| wanted.iter().any(|pattern| matches(&pattern.value(), &operation.id)));
    }

    fn operation(&mut self, root: &Root, found: &Found<'_>) -> Option<Operation> {
        let source: Source = self.document.read_here(&found.place, self.errors)?;
        let chosen = self.document.text(&found.place.at("x-rust-name")).map(names::snake);
        let rust = chosen.unwrap_or_else(|| names::snake(&found.id));
        let type_name = names::camel(&found.id);
        let parameters = self.parameters(found.path, &found.item, &source.parameters, &type_name);
        let (mut parameters, others): (Vec<Parameter>, _) =
            parameters.into_iter().partition(|parameter| parameter.location == Location::Path);
        let options = self.options(others, &found.place, &type_name);
        let body = source.request_body.as_ref().and_then(place_of);
        let body = body.and_then(|place| self.body(&place, &type_name));
        leave_names(&mut parameters, options.is_some(), body.is_some());
        let responses = self.responses(&source.responses, &found.place, &type_name);
        self.finish();
        Some(Operation {
            docs: self.operation_docs(&source, &found.item, root),
            place: found.place.clone(),
            is_deprecated: source.deprecated,
            method: found.method,
            path: found.path.to_owned(),
            server: self.operation_server(root, found),
            parameters,
            options,
            body,
            answer: responses.answer,
            streaming: responses.stream.map(|stream| Streaming { name: rust.clone(), stream }),
            also: responses.also,
            pages: None,
            failures: responses.failures,
            name: Name { wire: found.id.clone(), rust },
            security: self.security(root, &found.place),
        })
    }

    /// Summary, description, and what `x-maturity` says of the operation.
    fn operation_docs(&self, source: &Source, item: &Place, root: &Root) -> String {
        let text = |place: &Place, key| self.document.text(&place.at(key)).unwrap_or_default().to_owned();
        let summary = source.summary.clone().unwrap_or_else(|| text(item, "summary"));
        let description = source.description.clone().unwrap_or_else(|| text(item, "description"));
        let mut parts = vec![rustdoc(&summary), rustdoc(&description)];
        let levels = source.extensions.get("x-maturity").and_then(|levels| levels.as_array());
        for level in levels.into_iter().flatten().filter_map(|level| level.as_str()) {
            let notice = root.maturity.iter().find(|(name, _)| name == level).map(|(_, notice)| notice.as_str());
            parts.push(format!("**{}.** {}", rustdoc(level), notice.unwrap_or_default()).trim_end().to_owned());
        }
        let mut seen = BTreeSet::new();
        parts.retain(|part| !part.is_empty() && seen.insert(part.clone()));
        parts.join("\n\n")
    }

    /// The server of the operation or else of its path, where that is not the document's.
    fn operation_server(&mut self, root: &Root, found: &Found<'_>) -> Option<String> {
        let own = server(self.document, &found.place, self.errors);
        let server = own.or_else(|| server(self.document, &found.item, self.errors));
        server.filter(|server| root.server.as_ref() != Some(server))
    }
}

/// Numbers path parameters that are named as the method's other arguments are.
fn leave_names(parameters: &mut [Parameter], has_options: bool, has_body: bool) {
    let others = [("params", has_options), ("body", has_body)];
    for (name, _) in others.iter().filter(|(_, is_there)| *is_there) {
        let mut taken: BTreeSet<_> = parameters.iter().map(|parameter| parameter.name.rust.clone()).collect();
        for parameter in parameters.iter_mut().filter(|parameter| parameter.name.rust == name) {
            parameter.name.rust = names::unique(&parameter.name.rust, &mut taken);
        }
    }
}

/// Whether an operationId is the pattern, or begins with what stands before the pattern's last `*`.
fn matches(pattern: &str, id: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == id, |prefix| id.starts_with(prefix))
}
