//! Runs the macro inside the test process, and checks its messages about a document.

use std::any::Any;
use std::fs;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Item, ItemConst, Lit, LitStr, Macro, MetaNameValue, Stmt};

use crate::generator;

/// The time limit for one document.
const LIMIT: Duration = Duration::from_secs(5);

/// The macro's messages about a document.
#[derive(Debug, Default)]
pub struct Told {
    /// The texts of the errors.
    pub errors: Vec<String>,
    /// The texts of the warnings.
    pub warnings: Vec<String>,
}

/// Returns the messages of `frontline_api!("path", options)`.
///
/// # Errors
///
/// Returns a description of the failure if the expansion panics, exceeds the time limit, or is not valid Rust, or if a
/// message does not name a place in the document.
pub fn tell(path: &Path, options: &TokenStream) -> Result<Told, String> {
    let told = expand(path.to_string_lossy().into_owned(), options)?;
    told.errors.iter().chain(&told.warnings).try_for_each(|message| has_place(message))?;
    Ok(told)
}

/// Returns all warnings about a document, without their places.
///
/// # Errors
///
/// Returns an error if the expansion is not valid Rust.
pub fn warnings(path: &Path) -> Result<Vec<String>, syn::Error> {
    let path = path.to_string_lossy();
    let file =
        syn::parse2(generator::expand(quote! { #path, warnings = all, mistakes = warn, unsupported = skip }, false))?;
    let first_line = |text: String| text.lines().next().unwrap_or_default().to_owned();
    Ok(messages(&file).warnings.into_iter().map(first_line).collect())
}

/// Returns the names of the structs and enums that `frontline_api!("path", options)` generates.
///
/// # Errors
///
/// Returns an error if the expansion is not valid Rust.
pub fn types(path: &Path, options: &TokenStream) -> Result<Vec<String>, syn::Error> {
    let path = path.to_string_lossy();
    let file: syn::File = syn::parse2(generator::expand(quote! { #path, #options }, false))?;
    let module = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let items = module.into_iter().flat_map(|(_, items)| items);
    let names = items.filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    });
    Ok(names.collect())
}

/// Expands the macro on a separate thread with a test's stack size. The thread is named after the document, because
/// Rust reports a stack overflow with the name of the thread.
fn expand(path: String, options: &TokenStream) -> Result<Told, String> {
    let (sender, receiver) = mpsc::channel();
    let options = options.to_string();
    let thread = thread::Builder::new().name(path.clone());
    let work = move || {
        let options: TokenStream = options.parse().map_err(|error| format!("{error}"))?;
        let expansion = generator::expand(quote! { #path, #options }, false);
        // After the time limit, the receiver no longer exists.
        let _late = sender.send(());
        syn::parse2(expansion)
            .map(|file| messages(&file))
            .map_err(|error| format!("the expansion is not valid Rust: {error}"))
    };
    let thread = thread.spawn(work).map_err(|error| error.to_string())?;
    match receiver.recv_timeout(LIMIT) {
        Err(RecvTimeoutError::Timeout) => Err(format!("the expansion takes more than {LIMIT:?}")),
        Ok(()) | Err(RecvTimeoutError::Disconnected) => match thread.join() {
            Ok(told) => told,
            Err(panic) => Err(format!("the expansion panics: {}", text_of(&*panic))),
        },
    }
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("nothing")
}

fn messages(file: &syn::File) -> Told {
    let mut told = Told::default();
    for item in &file.items {
        match item {
            Item::Macro(call) => told.errors.extend(error(&call.mac)),
            Item::Mod(module) => {
                let items = module.content.iter().flat_map(|(_, items)| items);
                told.errors.extend(items.filter_map(last_error));
            }
            Item::Const(ItemConst { expr, .. }) => told.warnings.extend(warning(expr)),
            _ => {}
        }
    }
    told
}

/// Returns the text of a `compile_error!`.
fn error(call: &Macro) -> Option<String> {
    let is_error = call.path.segments.last().is_some_and(|name| name.ident == "compile_error");
    is_error.then(|| call.parse_body::<LitStr>().ok().map(|text| text.value()))?
}

/// Returns the text of the `compile_error!` that is the value of a constant.
fn last_error(item: &Item) -> Option<String> {
    let Item::Const(ItemConst { expr, .. }) = item else { return None };
    let Expr::Macro(call) = &**expr else { return None };
    error(&call.mac)
}

/// Returns the note of the deprecated item in a block: the macro emits warnings as uses of such items.
fn warning(block: &Expr) -> Option<String> {
    let Expr::Block(block) = block else { return None };
    let Some(Stmt::Item(Item::Const(ItemConst { attrs, .. }))) = block.block.stmts.first() else { return None };
    let note = |attribute: &Attribute| attribute.parse_args::<MetaNameValue>().ok();
    match attrs.iter().find_map(note)?.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Checks that a message names a line and a column that exist in the document.
fn has_place(message: &str) -> Result<(), String> {
    if message.contains(" in this document are not shown") || message.starts_with("next version: ") {
        return Ok(());
    }
    let without = |what: &str| format!("a message without {what}: {message}");
    let place =
        message.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).map(|place| place.rsplitn(3, ':'));
    let [column, line, path] = place.into_iter().flatten().collect::<Vec<_>>()[..] else {
        return Err(without("a place"));
    };
    let bytes = fs::read(path).map_err(|error| without(&format!("a readable file ({error})")))?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
    // The end of the text, after its last line, is a place too.
    let line = line
        .parse()
        .ok()
        .and_then(|line: usize| text.trim_start_matches('\u{feff}').split('\n').nth(line.checked_sub(1)?));
    let width = line.ok_or_else(|| without("an existing line"))?.chars().count();
    if !column.parse().is_ok_and(|column| (1..=width + 1).contains(&column)) {
        return Err(without("an existing column"));
    }
    Ok(())
}
