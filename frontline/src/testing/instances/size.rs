//! The size of instances.

/// How much of what a schema allows an instance has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Only what is required.
    Minimal,
    /// All properties of objects that are nested less deeply than this.
    Maximal(usize),
    Random,
}
