//! The pages of reference, made of what the program knows of itself.

use std::fs;

use clap::{Arg, Command};
use serde_json::Value;
use touchmap::{diag::CODES, rule::RULES};

use super::updating;
use crate::shared::root;

fn same(name: &str, made: &str) {
    let path = root().join("docs/guide/src/reference").join(name);
    if updating() {
        fs::write(&path, made).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == made,
        "{} is not what the program says of itself: UPDATE_GOLDEN=1 writes it",
        path.display()
    );
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace('|', "\\|").replace('<', "&lt;")
}

#[test]
fn every_command_and_option_is_in_the_reference() {
    let mut page = "# Commands\n\nOptions of every command: `--color auto|always|never`, \
        `--quiet` (only results and problems), `--help`. `-` is standard input or output.\n\n\
        Exit codes: 0 done; 1 done, and a finding reached `--fail-on`; 2 bad usage or bad input; 3 \
        the world failed (a file, a disk, a right); 101 our bug.\n"
        .to_owned();
    let mut program = touchmap::cli::command();
    program.build();
    for command in program.get_subcommands().filter(|it| it.get_name() != "help") {
        page.push_str(&of_command(command));
    }
    same("commands.md", &page);
}

fn of_command(command: &Command) -> String {
    let name = command.get_name();
    let about = command.get_long_about().or(command.get_about()).unwrap().to_string();
    let mut text = format!("\n## touchmap {name}\n\n{about}\n\n");
    let own = |it: &&Arg| {
        !it.is_hide_set() && !["help", "color", "quiet"].contains(&it.get_id().as_str())
    };
    text.push_str("| argument | |\n| --- | --- |\n");
    for argument in command.get_arguments().filter(own) {
        text.push_str(&format!("| {} | {} |\n", usage(argument), cell(&help(argument))));
    }
    text
}

/// How an argument is written.
fn usage(argument: &Arg) -> String {
    let values = argument.get_value_names().unwrap_or_default();
    let mut value =
        values.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" ");
    let flag = argument.get_action().takes_values();
    if argument.get_num_args().is_some_and(|it| it.max_values() > 1)
        || (argument.is_positional()
            && matches!(argument.get_action(), clap::ArgAction::Append))
    {
        value.push('…');
    }
    let long = argument.get_long().map(|it| format!("`--{it}`"));
    let short = argument.get_short().map(|it| format!("`-{it}`"));
    let name: Vec<String> = short.into_iter().chain(long).collect();
    match (name.is_empty(), flag) {
        (true, _) => value,
        (false, false) => name.join(", "),
        (false, true) => format!("{} {value}", name.join(", ")),
    }
    .replace('|', "\\|")
}

fn help(argument: &Arg) -> String {
    let help = argument.get_long_help().or(argument.get_help());
    let mut text = help.map(ToString::to_string).unwrap_or_default();
    let values: Vec<_> = argument
        .get_possible_values()
        .iter()
        .filter(|it| !it.is_hide_set())
        .map(|it| format!("`{}`", it.get_name()))
        .collect();
    if !values.is_empty() && argument.get_action().takes_values() {
        text.push_str(&format!(" ({})", values.join(", ")));
    }
    let defaults = argument.get_default_values();
    let defaults: Vec<_> = defaults.iter().map(|it| it.to_string_lossy()).collect();
    if !defaults.is_empty() && argument.get_action().takes_values() {
        text.push_str(&format!(" [default: {}]", defaults.join(" ")));
    }
    text
}

#[test]
fn every_code_and_rule_is_in_the_reference() {
    let mut page = "# Codes\n\nWhat a problem, a warning, a note or a finding is called. `touchmap \
        explain TM118` says the same. Errors are TM0xx to TM1xx and TM4xx, findings of a report \
        TM2xx, notes TM3xx, warnings of `check` TM6xx.\n\n## Problems, notes and warnings\n\n| code \
        | what it means | what to do |\n| --- | --- | --- |\n"
        .to_owned();
    for it in CODES {
        let (code, name) = (it.code.0, it.name);
        page.push_str(&format!(
            "| {code}<br>`{name}` | {} | {} |\n",
            cell(it.what),
            cell(it.fix)
        ));
    }
    page.push_str("\n## Findings\n");
    for rule in RULES {
        let doc = rule.doc();
        page.push_str(&format!(
            "\n### {} {}\n\n{}\n\n*Why it matters.* {}\n\n*What to do.* {}\n",
            doc.code,
            doc.id.replace('_', " "),
            doc.what,
            doc.why,
            doc.fix
        ));
    }
    same("codes.md", &page);
}

