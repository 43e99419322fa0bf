//! A JSON value as YAML that people like to edit: blocks outside, short entries in a line.

use std::fmt::Write as _;

use serde_json::Value;

/// `value` as a YAML document.
pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    if let Value::Object(entries) = value {
        for (key, value) in entries {
            entry(&mut text, key, value, 0);
        }
    }
    text
}

/// Widest entry that is written in one line, in characters.
const WIDE: usize = 100;

fn entry(text: &mut String, key: &str, value: &Value, indent: usize) {
    let pad = " ".repeat(indent);
    let short = flow(value);
    let nested = matches!(value, Value::Array(items) if items.iter().any(Value::is_object))
        || short.chars().count() + indent + key.len() > WIDE;
    // Writing to a string cannot fail.
    let _ = match value {
        Value::Array(items) if nested && !items.is_empty() => {
            let _ = writeln!(text, "{pad}{}:", scalar(key));
            for it in items {
                item(text, it, indent + 2);
            }
            Ok(())
        }
        Value::Object(entries) if nested && !entries.is_empty() => {
            let _ = writeln!(text, "{pad}{}:", scalar(key));
            for (key, it) in entries {
                entry(text, key, it, indent + 2);
            }
            Ok(())
        }
        _ => writeln!(text, "{pad}{}: {short}", scalar(key)),
    };
}

fn item(text: &mut String, value: &Value, indent: usize) {
    let pad = " ".repeat(indent);
    let short = flow(value);
    let nests = |value: &Value| matches!(value, Value::Array(all) if all.iter().any(Value::is_object));
    match value {
        Value::Object(entries)
            if short.chars().count() + indent > WIDE || entries.values().any(nests) =>
        {
            let mut inner = String::new();
            for (key, it) in entries {
                entry(&mut inner, key, it, indent + 2);
            }
            let rest = inner.get(indent + 2..).unwrap_or_default();
            let _ = write!(text, "{pad}- {rest}");
        }
        _ => {
            let _ = writeln!(text, "{pad}- {short}");
        }
    }
}

/// `{a: 1, b: [x, y]}`
fn flow(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, it)| format!("{}: {}", scalar(key), flow(it)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => scalar(text),
        other => other.to_string(),
    }
}

/// Plain where nobody could read it otherwise, else in double quotes: JSON's escapes are
/// YAML's, and line breaks that only YAML knows are written as escapes too.
fn scalar(text: &str) -> String {
    let first = text.chars().next();
    let word = first.is_some_and(char::is_alphabetic)
        && text.chars().all(|it| it.is_alphanumeric() || matches!(it, ' ' | '_' | '-'))
        && !text.ends_with(' ');
    // What is a truth value or nothing to some reader of YAML.
    let meant =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    if word && !meant.contains(&text.to_lowercase().as_str()) {
        return text.to_owned();
    }
    let quoted = Value::from(text).to_string();
    let mut safe = String::new();
    for letter in quoted.chars() {
        match letter {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                let _ = write!(safe, "\\u{:04x}", u32::from(letter));
            }
            // Readers of YAML refuse these even in quotes; they stand for nothing.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}
