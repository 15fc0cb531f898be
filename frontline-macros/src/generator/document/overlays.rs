//! Applies overlays to the file that the macro names.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::load::load;
use super::source::{File, is_on_network};
use crate::generator::overlay::{Origin, Overlay};
use crate::generator::problems::{Errors, Place, Problem};

/// What overlays have done to the file that the macro names.
pub struct Overlaid {
    /// Where the values of the file are written.
    pub origin: Origin,
    /// What was removed, each with the place of the action's target. Items of lists may have moved since.
    pub removed: Vec<(Place, Place)>,
    /// The number of overlays. Their indexes follow that of the file that the macro names.
    pub count: usize,
    /// Whether an overlay has a mistake, so that the document lacks some of its changes.
    pub is_incomplete: bool,
}

impl Overlaid {
    /// Applies the overlays in order to the file and its value, which is `None` if the file cannot be parsed.
    pub fn apply(file: &File, mut root: Option<&mut Value>, overlays: &[File], errors: &mut Errors) -> Self {
        let part = errors.part();
        let mut origin = Origin::new(Place::root(0));
        let mut removed = Vec::new();
        for (index, overlay) in overlays.iter().enumerate() {
            let changes = load(overlay, index + 1).map_err(|problem| errors.push(problem)).ok();
            let changes = changes.as_ref().and_then(|changes| Overlay::read(changes, index + 1, errors));
            let Some(changes) = changes else { continue };
            if let Some((extends, at)) = &changes.extends {
                check_target(file, overlay, extends, at, errors);
            }
            if let Some(root) = root.as_deref_mut() {
                removed.extend(changes.apply(root, &mut origin, errors));
            }
        }
        Self { origin, removed, count: overlays.len(), is_incomplete: errors.first(part).is_some() }
    }
}

/// Warns if an overlay names another file than the one that it is applied to. A URL is not checked, because the file may
/// be a copy of it.
fn check_target(file: &File, overlay: &File, extends: &str, at: &Place, errors: &mut Errors) {
    let named = overlay.beside(&percent_decode_str(extends).decode_utf8_lossy());
    let is_same = named.is_ok_and(|(named, _)| file.path.canonicalize().is_ok_and(|path| path == named));
    if !is_same && !is_on_network(extends) {
        let message = format!("the overlay is for `{extends}`, but the macro applies it to `{}`", file.shown);
        errors.warn(Problem::value(at, message));
    }
}
