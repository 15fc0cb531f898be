//! Asks the generated types of a document what they keep of instances.
//!
//! The crate of the document has its own `check_example`, which reads instances from standard input and writes to standard
//! output what comes back.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

/// The start of a line that is not libtest's.
const MARK: &str = "\u{1}";

/// The replacement of the `frontline` crate in the crate of a document. Its `check_example` hides that of the original.
///
/// An instance is read from bytes, like the body of a response, and then by `Error::body_as`, which uses `Deserialize`.
pub const SHIM: &str = r#"
pub mod shim {
    pub use frontline::*;
    pub mod private {
        pub use frontline::private::*;
        use serde::de::{DeserializeOwned, Error};

        /// Cannot be read, so that the error keeps the body.
        #[derive(Debug)]
        struct Nothing;

        impl FromJson for Nothing {
            fn read_json(_: Node<'_>, _: &mut Option<Self>) -> Result<(), DecodeError> {
                Err(DecodeError::custom(""))
            }
        }

        pub fn check_example<T>(_: &str, example: &str) -> Result<(), String>
        where
            T: FromJson + DeserializeOwned + serde::Serialize + std::fmt::Debug,
        {
            // Forms have examples of the document's own.
            let Some(place) = example.strip_prefix("\"instances ") else { return Ok(()) };
            let place = place.trim_end_matches('"');
            println!("\n\u{1}{place}");
            for line in std::io::stdin().lines() {
                let line = line.map_err(|error| error.to_string())?;
                if line.is_empty() {
                    break;
                }
                match round_trip::<T>(&line) {
                    Ok(kept) => println!("\n\u{1}+{kept}"),
                    Err(error) => println!("\n\u{1}-{error:?}"),
                }
            }
            Ok(())
        }

        fn round_trip<T>(instance: &str) -> Result<String, String>
        where
            T: FromJson + DeserializeOwned + serde::Serialize + std::fmt::Debug,
        {
            let value: T = read_example(instance).map_err(|error| format!("not read: {error}"))?;
            let json = serde_json::to_string(&value).map_err(|error| format!("not written: {error}"))?;
            let error = read_example::<Nothing>(instance).unwrap_err();
            // It keeps the start of a large body.
            if error.body().map(<[u8]>::len) == Some(instance.len()) {
                let same = error.body_as::<T>().ok_or("without a body")?;
                let same = same.map_err(|error| format!("not read by `body_as`: {error}"))?;
                let other = serde_json::to_string(&same).map_err(|error| format!("not written: {error}"))?;
                if other != json {
                    return Err(format!("`body_as` reads {other}, and not {json}"));
                }
            }
            let shown = Some(format!("{value:?}")).filter(|shown| shown.contains("Unknown("));
            let shown = serde_json::to_string(&shown.unwrap_or_default()).map_err(|error| error.to_string())?;
            Ok(format!("[{json},{shown}]"))
        }
    }
}
"#;

/// The running tests of a document.
pub struct Probe {
    process: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Probe {
    /// Starts the tests one after the other.
    pub fn start(tests: &Path) -> std::io::Result<Self> {
        let mut process = Command::new(tests)
            .args(["--test-threads=1", "--nocapture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (input, output) = pipes.ok_or_else(|| std::io::Error::other("the process has no pipes"))?;
        Ok(Self { process, input, output: BufReader::new(output).lines() })
    }

    /// Waits for the next test. Returns the number of its place, or `None` after the last test.
    pub fn next_place(&mut self) -> Option<usize> {
        self.line()?.parse().ok()
    }

    /// Returns what the type of the current test keeps of an instance, and its `Debug` output if a value may be unknown.
    ///
    /// # Errors
    ///
    /// Returns the type's error.
    pub fn round_trip(&mut self, instance: &Value) -> Result<(Value, String), String> {
        let ended = || "the process ended".to_owned();
        writeln!(self.input, "{instance}").map_err(|_| ended())?;
        let line = self.line().ok_or_else(ended)?;
        match line.strip_prefix('+') {
            Some(json) => serde_json::from_str(json).map_err(|error| error.to_string()),
            None => Err(line.trim_start_matches('-').to_owned()),
        }
    }

    /// Ends the current test.
    pub fn finish_place(&mut self) {
        // An error shows at the next read.
        let _ = writeln!(self.input);
    }

    fn line(&mut self) -> Option<String> {
        self.output.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix(MARK).map(ToOwned::to_owned))
    }

    /// Waits for the end of the process. Returns whether it ended well.
    pub fn end(mut self) -> bool {
        drop(self.input);
        self.process.wait().is_ok_and(|status| status.success())
    }
}
