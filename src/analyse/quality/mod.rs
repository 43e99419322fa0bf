//! How good the responses are: what was read of each wave, and what a reader should look at.
//! Works on the tally alone; nothing is read twice.

mod check;
mod check_questions;
mod limit;
mod question;
mod words;

use crate::model::{
    FieldworkQuality, Journey, Quality, QuestionQuality, RowQuality, UndeclaredValue,
    UndeclaredValues, WaveQuality, WeightKind, WeightQuality,
};
use crate::stats::real;
use crate::survey::tally::{
    Fieldwork, RowCounts, Tally, UndeclaredCells, Variable, WaveTally, WeightSums,
};

use super::question::asked;
use super::ruler::Ruler;
use question::amount;

/// Touchpoints from which respondents may be expected to rate three.
const MANY_TOUCHPOINTS: usize = 6;

/// What quality is worked out from.
struct Source<'a> {
    journey: &'a Journey,
    tally: &'a Tally,
}

impl<'a> Source<'a> {
    /// Every question that is scored by itself, by id, in the order of the map.
    fn variables(&self) -> impl Iterator<Item = (&'a str, Variable)> {
        let touchpoints = self.journey.touchpoints.iter().enumerate();
        let named = [("overall", Variable::Overall), ("recommend", Variable::Recommend)];
        let touchpoints =
            touchpoints.map(|(at, it)| (it.id.as_str(), Variable::Touchpoint(at)));
        named.into_iter().chain(touchpoints)
    }

    fn ruler(&self, variable: Variable, wave: &str) -> Ruler {
        let question = asked(self.journey, self.tally, variable, wave);
        Ruler::new(question, self.journey.rules.rescale)
    }

    /// As much of `n` of `all` as may be told of so many rows.
    fn told(&self, n: u64, rows: u64) -> Option<crate::model::Amount> {
        amount(n, rows).filter(|_| rows >= self.journey.rules.suppress_below)
    }
}

/// How good the responses of all waves are.
#[must_use]
pub fn quality(journey: &Journey, tally: &Tally) -> Quality {
    let source = Source { journey, tally };
    let mut waves: Vec<WaveQuality> = Vec::new();
    for (name, of_wave) in &tally.waves {
        let wave = of_a_wave(&source, name.as_str(), of_wave, waves.last());
        waves.push(wave);
    }
    let undeclared = undeclared(&source);
    let checks = of_undeclared(&waves, &undeclared).into_iter().collect();
    Quality { checks, waves, undeclared }
}

fn of_a_wave(
    source: &Source<'_>,
    name: &str,
    tally: &WaveTally,
    before: Option<&WaveQuality>,
) -> WaveQuality {
    let rows = tally.rows.map(|it| rows(source, &it));
    let weights = tally.rows.filter(|it| it.weighted > 0);
    let weights = weights.and_then(|_| weights_of(source, &tally.weights));
    let fieldwork = tally.fieldwork.zip(tally.rows);
    let fieldwork = fieldwork.map(|(it, rows)| fieldwork_of(source, &it, rows.read));
    let questions = question::questions(source, name, tally);
    let touchpoint =
        |it: &QuestionQuality| !matches!(it.question.as_str(), "overall" | "recommend");
    let asked = questions.iter().filter(|it| touchpoint(it)).count();
    let earlier = before.map_or(&[][..], |it| &it.questions);
    let mut checks = Vec::new();
    checks.extend(rows.iter().flat_map(|it| check::of_rows(it, asked)));
    checks.extend(weights.as_ref().map(check::of_weights));
    let dates_before = before.and_then(|it| it.fieldwork.as_ref());
    checks.extend(fieldwork.iter().flat_map(|it| check::of_fieldwork(it, dates_before)));
    checks.extend(check_questions::of_questions(&questions, earlier));
    WaveQuality { wave: name.to_owned(), rows, weights, fieldwork, checks, questions }
}

