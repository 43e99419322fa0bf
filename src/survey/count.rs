//! Rows counted: what every row adds to, and how the counts of parts add up.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Question, Wave};
use crate::voice::Comments;

use super::bind::Binding;
use super::dictionary::Dictionary;
use super::header::Header;
use super::panel::Panel;
use super::part::{Part, Side};
use super::sighting::{Place, Sightings};
use super::tally::{Fieldwork, UndeclaredCells, Variable};

/// Waves, and values of one segment, that are told apart: more are a wrong column.
const GROUPS: usize = 1_001;

/// Texts, numbered as they were first seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    numbers: BTreeMap<Box<str>, usize>,
    overfull: bool,
}

impl Names {
    /// The number of `name`; `None` once there are too many.
    pub(super) fn number(&mut self, name: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let number = self.numbers.len();
        if number == GROUPS {
            self.overfull = true;
            return None;
        }
        self.numbers.insert(name.into(), number);
        Some(number)
    }

    /// Every name with its number, in the order of text.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.numbers.iter().map(|(name, number)| (name.as_ref(), *number))
    }

    /// Whether there were too many.
    pub(super) fn overfull(&self) -> bool {
        self.overfull
    }

    /// Takes in other names: their number `i` is our number `ours[i]`.
    fn merge(&mut self, other: &Self) -> Vec<Option<usize>> {
        let mut ours = vec![None; other.numbers.len()];
        for (name, &number) in &other.numbers {
            ours[number] = self.number(name);
        }
        self.overfull |= other.overfull;
        ours
    }
}

/// The counts of any number of rows. Additive: see [`Counts::merge`].
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// The slots.
    pub(super) dictionary: Dictionary,
    /// Values of each segment of the map.
    pub(super) segments: Vec<Names>,
    /// By wave.
    pub(super) waves: BTreeMap<Wave, usize>,
    by_number: Vec<WaveCounts>,
    /// Undeclared values that were read as blank, by question.
    pub(super) undeclared: BTreeMap<Variable, UndeclaredCells>,
    too_many_waves: bool,
}

/// The counts of one wave.
#[derive(Clone, Debug, Default)]
pub(super) struct WaveCounts {
    /// Rows of the wave in the files.
    pub(super) read: u64,
    /// Rows of the segments asked for whose weight is 0.
    pub(super) zero_weight: u64,
    /// How each question was asked that was.
    pub(super) asked_as: BTreeMap<Variable, Question>,
    /// Names of the columns that each question was read from.
    pub(super) columns: BTreeMap<Variable, BTreeSet<String>>,
    /// When the rows were answered, where a file has a column of it.
    pub(super) fieldwork: Option<Fieldwork>,
    /// Questions that two files ask on different scales.
    pub(super) two_scales: BTreeSet<Variable>,
    /// Rows with a weight of their own.
    pub(super) weighted: Part,
    /// Rows without one, each counted as 1.
    pub(super) weightless: Part,
    /// Respondents of parts that were counted before.
    pub(super) panel: Panel,
    /// Comments that may be quoted, by touchpoint.
    pub(super) comments: BTreeMap<usize, Comments>,
    /// By file, where the rows without a weight are.
    pub(super) without_weight: Vec<(String, Sightings)>,
}

impl Counts {
    /// For a map of so many segments.
    pub(super) fn new(segments: usize) -> Self {
        Self { segments: vec![Names::default(); segments], ..Self::default() }
    }

    /// The number of `wave`; `None` once there are too many.
    pub(super) fn wave(&mut self, wave: &Wave) -> Option<usize> {
        if let Some(number) = self.waves.get(wave) {
            return Some(*number);
        }
        let number = self.by_number.len();
        if number == GROUPS {
            self.too_many_waves = true;
            return None;
        }
        self.waves.insert(wave.clone(), number);
        self.by_number.push(WaveCounts::default());
        Some(number)
    }

    /// Whether there were too many waves.
    pub(super) fn too_many_waves(&self) -> bool {
        self.too_many_waves
    }

    /// The counts of the wave that [`Self::wave`] gave this number.
    pub(super) fn at(&mut self, number: usize) -> &mut WaveCounts {
        &mut self.by_number[number]
    }

    /// The wave that has this number.
    pub(super) fn name(&self, number: usize) -> Option<&Wave> {
        self.waves.iter().find(|(_, it)| **it == number).map(|(wave, _)| wave)
    }

