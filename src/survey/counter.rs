//! The one pass over respondents: each row, as it is read, is counted and forgotten.

mod beside;
mod columns;

use std::collections::BTreeMap;

use crate::model::Wave;

use super::batch::{Batch, Cells};
use super::beside::{ComplaintReader, ReasonReader};
use super::bind::Binding;
use super::count::{Counts, Names};
use super::crosstab::Crosstab;
use super::dictionary::{Dictionary, EVERY_ROW, Outcome};
use super::exact::Weight;
use super::fieldwork::FieldworkReader;
use super::gap::Gap;
use super::group::{SegmentReader, WaveReader};
use super::joint_pool::{JointPool, Kind, question};
use super::joint_queue::{JointCodes, JointQueue, JointRow};
use super::lexicon::Lexicon;
use super::manner::Manner;
use super::number::DecimalMark;
use super::options::CountBeside;
use super::part::Side;
use super::replicate::{Overall, Replicates};
use super::rows::Reading;
use super::rows_read::{How, Lot, RowsRead};
use super::sighting::Place;
use super::stage::StageMeans;
use super::tally::Variable;
use super::told::Told;
use super::weight::{Factor, Weighed, Weighing, Weights};

/// Counts rows of one file; the buffers are kept from row to row.
///
/// Each thread that reads the file has one. What they count adds up, whoever read which rows.
pub(super) struct Counter<'a> {
    reading: Reading<'a>,
    binding: &'a Binding<'a>,
    /// The columns of questions and what their cells mean.
    pub(super) lexicons: Vec<(usize, Lexicon<'a>)>,
    roles: Vec<Role>,
    /// What was expected of touchpoints.
    pub(super) gaps: Vec<Gap<'a>>,
    /// Why customers answered so.
    reasons: Vec<ReasonReader<'a>>,
    /// What became of complaints.
    complaints: Option<ComplaintReader<'a>>,
    stages: Vec<StageMeans>,
    /// Where what was expected is counted, which nobody asks for.
    expected: Dictionary,
    replicates: Replicates,
    joint: Option<JointQueue<'a>>,
    /// The waves of rows.
    pub(super) wave: WaveReader,
    segments: Vec<SegmentReader>,
    /// The weights of rows.
    pub(super) weights: Weights,
    /// What they are multiplied by, by number of the wave.
    raked: BTreeMap<usize, Factor>,
    fieldwork: Option<FieldworkReader>,
    counts: Counts,
    crosstab: Crosstab,
    /// Slots of every row of this file: the row itself, and what it was not asked.
    always: Vec<usize>,
    /// Questions that may have joint sums.
    questions: usize,
    rows: RowsRead,
}

/// What a lexicon reads.
#[derive(Clone, Copy, Debug)]
struct Role {
    /// The place among the questions with joint sums.
    question: Option<usize>,
    /// Of a touchpoint, the stage.
    stage: Option<usize>,
}

impl<'a> Counter<'a> {
    /// No rows yet.
    pub(super) fn new(
        binding: &'a Binding<'a>,
        reading: Reading<'a>,
        mark: DecimalMark,
        pool: Option<&'a JointPool<'a>>,
    ) -> Self {
        let mut counts = Counts::new(binding.segments.len());
        let mut always = vec![EVERY_ROW];
        for variable in &binding.unasked {
            always.push(counts.dictionary.slot(*variable, Outcome::NotAsked));
        }
        let rescale = reading.journey.rules.rescale;
        let lexicons = Lexicon::all(&binding.questions, rescale, mark);
        let gaps = Gap::all(&binding.expectations, rescale, mark, reading.options.beside);
        let stages: Vec<_> =
            (0..reading.journey.stages.len()).map(StageMeans::new).collect();
        let roles = lexicons.iter().map(|(_, it)| Role::of(it.variable(), reading));
        let touchpoints = reading.journey.touchpoints.len();
        Self {
            reading,
            binding,
            roles: roles.collect(),
            crosstab: Crosstab::new(lexicons.len() + gaps.len() + stages.len()),
            lexicons,
            gaps,
            reasons: reasons(binding, reading),
            complaints: complaints(binding, reading, mark),
            stages,
            expected: Dictionary::default(),
            replicates: Replicates::of(binding, reading.options.groups, reading.position),
            joint: pool.map(JointQueue::new),
            wave: WaveReader::new(binding.wave.clone()),
            segments: segment_readers(binding, reading),
            weights: Weights::new(
                reading.weight(binding),
                reading.plan.weight_kind,
                mark,
            ),
            raked: BTreeMap::new(),
            fieldwork: binding.date.map(FieldworkReader::new),
            counts,
            always,
            rows: RowsRead::default(),
            questions: 1 + touchpoints,
        }
    }

