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
pub const SHIM: &str = r#"
pub mod shim {
    pub use frontline::*;
    pub mod private {
        pub use frontline::private::*;
        pub fn check_example<T: FromJson + serde::Serialize>(_: &str, example: &str) -> Result<(), String> {
            // Forms have examples of the document's own.
            let Some(place) = example.strip_prefix("\"instances ") else { return Ok(()) };
            let place = place.trim_end_matches('"');
            println!("\n\u{1}{place}");
            for line in std::io::stdin().lines() {
                let line = line.map_err(|error| error.to_string())?;
                if line.is_empty() {
                    break;
                }
                let read = deserialize::<T, _>(&mut serde_json::Deserializer::from_str(&line));
                match read.map(|value| serde_json::to_string(&value)) {
                    Ok(Ok(json)) => println!("\n\u{1}+{json}"),
                    Ok(Err(error)) => println!("\n\u{1}-not written: {error:?}"),
                    Err(error) => println!("\n\u{1}-not read: {:?}", error.to_string()),
                }
            }
            Ok(())
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

    /// Returns what the type of the current test keeps of an instance.
    ///
    /// # Errors
    ///
    /// Returns the type's error.
    pub fn round_trip(&mut self, instance: &Value) -> Result<Value, String> {
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
