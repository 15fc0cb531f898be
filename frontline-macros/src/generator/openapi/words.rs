//! What to write instead of words that OpenAPI does not have.

/// Returns what to do about a word of Swagger 2 or of another language, or about a key that is missing.
pub fn instead_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "body" => "describe it as the `requestBody` of the operation",
        "formData" => "describe it as a property of the `requestBody` with `application/x-www-form-urlencoded`",
        "content" => "write `content: {application/json: {schema: …}}`",
        "file" => "write `type: string` and `format: binary`",
        "any" => "remove `type` to allow any value",
        "date" => "write `type: string` and `format: date`",
        "datetime" | "date-time" | "timestamp" => "write `type: string` and `format: date-time`",
        "uuid" => "write `type: string` and `format: uuid`",
        _ => return None,
    })
}
