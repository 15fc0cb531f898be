//! Why a text cannot be read, and where.

/// Why a text is not a value tree, and where: line and column are 1-based and count characters.
#[derive(Debug)]
pub struct SyntaxError {
    pub message: String,
    pub help: Option<String>,
    pub position: (usize, usize),
}

/// The line and column of the character at or before a byte.
pub fn position_of(text: &str, index: usize) -> (usize, usize) {
    let before = (0..=index.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.split('\n').count(), column)
}
