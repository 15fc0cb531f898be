//! The `tracing` spans of calls and attempts, and the events of retries. Without the feature `tracing`, they do nothing.

pub(super) use spans::{Span, tell_retry};

#[cfg(feature = "tracing")]
mod spans {
    use std::time::Duration;

    use http::Method;
    use reqwest::Url;
    use tracing::Instrument;
    use tracing::instrument::Instrumented;

    use crate::error::{Error, ErrorKind};
    use crate::profile::{Profile, SpanFields};
    use crate::request::Request;
    use crate::response::Response;

    pub(in crate::client) struct Span {
        span: tracing::Span,
        fields: SpanFields,
    }

    impl Span {
        pub(in crate::client) fn call(profile: &dyn Profile, method: &Method, template: &str) -> Self {
            Self { span: profile.call_span(method, template), fields: profile.span_fields() }
        }

        pub(in crate::client) fn attempt(profile: &dyn Profile, method: &Method, template: &str, number: u32) -> Self {
            let span = profile.attempt_span(method, template);
            if number > 1 {
                span.record("http.request.resend_count", number - 1);
            }
            Self { span, fields: profile.span_fields() }
        }

        /// Records the address and port of the server.
        pub(in crate::client) fn server(&self, url: &Url) {
            self.span.record("server.address", url.host_str().unwrap_or_default());
            self.span.record("server.port", url.port_or_known_default().unwrap_or_default());
        }

        pub(in crate::client) fn run<F: Future>(&self, future: F) -> Instrumented<F> {
            future.instrument(self.span.clone())
        }

        pub(in crate::client) fn end<T>(&self, result: &Result<Response<T>, Error>) {
            let (status, request_id) = match result {
                Ok(response) => (Some(response.status()), response.request_id()),
                Err(error) => (error.status(), error.request_id()),
            };
            if let Some(status) = status {
                self.span.record("http.response.status_code", status.as_u16());
            }
            if let Some(id) = request_id {
                self.span.record(self.fields.request_id, id);
            }
            // 304 (Not Modified) is what a conditional request asks for.
            if let Err(error) = result
                && !error.is_not_modified()
            {
                self.span.record("otel.status_code", "ERROR");
                self.span.record("error.type", error_type(error));
                if let Some(code) = error.code() {
                    self.span.record(self.fields.error_code, code);
                }
            }
        }
    }

    /// Records that a call makes another attempt after a pause.
    pub(in crate::client) fn tell_retry(request: &Request, error: &Error, attempts: u32, pause: Duration) {
        tracing::warn!(
            target: "frontline",
            {
                "http.request.method" = request.method.as_str(),
                "url.template" = request.template,
                "error.type" = error_type(error),
                "http.request.resend_count" = attempts,
            },
            "retrying {} {} in {} ms: {error}",
            request.method,
            request.template,
            pause.as_millis(),
        );
    }

    fn error_type(error: &Error) -> String {
        match (error.kind(), error.status()) {
            (ErrorKind::Status, Some(status)) => status.as_str().to_owned(),
            (kind, _) => format!("{kind:?}"),
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod spans {
    use std::time::Duration;

    use http::Method;
    use reqwest::Url;

    use crate::error::Error;
    use crate::profile::Profile;
    use crate::request::Request;
    use crate::response::Response;

    pub(in crate::client) struct Span;

    pub(in crate::client) fn tell_retry(_: &Request, _: &Error, _: u32, _: Duration) {}

    impl Span {
        pub(in crate::client) fn call(_: &dyn Profile, _: &Method, _: &str) -> Self {
            Self
        }

        pub(in crate::client) fn attempt(_: &dyn Profile, _: &Method, _: &str, _: u32) -> Self {
            Self
        }

        #[allow(clippy::unused_self, reason = "the same signature as with the feature")]
        pub(in crate::client) fn server(&self, _: &Url) {}

        #[allow(clippy::unused_self, reason = "the same signature as with the feature")]
        pub(in crate::client) fn run<F: Future>(&self, future: F) -> F {
            future
        }

        #[allow(clippy::unused_self, reason = "the same signature as with the feature")]
        pub(in crate::client) fn end<T>(&self, _: &Result<Response<T>, Error>) {}
    }
}
