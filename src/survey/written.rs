//! Counts as a file holds them, and back.
//!
//! What is written does not depend on the order in which rows were read: answers, segments
//! and waves are numbered in their own order, and what nobody said is left out.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::model::{SurveyPlan, Wave};
use crate::stats::MOST_RESPONDENTS;

use super::count::{Counts, Names, WaveCounts};
use super::dictionary::{EVERY_ROW, Level, Outcome};
use super::exact::Sums;
use super::panel::Panel;
use super::part::Part;
use super::tally::Variable;
use super::terms::QuestionTerms;
use super::words::question;
use super::written_joint::WrittenJoint;
use super::written_quality::{WrittenColumns, WrittenFieldwork, WrittenUndeclared};
use super::written_sums::WrittenSums;

/// Counts of any number of rows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCounts {
    /// Slot 0 counts every row; the slots of these follow, in order.
    slots: Vec<WrittenSlots>,
    /// Values of each segment, in order.
    segments: Vec<Vec<String>>,
    waves: Vec<WrittenWave>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    undeclared: Vec<WrittenUndeclared>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSlots {
    of: Variable,
    answers: Vec<f64>,
    missing: Vec<WrittenClass>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenClass {
    NotApplicable,
    Blank,
    NotAsked,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWave {
    wave: String,
    read: u64,
    zero_weight: u64,
    asked: Vec<(Variable, QuestionTerms)>,
    #[serde(default, skip_serializing_if = "WrittenColumns::is_empty")]
    columns: WrittenColumns,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fieldwork: Option<WrittenFieldwork>,
    respondents: Panel,
    weighted: WrittenPart,
    weightless: WrittenPart,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPart {
    used: u64,
    straight_liners: u64,
    few_answers: u64,
    total: WrittenSums,
    segments: Vec<WrittenCell>,
    joint: Option<WrittenJoint>,
}

/// Sums of the rows that have a value of a segment, both by number.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCell {
    segment: usize,
    value: usize,
    sums: WrittenSums,
}

/// Slots and values by the numbers that are written.
struct Numbers<'a> {
    /// Ours, in the order of theirs.
    slots: &'a [usize],
    values: &'a [Vec<usize>],
    /// Those that stand outside of the JSON.
    integers: &'a mut Vec<Vec<u8>>,
    /// How many threads may write them.
    threads: NonZeroUsize,
}

impl WrittenCounts {
    /// Of these counts; `panels` are those of the waves, in order. The integers of joint sums
    /// go to the end of `integers`.
    pub(super) fn of(
        mut counts: Counts,
        panels: Vec<Panel>,
        (integers, threads): (&mut Vec<Vec<u8>>, NonZeroUsize),
    ) -> Self {
        let mut by_variable: BTreeMap<Variable, WrittenSlots> = BTreeMap::new();
        let mut slots = vec![EVERY_ROW];
        for (variable, outcome, slot) in counts.dictionary.iter() {
            slots.push(slot);
            let it =
                by_variable.entry(variable).or_insert_with(|| WrittenSlots::of(variable));
            it.push(outcome);
        }
        // What a wave has is given up as soon as it is written: joint sums are large.
        let waves = counts.take_waves();
        let names = || counts.segments.iter().map(Names::iter);
        let values: Vec<Vec<usize>> =
            names().map(|it| it.map(|(_, number)| number).collect()).collect();
        let mut numbers = Numbers { slots: &slots, values: &values, integers, threads };
        let mut written = Vec::new();
        for ((wave, it), panel) in waves.into_iter().zip(panels) {
            written.push(written_wave(&wave, it, panel, &mut numbers));
        }
        Self {
            slots: by_variable.into_values().collect(),
            segments: names()
                .map(|it| it.map(|(name, _)| name.to_owned()).collect())
                .collect(),
            waves: written,
            undeclared: WrittenUndeclared::all(&counts.undeclared),
        }
    }

    /// The counts, of a survey that `plan` describes, with these `integers`; `None` unless they
    /// can be counts of it.
    pub(super) fn counts(self, plan: &SurveyPlan, mut integers: &[u8]) -> Option<Counts> {
        if self.segments.len() != plan.segments.len() {
            return None;
        }
        let mut counts = Counts::new(self.segments.len());
        for (names, values) in counts.segments.iter_mut().zip(&self.segments) {
            for (number, value) in values.iter().enumerate() {
                (names.number(value)? == number).then_some(())?;
            }
        }
        let mut next = EVERY_ROW;
        for of in &self.slots {
            for outcome in of.outcomes() {
                next += 1;
                (counts.dictionary.slot(of.of, outcome?) == next).then_some(())?;
            }
        }
        let width = counts.dictionary.width();
        let shape = Shape { plan, width, segments: &self.segments };
        for written in self.waves {
            let wave = Wave::new(&written.wave)?;
            let known = counts.waves.len();
            let number = counts.wave(&wave)?;
            (number == known).then_some(())?;
            *counts.at(number) = written.counts(&shape, &mut integers)?;
        }
        counts.undeclared = WrittenUndeclared::cells(self.undeclared)?;
        integers.is_empty().then_some(counts)
    }
}

/// What the numbers of a file must fit.
struct Shape<'a> {
    plan: &'a SurveyPlan,
    width: usize,
    segments: &'a [Vec<String>],
}