fn rows(source: &Source<'_>, counts: &RowCounts) -> RowQuality {
    let ids = source.journey.survey.as_ref().is_some_and(|it| it.respondent.is_some());
    let known = counts.respondents + counts.duplicate_ids;
    RowQuality {
        read: counts.read,
        used: counts.used,
        zero_weight: counts.zero_weight,
        without_weight: counts.without_weight,
        // Where weights are frequencies, an id stands for more than one.
        without_id: ids.then(|| counts.used.saturating_sub(known)),
        repeated: source.told(counts.duplicate_ids, counts.used).filter(|_| ids),
        repeated_is_estimated: counts.duplicates_are_estimated(),
        straight_lining: source.told(counts.straight_liners, counts.used),
        few_answers: source.told(counts.few_answers, counts.used),
    }
}

/// Kish's effective n, of weights that are no frequencies.
fn weights_of(source: &Source<'_>, sums: &WeightSums) -> Option<WeightQuality> {
    let kind = source.journey.survey.as_ref().map(|it| it.weight_kind);
    if kind != Some(WeightKind::Sampling) || sums.w2 <= 0.0 {
        return None;
    }
    let n_eff = sums.w * sums.w / sums.w2;
    let design_effect = (real(sums.n) / n_eff).max(1.0);
    Some(WeightQuality { n: sums.n, sum: sums.w, n_eff, design_effect })
}

fn fieldwork_of(source: &Source<'_>, dates: &Fieldwork, read: u64) -> FieldworkQuality {
    let least = source.journey.rules.suppress_below;
    let few = dates.dated > 0 && dates.dated < least;
    let hidden = dates.dated > 0 && dates.first.is_none();
    FieldworkQuality {
        first: dates.first.filter(|_| !few),
        last: dates.last.filter(|_| !few),
        dated: dates.dated,
        undated: read.saturating_sub(dates.dated),
        unreadable: dates.unreadable,
        reason: (few || hidden).then(|| format!("n < {least}")),
    }
}

fn undeclared(source: &Source<'_>) -> Vec<UndeclaredValues> {
    let of = |(id, variable): (&str, Variable)| {
        let cells = source.tally.undeclared.get(&variable)?;
        Some(values(id, cells, source.journey.rules.suppress_below))
    };
    source.variables().filter_map(of).collect()
}

fn values(id: &str, cells: &UndeclaredCells, least: u64) -> UndeclaredValues {
    let enough = |(value, n): (&String, &u64)| {
        (*n >= least).then(|| UndeclaredValue { value: value.clone(), n: *n })
    };
    let mut values: Vec<UndeclaredValue> =
        cells.values.iter().filter_map(enough).collect();
    values.sort_by_key(|it| std::cmp::Reverse(it.n));
    let told: u64 = values.iter().map(|it| it.n).sum();
    let all = cells.count();
    UndeclaredValues { question: id.to_owned(), cells: all, values, other: all - told }
}

/// Undeclared values among the cells of all waves.
fn of_undeclared(
    waves: &[WaveQuality],
    undeclared: &[UndeclaredValues],
) -> Option<crate::model::QualityCheck> {
    let cells = |id: &str| -> u64 {
        let all = waves.iter().flat_map(|it| &it.questions);
        let of = all.filter(|it| it.question == id);
        let n = |it: &QuestionQuality| {
            [it.valid, it.not_applicable, it.blank]
                .iter()
                .flatten()
                .map(|it| it.n)
                .sum::<u64>()
        };
        of.map(n).sum()
    };
    let named: Vec<QuestionQuality> = undeclared
        .iter()
        .map(|it| QuestionQuality {
            question: it.question.clone(),
            ..QuestionQuality::default()
        })
        .collect();
    let share = |it: &QuestionQuality| {
        let found = undeclared.iter().find(|other| other.question == it.question)?;
        let all = cells(&it.question);
        (all > 0).then(|| (real(found.cells) / real(all)).min(1.0))
    };
    let kind = crate::model::CheckKind::Undeclared;
    check_questions::worst(kind, &named, share, "of the cells were read as blank")
}
