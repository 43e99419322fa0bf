//! The one pass over respondents: each row, as it is read, is counted and forgotten.

use super::batch::{Batch, Cells};
use super::bind::Binding;
use super::count::Counts;
use super::crosstab::Crosstab;
use super::dictionary::{Dictionary, EVERY_ROW, Outcome};
use super::exact::Weight;
use super::gap::Gap;
use super::group::{SegmentReader, WaveReader};
use super::joint_pool::{JointPool, Kind, question};
use super::joint_queue::{JointQueue, JointRow};
use super::lexicon::{AnswerCode, Lexicon, NO_CODE};
use super::manner::Answered;
use super::number::DecimalMark;
use super::part::Side;
use super::replicate::{Overall, Replicates};
use super::rows::Reading;
use super::sighting::Place;
use super::stage::StageMeans;
use super::tally::Variable;
use super::weight::{Weighed, Weighing, Weights};

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
    counts: Counts,
    crosstab: Crosstab,
    /// Slots of every row of this file: the row itself, and what it was not asked.
    always: Vec<usize>,
    row: RowRead,
}

/// What a lexicon reads.
#[derive(Clone, Copy, Debug)]
struct Role {
    /// The place among the questions with joint sums.
    question: Option<usize>,
    /// Of a touchpoint, the stage.
    stage: Option<usize>,
}

/// Where a row counts.
#[derive(Clone, Copy, Debug)]
struct Lot {
    wave: usize,
    side: Side,
    weight: Weight,
    /// That of the weight, if it has one.
    number: Option<usize>,
}

/// How what the cells of a row say is counted.
#[derive(Clone, Copy, Debug)]
enum Counted {
    /// It is not.
    Nowhere,
    /// By code.
    InCrosstab,
    /// By slot, where codes would take too much room.
    BySlots,
}

impl Counted {
    /// Counts the code of a column of the crosstab, or says the slot that must be counted.
    #[inline]
    fn count(
        self,
        crosstab: &mut Crosstab,
        (column, code): (usize, usize),
        slot: impl FnOnce() -> Option<usize>,
    ) -> Option<usize> {
        match self {
            Self::InCrosstab if crosstab.count(column, code) => None,
            Self::InCrosstab | Self::BySlots => slot(),
            Self::Nowhere => None,
        }
    }
}

