//! Names that are alike, made distinct by numbers.

use crate::generator::model::Name;
use crate::generator::names;
use crate::generator::problems::Place;

/// Gives each name a spelling of its own that is none of `kept`. Of names that are alike the one that the document
/// spells as Rust does keeps its own, or else the first; `tell` is told of the others, and of what they would have been.
pub fn distinct(mut names: Vec<(&mut Name, &Place)>, kept: &[&str], mut tell: impl FnMut(&Name, &Place, &str)) {
    let mut taken = kept.iter().map(|name| names::snake(name)).collect();
    names.sort_by_key(|(name, _)| names::bare(&name.rust) != name.wire);
    for (name, place) in names {
        let wanted = name.rust.clone();
        name.rust = names::unique(&wanted, &mut taken);
        if name.rust != wanted {
            tell(name, place, &names::bare(&wanted));
        }
    }
}
