//! Turns the document into the model.
//!
//! `schemas` turns schemas into types. `operations` reads operations, with the types that they need. Both add to one
//! [`Resolver`]. Afterwards, `passes` computes everything that depends on the model as a whole.
//!
//! Uses `args`, `document`, `openapi`, `model`, `names`, `docs`, `profile` and `problems`.

mod distinct;
mod headers;
mod merged;
mod null;
mod operations;
mod passes;
mod places;
mod plain;
mod resolver;
mod root;
mod schemas;
mod server_choices;
mod servers;

use super::args::Args;
use super::document::Document;
use super::model::Api;
use super::problems::Errors;
use super::profile::Profile;
use resolver::Resolver;

/// Returns the model of the document. It is complete only if no error was added.
pub fn resolve(document: &Document, args: &Args, errors: &mut Errors) -> Option<Api> {
    let root = root::read(document, errors)?;
    let names = schemas::schema_names(&root, document, args, errors);
    let mut resolver = Resolver::new(document, names, args, errors);
    if args.operations.is_none() {
        for schema in &root.schemas {
            resolver.component(schema);
        }
        resolver.finish();
    }
    resolver.security_schemes(&root);
    let operations = resolver.operations(&root, args);
    if args.operations.is_none() {
        resolver.webhooks();
        resolver.check_unused();
    }
    resolver.tell_unheeded();
    let servers = root.server.iter().chain(operations.iter().filter_map(|operation| operation.server.as_ref()));
    let suggested = Profile::of_document(root.has_extension, servers.map(String::as_str));
    let profile = args.profile.unwrap_or(suggested);
    let mut api = Api {
        served: None,
        docs: root.docs,
        server: root.server,
        servers: server_choices::servers(document),
        profile,
        schemes: resolver.schemes,
        types: resolver.types,
        operations,
        examples: resolver.examples,
    };
    passes::run(&mut api, args.is_lenient, errors);
    Some(api)
}
