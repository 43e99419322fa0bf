//! A questionnaire as Markdown, to read and to discuss.

use super::item::{Asked, Item, Questionnaire};

/// `questionnaire` as Markdown.
#[must_use]
pub fn markdown(questionnaire: &Questionnaire) -> String {
    let title = format!("# {}\n", escaped(&questionnaire.title));
    let mut parts = vec![title, escaped(&questionnaire.introduction) + "\n"];
    let mut stage: Option<&str> = None;
    let mut in_grid = false;
    for (number, item) in (1..).zip(&questionnaire.items) {
        let (text, answers) = (escaped(&item.text), answers(item));
        if item.is_row {
            if !in_grid {
                parts.push(format!("\n## {}", escaped(&questionnaire.stem)));
                stage = None;
            }
            if stage != item.stage.as_deref() {
                stage = item.stage.as_deref();
                let stage = escaped(stage.unwrap_or_default());
                parts.push(format!("\n**{stage}** · {answers}\n"));
            }
            parts.push(format!("{number}. {text} `{}`", item.column));
        } else {
            let optional = if item.optional {
                format!(" ({})", questionnaire.optional)
            } else {
                String::new()
            };
            parts.push(format!("\n## {number}. {text}{optional}\n"));
            parts.push(format!("{answers} `{}`\n", item.column));
        }
        in_grid = item.is_row;
    }
    parts.push(format!("\n{}\n", escaped(&questionnaire.thanks)));
    parts.join("\n")
}

fn answers(item: &Item) -> String {
    match &item.asked {
        Asked::Scale { levels, ends: [low, high], not_applicable } => {
            let levels: Vec<String> = levels.iter().map(f64::to_string).collect();
            let other = not_applicable
                .as_ref()
                .map(|(words, code)| format!(" · {} ({code})", escaped(words)));
            let other = other.unwrap_or_default();
            format!("{} {} {}{other}", escaped(low), levels.join(" "), escaped(high))
        }
        Asked::Choice(options) => {
            let options: Vec<String> =
                options.iter().map(|it| format!("◯ {}", escaped(it))).collect();
            options.join("  \n")
        }
        Asked::Text => "…………".to_owned(),
    }
}

/// Text of the map as text of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}
