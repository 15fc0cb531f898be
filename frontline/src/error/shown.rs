//! Errors as text, for logs and for a `main` that returns one.

use std::error::Error as StdError;
use std::fmt;
use std::iter::successors;

use super::Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((method, template)) = &self.0.operation {
            write!(f, "{method} {template}: ")?;
        }
        f.write_str(&self.0.what)?;
        if let Some(code) = self.code() {
            write!(f, " (error code {code})")?;
        }
        f.write_str(if self.is_retry_budget_exhausted() { "; not retried: the retry budget is exhausted" } else { "" })
    }
}

/// Shows the text and the causes. With `{:#?}`, shows the fields.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return self.fields(f);
        }
        write!(f, "{self}")?;
        let request = self.request_id().map(|id| format!("request {id}"));
        let attempts = (self.0.attempts > 1).then(|| format!("{} attempts", self.0.attempts));
        let notes: Vec<String> = request.into_iter().chain(attempts).collect();
        if !notes.is_empty() {
            write!(f, " [{}]", notes.join(", "))?;
        }
        for (index, cause) in successors(self.source(), |cause| (*cause).source()).enumerate() {
            f.write_str(if index == 0 { "\n\nCaused by:" } else { "" })?;
            write!(f, "\n    {}", cause.to_string().replace('\n', "\n    "))?;
        }
        Ok(())
    }
}

impl Error {
    fn fields(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("text", &format_args!("{self}"))
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("attempts", &self.0.attempts)
            .field("maybe_sent", &self.0.maybe_sent)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use http::{HeaderName, HeaderValue, Method, StatusCode};

    use crate::Error;

    #[test]
    fn debug_is_what_a_program_prints_that_returns_the_error() {
        let error = Error::from_status(StatusCode::NOT_FOUND, r#"{"code":20404,"message":"no ada@example.com"}"#)
            .with_operation(Method::GET, "/v1/Users/{Sid}");
        let text = "GET /v1/Users/{Sid}: the server answered 404 Not Found (error code 20404)";
        assert_eq!(format!("{error:?}"), text);
        let error = error.with_header(HeaderName::from_static("x-request-id"), HeaderValue::from_static("RQ1"));
        assert_eq!(format!("{error:?}"), format!("{text} [request RQ1]"));
        assert_eq!(format!("{:?}", error.after(3, true)), format!("{text} [request RQ1, 3 attempts]"));
    }

    #[test]
    fn debug_lists_the_causes() {
        let innermost = Error::cancelled("two\nlines");
        let source = Error::cancelled("not allowed").with_source(io::Error::other(innermost));
        let error = Error::cancelled("stopped").with_source(source).after(2, false);
        let shown = format!("{error:?}");
        assert_eq!(shown, "stopped [2 attempts]\n\nCaused by:\n    not allowed\n    two\n    lines");
        let fields = format!("{error:#?}");
        assert!(fields.contains("kind: Cancelled") && fields.contains("maybe_sent: false"), "{fields}");
    }
}