/// What was read of the row at hand.
#[derive(Debug)]
struct RowRead {
    counted: Counted,
    /// Codes by question, the overall one first.
    joint: Vec<AnswerCode>,
    overall: Overall,
    answered: Answered,
    /// Numbers of its values of the segments.
    groups: Vec<Option<usize>>,
    /// Slots that are not counted in the crosstab.
    slots: Vec<usize>,
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
        let gaps = Gap::all(&binding.expectations, rescale, mark);
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
            stages,
            expected: Dictionary::default(),
            replicates: Replicates::of(binding, reading.options.groups, reading.position),
            joint: pool.map(JointQueue::new),
            wave: WaveReader::new(binding.wave.clone()),
            segments: binding.segments.iter().map(|it| SegmentReader::new(*it)).collect(),
            weights: Weights::new(
                reading.weight(binding),
                reading.plan.weight_kind,
                mark,
            ),
            counts,
            always,
            row: RowRead::new(touchpoints),
        }
    }

    /// Counts the rows of a batch.
    pub(super) fn count_batch(&mut self, batch: &Batch) {
        for (row, place) in batch.rows() {
            self.count(row, place);
        }
        self.crosstab.settle();
    }

    /// Every cell of every row is read, so that what is wrong with a file does not depend on
    /// who is asked for; the row counts, or not.
    fn count(&mut self, row: Cells<'_>, place: Place) {
        self.row.groups.clear();
        for (segment, names) in self.segments.iter_mut().zip(&mut self.counts.segments) {
            self.row.groups.push(segment.read(row, names));
        }
        let weighed = self.weights.read(row, place);
        let wave = self.wave.read(row, place, &mut self.counts);
        let lot = wave.and_then(|wave| self.lot(wave, weighed));
        self.row.slots.clear();
        self.row.counted = match lot {
            None => Counted::Nowhere,
            Some(lot) => match lot.number {
                Some(number)
                    if self
                        .crosstab
                        .begin((lot.wave, lot.side, number), &self.row.groups) =>
                {
                    Counted::InCrosstab
                }
                _ => {
                    self.row.slots.extend_from_slice(&self.always);
                    Counted::BySlots
                }
            },
        };
        self.read_answers(row, place);
        self.read_derived(row, place);
        if let Some(lot) = lot {
            self.add(lot, row, place);
        }
    }

    /// Where a row counts; `None` when it does not.
    fn lot(&mut self, wave: usize, weighed: Weighed) -> Option<Lot> {
        self.introduce(wave);
        let respondents = match weighed.weighing {
            Weighing::Counts(weight) => weight.respondents(),
            _ => 1,
        };
        self.counts.at(wave).read += respondents;
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

    fn read_answers(&mut self, row: Cells<'_>, place: Place) {
        let it = &mut self.row;
        (it.overall, it.answered) = (Overall::Unanswered, Answered::NOTHING);
        let columns = self.lexicons.iter_mut().zip(&self.roles).enumerate();
        for (at, ((column, lexicon), role)) in columns {
            let cell = (row.get(*column), row.key(*column));
            let code = lexicon.code(cell, place, &mut self.counts.dictionary);
            let Some(meaning) = lexicon.meanings().get(usize::from(code)) else {
                continue;
            };
            it.counted
                .count(&mut self.crosstab, (at, code.into()), || Some(meaning.slot))
                .into_iter()
                .for_each(|slot| it.slots.push(slot));
            if let Some(known) = role.question.and_then(|at| it.joint.get_mut(at)) {
                *known = code;
            }
            let Some(answer) = &meaning.answer else { continue };
            match role.stage {
                Some(stage) => {
                    it.answered.push(answer.native);
                    if let Some(stage) = self.stages.get_mut(stage) {
                        stage.add(answer.points);
                    }
                }
                None if role.question == Some(0) => it.overall = Overall::Answered,
                None => {}
            }
        }
    }

    /// Reads what was expected, and works out what follows from several answers.
    fn read_derived(&mut self, row: Cells<'_>, place: Place) {
        let it = &mut self.row;
        let mut column = self.lexicons.len();
        for gap in &mut self.gaps {
            let question = question(Variable::Touchpoint(gap.touchpoint));
            let asked = self.roles.iter().position(|role| role.question == question);
            let code =
                question.and_then(|at| it.joint.get(at)).map(|it| usize::from(*it));
            let meaning = asked
                .and_then(|at| self.lexicons.get(at))
                .and_then(|(_, it)| it.meanings().get(code?));
            let answer = meaning.and_then(|it| it.answer).map(|it| it.native);
            let dictionaries = (&mut self.counts.dictionary, &mut self.expected);
            if let Some(code) = gap.code(row, place, answer, dictionaries) {
                let slot = || gap.slot(code);
                let slot = it.counted.count(&mut self.crosstab, (column, code), slot);
                it.slots.extend(slot);
            }
            column += 1;
        }
        for stage in &mut self.stages {
            if let Some(code) = stage.code(&mut self.counts.dictionary) {
                let slot = || stage.slot(code);
                let slot = it.counted.count(&mut self.crosstab, (column, code), slot);
                it.slots.extend(slot);
            }
            column += 1;
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

    fn add(&mut self, lot: Lot, row: Cells<'_>, place: Place) {
        let id = self.replicates.id(row);
        self.add_joint(lot, (row, id), place);
        let manner = self.row.answered.manner();
        let width = self.counts.dictionary.width();
        let wave = self.counts.at(lot.wave);
        let part = wave.part(lot.side);
        part.note(lot.weight.respondents(), manner, id);
        if !self.row.slots.is_empty() {
            let (slots, groups) = (&self.row.slots, &self.row.groups);
            part.add_slots(slots, groups, lot.weight, width);
        }
        if lot.side == Side::Weightless {
            wave.sight_weightless(self.reading.site.name, place);
        }
    }

    fn add_joint(&mut self, lot: Lot, row: (Cells<'_>, Option<u64>), place: Place) {
        let Some(joint) = &mut self.joint else { return };
        if !joint.wants(lot.wave) {
            return;
        }
        let overall = self.row.overall;
        let draw = self.replicates.draw(row, place, lot.wave, overall);
        let kind = match overall {
            Overall::Answered => Kind::With,
            Overall::Unanswered => Kind::Without,
        };
        let Lot { weight, number, .. } = lot;
        let row = JointRow { kind, codes: &self.row.joint, draw, weight, number };
        joint.add((lot.wave, lot.side), row, &self.lexicons);
    }

    /// Ends the counting: joint sums go to the pool, all others are returned with the readers,
    /// which know what was wrong.
    pub(super) fn finish(mut self) -> (Counts, Told<'a>) {
        if let Some(joint) = self.joint.take() {
            joint.finish(&self.lexicons);
        }
        let Self {
            lexicons,
            gaps,
            stages,
            mut counts,
            crosstab,
            wave,
            weights,
            always,
            ..
        } = self;
        crosstab.pour(&mut counts, weights.numbered(), &always, |column, code| {
            slot(&lexicons, &gaps, &stages, column, code)
        });
        (counts, Told { lexicons, gaps, wave, weights })
    }
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

/// The readers of a file, which know what was wrong with its rows.
pub(super) struct Told<'a> {
    /// Of questions, with their columns.
    pub(super) lexicons: Vec<(usize, Lexicon<'a>)>,
    /// Of what was expected.
    pub(super) gaps: Vec<Gap<'a>>,
    /// Of waves.
    pub(super) wave: WaveReader,
    /// Of weights.
    pub(super) weights: Weights,
}

impl Told<'_> {
    /// Takes in what was told of other rows of the same file.
    pub(super) fn merge(&mut self, other: &Self) {
        for ((_, mine), (_, theirs)) in self.lexicons.iter_mut().zip(&other.lexicons) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.gaps.iter_mut().zip(&other.gaps) {
            mine.lexicon.merge(&theirs.lexicon);
        }
        self.wave.without.merge(&other.wave.without);
        self.weights.merge(&other.weights);
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

impl RowRead {
    fn new(touchpoints: usize) -> Self {
        Self {
            counted: Counted::Nowhere,
            joint: vec![NO_CODE; 1 + touchpoints],
            overall: Overall::Unanswered,
            answered: Answered::NOTHING,
            groups: Vec::new(),
            slots: Vec::new(),
        }
    }
}
