//! The macro without the compiler around it: tokens in, tokens out. Nothing here names `proc_macro`, so that tests,
//! benchmarks and fuzzers can include the module as it is. The stages that a fuzzer tries one by one are public.
//!
//! A document goes through `document`, `resolve`, `check` and `expand`, in this order. What is wrong with it is collected
//! in `problems` and shown by `report`.

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
use model::{Api, TypeDef};
use problems::{Errors, Problem};

/// What `frontline_api!(input)` becomes: a client, and errors if there are any.
pub fn expand(input: TokenStream) -> TokenStream {
    let args = match syn::parse2::<Args>(input) {
        Ok(args) => args,
        Err(error) => return error.into_compile_error(),
    };
    let span = args.path.span();
    let mut errors = Errors::default();
    let file = match source::read(&args.path) {
        Ok(file) => file,
        Err(problem) => {
            errors.push(problem);
            let errors = report::tokens(errors, &Document::default(), span);
            return with_errors(&errors, Api::default(), &args);
        }
    };
    let (document, api) = read(file, &args, &mut errors);
    let tracked = document.files().iter().map(File::tracked).collect::<TokenStream>();
    if let Some(mistake) = &args.mistake {
        // Without the options as they were meant, what else was found may be of no interest.
        errors = Errors::default();
        errors.push(Problem::input(mistake.span(), mistake.to_string()));
    }
    errors.judge(args.warnings);
    if errors.has_errors() {
        let expansion = with_errors(&report::tokens(errors, &document, span), api, &args);
        return quote! { #tracked #expansion };
    }
    let warnings = report::tokens(errors, &document, span);
    let expansion = expand::expand(&api, &args);
    quote! { #tracked #warnings #expansion }
}

/// The document, and as much of its model as could be made of it.
fn read(file: File, args: &Args, errors: &mut Errors) -> (Document, Api) {
    let document = Document::open(file, errors);
    let api = resolve::resolve(&document, args, errors).unwrap_or_default();
    check::check(&api, errors);
    (document, api)
}

/// What could be read stays known beside errors, so that code that uses it adds none of its own.
fn with_errors(errors: &TokenStream, mut api: Api, args: &Args) -> TokenStream {
    // Tests of what is wrong would only tell it once more.
    api.examples.clear();
    // Where nothing could be read, a glob import of the types would be warned of.
    if api.types.is_empty() {
        api.types.push(TypeDef::unread());
    }
    let expansion = expand::expand(&api, args);
    quote! { #errors #expansion }
}
