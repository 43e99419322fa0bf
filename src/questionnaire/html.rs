//! A questionnaire as a page to print or to show.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use serde::Serialize;

use super::item::{Asked, Item, Questionnaire};

const PAGE: &str = include_str!("../../templates/questionnaire/page.html");

/// What the page shows of a question.
#[derive(Serialize)]
struct Row<'a> {
    number: usize,
    name: &'a str,
    text: &'a str,
    optional: bool,
    levels: Vec<String>,
    ends: Option<&'a [String; 2]>,
    not_applicable: Option<&'a str>,
    options: &'a [String],
}

/// Questions that stand together: a stage of the grid, or one alone.
#[derive(Serialize)]
struct Group<'a> {
    stem: Option<&'a str>,
    stage: Option<&'a str>,
    is_grid: bool,
    rows: Vec<Row<'a>>,
}

/// The questionnaires, one after another, as one page that needs nothing else.
///
/// # Errors
///
/// When the template is broken, which a test excludes.
pub fn html(languages: &[Questionnaire]) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page.html", PAGE)?;
    let forms: Vec<Value> = languages
        .iter()
        .map(|it| {
            context! {
                language => it.language.tag(),
                title => it.title.clone(),
                introduction => it.introduction.clone(),
                optional => it.optional.clone(),
                thanks => it.thanks.clone(),
                groups => Value::from(Serde(groups(it))),
            }
        })
        .collect();
    environment.get_template("page.html")?.render(context! { forms => forms })
}

fn groups(questionnaire: &Questionnaire) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut stage: Option<&str> = None;
    let mut in_grid = false;
    for (at, item) in questionnaire.items.iter().enumerate() {
        let continues = in_grid && item.is_row && stage == item.stage.as_deref();
        if !continues {
            let opens = item.is_row && !in_grid;
            groups.push(Group {
                stem: opens.then_some(questionnaire.stem.as_str()),
                stage: item.stage.as_deref().filter(|_| item.is_row),
                is_grid: item.is_row,
                rows: Vec::new(),
            });
        }
        (in_grid, stage) = (item.is_row, item.stage.as_deref());
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(at + 1, item));
        }
    }
    groups
}

fn row(number: usize, item: &Item) -> Row<'_> {
    let mut row = Row {
        number,
        name: &item.column,
        text: &item.text,
        optional: item.optional,
        levels: Vec::new(),
        ends: None,
        not_applicable: None,
        options: &[],
    };
    match &item.asked {
        Asked::Scale { levels, ends, not_applicable } => {
            row.levels = levels.iter().map(f64::to_string).collect();
            row.ends = Some(ends);
            row.not_applicable = not_applicable.as_ref().map(|(words, _)| words.as_str());
        }
        Asked::Choice(options) => row.options = options,
        Asked::Text => {}
    }
    row
}
