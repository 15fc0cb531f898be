//! The work of a document's maintainer: build, edit, and build again.

use std::fs;
use std::path::{Path, PathBuf};

use frontline_tests::library::{Library, cargo};

/// A crate with its own copy of the document. Its `rustflags` name the `frontline` that the tests are linked with, so
/// that cargo does not compile the dependencies again.
struct Project {
    root: PathBuf,
}

impl Project {
    fn new(name: &str) -> Self {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are in a workspace");
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(root.join("src")).expect("the directory is made");
        let manifest =
            format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n");
        fs::write(root.join("Cargo.toml"), manifest).expect("the manifest is written");
        let library = Library::new().expect("frontline is built");
        fs::create_dir_all(root.join(".cargo")).expect("the directory is made");
        let flags = format!("[build]\nrustflags = {:?}\n", library.arguments());
        fs::write(root.join(".cargo/config.toml"), flags).expect("the flags are written");
        fs::copy(workspace.join("spec/frontline.yaml"), root.join("api.yaml")).expect("the document is copied");
        Self { root }
    }

    fn code(&self, body: &str) {
        self.code_with("", body);
    }

    /// Writes code that invokes the macro with options.
    fn code_with(&self, options: &str, body: &str) {
        let code = format!(
            "frontline::frontline_api!(\"api.yaml\"{options});\n\npub fn uses(client: &Client) {{\n    {body}\n}}\n"
        );
        fs::write(self.root.join("src/lib.rs"), code).expect("the code is written");
    }

    /// Replaces a part of the document. Panics if the part does not exist.
    fn edit(&self, from: &str, to: &str) {
        let path = self.root.join("api.yaml");
        let document = fs::read_to_string(&path).expect("the document is read");
        assert!(document.contains(from), "the document has `{from}`");
        fs::write(path, document.replacen(from, to, 1)).expect("the document is written");
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.root.join(file), text).expect("the file is written");
    }

    /// Returns the number of the line that begins with `text`, counted from 1.
    fn line(&self, text: &str) -> usize {
        let document = fs::read_to_string(self.root.join("api.yaml")).expect("the document is read");
        let (before, _) = document.split_once(text).expect("the text is in the document");
        before.lines().count() + 1
    }

    fn compiles(&self, what: &str) {
        if let Err(error) = self.build() {
            panic!("{what} does not compile:\n{error}");
        }
    }

    fn fails(&self, what: &str) -> String {
        self.build().expect_err(what)
    }

    /// Checks the crate. If it does not compile, returns the output of rustc.
    fn build(&self) -> Result<(), String> {
        self.build_with(&[])
    }

    fn build_with(&self, variables: &[(&str, &Path)]) -> Result<(), String> {
        let output = cargo()
            .args(["check", "--quiet", "--offline"])
            .envs(variables.iter().copied())
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            // These variables would replace the `rustflags` of the crate.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .expect("cargo runs");
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }
}

#[test]
fn editing_the_document_rebuilds_the_client() {
    let project = Project::new("rebuild");
    project.code("let _ = client.fetch_user(\"ada\");");
    project.compiles("the document as given");

    // A new property.
    let nickname = "let _ = client.update_user(\"ada\", &types::UpdateUserRequest::new().nickname(\"lady\"));";
    project.code(nickname);
    let error = project.fails("the property is not there yet");
    assert!(error.contains("no method named `nickname`"), "{error}");
    project.edit(
        "                Avatar:\n",
        "                Nickname:\n                  type: string\n                Avatar:\n",
    );
    project.compiles("the new property");

    // A new operation.
    project.edit("    post:\n      description: Update", "    delete:\n      operationId: DeleteUser\n      parameters:\n        - name: Sid\n          in: path\n          required: true\n          schema:\n            type: string\n      responses:\n        '204':\n          description: Deleted\n    post:\n      description: Update");
    project.code("let _ = client.delete_user(\"ada\");");
    project.compiles("the new operation");

    // A renamed operation: code that uses the old name no longer compiles, without any other change.
    project.edit("operationId: DeleteUser", "operationId: RemoveUser");
    let error = project.fails("the old name is gone");
    assert!(error.contains("no method named `delete_user`"), "{error}");
    project.code("let _ = client.remove_user(\"ada\");");
    project.compiles("the new name");

    // A broken reference, reported with file, line, and column, and then fixed.
    project.edit("'#/components/schemas/user_enum_state_type'", "'#/components/schemas/user_enum_state'");
    let error = project.fails("the reference leads nowhere");
    assert!(error.contains("`#/components/schemas/user_enum_state` is not defined"), "{error}");
    let line = project.line("          $ref: '#/components/schemas/user_enum_state'");
    assert!(error.contains(&format!("--> api.yaml:{line}:17")), "{error}");

    // A part of the document in another file: editing only that file rebuilds the client too.
    project.write("states.yaml", "State:\n  type: string\n  enum: [active]\n");
    project.edit("'#/components/schemas/user_enum_state'", "states.yaml#/State");
    project.code("let _ = (client, types::State::Asleep);");
    let error = project.fails("the value is not there yet");
    assert!(error.contains("no variant") && error.contains("`Asleep`"), "{error}");
    project.write("states.yaml", "State:\n  type: string\n  enum: [active, asleep]\n");
    project.compiles("the new value");
    project.write("states.yaml", "State:\n  type: strin\n");
    let error = project.fails("there is no such type");
    assert!(error.contains("--> states.yaml:2:9"), "{error}");
    project.write("states.yaml", "State:\n  type: string\n  enum: [active, asleep]\n");
    project.compiles("the type again");

    // An overlay, which is changed on its own, and then has a mistake.
    let overlay = |update: &str| {
        let head = "overlay: 1.1.0\ninfo: {title: Changes, version: 1.0.0}\nactions:\n  - target: $\n    update:\n";
        project.write("api.overlay.yaml", &format!("{head}      {update}\n"));
    };
    overlay("components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}");
    project.code_with(", overlay = \"api.overlay.yaml\"", "let _ = (client, types::Pet::default().nickname);");
    let error = project.fails("the property is not there yet");
    assert!(error.contains("no field `nickname`"), "{error}");
    overlay("components: {schemas: {Pet: {type: object, properties: {nickname: {type: string}}}}}");
    project.compiles("the property of the overlay");
    overlay("components: {schemas: {Pet: {$ref: '#/components/schemas/Dog'}}}");
    let error = project.fails("there is no such schema");
    assert!(error.contains("--> api.overlay.yaml:6:42"), "{error}");
}

