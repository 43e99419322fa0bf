//! The rows of one file → their counts: the one pass over respondents.

use std::io;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, SurveyPlan};

use super::bind::Binding;
use super::count::Counts;
use super::dictionary::{Dictionary, EVERY_ROW, Outcome};
use super::exact::Weight;
use super::fieldwork::FieldworkReader;
use super::gap::Gap;
use super::group::{SegmentReader, WaveReader};
use super::joint_rows::JointRow;
use super::joint_waves::JointWaves;
use super::labelled::LabelsOfFile;
use super::lexicon::{Answer, Lexicon, Meaning};
use super::manner::Manner;
use super::number::DecimalMark;
use super::options::{TallyOptions, Weighting};
use super::part::{Row, Side};
use super::replicate::{Overall, Replicates, shares};
use super::restrict::Restriction;
use super::sighting::{Place, Site, rows};
use super::stage::StageMeans;
use super::table::Table;
use super::tally::Variable;
use super::undeclared;
use super::wanted::Wanted;
use super::weight::{Weighing, Weights};

/// What every file is read with.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// What the map says of the survey.
    pub(super) plan: &'a SurveyPlan,
    /// What was asked for.
    pub(super) options: &'a TallyOptions,
    /// Who counts.
    pub(super) restriction: &'a Restriction,
    /// The waves whose joint sums are wanted.
    pub(super) wanted: &'a Wanted,
    /// The file.
    pub(super) site: Site<'a>,
    /// Its position among all files.
    pub(super) position: usize,
}

impl Reading<'_> {
    /// Whether joint sums are asked for, and the survey has the question that they need.
    fn wants_joint_sums(&self) -> bool {
        self.wanted.any() && self.plan.overall.is_some()
    }

    /// The column of the weight, if weights count.
    fn weight(&self, binding: &Binding<'_>) -> Option<usize> {
        match self.options.weighting {
            Weighting::AsDeclared => binding.weight,
            Weighting::Unweighted => None,
        }
    }
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
    counter.report(table, problems);
    let Counter { joint, fieldwork, lexicons, mut counts, .. } = counter;
    if let Some(joint) = joint {
        joint.finish(&mut counts);
    }
    if let Some(fieldwork) = fieldwork {
        fieldwork.finish(&mut counts, table.header(), reading.site, problems);
    }
    counts.name_columns(binding, table.header());
    undeclared::keep(&lexicons, &mut counts);
    Ok(counts)
}

/// Counts rows; the buffers are kept from row to row.
struct Counter<'a> {
    reading: Reading<'a>,
    binding: &'a Binding<'a>,
    lexicons: Vec<(usize, Lexicon<'a>)>,
    stages: Vec<StageMeans>,
    gaps: Vec<Gap<'a>>,
    /// Where what was expected is counted, which nobody asks for.
    expected: Dictionary,
    replicates: Replicates,
    joint: Option<JointWaves<'a>>,
    wave: WaveReader,
    segments: Vec<SegmentReader>,
    weights: Weights,
    fieldwork: Option<FieldworkReader>,
    counts: Counts,
    /// Slots of every row of this file: the row itself, and what it was not asked.
    always: Vec<usize>,
    slots: Vec<usize>,
    overall: Option<Answer>,
    answers: Vec<Option<Answer>>,
    groups: Vec<Option<usize>>,
}

