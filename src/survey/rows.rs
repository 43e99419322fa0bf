//! The rows of one file → their counts: the one pass over respondents.

use std::io;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, Rescale, WeightKind};

use super::bind::{Binding, BoundQuestion};
use super::count::{Counts, Manner, Row};
use super::csv::Table;
use super::dictionary::{EVERY_ROW, Outcome};
use super::exact::Weight;
use super::group::{SegmentReader, WaveReader};
use super::lexicon::{Answer, Lexicon, Meaning};
use super::number::DecimalMark;
use super::options::{TallyOptions, Weighting};
use super::restrict::Restriction;
use super::sighting::{Place, Site, Values, rows};
use super::stage::StageMeans;
use super::tally::Variable;
use super::weight::{Weighing, weigh};

/// What every file is read with.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// What weights mean.
    pub(super) weight_kind: WeightKind,
    /// What was asked for.
    pub(super) options: &'a TallyOptions,
    /// Who counts.
    pub(super) restriction: &'a Restriction,
    /// The file.
    pub(super) site: Site<'a>,
}

/// Counts the rows of `table`, and reports what is wrong with them.
///
/// # Errors
///
/// When the text cannot be read.
pub(super) fn count_rows(
    table: &mut Table<'_>,
    binding: &Binding<'_>,
    reading: Reading<'_>,
    problems: &mut Diagnostics,
) -> io::Result<Counts> {
    let mut counter = Counter::new(binding, reading, table.decimal_mark());
    let mut row = csv::ByteRecord::new();
    while let Some(place) = table.next(&mut row)? {
        counter.count(&row, place);
    }
    problems.extend(table.report(reading.site));
    counter.report(table, binding, problems);
    Ok(counter.counts)
}

/// Counts rows; the buffers are kept from row to row.
struct Counter<'a> {
    reading: Reading<'a>,
    questions: &'a [BoundQuestion<'a>],
    lexicons: Vec<(usize, Lexicon<'a>)>,
    stages: Vec<StageMeans>,
    wave: WaveReader,
    segments: Vec<SegmentReader>,
    weights: Weights,
    counts: Counts,
    /// Slots of every row of this file: the row itself, and what it was not asked.
    always: Vec<usize>,
    slots: Vec<usize>,
    answers: Vec<Option<Answer>>,
    groups: Vec<Option<usize>>,
}

/// Reads the weights of rows.
struct Weights {
    column: Option<usize>,
    kind: WeightKind,
    mark: DecimalMark,
    bad: Values,
}

impl Weights {
    fn read(&mut self, row: &csv::ByteRecord, place: Place) -> Weighing {
        let Some(column) = self.column else { return Weighing::Missing };
        let cell = row.get(column).unwrap_or_default();
        let weighing = weigh(cell, self.kind, self.mark);
        if weighing == Weighing::Bad {
            self.bad.push(String::from_utf8_lossy(cell).trim(), place);
        }
        weighing
    }
}

impl<'a> Counter<'a> {
    fn new(binding: &'a Binding<'a>, reading: Reading<'a>, mark: DecimalMark) -> Self {
        let mut counts = Counts::new(binding.segments.len());
        let mut always = vec![EVERY_ROW];
        for variable in &binding.unasked {
            always.push(counts.dictionary.slot(*variable, Outcome::NotAsked));
        }
        let weight = match reading.options.weighting {
            Weighting::AsDeclared => binding.weight,
            Weighting::Unweighted => None,
        };
        let stages = reading.journey.stages.iter().enumerate();
        Self {
            reading,
            questions: &binding.questions,
            lexicons: lexicons(&binding.questions, reading.journey.rules.rescale, mark),
            stages: stages
                .map(|(i, it)| StageMeans::new(i, it.touchpoints.clone()))
                .collect(),
            wave: WaveReader::new(binding.wave.clone()),
            segments: binding.segments.iter().map(|it| SegmentReader::new(*it)).collect(),
            weights: Weights {
                column: weight,
                kind: reading.weight_kind,
                mark,
                bad: Values::default(),
            },
            counts,
            always,
            slots: Vec::new(),
            answers: vec![None; reading.journey.touchpoints.len()],
            groups: Vec::new(),
        }
    }

    /// Every cell of every row is read, so that what is wrong with a file does not depend on
    /// who is asked for; then the row counts, or not.
    fn count(&mut self, row: &csv::ByteRecord, place: Place) {
        self.read_answers(row, place);
        self.read_groups(row);
        let weighing = self.weights.read(row, place);
        let Some(wave) = self.wave.read(row, place, &mut self.counts) else { return };
        self.introduce(wave);
        let respondents = match weighing {
            Weighing::Counts(weight) => weight.respondents(),
            _ => 1,
        };
        self.counts.at(wave).read += respondents;
        if !self.reading.restriction.admits(|segment| self.segments.get(segment)?.value())
        {
            return;
        }
        self.add(wave, weighing, place);
    }

