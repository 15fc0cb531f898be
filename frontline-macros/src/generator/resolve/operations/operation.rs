//! Turns paths and methods into operations.

use std::collections::BTreeSet;

use openapiv3::{Operation as Source, PathItem};
use proc_macro2::Ident;

use crate::generator::args::Args;
use crate::generator::docs::{self, after, code, paragraphs, rustdoc};
use crate::generator::document::place_of;
use crate::generator::model::{Location, Method, Name, Operation, Parameter, Streaming, Versions, left_out};
use crate::generator::names;
use crate::generator::problems::{Place, Problem, did_you_mean};
use crate::generator::resolve::distinct::distinct;
use crate::generator::resolve::resolver::Resolver;
use crate::generator::resolve::root::Root;
use crate::generator::resolve::servers::own_server;

pub(super) const METHODS: [(&str, Method); 8] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
];

const NOTHING_LEFT: &str = "mend what the other warnings name; an overlay can do so without changing the document";

/// Methods that every client has.
const OWN_METHODS: [&str; 4] = ["blocking", "builder", "clone", "with"];

/// An operation that is not read yet.
struct Found<'a> {
    name: Name,
    method: Method,
    path: &'a str,
    /// The place of the path in the document.
    key: &'a Place,
    place: Place,
    item: Place,
}

