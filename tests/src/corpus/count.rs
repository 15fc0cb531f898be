//! How much a document expands to.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use crate::generator;

/// The operations and types in the expansion of a document; none where it is refused.
pub fn count(document: &Path) -> (usize, usize) {
    let Ok(document) = document.canonicalize() else { return (0, 0) };
    let path = proc_macro2::Literal::string(&document.to_string_lossy());
    let mut counts = (0, 0);
    visit(generator::expand(TokenTree::from(path).into()), &mut counts);
    counts
}

fn visit(tokens: TokenStream, counts: &mut (usize, usize)) {
    let mut previous = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => visit(group.stream(), counts),
            TokenTree::Ident(word) => {
                let word = word.to_string();
                counts.0 += usize::from(previous == "async" && word == "fn");
                counts.1 += usize::from(previous == "pub" && matches!(word.as_str(), "struct" | "enum" | "type"));
                previous = word;
                continue;
            }
            _ => {}
        }
        previous.clear();
    }
}
