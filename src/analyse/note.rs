//! What a reader must know about the data.

use std::collections::BTreeMap;

use crate::diag::Code;
use crate::model::{Analysis, Fact, Note, Rules, Score, Status, TouchpointResult};
use crate::stats::{Z, real, wilson};
use crate::survey::tally::{Distribution, QuestionTally, Variable, WaveTally};

use super::view::{View, is_low_base};
use super::wave::find;
use super::{beside_note, model_note, population};

/// Share of straight-lining from which a reader is warned (METHOD §1.9).
const MUCH_STRAIGHT_LINING: f64 = 0.30;

/// Share of respondents with few answers from which a reader is warned: two or fewer answers
/// say little of a journey, and straight-lining cannot be seen in them.
const MANY_FEW_ANSWERS: f64 = 0.20;

/// Reach under which a touchpoint is not one that everybody meets (METHOD §11.3).
const NEARLY_ALL: f64 = 0.95;

/// Notes on the analysis: first on the whole, then by touchpoint in the order of the map.
pub(super) fn notes(view: &View<'_>, analysis: &Analysis) -> Vec<Note> {
    let mut notes = Vec::new();
    if view.waves.baseline.is_none() {
        notes.push(note(Code::NO_BASELINE, None, "there is no wave to compare with"));
    }
    for wave in [view.waves.baseline, Some(view.waves.reported)].into_iter().flatten() {
        if let Some(tally) = find(view.tally, wave) {
            notes.extend(of_rows(view, wave, tally));
        }
    }
    let of_population = analysis.population.as_ref();
    notes.extend(
        of_population.into_iter().flat_map(|it| population::notes(&analysis.wave, it)),
    );
    notes.extend(of_flow(view, analysis));
    notes.extend(model_note::of_overlap(view));
    notes.extend(straight_lining(analysis));
    notes.extend(few_answers(analysis));
    notes.extend(model_note::of_mix(analysis));
    notes.extend(model_note::of_turned(analysis, &view.journey.rules));
    notes.extend(model_note::of_model(view, analysis));
    notes.extend(of_recommend(view, analysis));
    notes.extend(beside_note::notes(view.journey, analysis));
    for (id, variable) in variables(view) {
        notes.extend(of_question(view, analysis, id, variable));
    }
    notes
}

pub(super) fn note(code: Code, about: Option<&str>, text: impl Into<String>) -> Note {
    Note {
        code: code.0.to_owned(),
        about: about.map(str::to_owned),
        text: text.into(),
        facts: BTreeMap::new(),
    }
}

pub(super) fn with(
    mut note: Note,
    facts: impl IntoIterator<Item = (&'static str, Fact)>,
) -> Note {
    note.facts.extend(facts.into_iter().map(|(key, fact)| (key.to_owned(), fact)));
    note
}

/// A flow that leaves shares open does not tell how often customers meet a touchpoint.
fn of_flow(view: &View<'_>, analysis: &Analysis) -> Option<Note> {
    let unknown = analysis.touchpoints.iter().all(|it| it.visits.is_none());
    let text =
        "some transitions have no share: how many customers take them is not known";
    (view.journey.flow.declared && unknown)
        .then(|| note(Code::SHARE_LEFT_OPEN, None, text))
}

fn of_rows(view: &View<'_>, wave: &str, tally: &WaveTally) -> Vec<Note> {
    let mut notes = Vec::new();
    let Some(rows) = tally.rows else {
        let text = format!("{wave} has only aggregates: what needs rows is left out");
        notes.push(note(Code::AGGREGATES_ONLY, Some(wave), text));
        return notes;
    };
    let planned = view.journey.survey.as_ref().is_some_and(|it| {
        it.weight.is_some() || it.files.iter().any(|file| file.overrides.weight.is_some())
    });
    if planned && rows.used > 0 && rows.weighted == 0 {
        let text = format!("{wave} is unweighted: every respondent counts the same");
        notes.push(note(Code::UNWEIGHTED_WAVE, Some(wave), text));
    }
    if rows.zero_weight > 0 {
        let rows_left_out = if rows.zero_weight == 1 { "row" } else { "rows" };
        let text = format!(
            "{} {rows_left_out} of {wave} with weight 0 left out",
            rows.zero_weight
        );
        let fact = ("rows", Fact::Number(real(rows.zero_weight)));
        notes.push(with(note(Code::ZERO_WEIGHT, Some(wave), text), [fact]));
    }
    notes
}

fn straight_lining(analysis: &Analysis) -> Option<Note> {
    let share = analysis.rows.as_ref()?.straight_lining?;
    (share > MUCH_STRAIGHT_LINING).then(|| {
        let text = format!(
            "{:.0} % of the respondents gave the same answer to everything",
            100.0 * share
        );
        let about = Some(analysis.wave.as_str());
        with(note(Code::STRAIGHT_LINING, about, text), [("share", share.into())])
    })
}

fn few_answers(analysis: &Analysis) -> Option<Note> {
    let share = analysis.rows.as_ref()?.few_answers?;
    // Of a handful of touchpoints it goes without saying that few are rated.
    let asked =
        analysis.touchpoints.iter().filter(|it| it.score.status != Status::Unasked);
    if asked.count() < 6 {
        return None;
    }
    (share > MANY_FEW_ANSWERS).then(|| {
        let text = format!(
            "{:.0} % of the respondents rated fewer than three touchpoints",
            100.0 * share
        );
        let about = Some(analysis.wave.as_str());
        with(note(Code::FEW_ANSWERS, about, text), [("share", share.into())])
    })
}

fn of_recommend(view: &View<'_>, analysis: &Analysis) -> Option<Note> {
    let asked = analysis.recommend.status != Status::Unasked;
    let ruler = view.ruler(Variable::Recommend, view.waves.reported);
    let (min, max) = (ruler.scale().min(), ruler.scale().max());
    (asked && !ruler.scale().is_zero_to_ten()).then(|| {
        let text = format!(
            "the recommend question has the scale {min}–{max}, not 0–10: its balance of top \
             and bottom answers is called a net score, not NPS"
        );
        let facts = [("min", min.into()), ("max", max.into())];
        with(note(Code::NOT_NPS, Some("recommend"), text), facts)
    })
}

/// Overall satisfaction and every touchpoint, by id.
fn variables<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a str, Variable)> {
    let touchpoints = view.journey.touchpoints.iter().enumerate();
    std::iter::once(("overall", Variable::Overall))
        .chain(touchpoints.map(|(at, it)| (it.id.as_str(), Variable::Touchpoint(at))))
}

