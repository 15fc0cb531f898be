//! A program with a blocking client of a document that has one operation, `fetch`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use frontline_tests::library::Library;
use frontline_tests::{RawServer, http};
use serde_json::{Value, json};

pub struct Program {
    binary: PathBuf,
}

impl Program {
    /// Compiles the client of a document whose operation returns `schema`.
    pub fn new(name: &str, schema: &Value, schemas: &Value) -> Self {
        let response = json!({"description": "", "content": {"application/json": {"schema": schema}}});
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": "Values", "version": "1"},
            "paths": {"/": {"get": {"operationId": "fetch", "responses": {"200": response}}}},
            "components": {"schemas": schemas},
        });
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}.json"));
        fs::write(&path, document.to_string()).unwrap();
        let path = path.to_string_lossy();
        Self::of(name, &format!("frontline::frontline_api!({path:?}, warnings = false);"), "client.fetch()")
    }

    /// Compiles the client that `macro_call` expands to, with a program that makes `call`.
    pub fn of(name: &str, macro_call: &str, call: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
        fs::create_dir_all(&folder).unwrap();
        let (source, binary) = (folder.join(format!("{name}.rs")), folder.join(name));
        fs::write(&source, format!("{macro_call}\n{}", include_str!("program/main.rs.txt").replace("CALL", call)))
            .unwrap();
        let library = Library::new().unwrap();
        let output = Command::new("rustc")
            .args(["--edition", "2024", "-C", "debuginfo=0", "-o"])
            .args([&binary, &source])
            .args(library.arguments())
            .env("CARGO_MANIFEST_DIR", &folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self { binary }
    }

    /// Fetches each of the bodies, and returns what the program printed for each.
    pub fn fetch(&self, bodies: &[String]) -> Vec<String> {
        let printed = self.run(bodies, bodies.len());
        assert_eq!(printed.len(), bodies.len());
        printed
    }

    /// Makes the program's calls a number of times, with one of the bodies for each request.
    pub fn run(&self, bodies: &[String], times: usize) -> Vec<String> {
        let server = RawServer::start_script(bodies.iter().map(|body| http("200 OK", "", body)));
        let Output { status, stdout, stderr } =
            Command::new(&self.binary).args([server.url(), times.to_string()]).output().unwrap();
        let printed: Vec<String> = String::from_utf8(stdout).unwrap().lines().map(ToOwned::to_owned).collect();
        let after = printed.len();
        assert!(status.success(), "{status} after {after} bodies: {}", String::from_utf8_lossy(&stderr));
        printed
    }

    /// Returns how long it takes to fetch a body.
    pub fn time(&self, body: String) -> Duration {
        let started = Instant::now();
        self.fetch(&[body]);
        started.elapsed()
    }
}
