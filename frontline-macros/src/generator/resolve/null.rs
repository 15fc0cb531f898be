//! Whether schemas allow null.

/// What a schema says about null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Null {
    Allowed,
    Forbidden,
    /// Nothing: it has no type. As a member of `allOf`, it allows null if another member does, and forbids it otherwise.
    Unsaid,
    /// That depends on a schema that contains it and is being looked at.
    Open,
}