    /// Counts the rows of a batch.
    ///
    /// Every cell of every row is read, so that what is wrong with a file does not depend on
    /// who is asked for; the row counts, or not.
    pub(super) fn count_batch(&mut self, batch: &Batch) {
        let rows = batch.places().len();
        self.rows.begin(rows, self.questions);
        self.stages.iter_mut().for_each(|it| it.begin(rows));
        for (row, place) in batch.rows() {
            self.place_row(row, place);
        }
        self.read_cells(batch);
        for column in 0..self.lexicons.len() {
            self.count_answers(column);
        }
        self.gather_answers();
        self.read_gaps(batch);
        self.read_reasons(batch);
        self.read_complaints(batch);
        self.read_stages();
        self.crosstab.settle();
        self.rows.loose.sort_unstable();
        for (at, (row, place)) in batch.rows().enumerate() {
            if let Some(lot) = self.rows.placed.lots.get(at).copied().flatten() {
                self.add(at, lot, row, place);
            }
        }
    }

    /// Says, before any row is read, of which waves the file has some.
    pub(super) fn expect_waves(&mut self, waves: &[(Wave, u64)]) {
        for (wave, read) in waves {
            if let Some(number) = self.counts.wave(wave) {
                self.introduce(number);
                self.counts.at(number).read = *read;
            }
        }
    }

    /// Finds where a row counts.
    fn place_row(&mut self, row: Cells<'_>, place: Place) {
        let first = self.rows.groups.len();
        for (segment, names) in self.segments.iter_mut().zip(&mut self.counts.segments) {
            self.rows.groups.push(segment.read(row, place, names));
        }
        let mut weighed = self.weights.read(row, place);
        let wave = self.wave.read(row, place, &mut self.counts);
        if let Some(factor) = wave.and_then(|wave| self.raked.get(&wave)) {
            weighed = self.weights.raked(weighed, *factor);
        }
        let lot = wave.and_then(|wave| self.lot(wave, weighed));
        if let (Some(fieldwork), Some(wave)) = (&mut self.fieldwork, wave) {
            fieldwork.read(row, place, wave, weighed.respondents());
        }
        let begun =
            lot.and_then(|lot| Some((lot, lot.number?))).is_some_and(|(lot, number)| {
                let groups = self.rows.groups.get(first..).unwrap_or_default();
                self.crosstab.begin((lot.wave, lot.side, number), groups)
            });
        if lot.is_some() && !begun {
            let at = self.rows.placed.lots.len();
            self.rows.loose.extend(self.always.iter().map(|slot| (at, *slot)));
        }
        let how = if begun { How::ByCode } else { How::BySlot };
        self.rows.placed.push(lot, how);
    }

