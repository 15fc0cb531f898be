//! The generator: turns the macro's input into the expansion.
//!
//! A document passes through `document`, `resolve`, `check` and `expand`, in this order. `problems` collects errors and
//! warnings, and `report` shows them.
//!
//! Nothing here names `proc_macro`, so tests, benchmarks and fuzzers can include this module. The stages that are
//! fuzzed separately are public.

mod args;
mod check;
mod docs;
pub mod document;
mod expand;
mod model;
mod names;
mod openapi;
pub mod problems;
mod profile;
pub mod report;
mod resolve;
#[cfg(test)]
mod tests;
pub mod text;

use proc_macro2::TokenStream;
use quote::quote;

use args::Args;
use document::{Document, File, source};
use model::Api;
use problems::{Errors, Problem};

/// Returns the expansion of `frontline_api!(input)`: a client, and the errors and warnings.
pub fn expand(input: TokenStream) -> TokenStream {
    let args = match syn::parse2::<Args>(input) {
        Ok(args) => args,
        Err(error) => return error.into_compile_error(),
    };
    let span = args.path.span();
    let mut errors = Errors::new(args.tolerance);
    let file = match source::read(&args.path) {
        Ok(file) => file,
        Err(problem) => {
            errors.push(problem);
            let errors = report::tokens(errors, &Document::default(), span);
            return expand::outline(&errors, &Api::default(), &args);
        }
    };
    let (document, api) = read(file, &args, &mut errors);
    let tracked = document.files().iter().map(File::tracked).collect::<TokenStream>();
    if let Some(mistake) = &args.mistake {
        // Other problems may disappear once the options are right.
        errors = Errors::default();
        errors.push(Problem::input(mistake.span(), mistake.to_string()));
    }
    errors.judge(args.warnings);
    if errors.has_errors() {
        let outline = expand::outline(&report::tokens(errors, &document, span), &api, &args);
        return quote! { #tracked #outline };
    }
    let warnings = report::tokens(errors, &document, span);
    let expansion = expand::expand(&api, &args);
    quote! { #tracked #(#warnings)* #expansion }
}

/// Returns the document, and the part of its model that could be built.
fn read(file: File, args: &Args, errors: &mut Errors) -> (Document, Api) {
    let document = Document::open(file, errors);
    let mut api = resolve::resolve(&document, args, errors).unwrap_or_default();
    check::check(&mut api, errors);
    (document, api)
}