impl<'a> Counter<'a> {
    fn new(binding: &'a Binding<'a>, reading: Reading<'a>, mark: DecimalMark) -> Self {
        let mut counts = Counts::new(binding.segments.len());
        let mut always = vec![EVERY_ROW];
        for variable in &binding.unasked {
            always.push(counts.dictionary.slot(*variable, Outcome::NotAsked));
        }
        let rescale = reading.journey.rules.rescale;
        let lexicons = Lexicon::all(&binding.questions, rescale, mark);
        let stages = reading.journey.stages.iter().enumerate();
        let touchpoints = reading.journey.touchpoints.len();
        Self {
            reading,
            binding,
            joint: reading
                .wants_joint_sums()
                .then(|| JointWaves::of(&lexicons, touchpoints, reading.wanted)),
            lexicons,
            stages: stages
                .map(|(i, it)| StageMeans::new(i, it.touchpoints.clone()))
                .collect(),
            gaps: Gap::all(&binding.expectations, rescale, mark),
            expected: Dictionary::default(),
            replicates: Replicates::of(binding, reading.options.groups, reading.position),
            wave: WaveReader::new(binding.wave.clone()),
            segments: binding.segments.iter().map(|it| SegmentReader::new(*it)).collect(),
            weights: Weights::new(
                reading.weight(binding),
                reading.plan.weight_kind,
                mark,
            ),
            fieldwork: binding.date.map(FieldworkReader::new),
            counts,
            always,
            slots: Vec::new(),
            overall: None,
            answers: vec![None; touchpoints],
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
        if let Some(fieldwork) = &mut self.fieldwork {
            fieldwork.read(row, place, wave, respondents);
        }
        if !self.reading.restriction.admits(|segment| self.segments.get(segment)?.value())
        {
            return;
        }
        self.add(wave, weighing, row, place);
    }

    fn read_answers(&mut self, row: &csv::ByteRecord, place: Place) {
        self.slots.clear();
        self.slots.extend_from_slice(&self.always);
        for (column, lexicon) in &mut self.lexicons {
            let cell = row.get(*column).unwrap_or_default();
            let Meaning { slot, answer } =
                lexicon.meaning(cell, place, &mut self.counts.dictionary);
            self.slots.push(slot);
            match lexicon.variable() {
                Variable::Overall => self.overall = answer,
                Variable::Touchpoint(index) => {
                    if let Some(kept) = self.answers.get_mut(index) {
                        *kept = answer;
                    }
                }
                _ => {}
            }
        }
        for gap in &mut self.gaps {
            let dictionaries = (&mut self.counts.dictionary, &mut self.expected);
            self.slots.extend(gap.slot(row, place, &self.answers, dictionaries));
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
        if self.counts.at(wave).read > 0 {
            return;
        }
        if let Some((joint, wave)) = self.joint.as_mut().zip(self.counts.name(wave)) {
            joint.introduce(wave);
        }
        let wave = self.counts.at(wave);
        for bound in self.binding.questions.iter().chain(&self.binding.expectations) {
            wave.ask(bound.variable, &bound.question);
        }
    }

    fn add(
        &mut self,
        wave: usize,
        weighing: Weighing,
        row: &csv::ByteRecord,
        place: Place,
    ) {
        let (side, weight) = match weighing {
            Weighing::Counts(weight) => (Side::Weighted, weight),
            Weighing::Missing => (Side::Weightless, Weight::ONE),
            Weighing::Zero => {
                self.counts.at(wave).zero_weight += 1;
                return;
            }
            // Reported at the end of the file; there will be no result.
            Weighing::Bad => return,
        };
        self.add_joint(wave, (side, weight), row, place);
        let width = self.counts.dictionary.width();
        let row = Row {
            slots: &self.slots,
            groups: &self.groups,
            weight,
            manner: Manner::of(&self.answers),
            id: self.replicates.id(row),
        };
        let wave = self.counts.at(wave);
        match side {
            Side::Weighted => wave.weighted.add(row, width),
            Side::Weightless => {
                wave.weightless.add(row, width);
                wave.sight_weightless(self.reading.site.name, place);
            }
        }
    }

    fn add_joint(
        &mut self,
        wave: usize,
        (side, weight): (Side, Weight),
        row: &csv::ByteRecord,
        place: Place,
    ) {
        let Some(joint) = &mut self.joint else { return };
        if !joint.wants(wave) {
            return;
        }
        let overall = match self.overall {
            Some(_) => Overall::Answered,
            None => Overall::Unanswered,
        };
        let draw = self.replicates.draw(row, place, wave, overall);
        let shares = shares(draw, weight);
        let (overall, touchpoints) = (self.overall, self.answers.as_slice());
        joint.add(
            wave,
            side,
            JointRow { overall, touchpoints, shares: shares.as_deref() },
        );
    }

    fn report(&self, table: &Table<'_>, problems: &mut Diagnostics) {
        let site = self.reading.site;
        let policy = self.reading.options.undeclared;
        let expected = self.gaps.iter().map(|it| (it.column, &it.lexicon));
        let asked = self.lexicons.iter().map(|(column, lexicon)| (*column, lexicon));
        let mut labels = LabelsOfFile::new(site);
        for (column, lexicon) in asked.chain(expected) {
            let header = table.header().name(column);
            problems.extend(lexicon.report(site, &header, table.rows(), policy));
            let (labelled, question) = lexicon.labelled();
            labels.add(labelled, question, header);
        }
        problems.extend(labels.report());
        problems.extend(self.weights.report(table.header(), site));
        if self.wave.without.count() > 0 {
            let column = self.wave.column();
            let column = column.map(|it| table.header().name(it)).unwrap_or_default();
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
