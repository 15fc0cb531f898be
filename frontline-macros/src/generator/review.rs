//! Writes expansions to files, so that people can read and review them.
//!
//! Uses no other module.

use std::ffi::OsString;
use std::io::{Error, Result, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, process};

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::{LitStr, Meta, MetaNameValue};

/// The environment variable that names the folder.
const VARIABLE: &str = "FRONTLINE_EXPAND";

/// The files that this process has written, each with the input of the macro.
static WRITTEN: Mutex<Vec<(PathBuf, String)>> = Mutex::new(Vec::new());

/// Returns code that makes Cargo recompile the crate when the variable changes.
pub fn tracked() -> TokenStream {
    quote! { const _: ::core::option::Option<&str> = ::core::option_env!(#VARIABLE); }
}

/// Writes the expansion of `frontline_api!(input)`, if the environment variable is set. A file that has the same content
/// stays as it is.
///
/// # Errors
///
/// A sentence that says why the file cannot be written.
pub fn save(document: &str, input: &str, expansion: &TokenStream) -> std::result::Result<(), String> {
    let Some(folder) = env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) else { return Ok(()) };
    let package = env::var("CARGO_CRATE_NAME").or_else(|_| env::var("CARGO_PKG_NAME")).unwrap_or_default();
    let stem = Path::new(document).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let path = free(&Path::new(&folder).join(format!("{package}-{stem}.rs")), input);
    let head = format!("// The expansion of frontline_api!({}).\n\n", input.replace('\n', " "));
    let text = head + &formatted(text(expansion.clone()));
    write(&path, &text).map_err(|error| format!("{VARIABLE}: `{}` cannot be written: {error}", path.display()))
}

/// Returns the path, with a number if another invocation of the macro has written this file.
fn free(path: &Path, input: &str) -> PathBuf {
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut number = 1;
    let mut free = path.to_owned();
    while let Some((_, other)) = written.iter().find(|(known, _)| *known == free) {
        if other == input {
            return free;
        }
        number += 1;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        free = path.with_file_name(format!("{stem}-{number}.rs"));
    }
    written.push((free.clone(), input.to_owned()));
    free
}

/// Replaces the file at once, because Cargo may compile several targets of a package at the same time.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().ok_or_else(|| Error::other("it has no folder"))?)?;
    let draft = path.with_extension(format!("{}.tmp", process::id()));
    fs::write(&draft, text)?;
    fs::rename(&draft, path)
}

/// Returns code as rustfmt formats it, or as it is without rustfmt.
fn formatted(code: String) -> String {
    let rustfmt = env::var_os("RUSTFMT").unwrap_or_else(|| OsString::from("rustfmt"));
    let run = || -> Result<Option<String>> {
        let mut child = Command::new(rustfmt)
            .args(["--edition", "2024"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        // rustfmt reads everything before it writes.
        child.stdin.take().ok_or_else(|| Error::other("no input"))?.write_all(code.as_bytes())?;
        let output = child.wait_with_output()?;
        Ok(String::from_utf8(output.stdout).ok().filter(|_| output.status.success()))
    };
    run().ok().flatten().unwrap_or(code)
}

/// What the text ends with.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// A name or a literal.
    Word,
    /// A sign that the next one must not join.
    Sign,
    Comment,
    Other,
}

/// Returns code with a line for each item, field and statement, and with comments instead of doc attributes. Spaces are only
/// where they separate tokens, because rustfmt leaves those in attributes.
fn text(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut end = End::Other;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if let (TokenTree::Punct(sign), Some(TokenTree::Group(attribute))) = (&token, tokens.peek())
            && sign.as_char() == '#'
            && let Some(comment) = comment(attribute)
        {
            text.push_str(if end == End::Comment { "" } else { "\n\n" });
            text.extend(["///", &comment, "\n"]);
            tokens.next();
            end = End::Comment;
            continue;
        }
        if let TokenTree::Ident(name) = &token
            && let Some(feature) = feature(&name.to_string())
            && let Some(TokenTree::Group(items)) = tokens.by_ref().find(|token| matches!(token, TokenTree::Group(_)))
        {
            // rustfmt leaves the input of macros as it is, so its path makes way for a comment.
            text.truncate(text.rfind('\n').map_or(0, |end| end + 1));
            let items = self::text(items.stream());
            text.extend(["// Only with the feature `", feature, "`:\n\n", &items]);
            text.extend(["\n// The end of `", feature, "`.\n\n"]);
            end = End::Other;
            continue;
        }
        let is_apart = match &token {
            TokenTree::Punct(sign) => end == End::Sign || end == End::Word && matches!(sign.as_char(), '\'' | '#'),
            TokenTree::Literal(value) if value.to_string().starts_with('\'') => end != End::Other,
            TokenTree::Ident(_) | TokenTree::Literal(_) => end == End::Word,
            TokenTree::Group(_) => false,
        };
        if is_apart {
            text.push(' ');
        }
        end = match token {
            TokenTree::Punct(sign) => {
                text.push(sign.as_char());
                let is_last = matches!(sign.as_char(), ';' | ',');
                text.push_str(if is_last { "\n" } else { "" });
                if is_last || sign.spacing() == Spacing::Joint { End::Other } else { End::Sign }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" {\n", "}\n"),
                    Delimiter::None => (" ", " "),
                };
                text.extend([open, &self::text(group.stream()), close]);
                End::Other
            }
            token => {
                text.push_str(&token.to_string());
                End::Word
            }
        };
    }
    text
}

