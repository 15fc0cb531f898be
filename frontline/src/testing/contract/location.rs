//! Where a parameter or an API key is.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}
