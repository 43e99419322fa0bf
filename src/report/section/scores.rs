//! How does every touchpoint score?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::Standing;
use crate::model::Scale;

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
    icon: Value,
    flags: Vec<KeyView>,
    n: Option<String>,
    plot: Value,
    score: Option<String>,
    half: Option<String>,
    interval: Option<String>,
    /// Why there is no score, or what limits it.
    remark: Option<String>,
    bar: Option<BarView>,
    change: Option<ChangeView>,
}

/// How customers rated.
#[derive(Serialize)]
struct BarView {
    picture: Value,
    words: String,
}

/// A change.
#[derive(Serialize)]
struct ChangeView {
    text: String,
    verdict: &'static str,
    sentence: String,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let marks = &context.subject.marks;
    if marks.iter().all(|mark| mark.standing.points().is_none()) {
        return Built::LeftOut(context.locale.word("left_out.scores"));
    }
    let axis = DotAxis::new(&context.subject);
    let classes: Vec<Option<Classes>> =
        (0..marks.len()).map(|at| rated(context, at)).collect();
    let known: Vec<Classes> = classes.iter().flatten().copied().collect();
    let bars = BarAxis::new(&known);
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
                    let bar = classes.get(at).copied().flatten().map(|it| BarView {
                        picture: bars.bar(&it),
                        words: likert::words(context, &it),
                    });
                    row(context, at, axis, bar)
                })
                .collect(),
        })
        .collect();
    Built::Shown(context! {
        title => title::scores(context),
        keys => value(map::keys(context)),
        ticks => axis.ticks(),
        stages => value(stages),
        rated => !known.is_empty(),
        baseline => context.analysis.baseline.as_ref().filter(|_| {
            context.analysis.touchpoints.iter().any(|it| it.change.is_some())
        }),
        target => context.subject.target.1.clone(),
    })
}

/// The answers of the touchpoint at `at` by class; `None` when they are not shown.
fn rated(context: &Context<'_>, at: usize) -> Option<Classes> {
    let score = &context.result(at)?.score;
    score.points?;
    let survey = context.journey.survey.as_ref();
    let scale = survey
        .and_then(|survey| Some(survey.questions.get(at)?.scale.clone()))
        .unwrap_or_else(Scale::one_to_ten);
    likert::classes(score, &scale)
}

fn row(
    context: &Context<'_>,
    at: usize,
    axis: DotAxis,
    bar: Option<BarView>,
) -> Option<RowView> {
    let mark = context.subject.marks.get(at)?;
    let result = context.result(at);
    let score = result.map(|it| &it.score);
    let (text, remark) = match subject::standing(context, score, 1) {
        Standing::Scored { text, low, .. } => (Some(text), low),
        Standing::Absent(why) => (None, Some(why)),
    };
    let shown = score.filter(|_| text.is_some());
    let change = result.and_then(|it| it.change.as_ref()).map(|it| ChangeView {
        text: number::change(it.points),
        verdict: change::verdict(it, context.journey.rules.alpha).id(),
        sentence: change::sentence(context, it),
    });
    Some(RowView {
        code: mark.code.clone(),
        name: mark.name.clone(),
        icon: map::icon(mark),
        flags: mark.flags.iter().map(|flag| map::flag_key(context, *flag)).collect(),
        n: shown.and_then(|it| it.n).map(number::count),
        plot: axis.plot(&mark.standing, mark.own_target),
        half: shown.and_then(|it| it.points_ci).map(number::half_width),
        interval: shown.and_then(|it| it.points_ci).map(number::interval),
        score: text,
        remark,
        bar,
        change,
    })
}
