//! The spans of calls and attempts, with OpenTelemetry's names for HTTP clients
//! (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>).
//!
//! No field holds an argument, a body or a credential.

/// Defines the methods of [`Profile`](super::Profile) that concern spans.
///
/// This is a macro because `tracing` requires the names of all fields as literals where the span is created.
#[cfg(feature = "tracing")]
macro_rules! spans {
    (error_code = $error_code:literal, request_id = $request_id:literal) => {
        fn call_span(&self, method: &http::Method, template: &str) -> tracing::Span {
            tracing::info_span!(
                target: "frontline",
                "call",
                otel.name = format_args!("{method} {template}"),
                otel.kind = "internal",
                otel.status_code = tracing::field::Empty,
                http.request.method = method.as_str(),
                url.template = template,
                http.response.status_code = tracing::field::Empty,
                "error.type" = tracing::field::Empty,
                $error_code = tracing::field::Empty,
                $request_id = tracing::field::Empty,
            )
        }

        fn attempt_span(&self, method: &http::Method, template: &str) -> tracing::Span {
            tracing::debug_span!(
                target: "frontline",
                "attempt",
                otel.name = format_args!("{method} {template}"),
                otel.kind = "client",
                otel.status_code = tracing::field::Empty,
                http.request.method = method.as_str(),
                http.request.resend_count = tracing::field::Empty,
                url.template = template,
                server.address = tracing::field::Empty,
                server.port = tracing::field::Empty,
                http.response.status_code = tracing::field::Empty,
                "error.type" = tracing::field::Empty,
                $error_code = tracing::field::Empty,
                $request_id = tracing::field::Empty,
            )
        }

        fn span_fields(&self) -> $crate::profile::SpanFields {
            $crate::profile::SpanFields { error_code: $error_code, request_id: $request_id }
        }
    };
}

#[cfg(not(feature = "tracing"))]
macro_rules! spans {
    (error_code = $error_code:literal, request_id = $request_id:literal) => {};
}

pub(crate) use spans;
