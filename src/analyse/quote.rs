//! Which comments are quoted: up to two of each touchpoint, by a rule that is told.
//!
//! The first says what most say: that of a dissatisfied customer where the touchpoint is a pain
//! point, of a satisfied one else, and with the cause that stands out if one has it. The
//! second says the contrary; where nobody does, it is of somebody else. Of several, one of usual
//! length is taken, and of a customer with another value of the segment.

use std::collections::BTreeMap;

use crate::model::{Analysis, Label, Quote};
use crate::survey::tally::{QuestionTally, Variable, WaveTally};
use crate::voice::{Comment, Comments};

use super::score::answers;
use super::view::View;
use super::wave::find;

/// Quotes of a touchpoint.
const QUOTES: usize = 2;

/// Quotes of all touchpoints, in the order of the map.
pub(super) fn quotes(view: &View<'_>, analysis: &Analysis) -> Vec<Quote> {
    let Some(tally) = find(view.tally, view.waves.reported) else { return Vec::new() };
    let mut quotes = Vec::new();
    for (touchpoint, comments) in &tally.comments {
        // Few comments would tell whose they are.
        if comments.count() >= view.journey.rules.suppress_below {
            quotes.extend(of_touchpoint(view, tally, analysis, (*touchpoint, comments)));
        }
    }
    quotes
}

fn of_touchpoint(
    view: &View<'_>,
    tally: &WaveTally,
    analysis: &Analysis,
    (at, comments): (usize, &Comments),
) -> Vec<Quote> {
    let Some(result) = analysis.touchpoints.get(at) else { return Vec::new() };
    if !result.score.is_shown() {
        return Vec::new();
    }
    let bad = result.labels.contains(&Label::PainPoint);
    let trend = if bad { -1 } else { 1 };
    let of_touchpoint = |it: &&crate::model::CauseResult| it.touchpoint == result.id;
    let main = analysis.causes.iter().find(of_touchpoint);
    let main = main.and_then(|it| it.main.as_deref()).filter(|_| bad);
    let causes = &view.journey.causes.causes;
    let main = causes.iter().position(|it| Some(it.id.as_str()) == main);
    let all = comments.by_length();
    let has_main = |it: &&&Comment| main.is_none_or(|main| it.causes.contains(&main));
    let with = |class: i8| all.iter().filter(move |it| it.class == class);
    let first = with(trend).find(has_main).or_else(|| with(trend).next());
    let first = first.or_else(|| all.first());
    let other = |it: &&&Comment| first.is_none_or(|first| it.text != first.text);
    let elsewhere = |it: &&&Comment| first.is_none_or(|first| it.values != first.values);
    let against = || with(-trend).find(elsewhere).or_else(|| with(-trend).next());
    let second = against().or_else(|| all.iter().find(|it| other(it) && elsewhere(it)));
    let chosen = first.into_iter().chain(second.filter(|it| other(it))).take(QUOTES);
    let sources = Sources { view, tally, at };
    chosen
        .map(|it| {
            let (segment, value) = sources.of(&it.values).unzip();
            let named = it.causes.first().copied().filter(|_| it.class < 0);
            let cause = main.filter(|main| it.causes.contains(main)).or(named);
            Quote {
                touchpoint: result.id.clone(),
                text: it.text.clone(),
                answer: it.answer,
                class: it.class,
                cause: cause.and_then(|it| causes.get(it)).map(|it| it.id.clone()),
                segment,
                value,
            }
        })
        .collect()
}

/// Who may be told of.
struct Sources<'a> {
    view: &'a View<'a>,
    tally: &'a WaveTally,
    at: usize,
}

impl Sources<'_> {
    /// The first segment of which the customer has a value that many have who rated the
    /// touchpoint: one value alone, because several together would tell of few.
    fn of(&self, values: &BTreeMap<usize, String>) -> Option<(String, String)> {
        let survey = self.view.journey.survey.as_ref()?;
        let many = |(segment, value): &(&usize, &String)| {
            let of_value = self.tally.segments.get(&(**segment, (*value).clone()));
            let rated = of_value
                .and_then(|it| it.questions.get(&Variable::Touchpoint(self.at)))
                .and_then(|it: &QuestionTally| answers(it));
            rated.is_some_and(|n| {
                crate::stats::real(n) >= self.view.journey.rules.low_base
            })
        };
        let (segment, value) = values.iter().find(many)?;
        Some((survey.segments.get(*segment)?.id.clone(), value.clone()))
    }
}