fn written_wave(
    wave: &Wave,
    counts: WaveCounts,
    respondents: Panel,
    numbers: &mut Numbers<'_>,
) -> WrittenWave {
    let asked = counts.asked_as.iter();
    let asked = asked.map(|(variable, it)| (*variable, QuestionTerms::of(it))).collect();
    WrittenWave {
        wave: wave.as_str().to_owned(),
        read: counts.read,
        zero_weight: counts.zero_weight,
        asked,
        columns: WrittenColumns::of(&counts.columns),
        fieldwork: counts.fieldwork.map(WrittenFieldwork::of),
        respondents,
        weighted: WrittenPart::of(counts.weighted, numbers),
        weightless: WrittenPart::of(counts.weightless, numbers),
    }
}

impl WrittenWave {
    fn counts(self, shape: &Shape<'_>, integers: &mut &[u8]) -> Option<WaveCounts> {
        let mut counts = WaveCounts { read: self.read, ..WaveCounts::default() };
        counts.zero_weight = self.zero_weight;
        for (variable, terms) in self.asked {
            let question = terms.question(question(shape.plan, variable)?)?;
            counts.asked_as.insert(variable, question);
        }
        counts.columns = self.columns.columns();
        counts.fieldwork = match self.fieldwork {
            Some(it) => Some(it.fieldwork(self.read)?),
            None => None,
        };
        counts.panel = self.respondents.sound()?;
        counts.weighted = self.weighted.part(shape, integers)?;
        counts.weightless = self.weightless.part(shape, integers)?;
        let sound = counts.read.max(counts.zero_weight) <= MOST_RESPONDENTS;
        sound.then_some(counts)
    }
}

impl WrittenPart {
    fn of(part: Part, numbers: &mut Numbers<'_>) -> Self {
        let mut segments = Vec::new();
        for (segment, (cells, values)) in
            part.segments.iter().zip(numbers.values).enumerate()
        {
            for (value, ours) in values.iter().enumerate() {
                let sums = cells.get(*ours).map(|it| WrittenSums::of(it, numbers.slots));
                if let Some(sums) = sums.filter(|it| !it.is_empty()) {
                    segments.push(WrittenCell { segment, value, sums });
                }
            }
        }
        Self {
            used: part.used,
            straight_liners: part.straight_liners,
            few_answers: part.few_answers,
            total: WrittenSums::of(&part.total, numbers.slots),
            segments,
            joint: part
                .joint
                .map(|it| WrittenJoint::of(&it, (numbers.integers, numbers.threads))),
        }
    }

    fn part(self, shape: &Shape<'_>, integers: &mut &[u8]) -> Option<Part> {
        let joint = match self.joint {
            Some(joint) => Some(joint.sums(shape.plan.questions.len(), integers)?),
            None => None,
        };
        let mut part = Part {
            used: self.used,
            straight_liners: self.straight_liners,
            few_answers: self.few_answers,
            total: self.total.sums(shape.width)?,
            joint,
            ..Part::default()
        };
        let slots: Vec<usize> = (EVERY_ROW..shape.width).collect();
        let mut by_segment = vec![Sums::default(); shape.segments.len()];
        for cell in self.segments {
            shape.segments.get(cell.segment)?.get(cell.value)?;
            let sums = cell.sums.sums(shape.width)?;
            let listed = by_segment.get_mut(cell.segment)?;
            // One by one, so that no sum of absurd cells is over what can be added.
            listed.merge(&sums, &slots);
            listed.is_part_of(&part.total).then_some(())?;
            *part.group(cell.segment, cell.value) = sums;
        }
        let sound = part.total.total(EVERY_ROW).n == part.used
            && part.straight_liners.checked_add(part.few_answers)? <= part.used;
        sound.then_some(part)
    }
}

impl WrittenSlots {
    fn of(variable: Variable) -> Self {
        Self { of: variable, answers: Vec::new(), missing: Vec::new() }
    }

    fn push(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Answer(level) => self.answers.push(level.value()),
            Outcome::NotApplicable => self.missing.push(WrittenClass::NotApplicable),
            Outcome::Blank => self.missing.push(WrittenClass::Blank),
            Outcome::NotAsked => self.missing.push(WrittenClass::NotAsked),
        }
    }

    /// The outcomes, `None` for what is no number.
    fn outcomes(&self) -> impl Iterator<Item = Option<Outcome>> {
        let answer = |it: &f64| it.is_finite().then(|| Outcome::Answer(Level::new(*it)));
        let class = |it: &WrittenClass| {
            Some(match it {
                WrittenClass::NotApplicable => Outcome::NotApplicable,
                WrittenClass::Blank => Outcome::Blank,
                WrittenClass::NotAsked => Outcome::NotAsked,
            })
        };
        self.answers.iter().map(answer).chain(self.missing.iter().map(class))
    }
}