/// Returns the feature that a macro of the runtime depends on.
fn feature(name: &str) -> Option<&str> {
    name.strip_prefix("if_").filter(|feature| matches!(*feature, "blocking" | "testing"))
}

/// Returns the text of a doc attribute, if it can be a comment.
fn comment(attribute: &Group) -> Option<String> {
    let Meta::NameValue(MetaNameValue { path, value, .. }) = syn::parse2(attribute.stream()).ok()? else { return None };
    let text: LitStr = syn::parse2(quote! { #value }).ok().filter(|_| path.is_ident("doc"))?;
    Some(text.value()).filter(|text| !text.starts_with('/') && !text.contains(['\n', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_has_the_same_tokens() {
        let tokens = quote! {
            #[doc = " A user."]
            #[doc = "/ Not a comment."]
            #[derive(::core::clone::Clone)]
            pub struct User<'a> { pub r#type: &'a [u8; 2], pub range: ::core::ops::RangeInclusive<u8> }
            fn f<'a>(a: &'a mut i32, b: & &str) -> bool { let c = 1..=*a + -1; !c.is_empty() && 'x' != 'y' }
            macro_rules! m { ($a:ident $b:lifetime) => { b"x" "y" }; }
        };
        let text = text(tokens.clone());
        assert!(
            text.contains("\n/// A user.\n#[doc=\"/ Not a comment.\"]#[derive(::core::clone::Clone)]pub"),
            "{text}"
        );
        let back: TokenStream = text.parse().unwrap();
        assert_eq!(back.to_string(), tokens.to_string());
    }

    #[test]
    fn items_of_features_can_be_formatted() {
        let tokens = quote! {
            pub struct User;
            ::frontline::private::if_testing! {
                pub mod server { pub struct Examples; }
            }
            pub struct Other;
        };
        let text = text(tokens);
        let items = "// Only with the feature `testing`:\n\npub mod server {\npub struct Examples;\n}\n";
        assert!(text.contains(items) && !text.contains("private"), "{text}");
        let back: TokenStream = text.parse().unwrap();
        let plain = quote! { pub struct User; pub mod server { pub struct Examples; } pub struct Other; };
        assert_eq!(back.to_string(), plain.to_string());
    }

    #[test]
    fn invocations_for_the_same_document_have_different_files() {
        let path = Path::new("folder/free-api.rs");
        assert_eq!(free(path, "a"), path);
        assert_eq!(free(path, "b"), Path::new("folder/free-api-2.rs"));
        assert_eq!(free(path, "a"), path);
    }
}
