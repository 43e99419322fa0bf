//! How does every touchpoint score?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::Standing;
use crate::model::{Importance, Scale};

use super::super::bar::Bar;
use super::super::card::Cards;
use super::super::context::Context;
use super::super::dot::DotAxis;
use super::super::likert::{self, BarAxis, Classes};
use super::super::wording::{change, title};
use super::super::{number, subject};
use super::map::{self, KeyView};
use super::{Built, LeftOut, value};

/// The rows of a stage.
#[derive(Serialize)]
struct StageView {
    number: usize,
    name: String,
    rows: Vec<RowView>,
}

/// A touchpoint.
#[derive(Serialize)]
struct RowView {
    code: String,
    name: String,
    /// Whether it has a card, which then is where its links lead.
    card: bool,
    icon: Value,
    flags: Vec<KeyView>,
    keys: SortKeys,
    n: Option<String>,
    plot: Value,
    score: Option<String>,
    half: Option<String>,
    interval: Option<String>,
    /// Why there is no score, or what limits it.
    remark: Option<String>,
    bar: Option<BarView>,
    change: Option<ChangeView>,
    importance: Option<ImportanceView>,
}

/// What the script sorts by; of what is not shown there is nothing to sort by.
#[derive(Serialize)]
struct SortKeys {
    /// Place in the map.
    place: usize,
    n: Option<u64>,
    points: Option<String>,
    change: Option<String>,
    importance: Option<String>,
}

/// A share of importance, and its bar on an axis that all share.
#[derive(Serialize)]
struct ImportanceView {
    text: String,
    interval: Option<String>,
    bar: Value,
}

/// How customers rated.
#[derive(Serialize)]
struct BarView {
    /// None in a long table, where numbers alone are shown.
    picture: Option<Value>,
    words: String,
}

/// A change.
#[derive(Serialize)]
struct ChangeView {
    text: String,
    verdict: &'static str,
    sentence: String,
}

/// What all rows share.
struct Frame {
    axis: DotAxis,
    bars: BarAxis,
    /// Whether bars are drawn, and not only said.
    draws: bool,
    /// Where the axis of importance ends.
    most: f64,
    cards: Cards,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let marks = &context.subject.marks;
    if marks.iter().all(|mark| mark.standing.points().is_none()) {
        return Built::LeftOut(context.locale.word("left_out.scores"));
    }
    let classes: Vec<Option<Classes>> =
        (0..marks.len()).map(|at| rated(context, at)).collect();
    let known: Vec<Classes> = classes.iter().flatten().copied().collect();
    let frame = Frame {
        axis: DotAxis::new(&context.subject),
        bars: BarAxis::new(&known),
        draws: !context.subject.is_large(),
        most: most(context),
        cards: Cards::new(context),
    };
    let stages: Vec<StageView> = context
        .subject
        .stages
        .iter()
        .map(|stage| StageView {
            number: stage.number,
            name: stage.name.clone(),
            rows: stage
                .marks
                .clone()
                .filter_map(|at| {
                    row(context, at, (&frame, classes.get(at).copied().flatten()))
                })
                .collect(),
        })
        .collect();
    Built::Shown(context! {
        title => title::scores(context),
        keys => value(map::keys(context)),
        ticks => frame.axis.ticks(),
        stages => value(stages),
        rated => !known.is_empty(),
        bars => frame.draws,
        stage_ids => context.subject.is_large(),
        important => frame.most > 0.0,
        baseline => context.analysis.baseline.as_ref().filter(|_| {
            context.analysis.touchpoints.iter().any(|it| it.change.is_some())
        }),
        deck => context.locale.say(
            "scores.deck",
            &[("target", &context.subject.target.1)],
        ),
    })
}

/// The answers of the touchpoint at `at` by class; `None` when they are not shown.
pub(super) fn rated(context: &Context<'_>, at: usize) -> Option<Classes> {
    let score = &context.result(at)?.score;
    score.points?;
    let survey = context.journey.survey.as_ref();
    let scale = survey
        .and_then(|survey| Some(survey.questions.get(at)?.scale.clone()))
        .unwrap_or_else(Scale::one_to_ten);
    likert::classes(score, &scale)
}

/// The largest end of an interval of importance; 0 where importance cannot be had.
fn most(context: &Context<'_>) -> f64 {
    let all = context.analysis.touchpoints.iter();
    all.filter_map(|it| {
        let importance = it.importance.as_ref()?;
        Some(importance.ci.map_or(importance.share?, |[_, high]| high))
    })
    .fold(0.0, f64::max)
}

fn row(
    context: &Context<'_>,
    at: usize,
    (frame, classes): (&Frame, Option<Classes>),
) -> Option<RowView> {
    let mark = context.subject.marks.get(at)?;
    let result = context.result(at);
    let score = result.map(|it| &it.score);
    let (text, remark) = match subject::standing(context, score, 1) {
        Standing::Scored { text, low, .. } => (Some(text), low),
        Standing::Absent(why) => (None, Some(why)),
    };
    let shown = score.filter(|_| text.is_some());
    let change = result.and_then(|it| it.change.as_ref());
    let importance = result.and_then(|it| it.importance.as_ref());
    Some(RowView {
        code: mark.code.clone(),
        name: mark.name.clone(),
        card: frame.cards.has(at),
        icon: map::icon(mark),
        flags: mark.flags.iter().map(|flag| map::flag_key(context, *flag)).collect(),
        keys: SortKeys {
            place: at,
            n: shown.and_then(|it| it.n),
            points: shown.and_then(|it| it.points).map(machine),
            change: change.map(|it| machine(it.points)),
            importance: importance.and_then(|it| it.share).map(machine),
        },
        n: shown.and_then(|it| it.n).map(number::count),
        plot: frame.axis.plot(&mark.standing, mark.own_target),
        half: shown.and_then(|it| it.points_ci).map(number::half_width),
        interval: shown.and_then(|it| it.points_ci).map(number::interval),
        score: text,
        remark,
        bar: classes.map(|it| BarView {
            picture: frame.draws.then(|| frame.bars.bar(&it)),
            words: if frame.draws {
                likert::words(context, &it)
            } else {
                likert::numbers(&it)
            },
        }),
        change: change.map(|it| ChangeView {
            text: number::change(it.points),
            verdict: change::verdict(it, context.journey.rules.alpha).id(),
            sentence: change::sentence(context, it),
        }),
        importance: importance.and_then(|it| importance_view(it, frame.most)),
    })
}

/// A number for the script: fine enough to tell apart what is shown.
fn machine(number: f64) -> String {
    format!("{number:.4}")
}

fn importance_view(importance: &Importance, most: f64) -> Option<ImportanceView> {
    let share = importance.share?;
    Some(ImportanceView {
        text: number::percent(share),
        interval: importance.ci.map(number::percent_interval),
        bar: Bar::Thick.draw(share, importance.ci, most),
    })
}
