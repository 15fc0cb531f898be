//! How well generated structs fit a value.

use super::reader::{Object, Reader};
use crate::json::{Decision, Fit, Fitting, Kind, Node, View, Whole, decide};

/// Returns how well a struct fits a value. An empty list does not: a union keeps it.
#[must_use]
pub fn fit_object<T: Object>(node: Node<'_>) -> Option<Fit> {
    let has = |name: &&str| node.whole().get(name).is_some();
    if node.kind() != Kind::Object || !T::REQUIRED_ELSEWHERE.iter().all(has) {
        return None;
    }
    debug_assert_eq!(T::FITS.len(), T::PROPERTIES.len(), "a union contains the struct");
    let rest = (T::REST, T::KEEPS_UNKNOWN, T::IS_CLOSED);
    let fit = || Ok(fit_properties(Reader::new::<T>(node), T::FITS, rest));
    let fit = || node.document().nested(0, fit).ok().flatten();
    if node.extent() < REMEMBERED {
        return fit();
    }
    match decide::<T>(node, || Some((0, fit()?))) {
        Decision::Made(decision) => decision.map(|(_, fit)| fit),
        Decision::Open => None,
    }
}

/// The number of entries from which on the fit of an object is remembered. Unions in it ask for that of each object around
/// them again, so the time would be proportional to the depth. For small objects, remembering takes longer.
const REMEMBERED: u32 = 64;

fn fit_properties(
    mut reader: Reader<'_>,
    fits: &[(bool, bool, Fitting)],
    (rest, keeps_unknown, is_closed): (&[Fitting], bool, bool),
) -> Option<Fit> {
    let mut fit = Fit::EXACT;
    let mut others = Fit::EXACT;
    while let Some(index) = reader.property().ok()? {
        match fits.get(index) {
            Some((_, true, _)) if reader.value().kind() == Kind::Null => fit = fit + Fit::NULL,
            // Asking again at each level would take exponential time.
            Some(_) if reader.fit.is_some() => fit = fit + reader.fit?.part(),
            Some((_, _, fitting)) => fit = fit + fitting(reader.value())?.part(),
            None if reader.is_beside() => fit = fit + Fit::BESIDE,
            None if reader.is_left => others = others + undescribed(reader.value()),
            None => {}
        }
    }
    if fits.iter().enumerate().any(|(index, (is_required, ..))| *is_required && !reader.seen.contains(index)) {
        return None;
    }
    others.forbidding = u32::from(is_closed && (others.lost > 0 || fit.beside > 0));
    let others = fit_rest(&reader, rest, others)?;
    Some(fit + if keeps_unknown { others.kept() } else { others })
}

/// Returns how well the types fit that keep the properties without a field. What one of them keeps is not lost.
fn fit_rest(reader: &Reader<'_>, rest: &[Fitting], others: Fit) -> Option<Fit> {
    let (unions, map) = match rest {
        [] => return Some(others),
        [unions @ .., map] if !unions.is_empty() => (unions, Some(map)),
        unions => (unions, None),
    };
    let Reader { node, properties: names, shared, .. } = *reader;
    let view = View { names, refused: &reader.refused, shared, outer: node.view(), ..View::default() };
    let fits: Vec<Fit> = unions.iter().map(|fitting| fitting(node.through(&view))).collect::<Option<_>>()?;
    let beside = |fit: &Fit| match fit.whole {
        Whole::Described | Whole::Inexact => fit.whole,
        _ => Whole::NoVariantBeside,
    };
    let whole = fits.iter().map(beside).max().unwrap_or_default();
    let least = fits.into_iter().map(Fit::part).min()?;
    // The map may get less than this, because the unions take what they describe. So it may fit all the same.
    let map = map.and_then(|fitting| fitting(node.through(&View { shared: &[], ..view })));
    Some(Fit { whole, ..map.map_or(least, |map| map.min(least)) })
}

/// Returns the fit of a type that does not describe a property. If the property is null, a type that describes it fits
/// better, although it may lose the null.
fn undescribed(value: Node<'_>) -> Fit {
    if value.kind() == Kind::Null { Fit::NULL + Fit::NULL } else { Fit::lost(value.size()) }
}
