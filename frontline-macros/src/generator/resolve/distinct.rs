//! Numbering of equal names.

use crate::generator::model::Name;
use crate::generator::names;
use crate::generator::problems::Place;

/// Makes all names different from each other and from `kept`, by numbering them.
///
/// Of equal names, the one whose spelling in the document is already that of Rust does not change, or else the first.
/// `tell` is called for the others, with the name that each of them would have had.
pub fn distinct(mut names: Vec<(&mut Name, &Place)>, kept: &[&str], mut tell: impl FnMut(&Name, &Place, &str)) {
    let mut taken: names::Taken = kept.iter().map(|name| names::snake(name)).collect();
    names.sort_by_key(|(name, _)| names::bare(&name.rust) != name.wire);
    for (name, place) in names {
        let wanted = name.rust.clone();
        name.rust = taken.unique(&wanted);
        if name.rust != wanted {
            tell(name, place, &names::bare(&wanted));
        }
    }
}
