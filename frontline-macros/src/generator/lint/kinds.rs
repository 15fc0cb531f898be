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

pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
