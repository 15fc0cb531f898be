//! Spans of calls and attempts, with OpenTelemetry's names for HTTP clients
//! (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>). Without the feature `tracing` they do nothing.
//!
//! No field holds an argument, a body or a credential.

pub(crate) use spans::Span;

#[cfg(feature = "tracing")]
mod spans {
    use http::{Method, StatusCode};
    use reqwest::Url;
    use tracing::field::Empty;
    use tracing::instrument::Instrumented;
    use tracing::{Instrument, debug_span, info_span};

    use crate::response::Response;
    use crate::{Error, ErrorKind};

    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn call(method: &Method, template: &str) -> Self {
            Self(info_span!(
                "call",
                otel.name = format_args!("{method} {template}"),
                otel.kind = "internal",
                otel.status_code = Empty,
                http.request.method = method.as_str(),
                url.template = template,
                http.response.status_code = Empty,
                "error.type" = Empty,
                twilio.error_code = Empty,
                twilio.request_id = Empty,
            ))
        }

        pub(crate) fn attempt(method: &Method, template: &str, number: u32) -> Self {
            let span = debug_span!(
                "attempt",
                otel.name = format_args!("{method} {template}"),
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = method.as_str(),
                http.request.resend_count = Empty,
                url.template = template,
                server.address = Empty,
                server.port = Empty,
                http.response.status_code = Empty,
                "error.type" = Empty,
                twilio.error_code = Empty,
                twilio.request_id = Empty,
            );
            if number > 1 {
                span.record("http.request.resend_count", number - 1);
            }
            Self(span)
        }

        /// Where an attempt goes.
        pub(crate) fn server(&self, url: &Url) {
            self.0.record("server.address", url.host_str().unwrap_or_default());
            self.0.record("server.port", url.port_or_known_default().unwrap_or_default());
        }

        pub(crate) fn run<F: Future>(&self, future: F) -> Instrumented<F> {
            future.instrument(self.0.clone())
        }

        pub(crate) fn end<T>(&self, result: &Result<Response<T>, Error>) {
            match result {
                Ok(response) => self.response(Some(response.status()), response.request_id()),
                Err(error) => {
                    self.response(error.status(), error.request_id());
                    self.0.record("otel.status_code", "ERROR");
                    self.0.record("error.type", error_type(error));
                    if let Some(code) = error.code() {
                        self.0.record("twilio.error_code", code);
                    }
                }
            }
        }

        fn response(&self, status: Option<StatusCode>, request_id: Option<&str>) {
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if let Some(id) = request_id {
                self.0.record("twilio.request_id", id);
            }
        }
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
    use http::Method;
    use reqwest::Url;

    use crate::Error;
    use crate::response::Response;

    pub(crate) struct Span;

    impl Span {
        pub(crate) fn call(_: &Method, _: &str) -> Self {
            Self
        }

        pub(crate) fn attempt(_: &Method, _: &str, _: u32) -> Self {
            Self
        }

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn server(&self, _: &Url) {}

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn run<F: Future>(&self, future: F) -> F {
            future
        }

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn end<T>(&self, _: &Result<Response<T>, Error>) {}
    }
}
