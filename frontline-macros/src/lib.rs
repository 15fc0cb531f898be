//! The procedural macro of the [`frontline`](https://docs.rs/frontline) crate. Depend on `frontline`, which re-exports
//! the macro and contains the runtime that expansions need.

mod generator;

/// Generates an API client from an OpenAPI document at compile time.
///
/// ```ignore
/// mod verify {
///     frontline::frontline_api!("spec/verify.yaml");
/// }
/// ```
///
/// The expansion contains a `Client` with one async method per operation, and a module `types` with the types of
/// requests and responses. If the document describes the bodies of errors, a module `errors` has an enum of them for each
/// operation, which `Error::of` returns. Invoke the macro in a separate module for each document.
///
/// The macro looks for the document in the directory of the crate's `Cargo.toml`, then in each parent directory up to
/// the workspace root. It reads OpenAPI 3.0 and 3.1. A file whose name ends in `.json` is read as JSON, any other as
/// YAML. The document can refer to other files of the workspace, but not to URLs. When one of the files changes, Cargo
/// recompiles the crate.
///
/// If the document has several servers, or servers with variables, a module `servers` has a function for each server, which
/// `ClientBuilder::server` takes. The name is that of the server's `x-rust-name` or `name`, a short `description`, or its URL.
/// Variables whose values are listed have an enum there:
///
/// ```ignore
/// use verify::servers;
///
/// let builder = verify::Client::builder().server(servers::production()).variable("region", servers::Region::Eu);
/// ```
///
/// # Options
///
/// Options follow the path and are separated by commas.
///
/// ```ignore
/// frontline::frontline_api!(
///     "spec/github.json",
///     operations = ["repos/get", "issues/*"],
///     rename = { "simple-user" = Person },
///     unsupported = skip,
/// );
/// ```
///
/// | option | value | default |
/// |---|---|---|
/// | [`operations`](#operations) | a list of operation ids | all operations |
/// | [`rename`](#rename) | Rust names for schemas | generated names |
/// | [`pages`](#pages) | operation ids, and how their pages are found | by the usual names |
/// | [`overlay`](#overlay) | the path of an overlay, or a list of paths | none |
/// | [`profile`](#profile) | `standard` or `twilio` | depends on the document |
/// | [`mistakes`](#mistakes) | `deny` or `warn` | `deny` |
/// | [`unsupported`](#unsupported) | `error` or `skip` | `error` |
/// | [`unknown_properties`](#unknown_properties) | `keep` or `drop` | kept in types that are both read and sent |
/// | [`required`](#required) | `strict` or `lenient` | `strict` |
/// | [`nested_forms`](#nested_forms) | `json` or `brackets` | `json` |
/// | [`warnings`](#warnings) | `true`, `all`, `false` or `deny` | `true` |
/// | [`test_examples`](#test_examples) | `true` or `false` | `false` |
/// | [`testing`](#testing) | `true` or `false` | `true` |
/// | [`baseline`](#baseline) | the path of the released document | no comparison |
/// | [`breaking`](#baseline) | `warn` or `deny` | `warn` |
/// | [`crate`](#crate) | a path | `::frontline` |
///
/// ## `operations`
///
/// Generates only the listed operations and the types that they use. A `*` at the end of an id matches any suffix. By
/// default, the macro generates all operations and all schemas.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", operations = ["FetchUser", "list*"]);
/// ```
///
/// ## `rename`
///
/// Sets the Rust names of schemas. It takes precedence over `x-rust-name`, which sets the Rust name of a schema,
/// property, parameter or operation in the document.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", rename = { "simple-user" = Person, "user_list" = People });
/// ```
///
#[doc = include_str!("../docs/pages.md")]
///
/// ## `overlay`
///
/// Changes the document before it is read, without editing it: an
/// [overlay](https://spec.openapis.org/overlay/v1.1.0.html) mends the mistakes of a vendor's document, or adds what it lacks,
/// and stays when the document is replaced by a newer version.
///
/// ```ignore
/// frontline::frontline_api!("spec/pets.yaml", overlay = "spec/pets.overlay.yaml");
/// ```
///
/// ```yaml
/// overlay: 1.1.0
/// info:
///   title: Corrections of the pets document
///   version: 1.0.0
/// actions:
///   - target: $.components.schemas.Pet.properties
///     update:
///       birthday: {type: string, format: date}
///   - target: $.paths['/pets'].get.parameters[?@.name == 'debug']
///     remove: true
/// ```
///
/// The macro looks for overlays like for the document, and Cargo recompiles the crate when one changes. They can be YAML or
/// JSON, with version 1.0 or 1.1. Several are applied in the order of the list. A mistake in a changed part is reported in the
/// overlay, any other in the document. If an overlay itself has a mistake, nothing else is reported.
///
/// - A `target` is a query of [RFC 9535](https://www.rfc-editor.org/rfc/rfc9535). The functions `match` and `search` are not
///   supported.
/// - A `target` that selects nothing causes a warning.
/// - Overlays change only the file that the macro names, not the files to which it refers. A `$ref` in an overlay is
///   relative to that file, not to the overlay.
/// - If `extends` is a path, it must lead from the overlay to the document; otherwise there is a warning. URLs are not
///   checked.
/// - A key without a value changes nothing, with a warning, where the document has an object or a list. In the document,
///   it is treated as missing.
///
/// ## `profile`
///
/// Selects the conventions of a service that OpenAPI cannot express, such as the shape of error bodies and the header
/// that contains the request id. `standard` suits any service. The default is `twilio` if a
/// server of the generated operations is on `twilio.com` or a subdomain, or if the root of the document or a path item
/// has the extension `x-twilio`. Otherwise it is `standard`.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", profile = standard);
/// ```
///
/// ## `mistakes`
///
/// Decides what happens if something in the document is wrong. `deny` reports an error, which is best if you can change
/// the document. `warn` is for documents of others: a mistake costs only the smallest part of the client that depends on
/// it, and causes a warning there.
///
/// | mistake in | consequence |
/// |---|---|
/// | a schema: it refers to nothing, or contradicts itself | the value can be any JSON value |
/// | a successful response | it is read as any JSON value |
/// | all media types of a successful response | it is returned as bytes |
/// | the response of an error | it has no variant for `Error::of`; `Error::body` returns its body |
/// | one of several media types of a body | this media type cannot be sent |
/// | the path, a parameter, the body, the security or the server of an operation | the operation is left out |
/// | a security scheme, or it is not defined | requests are sent without it and those required together with it, as the operation's documentation says |
/// | the servers of the document | callers must set a base URL |
/// | a description, a limit, or another key that a client can do without | the key is ignored |
/// | a media type that seems misspelled, or a reference to another kind of component | it is used as it is written |
///
/// A document that cannot be read stays an error: one that does not exist, has a syntax error, or is not OpenAPI 3. So do
/// mistakes in the options and in overlays.
///
/// ```ignore
/// frontline::frontline_api!("spec/vendor.yaml", mistakes = warn, unsupported = skip);
/// ```
///
/// ## `unsupported`
///
/// Decides what happens if the document needs something this version does not support. `error` reports a compile
/// error. `skip` does without it, as `mistakes = warn` does with mistakes: usually, the operation is left out, with a
/// warning. A response of which no media type is supported is returned as bytes.
///
/// ## `unknown_properties`
///
/// Decides what happens to properties that a schema does not list, although it allows them. `keep` adds the field
/// `additional_properties` to each struct: a map of JSON values, which are written back as they came. `drop` ignores
/// them. By default, a struct keeps them if it is used in JSON requests and in responses, because reading a value,
/// changing it and sending it back would delete them otherwise. Structs that are only read drop them, and structs that
/// are only sent have no such field.
///
/// The extension `x-rust-keep-unknown`, which is `true` or `false`, decides for one schema. Schemas with
/// `additionalProperties: false` allow no other properties, and drop them unless they have this extension. If a schema
/// has a `oneOf` or `anyOf` beside its properties, its own struct keeps what neither the struct nor the variant lists.
///
/// The structs of an `anyOf` whose members can match the same value always keep unknown properties, because other members
/// may list them.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", unknown_properties = keep);
/// ```
///
/// ## `required`
///
/// Decides what happens if a response lacks a property that the document requires, or if the property is null although
/// it is not nullable. With `strict`, that is an error of the kind `Decode`, which says where. With `lenient`, required
/// properties become `Option`s in all structs that responses contain. Requests stay strict: constructors take
/// required properties in both cases.
///
/// `lenient` is for services that do not keep to their document. It does not change items of lists and values of maps:
/// null among them is an error. Without a discriminator, a member of a `oneOf` or `anyOf` is still chosen only if its
/// required properties are present.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", required = lenient);
/// ```
///
/// ## `nested_forms`
///
/// Decides how forms (`application/x-www-form-urlencoded`) contain objects and lists for which the document names no style in
/// `encoding`. With `json`, a list repeats its name, and objects are JSON text, also as the items of a list, as OpenAPI
/// describes it: `lines={"price":"p1"}`. With `brackets`, they have the style `deepObject`, and lists have indexes:
/// `lines[0][price]=p1`, `tags[0]=a`. A list whose name ends with `[]` repeats it in both cases.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", nested_forms = brackets);
/// ```
///
/// ## `warnings`
///
/// Decides what happens if the document contains something odd that can have only one meaning, for example a key that
/// OpenAPI does not know, two schemas with the same Rust name, or an example that does not fit its schema. `true`
/// reports the first 20 warnings, and those that differ only in names once. `all` reports all of them, `false` reports
/// nothing, and `deny` reports errors.
///
/// ## `test_examples`
///
/// If `true`, generates a `#[test]` for each example of a request or response body. The test decodes the example into
/// its type, encodes the value, and compares the result with the example.
///
/// ## `testing`
///
/// With the feature `testing` of `frontline`, the expansion also contains a module `server`, for tests of programs that use
/// the client: a trait `Service` with a method for each operation, and a `Server`, which checks each request against the
/// document and passes it to a service. The module `frontline::testing` explains both. The expansion then contains
/// the whole document as text. `testing = false` leaves all of that out.
///
/// ## `baseline`
///
/// Names the document as it was released. The macro makes a client of both documents, compares the clients, and warns of
/// each change that breaks code or behavior of the crate's users: a method that is gone, a new required argument, a field
/// that becomes an `Option`, another path, another default. Each warning is about a line of the new document and says what
/// users have to change. The last one names the version that must follow that in `Cargo.toml`, and what is new.
///
/// With `breaking = deny`, such changes are errors.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", baseline = "spec/api.released.yaml", breaking = deny);
/// ```
///
/// Copy the document at each release, and leave the version in `Cargo.toml` as it is until the next one. The other options
/// apply to both documents: overlays change the released document, too. `docs/baseline.md` in the repository lists what is
/// compared.
///
/// ## `crate`
///
/// Sets the path of the `frontline` crate. Use it if `frontline` is not a direct dependency, but re-exported by another
/// crate.
///
/// ```ignore
/// frontline::frontline_api!("spec/api.yaml", crate = my_sdk::frontline);
/// ```
///
/// # Read the expansion
///
/// If the environment variable `FRONTLINE_EXPAND` names a folder during a build, the macro writes its expansion to
/// `<crate>-<document>.rs` in this folder, formatted by rustfmt if that is installed. A relative path begins at the
/// workspace root. If a crate invokes the macro several times for the same file name, the names of the other files end in
/// `-2` and so on. A file whose content is the same is not touched. Cargo recompiles crates that use the macro when the
/// variable changes.
///
/// ```text
/// FRONTLINE_EXPAND=expanded cargo check
/// ```
///
/// # Errors
///
/// A mistake in the document is a compile error that shows the file, the line and the column, and often what to do. All
/// mistakes are reported at once; after the first 20, only their number is shown, unless you set `warnings = all`.
/// Warnings are shown only if there are no errors. If a client can be generated in spite of the errors, the last one
/// names the options for that.
#[proc_macro]
pub fn frontline_api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    generator::expand(input.into(), cfg!(feature = "testing")).into()
}