#[test]
fn every_key_of_a_map_is_in_the_reference() {
    let schema: Value = serde_json::from_str(
        &fs::read_to_string(root().join("src/map/schema.json")).unwrap(),
    )
    .unwrap();
    let mut page = format!(
        "# The map\n\n{} The names of keys are those of the schema that editors read: `touchmap schema \
         map`. A key in bold must be there.\n",
        schema["description"].as_str().unwrap()
    );
    page.push_str(&table("The whole", &schema));
    let defs = schema["$defs"].as_object().unwrap();
    let mut values = "\n## Values\n\n| | is | |\n| --- | --- | --- |\n".to_owned();
    for (name, of) in defs.iter().filter(|(name, _)| !name.starts_with("optional_")) {
        let words = name.replace('_', " ");
        match mapping(of) {
            Some(mapping) => {
                let title = words[..1].to_uppercase() + &words[1..];
                page.push_str(&table(&title, mapping));
            }
            None => {
                let what = cell(of["description"].as_str().unwrap_or_default());
                let form = cell(&form(of));
                let anchor = name.replace('_', "-");
                values.push_str(&format!(
                    "| <a id=\"{anchor}\"></a>{words} | {form} | {what} |\n"
                ));
            }
        }
    }
    page.push_str(&values);
    same("map.md", &page);
}

/// The form of something that is a mapping with keys of its own.
fn mapping(of: &Value) -> Option<&Value> {
    let forms = of["anyOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    [of].into_iter().chain(forms).find(|it| it["properties"].is_object())
}

fn table(title: &str, of: &Value) -> String {
    let mut text = format!("\n## {title}\n\n| key | is | |\n| --- | --- | --- |\n");
    let required = of["required"].as_array().cloned().unwrap_or_default();
    for (key, value) in of["properties"].as_object().unwrap() {
        let key = if required.contains(&Value::from(key.as_str())) {
            format!("**`{key}`**")
        } else {
            format!("`{key}`")
        };
        let mut what = value["description"].as_str().unwrap_or_default().to_owned();
        if let Some(default) = value.get("default").filter(|it| !it.is_null()) {
            what.push_str(&format!(" Default: `{default}`."));
        }
        text.push_str(&format!("| {key} | {} | {} |\n", cell(&form(value)), cell(&what)));
    }
    text
}

/// What a value may be, in a few words.
fn form(of: &Value) -> String {
    if let Some(name) = of["$ref"].as_str().and_then(|it| it.strip_prefix("#/$defs/")) {
        let shown = name.trim_start_matches("optional_");
        return format!("[{}](#{})", shown.replace('_', " "), shown.replace('_', "-"));
    }
    if let Some(values) = of["enum"].as_array() {
        let values = values.iter().filter(|it| !it.is_null());
        let shown = |it: &Value| it.as_str().map_or(it.to_string(), str::to_owned);
        return values
            .map(|it| format!("`{}`", shown(it)))
            .collect::<Vec<_>>()
            .join(", ");
    }
    if let Some(forms) = of["anyOf"].as_array() {
        let forms: Vec<_> =
            forms.iter().filter(|it| it["type"] != "null").map(form).collect();
        return forms.join(", or ");
    }
    let types = match &of["type"] {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    };
    let types = types.iter().filter_map(Value::as_str).filter(|it| *it != "null");
    let of_type = |it: &str| match it {
        "array" => format!("a list: {}", form(&of["items"])),
        "object" if of["additionalProperties"].is_object() => {
            format!("names, each with {}", form(&of["additionalProperties"]))
        }
        "object" => {
            let keys = of["properties"].as_object().into_iter().flatten();
            let keys: Vec<_> = keys.map(|(key, _)| format!("`{key}`")).collect();
            format!("a mapping: {}", keys.join(", "))
        }
        "string" => "text".to_owned(),
        "integer" => "a whole number".to_owned(),
        "number" => match (&of["minimum"], &of["maximum"]) {
            (Value::Null, _) | (_, Value::Null) => "a number".to_owned(),
            (least, most) => format!("a number from {least} to {most}"),
        },
        "boolean" => "`true` or `false`".to_owned(),
        other => other.to_owned(),
    };
    types.map(of_type).collect::<Vec<_>>().join(" or ")
}