fn of_question(
    view: &View<'_>,
    analysis: &Analysis,
    id: &str,
    variable: Variable,
) -> Vec<Note> {
    let wave = view.waves.reported;
    let result = analysis.touchpoints.iter().find(|it| it.id == id);
    let score = result.map_or(&analysis.overall, |it| &it.score);
    let mut notes = Vec::new();
    let mut add = |code, text: String| notes.push(note(code, Some(id), text));
    if let Some((code, text)) = of_score(score, &view.journey.rules) {
        add(code, format!("{id} {text} in {wave}"));
    }
    let question = view.question(variable, wave);
    let rows = find(view.tally, wave).is_some_and(|it| it.rows.is_some());
    if question.is_some_and(is_aggregate) && rows {
        add(Code::AGGREGATES_ONLY, format!("{id} is known from aggregates only"));
    }
    let before = view.waves.baseline.and_then(|from| view.question(variable, from));
    let changed = question.and(before).and_then(|_| view.incomparable(variable));
    if let Some(reason) = changed {
        add(Code::NOT_COMPARABLE, format!("{id} is not compared: {reason}"));
    }
    notes.extend(result.and_then(model_note::of_blanks));
    notes.extend(result.and_then(|it| disagreement(view, it)));
    notes
}

fn of_score(score: &Score, rules: &Rules) -> Option<(Code, String)> {
    match score.status {
        Status::Unasked => Some((Code::UNASKED, "was not asked".to_owned())),
        Status::Suppressed => {
            let least = rules.suppress_below;
            let text = format!("is withheld: it has fewer than {least} answers");
            Some((Code::SUPPRESSED, text))
        }
        Status::Scored if is_low_base(score, rules.low_base) => {
            let least = rules.low_base;
            let text = format!("has fewer than {least} effective respondents");
            Some((Code::LOW_BASE, text))
        }
        Status::Scored | Status::Unanswered => None,
    }
}

fn is_aggregate(question: &QuestionTally) -> bool {
    matches!(question.answers, Distribution::Moments { .. })
}

/// That the map's flow leads everybody to a touchpoint which many say they did not meet
/// (METHOD §11.3). The base of the interval shrinks as the weights of the answers shrink it.
fn disagreement(view: &View<'_>, result: &TouchpointResult) -> Option<Note> {
    let (reach, answers) = (result.reach?, result.answers?);
    let cells = real(answers.valid + answers.not_applicable);
    let base = cells * result.score.n_eff? / real(result.score.n?);
    let [_, upper] = wilson(reach, base, Z);
    let disagree = view.journey.flow.declared && result.unavoidable && upper < NEARLY_ALL;
    disagree.then(|| {
        let text = format!(
            "the map says that every customer meets {}; {:.0} % of those asked did",
            result.id,
            100.0 * reach
        );
        let facts = [("reach", reach.into()), ("reach_high", upper.into())];
        with(note(Code::MAP_SURVEY_DISAGREE, Some(&result.id), text), facts)
    })
}
