//! The table of rules: what each says, and what the maintainer can do. `docs/rules.md` compares them with
//! those of other tools.
//!
//! A rule is an error if the client loses something that the author wrote. If it is only odd, the rule is a warning, which
//! says what the client does. With `mistakes = warn`, all rules are warnings.

use crate::generator::problems::{Errors, Place, Problem};

pub struct Rule {
    /// What the client does if the error is tolerated. `None` if the rule is a warning.
    consequence: Option<&'static str>,
    says: &'static str,
    help: &'static str,
}

impl Rule {
    /// Tells a mistake at the value at `place`. Each `{}` of the message, and then of the help, is replaced by a word.
    pub fn at_value(&self, place: &Place, words: &[&str], errors: &mut Errors) {
        self.tell(|message| Problem::value(place, message), words, errors);
    }

    /// Tells a mistake at the key of the value at `place`.
    pub fn at_key(&self, place: &Place, words: &[&str], errors: &mut Errors) {
        self.tell(|message| Problem::key(place, message), words, errors);
    }

    fn tell(&self, problem: impl FnOnce(String) -> Problem, words: &[&str], errors: &mut Errors) {
        let mut words = words.iter().copied();
        let problem = problem(fill(self.says, &mut words));
        let help = fill(self.help, &mut words);
        let problem = if help.is_empty() { problem } else { problem.help(help) };
        match self.consequence {
            Some(consequence) => _ = errors.spare(problem, consequence),
            None => errors.warn(problem),
        }
    }
}

fn fill<'a>(text: &str, words: &mut impl Iterator<Item = &'a str>) -> String {
    let mut parts = text.split("{}");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + words.next().unwrap_or_default() + part)
}

const fn error(says: &'static str, help: &'static str, consequence: &'static str) -> Rule {
    Rule { consequence: Some(consequence), says, help }
}

const fn warning(says: &'static str, help: &'static str) -> Rule {
    Rule { consequence: None, says, help }
}

const IGNORED: &str = "this key is ignored";

pub const REQUIRED_FLAG: Rule = warning(
    "`required` of a schema is a list of properties, so `{}` is ignored",
    "list the property in the `required` of its object",
);
pub const REQUIRED_TWICE: Rule =
    warning("`required` lists `{}` twice; the second one is ignored", "remove one of the two");
pub const NO_ITEMS: Rule = warning(
    "this array has no `items`, so it is a list of any JSON values",
    "describe the items, such as `items: {type: string}`",
);
pub const ENUM_EMPTY: Rule = warning("`enum` lists no values, so it is ignored", "list the values, or remove `enum`");
pub const ENUM_TWICE: Rule = warning("`enum` lists `{}` twice; the second one is ignored", "remove one of the two");
pub const ENUM_UNQUOTED: Rule =
    warning("`{}` is {}, but the type is `string`, so it is read as the text `{}`", "put it in quotes");
pub const ENUM_TYPE: Rule =
    warning("`{}` is {}, but the type is `{}`, so `enum` is ignored", "change the value, or the type");
pub const ENUM_NOTES: Rule = warning(
    "`{}` has {} items, but `enum` has {}, so it is ignored",
    "give each value an item, in the order of `enum`",
);
pub const READ_AND_WRITE_ONLY: Rule =
    warning("`writeOnly` contradicts `readOnly`, so it is ignored", "remove one of the two");
pub const OTHER_LIMIT: Rule = warning("`{}` is about {}, but the type is `{}`, so it is ignored", "{}");
pub const OTHER_PARTS: Rule =
    error("`{}` is about {}, but the type is `{}`", "write `type: {}`, or remove `{}`", IGNORED);
pub const ITEMS_OF_OBJECT: Rule = warning(
    "`items` is about arrays, but the type is `{}`, so it is ignored",
    "write `type: array`, or `additionalProperties` for the values of a map",
);
pub const MULTIPLE_OF_ZERO: Rule = warning("`multipleOf` must be greater than 0, so it is ignored", "");
pub const LIMITS_CROSSED: Rule = warning(
    "no value fits: `{}` is greater than `{}`; the client does not check either",
    "swap them, or correct one of them",
);
pub const FORMAT_MISSPELLED: Rule =
    warning("`{}` is not a format that OpenAPI knows, so it is ignored; did you mean `{}`?", "write `format: {}`");
pub const PATTERN_INVALID: Rule = warning("`pattern` is not a regular expression, so it is ignored: {}", "");
pub const PATTERN_SLASHES: Rule = warning(
    "the slashes around this `pattern` are part of it, so no value fits; the client does not check it",
    "write the pattern without the slashes",
);
pub const REQUIRES_ITSELF: Rule = warning(
    "no value of this schema ends: `{}` is required, and contains the schema again",
    "make the property optional or nullable",
);
pub const DISCRIMINATOR_UNKNOWN: Rule = warning(
    "no schema here describes the property `{}`; the client tells them apart by it nevertheless{}",
    "describe the property in each schema, or correct `propertyName`",
);
pub const DEFAULT_WRONG: Rule =
    warning("this default does not fit its schema: {}; the client only mentions it in its docs", "");
pub const EXAMPLE_WRONG: Rule = warning("this example does not fit its schema: {}; the client follows the schema", "");
pub const EXAMPLE_TWICE: Rule = warning("`example` and `examples` exclude each other; the client reads both", "");
pub const NEWER_KEY: Rule =
    warning("OpenAPI 3.0 has no {}, but the client understands it", "write `openapi: 3.1.0`, or {}");
pub const OLDER_KEY: Rule = warning("OpenAPI 3.1 has no {}, but the client understands it", "write {}");
pub const EXTENSION_MISSPELLED: Rule = error("`{}` has no meaning; did you mean `{}`?", "write `{}`", IGNORED);
pub const NO_RESPONSES: Rule = warning(
    "this operation describes no responses, so the client returns nothing of them",
    "describe at least one, such as `'200': {description: The user.}`",
);
pub const NO_SUCCESS: Rule = warning(
    "this operation describes no successful response, so the client returns nothing of one",
    "describe at least one, such as `'200': {description: The user.}`",
);
pub const MEDIA_TYPE_MISSPELLED: Rule =
    error("`{}` is not a media type; did you mean `{}`?", "write `{}`", "this media type is used as it is written");
pub const SCOPES: Rule = warning("`{}` is not an OAuth scheme, so its scopes are ignored", "write `{}: []`");
pub const TAG_UNDECLARED: Rule = warning(
    "the tag `{}` is not among the document's `tags`, which the client does not use{}",
    "declare it, such as `- name: {}`",
);
pub const TAG_TWICE: Rule =
    warning("the tag `{}` is declared twice; the client does not use tags", "remove one of the two");
pub const SAME_PATH: Rule = warning(
    "this path differs from `{}` only in the names of its parameters, so both have the same URLs",
    "describe the operations of both under one path",
);
pub const HEADER_IGNORED: Rule =
    warning("OpenAPI ignores a parameter for the header `{}`, and so does the client", "{}");
pub const HEADER_NAME: Rule = warning(
    "`{}` cannot be the name of a header, so calls that set this parameter fail",
    "use letters, digits and hyphens",
);
pub const BODY_OF_GET: Rule = warning(
    "the body of a {} request has no meaning in HTTP; the client sends it, but servers may ignore it",
    "describe query parameters, or use POST",
);
