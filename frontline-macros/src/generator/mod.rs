//! The macro without the compiler around it: tokens in, tokens out. Nothing here names `proc_macro`, so that tests,
//! benchmarks and fuzzers can include the module as it is.

mod args;
mod check;
mod docs;
mod document;
mod expand;
mod load;
mod locate;
mod model;
mod names;
mod normalize;
mod objects;
mod place;
mod report;
mod resolve;
mod shape;
mod source;
mod suggest;

use proc_macro2::TokenStream;

use args::Args;
use document::Document;
use report::{Errors, Problem};
use source::File;

/// What `frontline_api!(input)` becomes: a client, or errors.
pub fn expand(input: TokenStream) -> TokenStream {
    let args = match syn::parse2::<Args>(input) {
        Ok(args) => args,
        Err(error) => return error.into_compile_error(),
    };
    let file = match source::read(&args.path) {
        Ok(file) => file,
        Err(problem) => {
            let mut errors = Errors::default();
            errors.push(problem);
            return errors.into_tokens(&Document::unread(Vec::new()), args.path.span());
        }
    };
    let tracked = file.tracked();
    let expansion = expand_file(file, &args);
    quote::quote! { #tracked #expansion }
}

fn expand_file(file: File, args: &Args) -> TokenStream {
    let mut errors = Errors::default();
    let document = match load::load(&file) {
        Ok(root) => Document::new(file, root),
        Err(error) => {
            errors.push(Problem::file(0, error.position, error.message));
            return errors.into_tokens(&Document::unread(vec![file]), args.path.span());
        }
    };
    let api = resolve::resolve(&document, args, &mut errors);
    if let Some(api) = &api {
        check::check(api, &mut errors);
    }
    match api {
        Some(api) if errors.is_empty() => expand::expand(&api, args),
        _ => errors.into_tokens(&document, args.path.span()),
    }
}
