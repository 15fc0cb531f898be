//! The kinds of objects that are visited.

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    PathItem,
    Operation,
    Parameters,
    Parameter,
    Body,
    Response,
    Header,
    Media,
    Schema,
}

impl Kind {
    /// Returns the name of the components of this kind.
    pub fn components(self) -> &'static str {
        match self {
            Self::PathItem => "pathItems",
            Self::Operation => "operations",
            Self::Parameters | Self::Parameter => "parameters",
            Self::Body => "requestBodies",
            Self::Response => "responses",
            Self::Header => "headers",
            Self::Media => "mediaTypes",
            Self::Schema => "schemas",
        }
    }
}
