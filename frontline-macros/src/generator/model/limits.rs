//! The limits of a value, which only the service checks.

/// What a schema says about the values of its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// The keys of the schema, such as `maxLength`, with their numbers.
    pub numbers: Vec<(&'static str, f64)>,
    pub pattern: Option<String>,
}

impl Limits {
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.pattern.is_none()
    }

    pub fn number(&self, key: &str) -> Option<f64> {
        self.numbers.iter().find(|(known, _)| *known == key).map(|(_, number)| *number)
    }
}
