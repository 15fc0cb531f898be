//! Counts the operations and types of a client in its generated documentation.

use std::fs;
use std::path::Path;

/// Returns the number of operations and types in rustdoc's output.
pub fn count(docs: &Path) -> (usize, usize) {
    let crates = fs::read_dir(docs).into_iter().flatten().flatten().map(|entry| entry.path());
    let Some(root) = crates.into_iter().find(|path| path.join("struct.Client.html").is_file()) else { return (0, 0) };
    let client = fs::read_to_string(root.join("struct.Client.html")).unwrap_or_default();
    let operations = client.matches("async fn <a href=\"#method.").count();
    let is_type = |name: &str| ["struct.", "enum.", "type."].iter().any(|kind| name.starts_with(kind));
    let types = fs::read_dir(root.join("types")).into_iter().flatten().flatten();
    let types = types.filter(|entry| entry.file_name().to_str().is_some_and(is_type)).count();
    (operations, types)
}
