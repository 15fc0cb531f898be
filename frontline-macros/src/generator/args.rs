//! The macro's input: the document's path and the options.
//!
//! Uses `model`, `problems` and `profile`.

mod lists;
mod pages;

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitBool, LitStr, Path, Token};

use lists::{operations, overlays, rename};
use pages::pages;

use super::model::Paging;
use super::problems::{Tolerance, Warnings, did_you_mean};
use super::profile::Profile;

const OPTIONS: [&str; 16] = [
    "operations",
    "rename",
    "pages",
    "overlay",
    "crate",
    "test_examples",
    "testing",
    "mistakes",
    "unsupported",
    "unknown_properties",
    "required",
    "nested_forms",
    "warnings",
    "profile",
    "baseline",
    "breaking",
];

/// `"spec/api.yaml", operations = ["GetUser", "list*"], rename = { "user" = Person }, crate = some::path`
pub struct Args {
    pub path: LitStr,
    /// The operations to expand, or `None` for all.
    pub operations: Option<Vec<LitStr>>,
    /// The Rust names that the user chose for schemas.
    pub rename: Vec<(LitStr, Ident)>,
    /// How the pages of operations are found. The names of these can be patterns.
    pub pages: Vec<(LitStr, Paging)>,
    /// The paths of the overlays, in the order in which they are applied.
    pub overlays: Vec<LitStr>,
    /// The path of the runtime, if it is not `::frontline`.
    pub runtime: Option<Path>,
    /// Whether to generate tests from the document's examples.
    pub test_examples: bool,
    /// Whether to expand a server for tests, if the runtime has the feature for it.
    pub testing: bool,
    /// Which errors in the document cost only the part that they are about.
    pub tolerance: Tolerance,
    /// Whether structs keep properties that the document does not list, or `None` if only those do that are both read
    /// and sent.
    pub keep_unknown: Option<bool>,
    /// Whether responses may lack required properties.
    pub is_lenient: bool,
    /// Whether objects and lists in forms have the style `deepObject` where the document names none.
    pub has_brackets: bool,
    pub warnings: Warnings,
    /// The conventions of the service, which override those that the document asks for.
    pub profile: Option<Profile>,
    /// The path of the document as it was released, to compare the new one with.
    pub baseline: Option<LitStr>,
    /// Whether changes that break users of the released document are errors.
    pub denies_breaking: bool,
    /// The first mistake in the options. The options after it are not read.
    pub mistake: Option<syn::Error>,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse().map_err(|error| {
            syn::Error::new(error.span(), "expected the path of an OpenAPI document, such as `\"spec/api.yaml\"`")
        })?;
        let mut args = Self {
            path,
            operations: None,
            rename: Vec::new(),
            pages: Vec::new(),
            overlays: Vec::new(),
            runtime: None,
            test_examples: false,
            testing: true,
            tolerance: Tolerance::default(),
            keep_unknown: None,
            is_lenient: false,
            has_brackets: false,
            warnings: Warnings::Show,
            profile: None,
            baseline: None,
            denies_breaking: false,
            mistake: None,
        };
        if let Err(mistake) = args.options(input) {
            args.mistake = Some(mistake);
            input.parse::<TokenStream>()?;
        }
        Ok(args)
    }
}

impl Args {
    fn options(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let mut seen = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            self.option(input, &mut seen)?;
        }
        match seen.iter().find(|(name, _)| name == "breaking") {
            Some((_, span)) if self.baseline.is_none() => {
                let message = "`breaking` needs a document to compare with\n\
                               = help: add the released one, such as `baseline = \"spec/api.released.yaml\"`";
                Err(syn::Error::new(*span, message))
            }
            _ => Ok(()),
        }
    }

    fn option(&mut self, input: ParseStream<'_>, seen: &mut Vec<(String, Span)>) -> syn::Result<()> {
        let (name, span) = option_name(input)?;
        if seen.iter().any(|(known, _)| *known == name) {
            return Err(syn::Error::new(span, format!("the option `{name}` is given twice")));
        }
        if !input.peek(Token![=]) {
            return Err(syn::Error::new(span, format!("the option `{name}` needs a value: `{name} = …`")));
        }
        input.parse::<Token![=]>()?;
        match name.as_str() {
            "operations" => self.operations = Some(operations(input)?),
            "rename" => self.rename = rename(input)?,
            "pages" => self.pages = pages(input)?,
            "overlay" => self.overlays = overlays(input)?,
            "crate" => {
                self.runtime = Some(input.call(Path::parse_mod_style).map_err(|error| {
                    syn::Error::new(
                        error.span(),
                        "`crate` takes the path of the `frontline` crate, such as `crate = my_sdk::frontline`",
                    )
                })?);
            }
            "test_examples" => self.test_examples = flag(input, "test_examples")?,
            "testing" => self.testing = flag(input, "testing")?,
            "unsupported" => {
                self.tolerance.unsupported = word(input, "unsupported", [("error", false), ("skip", true)])?;
            }
            "mistakes" => {
                self.tolerance.mistakes = word(input, "mistakes", [("deny", false), ("warn", true)])?;
            }
            "required" => self.is_lenient = word(input, "required", [("strict", false), ("lenient", true)])?,
            "nested_forms" => {
                self.has_brackets = word(input, "nested_forms", [("json", false), ("brackets", true)])?;
            }
            "unknown_properties" => {
                self.keep_unknown = Some(word(input, "unknown_properties", [("keep", true), ("drop", false)])?);
            }
            "warnings" => {
                self.warnings = word(input, "warnings", Warnings::OPTIONS)?;
            }
            "profile" => self.profile = Some(word(input, "profile", Profile::OPTIONS)?),
            "baseline" => self.baseline = Some(self.released(input)?),
            "breaking" => self.denies_breaking = word(input, "breaking", [("warn", false), ("deny", true)])?,
            _ => {
                let suggestion = did_you_mean(&name, OPTIONS.into_iter());
                let known = OPTIONS.map(|option| format!("`{option}`")).join(", ");
                return Err(syn::Error::new(
                    span,
                    format!("unknown option `{name}`{suggestion}\n= help: the options are {known}"),
                ));
            }
        }
        seen.push((name, span));
        Ok(())
    }

    /// Reads the path of the released document.
    fn released(&self, input: ParseStream<'_>) -> syn::Result<LitStr> {
        let path: LitStr = input.parse().map_err(|error| {
            let expected = "`baseline` takes the path of the released document, such as `\"spec/api.released.yaml\"`";
            syn::Error::new(error.span(), expected)
        })?;
        if path.value() == self.path.value() {
            let message = "`baseline` is the document itself\n= help: keep a copy of each released document";
            return Err(syn::Error::new(path.span(), message));
        }
        Ok(path)
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

fn flag(input: ParseStream<'_>, option: &str) -> syn::Result<bool> {
    let expected =
        |error: syn::Error| syn::Error::new(error.span(), format!("expected `true` or `false` for `{option}`"));
    Ok(input.parse::<LitBool>().map_err(expected)?.value)
}

/// Reads one of the words that an option takes, and returns its value.
fn word<T, const N: usize>(input: ParseStream<'_>, option: &str, words: [(&str, T); N]) -> syn::Result<T> {
    let known = words.each_ref().map(|(known, _)| format!("`{known}`")).join(", ");
    let expected = |span| syn::Error::new(span, format!("expected one of {known} for `{option}`"));
    let given = input.call(Ident::parse_any).map_err(|error| expected(error.span()))?;
    let meant = words.into_iter().find(|(known, _)| given == known);
    meant.map(|(_, value)| value).ok_or_else(|| expected(given.span()))
}