    fn read_answers(&mut self, row: &csv::ByteRecord, place: Place) {
        self.slots.clear();
        self.slots.extend_from_slice(&self.always);
        for (column, lexicon) in &mut self.lexicons {
            let cell = row.get(*column).unwrap_or_default();
            let Meaning { slot, answer } =
                lexicon.meaning(cell, place, &mut self.counts.dictionary);
            self.slots.push(slot);
            if let Variable::Touchpoint(index) = lexicon.variable()
                && let Some(kept) = self.answers.get_mut(index)
            {
                *kept = answer;
            }
        }
        for stage in &mut self.stages {
            self.slots.extend(stage.slot(&self.answers, &mut self.counts.dictionary));
        }
    }

    fn read_groups(&mut self, row: &csv::ByteRecord) {
        self.groups.clear();
        for (segment, names) in self.segments.iter_mut().zip(&mut self.counts.segments) {
            self.groups.push(segment.read(row, names));
        }
    }

    /// Says, with the first row of a wave in the file, how the file asks it.
    fn introduce(&mut self, wave: usize) {
        let wave = self.counts.at(wave);
        if wave.read == 0 {
            for bound in self.questions {
                wave.ask(bound.variable, &bound.question);
            }
        }
    }

    fn add(&mut self, wave: usize, weighing: Weighing, place: Place) {
        let row = |weight| Row {
            slots: &self.slots,
            groups: &self.groups,
            weight,
            manner: manner(&self.answers),
        };
        let width = self.counts.dictionary.width();
        let wave = self.counts.at(wave);
        match weighing {
            Weighing::Counts(weight) => wave.add_weighted(row(weight), width),
            Weighing::Missing => {
                let file = self.reading.site.name;
                wave.add_weightless(row(Weight::ONE), width, file, place);
            }
            Weighing::Zero => wave.zero_weight += 1,
            // Reported at the end of the file; there will be no result.
            Weighing::Bad => {}
        }
    }

    fn report(
        &self,
        table: &Table<'_>,
        binding: &Binding<'_>,
        problems: &mut Diagnostics,
    ) {
        let site = self.reading.site;
        let policy = self.reading.options.undeclared;
        for (column, lexicon) in &self.lexicons {
            let header = table.header().name(*column);
            problems.extend(lexicon.report(site, &header, table.rows(), policy));
        }
        let header = |column: Option<usize>| {
            column.map(|column| table.header().name(column)).unwrap_or_default()
        };
        if !self.weights.bad.is_empty() {
            let column = header(binding.weight);
            problems.push(bad_weights(&self.weights, &column, site));
        }
        if self.wave.without.count() > 0 {
            let column = header(self.wave.column());
            let count = rows(self.wave.without.count());
            let message =
                format!("{count} of `{}` have no wave in `{column}`", site.name);
            problems.push(
                Diagnostic::error(Code::NO_WAVE, site.span, message)
                    .note(self.wave.without.places()),
            );
        }
    }
}

fn lexicons<'a>(
    questions: &'a [BoundQuestion<'a>],
    rescale: Rescale,
    mark: DecimalMark,
) -> Vec<(usize, Lexicon<'a>)> {
    let lexicon = |it: &'a BoundQuestion<'a>| {
        (it.column, Lexicon::new(it.variable, &it.question, rescale, mark))
    };
    questions.iter().map(lexicon).collect()
}

/// How a respondent answered the touchpoints (METHOD §1.9).
fn manner(answers: &[Option<Answer>]) -> Manner {
    let mut given = answers.iter().flatten();
    let Some(first) = given.next() else { return Manner::Few };
    let (mut count, mut alike) = (1_usize, true);
    for answer in given {
        count += 1;
        alike &= answer.native.total_cmp(&first.native).is_eq();
    }
    match count {
        0..=2 => Manner::Few,
        4.. if alike => Manner::Straight,
        _ => Manner::Plain,
    }
}

fn bad_weights(weights: &Weights, column: &str, site: Site<'_>) -> Diagnostic {
    let (count, name) = (rows(weights.bad.count()), site.name);
    let expected = match weights.kind {
        WeightKind::Sampling => "a number of 0 or more",
        WeightKind::Frequency => {
            "a whole number of 0 or more, for `weight_type: frequency`"
        }
    };
    let message =
        format!("weights that cannot be used in {count} of `{name}`, `{column}`");
    let problem = Diagnostic::error(Code::BAD_WEIGHT, site.span, message);
    let problem = weights.bad.lines().into_iter().fold(problem, Diagnostic::note);
    problem.note(format!("expected {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(natives: &[f64]) -> Manner {
        let answer = |native: &f64| Some(Answer { native: *native, points: 0.0 });
        let mut answers: Vec<_> = natives.iter().map(answer).collect();
        answers.insert(answers.len() / 2, None);
        manner(&answers)
    }

    #[test]
    fn four_equal_answers_are_a_straight_line_and_three_are_not() {
        assert_eq!(answered(&[4.0; 4]), Manner::Straight);
        assert_eq!(answered(&[4.0; 3]), Manner::Plain);
        assert_eq!(answered(&[4.0, 4.0, 4.0, 5.0]), Manner::Plain);
    }

    #[test]
    fn two_answers_are_few() {
        assert_eq!(answered(&[4.0, 5.0]), Manner::Few);
        assert_eq!(answered(&[]), Manner::Few);
        assert_eq!(answered(&[1.0, 2.0, 3.0]), Manner::Plain);
    }
}
