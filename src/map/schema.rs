//! The JSON Schema of maps, for editors that complete and explain keys.
//!
//! It is written by hand, because what it says of a key is for people who write maps; a test
//! holds its keys to those that are decoded. It knows less than [`super::read`]: references,
//! sums and the flow are beyond a schema.

/// The schema of a map.
pub const SCHEMA: &str = include_str!("schema.json");

/// The schema of a section `survey` in a file of its own.
///
/// # Errors
///
/// Never, as long as [`SCHEMA`] is JSON with the definitions that its test asks for.
pub fn survey_schema() -> serde_json::Result<serde_json::Value> {
    let mut whole: serde_json::Value = serde_json::from_str(SCHEMA)?;
    let mut survey = serde_json::json!({
        "$schema": whole["$schema"].take(),
        "title": "touchmap survey",
        "$ref": "#/$defs/survey",
    });
    survey["$defs"] = whole["$defs"].take();
    Ok(survey)
}
