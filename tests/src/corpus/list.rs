//! Lists of what is known to fail, as tab-separated values. The last column is the reason.

use std::collections::BTreeSet;

/// Asserts that the findings are the listed ones, and that each line of the list has a reason.
///
/// # Panics
///
/// Panics with the differences.
pub fn assert_listed(folder: &str, what: &str, found: &BTreeSet<Vec<String>>, list: &str) {
    let listed = list.lines().map(|line| {
        let mut columns: Vec<String> = line.split('\t').map(ToOwned::to_owned).collect();
        let reason = columns.pop().unwrap_or_default();
        assert!(!reason.is_empty() && !columns.is_empty(), "no reason: {line}");
        columns
    });
    let listed: BTreeSet<Vec<String>> = listed.filter(|columns| columns[0].starts_with(folder)).collect();
    let new: Vec<_> = found.difference(&listed).collect();
    let mended: Vec<_> = listed.difference(found).collect();
    assert!(new.is_empty() && mended.is_empty(), "{what} and not listed: {new:#?}\nlisted and not {what}: {mended:#?}");
}
