//! Scores, why touchpoints stand out, and actions as tables, for spreadsheets.

use crate::diagram::Standing;
use crate::exchange::inert;
use crate::model::{Action, Analysis, Journey, Score, Status, TouchpointIndex};

use super::action;
use super::context::Context;
use super::options::ReportOptions;
use super::subject;
use super::wording::{evidence, legend};

/// A cell.
pub(super) enum Cell {
    Empty,
    Text(String),
    /// A name, in bold.
    Name(String),
    /// With so many decimals, where they are shown.
    #[cfg_attr(not(feature = "xlsx"), expect(dead_code, reason = "CSV has all of them"))]
    Number(f64, usize),
    /// A score, on the tint of its band.
    Score(f64),
    /// A share, in percent.
    Share(f64),
    /// A change, with its sign.
    Change(f64),
    /// A day, as `2025-03-31`.
    Day(String),
}

/// A table of cells.
pub(super) struct Table {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// What a table is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableOf {
    /// Why touchpoints stand out, a reason in each row.
    Findings,
    /// The action plan.
    Actions,
}

/// A table as CSV in the language of `options`; numbers are unrounded, and no text is a formula.
///
/// # Errors
///
/// None that a vector can give; the type is the writer's.
pub fn csv_table(
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
    of: TableOf,
) -> Result<Vec<u8>, csv::Error> {
    let analysis = &analysis.as_shown();
    let context = &Context::new(journey, analysis, &options.language).on(options.as_of);
    let table = match of {
        TableOf::Findings => findings(context),
        TableOf::Actions => actions(context),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&table.head)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(Cell::plain))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

impl Cell {
    /// The cell as text that no spreadsheet takes for a formula.
    fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Name(text) | Self::Day(text) => {
                inert(text).into_owned()
            }
            Self::Number(number, _)
            | Self::Score(number)
            | Self::Share(number)
            | Self::Change(number) => number.to_string(),
        }
    }
}

fn words(context: &Context<'_>, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| context.locale.word(key)).collect()
}

fn maybe(value: Option<f64>, cell: impl Fn(f64) -> Cell) -> Cell {
    value.map_or(Cell::Empty, cell)
}

/// A row for everybody, and one for each touchpoint.
#[cfg_attr(not(feature = "xlsx"), expect(dead_code, reason = "only workbooks have it"))]
pub(super) fn scores(context: &Context<'_>) -> Table {
    let rows = (0..context.subject.marks.len()).filter_map(|at| touchpoint(context, at));
    let rows = std::iter::once(everybody(context)).chain(rows).collect();
    Table { head: score_head(context), rows }
}

fn score_head(context: &Context<'_>) -> Vec<String> {
    let mut head = words(
        context,
        &[
            "workbook.code",
            "col.touchpoint",
            "col.stage",
            "col.owner",
            "col.n",
            "col.score",
        ],
    );
    let ci = context.locale.word("col.ci");
    head.extend(
        [&ci, &ci].into_iter().zip(["↓", "↑"]).map(|(ci, end)| [ci, " ", end].concat()),
    );
    let baseline = context.analysis.baseline.as_deref();
    head.push(match baseline {
        Some(wave) => context.locale.say("col.against", &[("wave", wave)]),
        None => context.locale.word("col.change"),
    });
    head.extend(words(
        context,
        &[
            "workbook.satisfied",
            "workbook.dissatisfied",
            "col.reached",
            "col.importance",
            "col.lift",
            "col.flags",
        ],
    ));
    head
}

fn everybody(context: &Context<'_>) -> Vec<Cell> {
    let overall = &context.analysis.overall;
    let mut row = vec![
        Cell::Empty,
        Cell::Name(context.locale.word("summary.overall")),
        Cell::Empty,
        Cell::Empty,
    ];
    row.extend(of_score(context, overall));
    let change = context.analysis.overall_change.as_ref();
    row.push(maybe(change.map(|it| it.points), Cell::Change));
    row.extend(shares(overall));
    row
}

