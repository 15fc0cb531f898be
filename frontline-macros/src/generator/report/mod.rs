//! Shows problems in the order of the document, each with its line. What has one cause is told once.
//!
//! Uses `problems`, `document`, `text` and `docs`.

mod groups;
mod located;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::document::Document;
use super::problems::Errors;
use groups::{grouped, kind, kind_here};
use located::{Located, located, sentence};

/// The maximum number of errors or warnings that are shown by default.
const SHOWN: usize = 20;

/// Returns the errors as `compile_error!`s, which can be items or expressions. If there are none, returns the warnings as uses
/// of deprecated constants, because a macro cannot emit a warning in any other way. `literal` is the span of the
/// document's path.
pub fn tokens(errors: Errors, document: &Document, literal: Span) -> Vec<TokenStream> {
    let shows_all = errors.shows_all();
    let most = if shows_all { usize::MAX } else { SHOWN };
    let conclusion = errors.conclusion().map(sentence);
    let remedies = errors.remedies();
    let (problems, warnings) = errors.into_parts();
    if problems.is_empty() {
        let warnings = located(warnings, document, literal);
        // Users have to change something else for each change that breaks them.
        let is_each_told = shows_all || conclusion.is_some();
        let warnings = if is_each_told { warnings } else { grouped(warnings, document, "warnings", kind) };
        return all(&warnings, document, literal, most, "warnings", (None, conclusion), |span, text| {
            quote_spanned! {span=>
                const _: () = {
                    #[deprecated(note = #text)]
                    const DOCUMENT: () = ();
                    DOCUMENT
                };
            }
        });
    }
    let remedy = (!remedies.is_empty()).then(|| {
        let options = remedies.iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(" and ");
        format!("= help: if you cannot change the document, set {options} to do without these parts")
    });
    let problems = located(problems, document, literal);
    // Errors about different names have different causes, except at the same place.
    let is_each_told = shows_all || conclusion.is_some();
    let group = |problems, key: fn(&Located) -> String| grouped(problems, document, "errors", key);
    let problems = if is_each_told { problems } else { group(group(problems, |each| each.message.clone()), kind_here) };
    all(&problems, document, literal, most, "errors", (remedy, conclusion), |span, text| {
        quote_spanned! {span=> ::core::compile_error! { #text } }
    })
}

fn all(
    problems: &[Located],
    document: &Document,
    literal: Span,
    most: usize,
    what: &str,
    (remedy, conclusion): (Option<String>, Option<String>),
    emit: impl Fn(Span, &str) -> TokenStream,
) -> Vec<TokenStream> {
    let rest = problems.len().saturating_sub(most);
    let shown = problems.iter().take(most);
    let mut texts: Vec<(Span, String)> = shown.map(|located| (located.span, located.text(document))).collect();
    if rest > 0 {
        let message = format!("{rest} more {what} in this document are not shown; `warnings = all` shows them");
        texts.push((literal, message));
    }
    if let Some(((_, last), remedy)) = texts.last_mut().zip(remedy) {
        // It is about all errors, so it follows the last one, below its excerpt.
        let pad = last.lines().last().unwrap_or_default().chars().take_while(|c| *c == ' ').count();
        last.extend(["\n", &" ".repeat(pad), &remedy]);
    }
    texts.extend(conclusion.map(|text| (literal, text)));
    texts.into_iter().map(|(span, text)| emit(span, &text)).collect()
}
