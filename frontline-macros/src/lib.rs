//! The macro behind the [`frontline`](https://docs.rs/frontline) crate, which exports it and holds what its
//! expansions run on. Depend on that crate rather than on this one.

mod generator;

/// Makes a client of an OpenAPI document while the crate compiles.
///
/// ```ignore
/// frontline::frontline_api!("spec/frontline.yaml");
/// ```
///
/// The path is looked up in the directory of the crate's `Cargo.toml`, then in those above it up to the workspace's.
/// OpenAPI 3.0 and 3.1 are read, as YAML or, from a file that ends in `.json`, as JSON. An edit of the document
/// recompiles the crate.
///
/// The expansion holds a `Client` with one async method for each operation, and `mod types` with the types of their
/// requests and responses. Invoke the macro in a module of its own for each document.
///
/// # Options
///
/// Options follow the path, separated by commas:
///
/// - `operations = ["FetchUser", "list*"]`: expand these operations alone, and only the types that they reach. A
///   star at the end stands for any rest. Default: all operations and all schemas.
/// - `rename = { "simple-user" = Person }`: Rust names for schemas. `x-rust-name` in the document does the same for
///   schemas, properties, parameters and operations. Default: names made by rule.
/// - `crate = path`: where the `frontline` crate is, for crates that re-export it. Default: `::frontline`.
/// - `test_examples = true`: for each example of a request or response in the document, a `#[test]` that decodes it
///   into its type, encodes it again and compares. Default: none.
///
/// - `unsupported = skip`: leave out the operations that need what this version does not support, with a warning for
///   each. Default: `error`.
/// - `warnings = false`: say nothing of what is odd in the document but no mistake: keys that mean nothing where they
///   stand, names that two schemas would have had, a required property that there is not. `warnings = deny` makes
///   errors of them. Default: `true`, warnings.
///
/// - `profile = twilio`: the conventions of the service that OpenAPI cannot express, such as the shape of error bodies
///   and the header with the request id. `standard` is for any service. Default: `twilio` if the document has a server
///   below `twilio.com` or the extension `x-twilio`, otherwise `standard`.
///
/// # Errors
///
/// What is wrong in the document becomes a compile error with its file, line and column, and what to do; all mistakes
/// are told at once.
#[proc_macro]
pub fn frontline_api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    generator::expand(input.into()).into()
}
