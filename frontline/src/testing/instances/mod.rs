//! Values made of the schemas of a document, in translated trees. The same seed makes the same values.
//!
//! `parts` chooses the members of unions, `shape` combines what the chosen parts say, and `generate` makes a value of it.
//!
//! Uses `contract`.

mod generate;
mod links;
mod members;
mod numbers;
mod parts;
mod random;
mod shape;
mod size;
mod texts;

pub use generate::Generator;
pub use links::array;
pub use members::UNDECLARED;
pub use random::Random;
pub use size::Size;
pub use texts::WORDS;
