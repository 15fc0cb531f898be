//! Headers that documents cannot set.

/// Headers that the HTTP implementation sets. With other values, the message would end elsewhere, or go elsewhere. The
/// runtime refuses the same ones in `CallOptions::header`.
const FRAMING: [&str; 7] = ["Connection", "Content-Length", "Host", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];

/// Headers that bodies, responses and security schemes determine. OpenAPI ignores parameters with these names
/// ("Parameter Object", `name`).
const DETERMINED: [&str; 3] = ["Accept", "Authorization", "Content-Type"];

/// The header by which services recognize a repeated request (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

pub fn is_idempotency_key(name: &str) -> bool {
    name.eq_ignore_ascii_case(IDEMPOTENCY_KEY)
}

pub fn is_framing(name: &str) -> bool {
    FRAMING.iter().any(|known| name.eq_ignore_ascii_case(known))
}

pub fn is_determined(name: &str) -> bool {
    DETERMINED.iter().any(|known| name.eq_ignore_ascii_case(known))
}
