//! The macro's input: the document's path and the options behind it.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitBool, LitStr, Path, Token, braced, bracketed};

use super::suggest::did_you_mean;

const OPTIONS: [&str; 4] = ["operations", "rename", "crate", "test_examples"];

/// `"spec/api.yaml", operations = ["GetUser", "list*"], rename = { "user" = Person }, crate = some::path`
pub struct Args {
    pub path: LitStr,
    /// Which operations to expand; nothing means all of them.
    pub operations: Option<Vec<LitStr>>,
    /// Schemas whose Rust name the user chose.
    pub rename: Vec<(LitStr, Ident)>,
    /// Where the runtime is, if not at `::frontline`.
    pub runtime: Option<Path>,
    /// Whether to test the document's examples against their schemas.
    pub test_examples: bool,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse().map_err(|error| {
            syn::Error::new(error.span(), "the path of an OpenAPI document was expected, such as \"spec/api.yaml\"")
        })?;
        let mut args = Self { path, operations: None, rename: Vec::new(), runtime: None, test_examples: false };
        let mut seen = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            args.option(input, &mut seen)?;
        }
        Ok(args)
    }
}

impl Args {
    fn option(&mut self, input: ParseStream<'_>, seen: &mut Vec<String>) -> syn::Result<()> {
        let (name, span) = option_name(input)?;
        if seen.contains(&name) {
            return Err(syn::Error::new(span, format!("the option `{name}` stands here twice")));
        }
        if !input.peek(Token![=]) {
            return Err(syn::Error::new(span, format!("the option `{name}` needs a value: `{name} = …`")));
        }
        input.parse::<Token![=]>()?;
        match name.as_str() {
            "operations" => self.operations = Some(operations(input)?),
            "rename" => self.rename = rename(input)?,
            "crate" => {
                self.runtime = Some(input.call(Path::parse_mod_style).map_err(|error| {
                    syn::Error::new(
                        error.span(),
                        "`crate` takes the path of the runtime, such as `crate = ::frontline`",
                    )
                })?);
            }
            "test_examples" => {
                let flag = input
                    .parse::<LitBool>()
                    .map_err(|error| syn::Error::new(error.span(), "`test_examples` takes `true` or `false`"))?;
                self.test_examples = flag.value;
            }
            _ => {
                let suggestion = did_you_mean(&name, OPTIONS.into_iter());
                let known = OPTIONS.map(|option| format!("`{option}`")).join(", ");
                return Err(syn::Error::new(
                    span,
                    format!("there is no option `{name}`{suggestion}\n= help: the options are {known}"),
                ));
            }
        }
        seen.push(name);
        Ok(())
    }
}

fn option_name(input: ParseStream<'_>) -> syn::Result<(String, Span)> {
    if input.peek(Token![crate]) {
        let keyword: Token![crate] = input.parse()?;
        return Ok(("crate".into(), keyword.span));
    }
    let name: Ident = input.parse()?;
    Ok((name.to_string(), name.span()))
}

/// `["FetchUser", "list*"]`
fn operations(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    let expected = "`operations` takes a list of operationIds, such as `[\"FetchUser\", \"list*\"]`";
    let explain = |error: syn::Error| syn::Error::new(error.span(), expected);
    let list;
    if !input.peek(syn::token::Bracket) {
        return Err(input.error(expected));
    }
    bracketed!(list in input);
    let items = list.parse_terminated(syn::parse::ParseBuffer::parse::<LitStr>, Token![,]).map_err(explain)?;
    Ok(items.into_iter().collect())
}

/// `{ "simple-user" = SimpleUser }`
fn rename(input: ParseStream<'_>) -> syn::Result<Vec<(LitStr, Ident)>> {
    let expected = "`rename` takes schema names and Rust names, such as `{ \"simple-user\" = SimpleUser }`";
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
    let items = list.parse_terminated(pair, Token![,]).map_err(explain)?;
    Ok(items.into_iter().collect())
}
