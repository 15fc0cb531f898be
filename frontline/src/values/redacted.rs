//! Personal data in `Debug`.

use std::fmt;

/// Stands in `Debug` for a value that the document marks as personal data.
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
    fn debug_says_that_a_value_is_redacted() {
        assert_eq!(format!("{:?}", Some(super::Redacted)), "Some([redacted])");
    }
}