#[test]
fn editing_the_released_document_compares_again() {
    let project = Project::new("released");
    fs::copy(project.root.join("api.yaml"), project.root.join("released.yaml")).expect("the document is copied");
    project.code_with(", baseline = \"released.yaml\", breaking = deny", "let _ = client;");
    project.compiles("the released document");
    project.edit("operationId: FetchUser", "operationId: GetUser");
    let error = project.fails("the method is gone");
    assert!(error.contains("the method `fetch_user` becomes `get_user`"), "{error}");
    assert!(error.contains("next version: 0.0.1 (after 0.0.0), because 1 change breaks users"), "{error}");
    fs::copy(project.root.join("api.yaml"), project.root.join("released.yaml")).expect("the document is copied");
    project.compiles("the released new document");
    project.write("released.yaml", "openapi: 3.0.3\ninfo: {title: a, version: b}\npaths: []\n");
    let error = project.fails("the released document has a mistake");
    assert!(error.contains("--> released.yaml:3:1"), "{error}");
}

#[test]
fn the_expansion_is_written_to_a_folder() {
    let project = Project::new("expanded");
    project.code("let _ = client;");
    let written = |folder: &str| project.root.join(folder).join("expanded-api.rs");
    let build = |folder: &str| project.build_with(&[("FRONTLINE_EXPAND", &project.root.join(folder))]);
    for folder in ["one", "two"] {
        _ = fs::remove_dir_all(project.root.join(folder));
    }
    project.compiles("without the variable");
    build("one").unwrap();
    let text = fs::read_to_string(written("one")).expect("setting the variable recompiles");
    assert!(text.starts_with("// The expansion of frontline_api!(\"api.yaml\")."), "{text}");
    assert!(text.contains("\n    /// Retrieve User\n"), "{text}");
    assert!(text.contains("\n    pub async fn fetch_user(\n        &self,\n"), "{text}");
    let time = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).expect("the file has a time");
    let before = time(&written("one"));
    project.code("let _ = (client, 1);");
    build("one").unwrap();
    assert_eq!(time(&written("one")), before, "a file with the same content stays as it is");
    build("two").unwrap();
    assert_eq!(fs::read_to_string(written("two")).expect("another folder recompiles"), text);
    let plain = project.root.join("plain");
    project.build_with(&[("FRONTLINE_EXPAND", &plain), ("RUSTFMT", Path::new("/nonexistent"))]).unwrap();
    let plain = fs::read_to_string(written("plain")).expect("rustfmt is not required");
    assert!(plain != text && plain.contains("pub async fn fetch_user(&self,\n"), "{plain}");
    let items = |text: &str| syn::parse_file(text).expect("the file is Rust").items.len();
    assert_eq!(items(&plain), items(&text));
    project.write("three", "a file");
    let error = build("three").expect_err("a file is no folder");
    assert!(error.contains("FRONTLINE_EXPAND: `") && error.contains("cannot be written"), "{error}");
}
