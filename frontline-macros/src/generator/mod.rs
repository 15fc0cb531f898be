//! The generator: turns the macro's input into the expansion.
//!
//! A document passes through `document`, `resolve`, `check`, `lint` and `expand`, in this order. `compare` looks for what
//! breaks users of the released document. `problems` collects errors and warnings, and `report` shows them.
//!
//! Nothing here names `proc_macro`, so tests, benchmarks and fuzzers can include this module. The stages that are
//! fuzzed separately are public.

mod args;
mod check;
mod compare;
mod docs;
pub mod document;
mod expand;
mod lint;
mod model;
mod names;
mod openapi;
mod overlay;
pub mod problems;
mod profile;
pub mod report;
mod resolve;
mod review;
#[cfg(test)]
mod tests;
pub mod text;

use std::env;

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use args::Args;
use document::{Document, File, source};
use model::Api;
use problems::{At, Errors, Problem};

/// Returns the expansion of `frontline_api!(input)`: a client, and the errors and warnings.
///
/// `testing` is whether the runtime can serve documents in tests.
pub fn expand(input: TokenStream, testing: bool) -> TokenStream {
    let text = input.to_string();
    let mut args = match syn::parse2::<Args>(input) {
        Ok(args) => args,
        Err(error) => return error.into_compile_error(),
    };
    args.testing &= testing;
    let span = args.path.span();
    let mut errors = Errors::new(args.tolerance);
    let Some((file, overlays)) = files(&args.path, &args, &mut errors) else {
        let errors = report::tokens(errors, &Document::default(), span);
        return expand::outline(&errors, &Api::default(), &args);
    };
    let (document, api) = read(file, overlays, &args, &mut errors);
    let mut tracked = tracked(&document);
    tracked.extend(review::tracked());
    if let Some(mistake) = &args.mistake {
        // Other problems may disappear once the options are right.
        errors = Errors::default();
        errors.push(Problem::input(mistake.span(), mistake.to_string()));
    }
    errors.judge(args.warnings);
    if let Some(baseline) = args.baseline.take().filter(|_| !errors.has_errors()) {
        (args.test_examples, args.testing) = (false, false);
        match released(&baseline, &args) {
            Ok((files, released)) => {
                tracked.extend(files);
                compare_with(&released, &api, &document, args.denies_breaking, &mut errors);
            }
            Err((files, mistakes)) => {
                let outline = expand::outline(&mistakes, &api, &args);
                return quote! { #tracked #files #outline };
            }
        }
    }
    if errors.has_errors() {
        let outline = expand::outline(&report::tokens(errors, &document, span), &api, &args);
        return quote! { #tracked #outline };
    }
    let warnings = report::tokens(errors, &document, span);
    let expansion = expand::expand(&api, &args);
    let unwritten = review::save(&args.path.value(), &text, &expansion).err();
    let unwritten = unwritten.map(|message| syn::Error::new(span, message).into_compile_error());
    quote! { #tracked #unwritten #(#warnings)* #expansion }
}

/// Returns the file of a document, and those of its overlays.
fn files(path: &LitStr, args: &Args, errors: &mut Errors) -> Option<(File, Vec<File>)> {
    let mut read = |path| source::read(path).map_err(|problem| errors.push(problem)).ok();
    let file = read(path);
    // Each file that cannot be read is an error.
    let overlays: Vec<Option<File>> = args.overlays.iter().map(read).collect();
    Some((file?, overlays.into_iter().collect::<Option<_>>()?))
}

/// Returns the code that tracks a document's files.
fn tracked(document: &Document) -> TokenStream {
    document.files().iter().map(File::tracked).collect()
}

/// Returns the model of the released document or its mistakes, and the code that tracks its files.
fn released(path: &LitStr, args: &Args) -> Result<(TokenStream, Api), (TokenStream, Vec<TokenStream>)> {
    let mut errors = Errors::new(args.tolerance);
    let files = files(path, args, &mut errors);
    let (document, api) = files.map(|(file, overlays)| read(file, overlays, args, &mut errors)).unwrap_or_default();
    // Options can name what only the new document has.
    errors.retain(|problem| document.files().is_empty() || !matches!(problem.at, At::Input(_)));
    let tracked = tracked(&document);
    if errors.has_errors() {
        Err((tracked, report::tokens(errors, &document, path.span())))
    } else {
        Ok((tracked, api))
    }
}

/// Adds what breaks users of the released document to the warnings, or to the errors.
fn compare_with(released: &Api, api: &Api, document: &Document, is_denied: bool, errors: &mut Errors) {
    let changes = compare::compare(released, api);
    let version = env::var("CARGO_PKG_VERSION").ok();
    errors.conclude(compare::summary(changes.breaks.len(), &changes.additions, version.as_deref()));
    for change in changes.breaks {
        let problem = Problem::value(&document.existing(&change.place), change.message).help(change.users);
        if is_denied { errors.push(problem) } else { errors.warn(problem) }
    }
}

/// Returns the document, and the part of its model that could be built.
fn read(file: File, overlays: Vec<File>, args: &Args, errors: &mut Errors) -> (Document, Api) {
    let document = Document::open(file, overlays, errors);
    // Other problems may disappear once the overlays are right.
    let mut others = Errors::default();
    let errors = if document.is_incomplete() { &mut others } else { errors };
    let mut api = resolve::resolve(&document, args, errors).unwrap_or_default();
    api.served = args.testing.then(|| document.bundle());
    check::check(&mut api, errors);
    lint::lint(&document, &api, args.operations.is_some(), errors);
    (document, api)
}
