//! What the sheets hold.

use crate::diagram::Standing;
use crate::model::{Action, Score, Status, TouchpointIndex};

use super::super::action;
use super::super::context::Context;
use super::super::subject;
use super::super::wording::{evidence, legend};
use super::{Cell, Table};

fn words(context: &Context<'_>, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| context.locale.word(key)).collect()
}

fn maybe(value: Option<f64>, cell: impl Fn(f64) -> Cell) -> Cell {
    value.map_or(Cell::Empty, cell)
}

/// A row for everybody, and one for each touchpoint.
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
