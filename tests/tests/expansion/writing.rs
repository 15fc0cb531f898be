//! How structs and unions share a JSON object when they are written.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

frontline::frontline_api!("specs/writing.yaml");

use types::{Beside, Selected, Tagged};

/// Returns the time to write `inside` within `depth` levels of `level`.
fn time<T: DeserializeOwned + Serialize>(depth: usize, level: &str, inside: &str) -> Duration {
    let text = format!("{}{inside}{}", level.repeat(depth), "}".repeat(depth));
    let value: T = serde_json::from_str(&text).unwrap();
    let attempt = || {
        let start = Instant::now();
        assert_eq!(serde_json::to_string(&value).unwrap().len(), text.len());
        start.elapsed()
    };
    (0..5).map(|_| attempt()).min().unwrap()
}

/// If each level wrote a copy of what is inside, 30 levels would take 30 times as long as one.
fn assert_linear<T: DeserializeOwned + Serialize>(level: &str, leaf: &str) {
    let inside = format!("{leaf}\"texts\":[{}\"\"]}}", "\"text\",".repeat(20_000));
    let (shallow, deep) = (time::<T>(1, level, &inside), time::<T>(30, level, &inside));
    assert!(deep < 4 * shallow, "{shallow:?} became {deep:?}");
}

#[test]
fn the_time_to_write_nested_tagged_unions_is_linear() {
    assert_linear::<Tagged>(r#"{"kind":"TaggedBranch","next":"#, r#"{"kind":"TaggedLeaf","#);
}

#[test]
fn the_time_to_write_nested_unions_beside_properties_is_linear() {
    assert_linear::<Beside>(r#"{"id":"1","next":"#, "{");
}

#[test]
fn the_time_to_write_nested_tagged_unions_beside_properties_is_linear() {
    assert_linear::<Selected>(r#"{"kind":"SelectedBranch","next":"#, r#"{"kind":"SelectedLeaf","#);
}
