//! `cargo run -p frontline-tests --bin rooms -- FOLDER…` reports everything that the structure test reports, for the `src`
//! folders of crates.

use std::path::Path;
use std::process::ExitCode;

use frontline_tests::rooms;

fn main() -> Result<ExitCode, std::io::Error> {
    let mut told = Vec::new();
    for folder in std::env::args_os().skip(1) {
        let sources = rooms::sources(Path::new(&folder))?;
        told.extend(rooms::circles(&sources).map_err(std::io::Error::other)?);
        told.extend(rooms::unnamed(&sources).map_err(std::io::Error::other)?);
        told.extend(rooms::unkempt(&sources));
    }
    for each in &told {
        println!("{each}\n");
    }
    println!("{} faults", told.len());
    Ok(if told.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
