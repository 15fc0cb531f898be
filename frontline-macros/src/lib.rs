//! The procedural macro of the [`frontline`](https://docs.rs/frontline) crate.
//!
//! Depend on `frontline` instead of on this crate. It exports the macro and contains the code that expansions use.

mod generator;

/// Generates a client from an OpenAPI document at compile time.
///
/// ```ignore
/// mod verify {
///     frontline::frontline_api!("spec/twilio_verify_v2.yaml");
/// }
///
/// mod github {
///     frontline::frontline_api!(
///         "spec/github.json",
///         operations = ["repos/get", "issues/*"],
///         rename = { "simple-user" = Account },
///     );
/// }
/// ```
///
/// The macro looks for the document in the directory of the crate's `Cargo.toml`, then in each parent directory up to the
/// workspace root. It reads OpenAPI 3.0 and 3.1, as JSON if the file name ends in `.json`, and otherwise as YAML. If the
/// document changes, the next build expands it again.
///
/// The expansion contains the struct `Client`, with an async method for each operation, and the module `types`, with the
/// types of requests and responses. Invoke the macro in a separate module for each document.
///
/// # Options
///
/// Options follow the path and are separated by commas.
///
/// - `operations = ["FetchUser", "list*"]`: generates only these operations and the types that they use. The strings are
///   `operationId`s. A `*` at the end matches any rest. Default: all operations and all schemas.
/// - `rename = { "simple-user" = Account }`: chooses the names of Rust types. The strings are names of schemas. In the
///   document, `x-rust-name` does the same for schemas, properties, parameters and operations. Default: names that
///   follow from those in the document.
/// - `test_examples = true`: generates a `#[test]` for each example of a request or response. The test decodes the example,
///   encodes it again, and fails if anything is lost. Default: `false`.
/// - `unsupported = skip`: leaves out operations that need unsupported features, with a warning for each. Default: `error`,
///   which fails the compilation.
/// - `warnings = false`: hides warnings about mistakes whose meaning is clear, such as keys without effect, schemas whose
///   names collide, and required properties that are not defined. `warnings = deny` turns them into errors. Default:
///   `true`, which shows them.
/// - `profile = twilio`: selects the conventions of the service that OpenAPI cannot express, such as the format of error
///   bodies and the header that contains the request ID. `standard` fits most services. Default: `twilio` if the document
///   has a server under `twilio.com` or the extension `x-twilio`, otherwise `standard`.
/// - `crate = path`: the path of the `frontline` crate, if another crate re-exports it. Default: `::frontline`.
///
/// # Errors
///
/// Mistakes in the document become compile errors. Each shows the file, the line and the column, and often a hint. All
/// mistakes are reported at once.
#[proc_macro]
pub fn frontline_api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    generator::expand(input.into()).into()
}
