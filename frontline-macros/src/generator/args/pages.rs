//! The option `pages`.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitInt, LitStr, Token, braced, parenthesized};

use super::lists::pass_over;
use crate::generator::model::{Paging, PagingKind};
use crate::generator::problems::{At, did_you_mean};

const EXPECTED: &str = "`pages` takes operation ids and how their pages are found, such as \
                        `{ \"list*\" = cursor(parameter = \"after\", next = \"meta.next\") }`";

/// `{ "list*" = cursor(parameter = "after", next = "meta.next"), "find" = none }`
pub fn pages(input: ParseStream<'_>) -> syn::Result<Vec<(LitStr, Paging)>> {
    let list;
    if !input.peek(syn::token::Brace) {
        return Err(input.error(EXPECTED));
    }
    braced!(list in input);
    let items = list.parse_terminated(pair, Token![,]);
    pass_over(&list)?;
    Ok(items?.into_iter().collect())
}

fn pair(input: ParseStream<'_>) -> syn::Result<(LitStr, Paging)> {
    let explain = |error: syn::Error| syn::Error::new(error.span(), EXPECTED);
    let pattern: LitStr = input.parse().map_err(explain)?;
    input.parse::<Token![=]>().map_err(explain)?;
    Ok((pattern, paging(input)?))
}

/// `cursor(parameter = "after", next = "meta.next")`
fn paging(input: ParseStream<'_>) -> syn::Result<Paging> {
    let name = input.call(Ident::parse_any)?;
    let kind = PagingKind::ALL.into_iter().find(|(known, _)| name == known).map(|(_, kind)| kind);
    let kind = kind.ok_or_else(|| {
        let suggestion = did_you_mean(&name.to_string(), PagingKind::ALL.into_iter().map(|(known, _)| known));
        let known = PagingKind::ALL.map(|(known, _)| format!("`{known}`")).join(", ");
        syn::Error::new(
            name.span(),
            format!("unknown kind of pages `{name}`{suggestion}\n= help: the kinds are {known}"),
        )
    })?;
    let mut paging = Paging { kind, texts: Vec::new(), first: 1, at: At::Input(name.span()), pattern: None };
    if input.peek(syn::token::Paren) {
        let keys;
        parenthesized!(keys in input);
        let read = read_keys(&keys, &mut paging);
        pass_over(&keys)?;
        read?;
    }
    let (keys, required) = kind.keys();
    match keys.iter().take(required).find(|key| paging.text(key).is_none()) {
        Some(missing) => Err(syn::Error::new(name.span(), format!("`{name}` needs `{missing} = \"…\"`"))),
        None => Ok(paging),
    }
}

fn read_keys(input: ParseStream<'_>, paging: &mut Paging) -> syn::Result<()> {
    while !input.is_empty() {
        key(input, paging)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

/// `next = "meta.next"`, or `first = 0`
fn key(input: ParseStream<'_>, paging: &mut Paging) -> syn::Result<()> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    if name == "first" && paging.kind == PagingKind::Page {
        paging.first = input.parse::<LitInt>()?.base10_parse()?;
        return Ok(());
    }
    let known = paging.kind.keys().0;
    let key =
        known.iter().find(|known| name == **known).ok_or_else(|| unknown(&name.to_string(), name.span(), known))?;
    let text: LitStr = input.parse()?;
    paging.texts.push((key, text.value()));
    Ok(())
}

fn unknown(name: &str, span: Span, known: &[&str]) -> syn::Error {
    let suggestion = did_you_mean(name, known.iter().copied());
    let known = known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
    syn::Error::new(span, format!("unknown key `{name}`{suggestion}\n= help: the keys are {known}"))
}
