//! Characters that a reader cannot see, but that a terminal or a browser acts on.

/// Returns whether a character is a control character or changes the direction of text (see
/// <https://trojansource.codes>).
pub fn is_hidden(character: char) -> bool {
    let is_direction = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    is_direction || character.is_control()
}

/// Replaces a hidden character with U+FFFD.
pub fn visible(character: char) -> char {
    if is_hidden(character) { '\u{fffd}' } else { character }
}