impl Resolver<'_> {
    pub fn operations(&mut self, root: &Root, args: &Args) -> Vec<Operation> {
        let mut found = Vec::new();
        let mut ids = BTreeSet::new();
        for (path, key) in &root.paths {
            let part = self.errors.part();
            let item = self.document.read::<PathItem>(key, self.errors);
            let is_left_out = self.errors.end(part, || format!("the operations of the path `{path}` are left out"));
            let Some((_, item)) = item.filter(|_| !is_left_out) else { continue };
            for (verb, method) in METHODS {
                let place = item.at(verb);
                if self.document.value(&place).is_none() {
                    continue;
                }
                // OpenAPI does not allow a reference here, but its meaning is clear.
                let part = self.errors.part();
                let target = self.document.follow(&place, self.errors);
                self.errors.end(part, || format!("the operation `{verb} {path}` is left out"));
                if let Some(place) = target {
                    let name = self.operation_name(&place, verb, path, &mut ids);
                    found.push(Found { name, method, path, key, place, item: item.clone() });
                }
            }
        }
        // Names are given before operations are selected, so that they do not depend on the selection.
        distinct(found.iter_mut().map(|each| (&mut each.name, &each.place)).collect(), &OWN_METHODS, |_, _, _| {});
        self.select(&mut found, args);
        for each in &found {
            self.tell_name(each);
            self.tell_path(each.path, each.key);
        }
        self.check_security(root);
        let mut operations = Vec::new();
        let mut is_any_left_out = false;
        for found in &found {
            let (part, examples) = (self.errors.part(), self.examples.len());
            let operation = self.operation(root, found);
            if self.errors.end(part, || left_out(&found.name)) {
                self.examples.truncate(examples);
                is_any_left_out = true;
            } else {
                operations.extend(operation);
            }
        }
        self.set_paging(&mut operations, args);
        if is_any_left_out && operations.is_empty() {
            let message = "no operation is left, because the options leave out all of them: the client has no methods";
            self.errors.warn(Problem::key(&Place::root(0).at("paths"), message).help(NOTHING_LEFT));
        }
        operations
    }

    /// Returns the operation's id and its name in Rust. If it has no id, or one that another operation already has, it
    /// is named after its method and path.
    fn operation_name(&self, place: &Place, method: &str, path: &str, ids: &mut BTreeSet<String>) -> Name {
        let id = self.document.text(&place.at("operationId")).filter(|id| !id.trim().is_empty());
        let id = id.filter(|id| ids.insert((*id).to_owned()));
        let wire = id.map_or_else(|| format!("{method} {path}"), ToOwned::to_owned);
        Name { rust: self.chosen_name(place).unwrap_or_else(|| names::snake(&wire)), wire }
    }

    fn chosen_name(&self, place: &Place) -> Option<Ident> {
        self.document.text(&place.at("x-rust-name")).map(names::snake)
    }

    /// Warns if an operation is not named after its id.
    fn tell_name(&mut self, found: &Found<'_>) {
        let at = found.place.at("operationId");
        let Name { wire, rust } = &found.name;
        if let Some(id) = self.document.text(&at).filter(|id| *id != wire && !id.trim().is_empty()) {
            let message =
                format!("another operation has the operationId `{id}`, so this one becomes the method `{rust}`");
            self.errors.warn(Problem::value(&at, message).help("give each operation its own operationId"));
            return;
        }
        let wanted = self.chosen_name(&found.place).unwrap_or_else(|| names::snake(wire));
        if *rust != wanted {
            let message = format!(
                "the operation `{wire}` becomes the method `{rust}`, because another method is named `{wanted}`"
            );
            self.errors.warn(Problem::value(&at, message).help("choose a name with `x-rust-name`"));
        }
    }

    /// Keeps only the operations that the macro's `operations` selects. Without this option, keeps all.
    fn select(&mut self, found: &mut Vec<Found<'_>>, args: &Args) {
        let Some(wanted) = &args.operations else { return };
        for pattern in wanted {
            if found.iter().any(|operation| matches(&pattern.value(), &operation.name.wire)) {
                continue;
            }
            let suggestion = did_you_mean(&pattern.value(), found.iter().map(|operation| operation.name.wire.as_str()));
            let message = format!("the document has no operation `{}`{suggestion}", pattern.value());
            self.errors.push(Problem::input(pattern.span(), message));
        }
        found.retain(|operation| wanted.iter().any(|pattern| matches(&pattern.value(), &operation.name.wire)));
    }

    fn operation(&mut self, root: &Root, found: &Found<'_>) -> Option<Operation> {
        let source: Source = self.document.read_here(&found.place, self.errors)?;
        let type_name = names::camel(&found.name.wire);
        let (path, parameters, ignored) = self.parameters(found.path, &found.item, &source.parameters, &type_name);
        let (parameters, others): (Vec<Parameter>, _) =
            parameters.into_iter().partition(|parameter| parameter.location == Location::Path);
        let options = self.options(others, &found.place, &type_name);
        let body = source.request_body.as_ref().and_then(place_of);
        let body = body.and_then(|place| self.body(&place, &type_name));
        let mut responses = self.responses(&source.responses, &found.place, &type_name);
        if found.method == Method::Head {
            responses.without_content();
        }
        responses.allow_not_modified();
        self.finish();
        let (security, without) = self.security(root, &found.place);
        Some(Operation {
            docs: paragraphs([
                self.operation_docs(&source, &found.item, root),
                ignored_docs(&ignored),
                without_docs(&without),
            ]),
            name: found.name.clone(),
            with: None,
            place: found.place.clone(),
            is_deprecated: source.deprecated,
            method: found.method,
            path,
            key: found.path.to_owned(),
            server: self.operation_server(root, found),
            servers_place: self.servers_place(found),
            parameters,
            options,
            body,
            answer: responses.answer,
            answer_place: responses.place.clone(),
            answers_pii: self.answers_pii(&found.place),
            streaming: responses
                .stream
                .map(|stream| Streaming { names: Versions::new(found.name.rust.clone()), stream }),
            alternatives: responses.alternatives,
            accept: responses.accept,
            also: responses.also,
            pages: None,
            paging: None,
            has_link: self.has_link(&responses.place),
            failures: responses.failures,
            errors: None,
            redirects: responses.redirects,
            security,
            security_place: self.security_place(root, &found.place),
        })
    }

    /// Returns the summary, the description, and notices for the levels in `x-maturity`.
    fn operation_docs(&self, source: &Source, item: &Place, root: &Root) -> String {
        let text = |place: &Place, key| self.document.text(&place.at(key)).unwrap_or_default().to_owned();
        let summary = source.summary.clone().unwrap_or_else(|| text(item, "summary"));
        let description = source.description.clone().unwrap_or_else(|| text(item, "description"));
        let mut parts = vec![rustdoc(&summary), rustdoc(&description)];
        let levels = source.extensions.get("x-maturity").and_then(|levels| levels.as_array());
        for level in levels.into_iter().flatten().filter_map(|level| level.as_str()) {
            let notice = root.maturity.iter().find(|(name, _)| name == level).map(|(_, notice)| notice.as_str());
            let level = format!("**{}.**", docs::line(level));
            parts.push(after(&level, notice.unwrap_or_default()).trim_end().to_owned());
        }
        let mut seen = BTreeSet::new();
        parts.retain(|part| !part.is_empty() && seen.insert(part.clone()));
        parts.join("\n\n")
    }

    fn servers_place(&self, found: &Found<'_>) -> Place {
        let own = found.place.at("servers");
        if self.document.value(&own).is_some() { own } else { found.item.at("servers") }
    }

    /// Returns the server of the operation or of its path, if it differs from the document's.
    fn operation_server(&mut self, root: &Root, found: &Found<'_>) -> Option<String> {
        let own = own_server(self.document, &found.place, self.errors);
        let server = own.or_else(|| own_server(self.document, &found.item, self.errors));
        server.filter(|server| root.server.as_ref() != Some(server))
    }
}

/// Lists header parameters that do not become arguments.
fn ignored_docs(names: &[String]) -> String {
    let names = names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
    if names.is_empty() { names } else { format!("Header parameters that are ignored, as OpenAPI requires: {names}.") }
}

/// Says which security schemes an operation requires that the client does not know, if it knows no other.
fn without_docs(schemes: &[String]) -> String {
    let schemes = schemes.iter().map(|scheme| code(scheme)).collect::<Vec<_>>().join(", ");
    if schemes.is_empty() {
        return schemes;
    }
    format!(
        "The document requires credentials that it does not define ({schemes}), so the client sends none. Add them \
         with a middleware or `CallOptions::header`."
    )
}

/// Returns whether an operationId matches a pattern. A `*` at the end of the pattern matches any rest.
pub(super) fn matches(pattern: &str, id: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == id, |prefix| id.starts_with(prefix))
}
