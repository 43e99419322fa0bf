//! Diagnostics as SARIF 2.1.0, which code hosts and editors show.

use serde_json::{Value, json};

use super::{CODES, CodeDoc, Place, ProblemRecord, record::SeverityWord};

/// A log of one run: `problems`, and those that are accepted, each with the reason.
#[must_use]
pub fn sarif(
    version: &str,
    problems: &[ProblemRecord],
    silenced: &[(ProblemRecord, String)],
) -> Value {
    let open = problems.iter().map(result);
    let accepted = silenced.iter().map(|(problem, reason)| {
        let mut it = result(problem);
        it["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
        it
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "touchmap",
                "version": version,
                "rules": CODES.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": open.chain(accepted).collect::<Vec<_>>(),
        }],
    })
}

fn rule(doc: &CodeDoc) -> Value {
    json!({
        "id": doc.code.0,
        "name": doc.name,
        "shortDescription": { "text": doc.what },
        "help": { "text": doc.fix },
    })
}

fn result(problem: &ProblemRecord) -> Value {
    let mut result = json!({
        "ruleId": problem.code,
        "level": match problem.severity {
            SeverityWord::Error => "error",
            SeverityWord::Warning => "warning",
        },
        "message": { "text": problem.in_a_line() },
    });
    if let Some(index) = CODES.iter().position(|doc| doc.code.0 == problem.code) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(place) = &problem.place {
        result["locations"] = json!([location(place)]);
    }
    if let Some(related) = &problem.related {
        let mut place = location(&related.place);
        place["message"] = json!({ "text": related.label });
        result["relatedLocations"] = json!([place]);
    }
    result
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.path) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    } })
}

/// A path as a reference that a URI may be: all but what needs no escape is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'/'
            | b'-'
            | b'_'
            | b'.'
            | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    uri
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("maps/购房 1.yaml"), "maps/%E8%B4%AD%E6%88%BF%201.yaml");
    }
}
