//! What is to be added to a map, as text.

use super::graft::{Addition, Line};

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Quotes only where they are needed.
    Yaml,
    /// As JSON, which is YAML as well.
    Json,
}

impl Look {
    /// A key and its value on one line.
    pub(super) fn entry(self, key: &str, value: &str) -> String {
        format!("{}: {value}", self.text(key))
    }

    /// A text, in quotes where it needs them.
    pub(super) fn text(self, text: &str) -> String {
        if self == Self::Yaml && is_plain(text) {
            return text.to_owned();
        }
        serde_json::Value::from(text).to_string()
    }
}

/// These lines, so many blanks in.
pub(super) fn lines(lines: &[Line], indent: usize, look: Look) -> Vec<String> {
    let mut written = Vec::new();
    for line in lines {
        match line {
            Line::Perhaps(key, value, why) => {
                let entry = look.entry(key, &flow(value, look));
                written.push(format!("{:indent$}# {entry}  # {why}", ""));
            }
            Line::Entry(key, Addition::Block(inner)) => {
                let remarks = inner.iter().all(|it| matches!(it, Line::Perhaps(..)));
                let (head, deeper) = if remarks { ("# ", 0) } else { ("", indent + 2) };
                written.push(format!("{:indent$}{head}{}:", "", look.text(key)));
                let inner = self::lines(inner, deeper, look);
                written.extend(inner.into_iter().map(|it| {
                    if remarks {
                        format!("{:indent$}#   {}", "", it.trim_start_matches("# "))
                    } else {
                        it
                    }
                }));
            }
            Line::Entry(key, Addition::Items(items)) => {
                written.push(format!("{:indent$}{}:", "", look.text(key)));
                let deeper = indent + 2;
                let item = |it: &Addition| format!("{:deeper$}- {}", "", flow(it, look));
                written.extend(items.iter().map(item));
            }
            Line::Entry(key, value) => {
                let entry = look.entry(key, &flow(value, look));
                written.push(format!("{:indent$}{entry}", ""));
            }
        }
    }
    written
}

/// A value on one line.
pub(super) fn flow(value: &Addition, look: Look) -> String {
    let all = |items: &[Addition]| {
        items.iter().map(|it| flow(it, look)).collect::<Vec<_>>().join(", ")
    };
    match value {
        Addition::Text(text) => look.text(text),
        Addition::Number(number) => number.clone(),
        Addition::List(items) | Addition::Items(items) => format!("[{}]", all(items)),
        Addition::Mapping(entries) => {
            let entry =
                |(key, value): &(String, Addition)| look.entry(key, &flow(value, look));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Addition::Block(lines) => {
            let entries = lines.iter().filter_map(|it| match it {
                Line::Entry(key, value) => Some(look.entry(key, &flow(value, look))),
                Line::Perhaps(..) => None,
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a text stays what it is without quotes, on a line and inside brackets.
fn is_plain(text: &str) -> bool {
    const FIRST: &str = "-?:,[]{}#&*!|>'\"%@`~=<";
    let Some(first) = text.chars().next() else { return false };
    let null = matches!(text, "null" | "Null" | "NULL");
    // Other readers of YAML than ours would take these for numbers, times or truth, and write
    // them back as something else; a year stays what it is.
    let digits = text.bytes().all(|it| it.is_ascii_digit());
    let is_year = digits && text.len() <= 4 && !(text.len() > 1 && first == '0');
    let signs = |it: char| it.is_ascii_hexdigit() || "xXoO_+.:-TZ".contains(it);
    let numeric = first.is_ascii_digit() || "+.".contains(first);
    let number = numeric && text.chars().all(signs) && !is_year;
    let truth = ["true", "false", "yes", "no", "on", "off", "y", "n"];
    let truth = truth.contains(&text.to_lowercase().as_str());
    let inside = |it: char| ",[]{}\\".contains(it) || it.is_control() || it == '\u{feff}';
    !null
        && !number
        && !truth
        && !FIRST.contains(first)
        && text.trim() == text
        && !text.contains(inside)
        && !text.contains(['\u{2028}', '\u{2029}', '\u{85}'])
        // Inside brackets, readers differ in what may follow it.
        && !text.contains(':')
        && !text.contains(" #")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_has_them() {
        for plain in ["Q1", "年份", "Q7_1. 您满意吗？", "survey 2024.csv", "2024"]
        {
            assert_eq!(Look::Yaml.text(plain), plain);
        }
        for quoted in [
            "#17",
            "a:b",
            "a:?",
            "a: b",
            "",
            "a,b",
            "yes",
            "~",
            " a",
            "- x",
            "(a) # b",
            "x:",
            "{x}",
            "+0",
            "1.50",
            "007",
            "1e3",
            "0x1f",
            "12:30",
            "1_000",
            "2025-03-01",
        ] {
            assert_eq!(Look::Yaml.text(quoted), format!("\"{quoted}\""));
        }
        assert_eq!(Look::Yaml.text("a\nb"), "\"a\\nb\"");
        assert_eq!(Look::Json.text("Q1"), "\"Q1\"");
    }

    #[test]
    fn a_block_of_remarks_alone_is_a_remark() {
        let block = |inner: Vec<Line>| {
            [Line::Entry("columns".to_owned(), Addition::Block(inner))]
        };
        let text = |it: &str| Addition::Text(it.to_owned());
        let remark = Line::Perhaps("door".to_owned(), text("Q1"), "0.45".to_owned());
        assert_eq!(
            lines(&block(vec![remark.clone()]), 2, Look::Yaml),
            ["  # columns:", "  #   door: Q1  # 0.45"]
        );
        let entry = Line::Entry("till".to_owned(), text("Q2"));
        assert_eq!(
            lines(&block(vec![entry, remark]), 2, Look::Yaml),
            ["  columns:", "    till: Q2", "    # door: Q1  # 0.45"]
        );
    }
}
