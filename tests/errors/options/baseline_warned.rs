// Warnings become errors, so that the output shows them.
#![deny(deprecated)]

frontline::frontline_api!(
    "errors/options/pets.yaml",
    baseline = "errors/options/pets.released.yaml",
    warnings = false,
);

fn main() {}