fn touchpoint(context: &Context<'_>, at: usize) -> Option<Vec<Cell>> {
    let mark = context.subject.marks.get(at)?;
    let result = context.result(at)?;
    let touchpoint = context.journey.touchpoints.get(at)?;
    let stage = context.journey.stages.get(touchpoint.stage.0);
    let text =
        |text: Option<&str>| text.map_or(Cell::Empty, |it| Cell::Text(it.to_owned()));
    let mut row = vec![
        Cell::Text(mark.code.clone()),
        Cell::Name(mark.name.clone()),
        text(stage.map(|it| context.text(&it.name))),
        text(touchpoint.owner.as_ref().map(|it| context.text(it))),
    ];
    row.extend(of_score(context, &result.score));
    row.push(maybe(result.change.as_ref().map(|it| it.points), Cell::Change));
    row.extend(shares(&result.score));
    row.push(maybe(result.reach, Cell::Share));
    let share = result.importance.as_ref().and_then(|it| it.share);
    row.push(maybe(share, Cell::Share));
    let lift = result.lift.as_ref().map(|it| it.overall_points);
    row.push(maybe(lift, |it| Cell::Number(it, 1)));
    let flags: Vec<String> =
        mark.flags.iter().map(|it| legend::flag(context, *it)).collect();
    row.push(Cell::Text(flags.join(&context.locale.word("list.flags"))));
    Some(row)
}

/// Answers, score and interval; of a score that is not shown, why.
fn of_score(context: &Context<'_>, score: &Score) -> [Cell; 4] {
    let why = match subject::standing(context, Some(score), 1) {
        Standing::Absent(why) => Cell::Text(why),
        Standing::Scored { points, .. } => Cell::Score(points),
    };
    if score.status != Status::Scored {
        return [Cell::Empty, why, Cell::Empty, Cell::Empty];
    }
    #[expect(clippy::cast_precision_loss, reason = "answers are far fewer than 2⁵³")]
    let n = score.n.map(|it| it as f64);
    let end =
        |at: usize| maybe(score.points_ci.map(|it| it[at]), |it| Cell::Number(it, 1));
    [maybe(n, |it| Cell::Number(it, 0)), why, end(0), end(1)]
}

fn shares(score: &Score) -> [Cell; 2] {
    [&score.satisfied, &score.dissatisfied]
        .map(|it| maybe(it.as_ref().map(|it| it.share), Cell::Share))
}

/// Why touchpoints stand out, a reason in each row, in the order of the map.
pub(super) fn findings(context: &Context<'_>) -> Table {
    let head = words(
        context,
        &[
            "workbook.code",
            "col.touchpoint",
            "col.score",
            "workbook.finding",
            "workbook.evidence",
            "workbook.test",
        ],
    );
    let marks = context.subject.marks.iter().enumerate();
    let rows = marks.flat_map(|(at, mark)| {
        let points = mark.standing.points();
        evidence::standing_out(context, at).into_iter().map(move |reason| {
            let [heading, text, note] = reason.into_parts();
            let heading = heading.trim_end_matches([':', '：', ' ']).to_owned();
            vec![
                Cell::Text(mark.code.clone()),
                Cell::Name(mark.name.clone()),
                maybe(points, Cell::Score),
                Cell::Text(heading),
                Cell::Text(text),
                Cell::Text(note),
            ]
        })
    });
    Table { head, rows: rows.collect() }
}

/// The action plan, under who answers for it.
pub(super) fn actions(context: &Context<'_>) -> Table {
    let head = words(
        context,
        &[
            "col.owner",
            "col.action",
            "col.touchpoint",
            "col.due",
            "col.status",
            "actions.late",
            "col.expected",
            "col.outcome",
            "col.change",
        ],
    );
    let mut actions = action::ordered(context);
    let owner = |it: &Action| it.owner.as_ref().map(|text| context.text(text).to_owned());
    actions.sort_by_key(|it| owner(it));
    let rows = actions.into_iter().map(|it| {
        let touchpoint = it.touchpoint.map(|TouchpointIndex(at)| context.named(at));
        let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
        let late = action::is_late(context, it);
        let outcome = action::result(context, &it.id);
        let change = outcome.and_then(|it| it.change.as_ref());
        vec![
            text(owner(it)),
            Cell::Name(context.text(&it.name).to_owned()),
            text(touchpoint),
            it.due.clone().map_or(Cell::Empty, Cell::Day),
            text(it.status.as_ref().map(|it| context.text(it).to_owned())),
            text(late.then(|| context.locale.word("actions.late"))),
            maybe(it.expected, Cell::Change),
            text(action::outcome_text(context, &it.id)),
            maybe(change.map(|it| it.points), Cell::Change),
        ]
    });
    Table { head, rows: rows.collect() }
}