    /// Gives up joint sums of the waves that are not `wanted`.
    pub(super) fn keep_joint(&mut self, wanted: impl Fn(&Wave) -> bool) {
        for (wave, number) in &self.waves {
            let it = &mut self.by_number[*number];
            if !wanted(wave) {
                (it.weighted.joint, it.weightless.joint) = (None, None);
            }
        }
    }

    /// The counts of each wave, in order.
    pub(super) fn by_wave(&self) -> impl Iterator<Item = (&Wave, &WaveCounts)> {
        self.waves.iter().map(|(wave, number)| (wave, &self.by_number[*number]))
    }

    /// The counts of every wave, to change all of them.
    pub(super) fn waves_mut(&mut self) -> impl Iterator<Item = &mut WaveCounts> {
        self.by_number.iter_mut()
    }

    /// Takes out the counts of each wave, in order.
    pub(super) fn take_waves(&mut self) -> Vec<(Wave, WaveCounts)> {
        let mut by_number = std::mem::take(&mut self.by_number);
        let waves = std::mem::take(&mut self.waves).into_iter();
        waves
            .map(|(wave, number)| (wave, std::mem::take(&mut by_number[number])))
            .collect()
    }

    /// Records the columns of a file that the questions of its waves were read from.
    pub(super) fn name_columns(&mut self, binding: &Binding<'_>, header: &Header) {
        for wave in &mut self.by_number {
            for bound in &binding.questions {
                let names = wave.columns.entry(bound.variable).or_default();
                names.insert(header.name(bound.column));
            }
        }
    }

    /// Adds the counts of other rows. Whatever way rows are split, the sum is the same to
    /// the last bit.
    pub(super) fn merge(&mut self, mut other: Self) {
        let slots = self.dictionary.merge(&other.dictionary);
        let pairs = self.segments.iter_mut().zip(&other.segments);
        let groups: Vec<_> = pairs.map(|(ours, theirs)| ours.merge(theirs)).collect();
        for (wave, theirs) in other.take_waves() {
            if let Some(number) = self.wave(&wave) {
                self.by_number[number].merge(theirs, &slots, &groups);
            }
        }
        for (variable, cells) in std::mem::take(&mut other.undeclared) {
            self.undeclared.entry(variable).or_default().merge(cells);
        }
        self.too_many_waves |= other.too_many_waves;
    }
}

impl WaveCounts {
    /// The rows with or without a weight of their own.
    pub(super) fn part(&mut self, side: Side) -> &mut Part {
        match side {
            Side::Weighted => &mut self.weighted,
            Side::Weightless => &mut self.weightless,
        }
    }

    /// Records how a file asks a question.
    pub(super) fn ask(&mut self, variable: Variable, question: &Question) {
        let first = self.asked_as.entry(variable).or_insert_with(|| question.clone());
        if first.scale != question.scale {
            self.two_scales.insert(variable);
        }
    }

    /// Records where a row is that has no weight; others of the wave may yet have one.
    pub(super) fn sight_weightless(&mut self, file: &str, place: Place) {
        match self.without_weight.last_mut() {
            Some((name, sightings)) if name == file => sightings.push(place),
            _ => {
                let mut sightings = Sightings::default();
                sightings.push(place);
                self.without_weight.push((file.to_owned(), sightings));
            }
        }
    }

    fn merge(&mut self, other: Self, slots: &[usize], groups: &[Vec<Option<usize>>]) {
        self.read += other.read;
        self.zero_weight += other.zero_weight;
        self.panel.add(&other.panel);
        for (variable, question) in &other.asked_as {
            self.ask(*variable, question);
        }
        self.two_scales.extend(&other.two_scales);
        for (variable, columns) in other.columns {
            self.columns.entry(variable).or_default().extend(columns);
        }
        if let Some(theirs) = other.fieldwork {
            self.fieldwork.get_or_insert_default().merge(&theirs);
        }
        for (touchpoint, comments) in other.comments {
            self.comments.entry(touchpoint).or_default().merge(comments);
        }
        self.weighted.merge(other.weighted, slots, groups);
        self.weightless.merge(other.weightless, slots, groups);
        for (name, sightings) in other.without_weight {
            match self.without_weight.last_mut() {
                Some((last, mine)) if *last == name => mine.merge(&sightings),
                _ => self.without_weight.push((name, sightings)),
            }
        }
    }
}
