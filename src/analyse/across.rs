//! What analyses of the values of one segment must withhold because of one another.
//!
//! Each of them is of other respondents, and all of them together are the whole. What one
//! withholds could be worked out from the whole less all others: the next-smallest goes with
//! it, of scores and of the groups within them (METHOD §5).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Journey, Wave};
use crate::survey::tally::{
    Beside, Distribution, Missing, QuestionTally, Tally, Variable, WaveTally,
};

use super::crossed::Table;
use super::disclosure::{Cell, cells};
use super::score::answers;

/// What one of the analyses must withhold besides what is too little in itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Why it must not be shown at all, if it must not.
    pub entirely: Option<Absence>,
    /// Waves and what was asked.
    scores: BTreeSet<(Wave, Variable)>,
    /// Waves, segments by position, their values, and what was asked; `None` is how many they
    /// are.
    groups: BTreeSet<(Wave, usize, String, Option<Variable>)>,
}

/// Why there is no analysis of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Nobody of it answered in the wave reported.
    Nobody,
    /// Too few did.
    TooFew,
    /// Enough did, and without it another one would be known.
    Complementary,
}

/// What the tallies of the values of one segment variable, at position `segment`, must
/// withhold; in their order, and last what the whole must. `wave` is the one reported.
#[must_use]
pub fn withheld_across(
    journey: &Journey,
    whole: &Tally,
    parts: &[&Tally],
    segment: usize,
    wave: &Wave,
) -> Vec<Withheld> {
    let mut withheld = vec![Withheld::default(); parts.len() + 1];
    let case = Case { journey, whole, parts, segment };
    for wave in whole.waves.keys() {
        case.scores(wave, &mut withheld);
    }
    case.sizes(wave, &mut withheld);
    for variable in case.variables(wave) {
        case.groups(wave, Some(variable), &mut withheld);
    }
    case.groups(wave, None, &mut withheld);
    withheld
}

struct Case<'a> {
    journey: &'a Journey,
    whole: &'a Tally,
    parts: &'a [&'a Tally],
    segment: usize,
}