    /// Where a row counts; `None` when it does not.
    fn lot(&mut self, wave: usize, weighed: Weighed) -> Option<Lot> {
        self.introduce(wave);
        self.counts.at(wave).read += weighed.respondents();
        let restriction = self.reading.restriction;
        let admits = restriction.is_empty()
            || restriction.admits(|segment| self.segments.get(segment)?.value());
        let (side, weight) = match weighed.weighing {
            _ if !admits => return None,
            Weighing::Counts(weight) => (Side::Weighted, weight),
            Weighing::Missing => (Side::Weightless, Weight::ONE),
            Weighing::Zero => {
                self.counts.at(wave).zero_weight += 1;
                return None;
            }
            // Reported at the end of the file; there will be no result.
            Weighing::Bad => return None,
        };
        Some(Lot { wave, side, weight, number: weighed.number })
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

    fn add(&mut self, at: usize, lot: Lot, row: Cells<'_>, place: Place) {
        let id = self.replicates.id(row);
        self.add_joint((at, lot), (row, id), place);
        let rows = &self.rows;
        let manner = rows.answered.get(at).map_or(Manner::Few, |it| it.manner());
        let width = self.counts.dictionary.width();
        let wave = self.counts.at(lot.wave);
        let part = wave.part(lot.side);
        part.note(lot.weight.respondents(), manner, id);
        if let Some(slots) = rows.slots(at) {
            let segments = self.segments.len();
            let groups = rows.groups.get(at * segments..).unwrap_or_default();
            let groups = groups.get(..segments).unwrap_or_default();
            part.add_slots(&slots, groups, lot.weight, width);
        }
        if lot.side == Side::Weightless {
            wave.sight_weightless(self.reading.site.name, place);
        }
    }

    fn add_joint(
        &mut self,
        (at, lot): (usize, Lot),
        row: (Cells<'_>, Option<u64>),
        place: Place,
    ) {
        if !self.joint.as_mut().is_some_and(|it| it.wants(lot.wave)) {
            return;
        }
        let wide = self.rows.wide.contains(&at).then(|| self.wide_codes(at));
        let Some(joint) = &mut self.joint else { return };
        let (overall, kind) = match self.rows.overall.get(at) {
            Some(true) => (Overall::Answered, Kind::With),
            _ => (Overall::Unanswered, Kind::Without),
        };
        let draw = self.replicates.draw(row, place, lot.wave, overall);
        let codes = self.rows.joint.get(at * self.questions..).unwrap_or_default();
        let codes = codes.get(..self.questions).unwrap_or_default();
        let Lot { weight, number, .. } = lot;
        let codes = JointCodes { brief: codes, wide: wide.as_deref() };
        let row = JointRow { kind, codes, draw, weight, number };
        joint.add((lot.wave, lot.side), row, &self.lexicons);
    }

    /// Ends the counting: joint sums go to the pool, all others are returned with the readers,
    /// which know what was wrong.
    pub(super) fn finish(mut self) -> (Counts, Told<'a>) {
        if let Some(joint) = self.joint.take() {
            joint.finish(&self.lexicons);
        }
        let Self { lexicons, gaps, stages, mut counts, crosstab, always, .. } = self;
        let (reasons, complaints) = (self.reasons, self.complaints);
        let (wave, weights, fieldwork) = (self.wave, self.weights, self.fieldwork);
        crosstab.pour(&mut counts, weights.numbered(), &always, |column, code| {
            slot(&lexicons, &gaps, &stages, column, code)
        });
        let phases = self.segments.into_iter().map(|it| it.phases).collect();
        let told = Told {
            lexicons,
            gaps,
            reasons,
            complaints,
            wave,
            weights,
            fieldwork,
            phases,
        };
        (counts, told)
    }

    /// The numbers of the values of all segments of the rows of the batch last counted, row by
    /// row, and how many segments there are.
    pub(super) fn values(&self) -> (&[Option<usize>], usize) {
        (&self.rows.groups, self.segments.len())
    }

    /// The names that numbers of values stand for, segment by segment.
    pub(super) fn names(&self) -> &[Names] {
        &self.counts.segments
    }

    /// What raking makes of the weights of the rows that follow, by wave. Waves that
    /// [`Self::expect_waves`] was not told of have none of them.
    pub(super) fn rake(&mut self, factors: BTreeMap<Wave, Factor>) {
        let waves = &self.counts.waves;
        let numbered = factors
            .into_iter()
            .filter_map(|(wave, it)| Some((waves.get(&wave).copied()?, it)));
        self.raked = numbered.collect();
    }
}

fn segment_readers(binding: &Binding<'_>, reading: Reading<'_>) -> Vec<SegmentReader> {
    let columns = binding.segments.iter().zip(&binding.phases);
    let pairs = reading.plan.segments.iter().zip(columns);
    pairs
        .map(|(plan, (column, phases))| {
            SegmentReader::new(*column, plan, phases.as_ref())
        })
        .collect()
}

fn reasons<'a>(binding: &'a Binding<'a>, reading: Reading<'a>) -> Vec<ReasonReader<'a>> {
    if reading.options.beside == CountBeside::Nothing {
        return Vec::new();
    }
    let bound = &binding.beside.reasons;
    ReasonReader::all(bound, &reading.journey.causes, reading.coder)
}

fn complaints<'a>(
    binding: &Binding<'a>,
    reading: Reading<'a>,
    mark: DecimalMark,
) -> Option<ComplaintReader<'a>> {
    if reading.options.beside == CountBeside::Nothing {
        return None;
    }
    let plan = reading.plan.complaints.as_ref()?;
    Some(ComplaintReader::new(plan, binding.beside.complaints?, mark))
}

/// The slot of the code of a column of the crosstab.
fn slot(
    lexicons: &[(usize, Lexicon<'_>)],
    gaps: &[Gap<'_>],
    stages: &[StageMeans],
    column: usize,
    code: usize,
) -> Option<usize> {
    if let Some((_, lexicon)) = lexicons.get(column) {
        return lexicon.meanings().get(code).map(|it| it.slot);
    }
    let column = column - lexicons.len();
    match gaps.get(column) {
        Some(gap) => gap.slot(code),
        None => stages.get(column - gaps.len())?.slot(code),
    }
}

impl Role {
    fn of(variable: Variable, reading: Reading<'_>) -> Self {
        let stage = match variable {
            Variable::Touchpoint(index) => {
                let mut stages = reading.journey.stages.iter();
                stages.position(|it| it.touchpoints.contains(&index))
            }
            _ => None,
        };
        Self { question: question(variable), stage }
    }
}
