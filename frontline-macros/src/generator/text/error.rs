//! Syntax errors and their positions.

/// A syntax error. `position` is a line and a column; both are 1-based, and columns count characters.
#[derive(Debug)]
pub struct SyntaxError {
    pub message: String,
    pub help: Option<String>,
    pub position: (usize, usize),
}

/// Returns the line and column of the character that contains the byte at `index`.
pub fn position_of(text: &str, index: usize) -> (usize, usize) {
    let before = (0..=index.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.split('\n').count(), column)
}