impl Case<'_> {
    fn least(&self) -> u64 {
        self.journey.rules.suppress_below
    }

    fn variables(&self, wave: &Wave) -> Vec<Variable> {
        let of = self.whole.waves.get(wave);
        of.map(|it| it.questions.keys().copied().collect()).unwrap_or_default()
    }

    /// Answers of each part to a question, and of all.
    fn answers(&self, wave: &Wave, variable: Variable) -> (Vec<u64>, Option<u64>) {
        let of = |it: &Tally| {
            it.waves
                .get(wave)
                .and_then(|it| it.questions.get(&variable))
                .and_then(answers)
        };
        let parts = self.parts.iter().map(|it| of(it).unwrap_or(0)).collect();
        (parts, of(self.whole))
    }

    fn scores(&self, wave: &Wave, withheld: &mut [Withheld]) {
        for variable in self.variables(wave) {
            let (n, total) = self.answers(wave, variable);
            for (cell, of) in cells(&n, total, self.least()).iter().zip(&mut *withheld) {
                if *cell == Cell::Complementary {
                    of.scores.insert((wave.clone(), variable));
                }
            }
        }
    }

    /// A part of too few rows, or of too few who say how satisfied they are, is not shown; nor
    /// is one of nobody.
    fn sizes(&self, wave: &Wave, withheld: &mut [Withheld]) {
        let rows =
            |it: &Tally| it.waves.get(wave).and_then(|it| it.rows).map(|it| it.used);
        let n: Vec<u64> = self.parts.iter().map(|it| rows(it).unwrap_or(0)).collect();
        let of_rows = rows(self.whole).map(|total| cells(&n, Some(total), self.least()));
        let (overall, total) = self.answers(wave, Variable::Overall);
        let of_overall = total.map(|_| cells(&overall, total, self.least()));
        for (part, of) in self.parts.iter().zip(&mut *withheld) {
            let asked = part.waves.get(wave).is_some_and(|it| !it.questions.is_empty());
            let counted = rows(part).is_none_or(|n| n > 0);
            of.entirely = (!asked || !counted).then_some(Absence::Nobody);
        }
        for cells in [of_rows, of_overall].into_iter().flatten() {
            for (cell, of) in cells.iter().zip(&mut *withheld) {
                let why = match cell {
                    Cell::Shown => continue,
                    Cell::TooFew => Absence::TooFew,
                    Cell::Complementary => Absence::Complementary,
                };
                of.entirely.get_or_insert(why);
            }
        }
    }

    /// Groups within the parts: parts are the rows of a table, groups its columns, and both
    /// have totals that are shown.
    fn groups(&self, wave: &Wave, variable: Option<Variable>, withheld: &mut [Withheld]) {
        let Some(whole) = self.whole.waves.get(wave) else { return };
        let segments: BTreeSet<usize> =
            whole.segments.keys().map(|(at, _)| *at).collect();
        for segment in segments.into_iter().filter(|it| *it != self.segment) {
            let of_segment = whole.segments.keys().filter(|(at, _)| *at == segment);
            let values: Vec<&String> = of_segment.map(|(_, value)| value).collect();
            let of = |wave: Option<&WaveTally>| -> Vec<u64> {
                let n = |value: &&String| {
                    let it = wave?.segments.get(&(segment, (*value).clone()))?;
                    match variable {
                        None => it.rows.map(|it| it.n),
                        Some(it_is) => it.questions.get(&it_is).and_then(answers),
                    }
                };
                values.iter().map(|it| n(it).unwrap_or(0)).collect()
            };
            let counts: Vec<Vec<u64>> =
                self.parts.iter().map(|it| of(it.waves.get(wave))).collect();
            let row_totals: Vec<Option<u64>> =
                self.parts.iter().map(|it| total(it.waves.get(wave), variable)).collect();
            let of_whole = (of(Some(whole)), total(Some(whole), variable));
            let mut table = Table::new(counts, of_whole, self.least());
            for (row, of) in withheld.iter().enumerate() {
                let hidden = of.entirely.is_some()
                    || variable.is_some_and(|it| of.scores.contains(&(wave.clone(), it)));
                if hidden {
                    table.hide_row(row);
                }
            }
            table.settle(&row_totals);
            // The whole comes last.
            for (row, of) in
                table.cells.iter().chain([&table.of_whole]).zip(&mut *withheld)
            {
                for (cell, value) in row.iter().zip(&values) {
                    if *cell == Cell::Complementary {
                        let value = (*value).clone();
                        of.groups.insert((wave.clone(), segment, value, variable));
                    }
                }
            }
        }
    }
}

fn total(wave: Option<&WaveTally>, variable: Option<Variable>) -> Option<u64> {
    let wave = wave?;
    match variable {
        None => wave.rows.map(|it| it.used),
        Some(variable) => {
            wave.questions.get(&variable).and_then(|it: &QuestionTally| answers(it))
        }
    }
}

impl Withheld {
    /// Takes what is withheld out of the tally: what is worked out from it cannot tell.
    pub fn apply(&self, tally: &mut Tally) {
        for (wave, variable) in &self.scores {
            let Some(wave) = tally.waves.get_mut(wave) else { continue };
            let groups = wave.segments.values_mut().map(|it| &mut it.questions);
            for questions in groups.chain([&mut wave.questions]) {
                withhold(questions, *variable);
            }
            // What is said beside a score tells of those who gave it.
            let about = |it: &Beside| it.is_about(*variable);
            wave.beside.retain(|it, _| !about(it));
            for group in wave.segments.values_mut() {
                group.beside.retain(|it, _| !about(it));
            }
            if let Variable::Touchpoint(at) = variable {
                wave.comments.remove(at);
            }
        }
        for (wave, segment, value, variable) in &self.groups {
            let wave = tally.waves.get_mut(wave);
            let key = (*segment, value.clone());
            let Some(group) = wave.and_then(|it| it.segments.get_mut(&key)) else {
                continue;
            };
            match variable {
                Some(variable) => {
                    withhold(&mut group.questions, *variable);
                    group.beside.retain(|it, _| !it.is_about(*variable));
                }
                None => group.size_withheld = true,
            }
        }
    }
}

fn withhold(questions: &mut BTreeMap<Variable, QuestionTally>, variable: Variable) {
    let Some(question) = questions.get_mut(&variable) else { return };
    *question = QuestionTally {
        answers: Distribution::Withheld { n: answers(question) },
        not_applicable: Missing::default(),
        blank: Missing::default(),
        not_asked: Missing::default(),
    };
}
