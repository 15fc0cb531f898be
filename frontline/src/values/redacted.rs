//! Redaction of personal data in `Debug` output.

use std::fmt;

/// A placeholder in `Debug` output for a value that the document marks as personal data.
#[doc(hidden)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn debug_shows_redacted() {
        assert_eq!(format!("{:?}", Some(super::Redacted)), "Some([redacted])");
    }
}
