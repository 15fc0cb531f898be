//! Options that are lists.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, braced, bracketed};

/// `["FetchUser", "list*"]`
pub fn operations(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    let expected = "`operations` takes a list of operation ids, such as `[\"FetchUser\", \"list*\"]`";
    let empty = "`operations` is an empty list\n= help: remove the option to generate all operations";
    texts(input, expected, empty)
}

/// `"fixes.overlay.yaml"`, or a list
pub fn overlays(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    if input.peek(LitStr) {
        return Ok(vec![input.parse()?]);
    }
    let expected = "`overlay` takes the path of an overlay, such as `\"spec/fixes.overlay.yaml\"`, or a list of paths";
    texts(input, expected, "`overlay` is an empty list\n= help: remove the option, or name an overlay")
}

/// Reads a list of strings that must not be empty.
fn texts(input: ParseStream<'_>, expected: &str, empty: &str) -> syn::Result<Vec<LitStr>> {
    let explain = |error: syn::Error| syn::Error::new(error.span(), expected);
    let list;
    if !input.peek(syn::token::Bracket) {
        return Err(input.error(expected));
    }
    let bracket = bracketed!(list in input);
    let items = list.parse_terminated(syn::parse::ParseBuffer::parse::<LitStr>, Token![,]).map_err(explain);
    pass_over(&list)?;
    let items = items?;
    if items.is_empty() {
        return Err(syn::Error::new(bracket.span.join(), empty));
    }
    Ok(items.into_iter().collect())
}

/// `{ "simple-user" = SimpleUser }`
pub fn rename(input: ParseStream<'_>) -> syn::Result<Vec<(LitStr, Ident)>> {
    let expected = "expected schema names and Rust names for `rename`, such as `{ \"simple-user\" = SimpleUser }`";
    let explain = |error: syn::Error| syn::Error::new(error.span(), expected);
    let list;
    if !input.peek(syn::token::Brace) {
        return Err(input.error(expected));
    }
    braced!(list in input);
    let pair = |item: ParseStream<'_>| {
        let schema: LitStr = item.parse()?;
        item.parse::<Token![=]>()?;
        Ok((schema, item.parse::<Ident>()?))
    };
    let items = list.parse_terminated(pair, Token![,]).map_err(explain);
    pass_over(&list)?;
    Ok(items?.into_iter().collect())
}

/// Consumes the rest of an invalid list, which syn would otherwise report as a separate error.
pub fn pass_over(list: ParseStream<'_>) -> syn::Result<()> {
    list.parse::<TokenStream>().map(drop)
}
