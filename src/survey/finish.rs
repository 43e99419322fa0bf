//! Counts → tally: the one place where exact counts become floating-point sums.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, Wave};
use crate::stats::{Histogram, LevelSums};

use super::count::{Counts, WaveCounts};
use super::dictionary::{Dictionary, EVERY_ROW, Outcome};
use super::exact::{Sums, Total};
use super::ids::Ids;
use super::joint_sums::JointSums;
use super::options::MissingWeight;
use super::panel::Panel;
use super::part::Part;
use super::tally::{
    Beside, Distribution, DriverTally, Missing, QuestionTally, RowCounts, Rows,
    SegmentTally, Tally, Variable, WaveTally, WeightSums,
};

/// The tally of `counts`; what is wrong with them is reported by [`super::faults`].
pub(super) fn finish(
    mut counts: Counts,
    journey: &Journey,
    missing_weight: MissingWeight,
    problems: &mut Diagnostics,
) -> Tally {
    let mut panels = panels(&counts, missing_weight).into_iter();
    let undeclared = std::mem::take(&mut counts.undeclared);
    let mut tally = Tally { undeclared, ..Tally::default() };
    for (wave, mut of_wave) in counts.take_waves() {
        let width = counts.dictionary.width();
        let mut part = used_part(&mut of_wave, width, missing_weight);
        let joint = part.joint.take();
        of_wave.panel = panels.next().unwrap_or_default();
        let mut it = wave_tally(&part, &of_wave, &counts, journey);
        it.drivers = joint.and_then(|joint| drivers(joint, &wave, problems));
        tally.waves.insert(wave, it);
    }
    tally
}

/// The rows of a wave that count. Rows without a weight count as 1 where no row of the wave
/// has one (METHOD §1.5).
fn used_part(
    of_wave: &mut WaveCounts,
    width: usize,
    missing_weight: MissingWeight,
) -> Part {
    let weighted = of_wave.weighted.used;
    if weighted == 0 {
        return std::mem::take(&mut of_wave.weightless);
    }
    let part = std::mem::take(&mut of_wave.weighted);
    of_wave.weighted.used = weighted;
    match missing_weight {
        MissingWeight::One => {
            let others = std::mem::take(&mut of_wave.weightless);
            of_wave.weightless.used = others.used;
            part.and(others, width)
        }
        MissingWeight::Drop | MissingWeight::Refuse => part,
    }
}

/// Joint sums as statistics take them; where weights are out of all measure there are none.
fn drivers(
    joint: JointSums,
    wave: &Wave,
    problems: &mut Diagnostics,
) -> Option<DriverTally> {
    match joint {
        JointSums::Known(known) => known.tally(),
        JointSums::Refused => {
            let message = format!(
                "the weights of wave `{wave}` do not fit into the sums of pairs of answers"
            );
            problems.push(
                Diagnostic::warning(Code::BAD_WEIGHT, None, message)
                    .note("expected weights from 1e-18 to 4e9, and sums below 4e15; which touchpoints matter cannot be told")
                    .hint(
                        "divide all weights by the same number: only their ratios count",
                    ),
            );
            None
        }
    }
}

/// The respondents of each wave, in order: of the rows that count.
pub(super) fn panels(counts: &Counts, missing_weight: MissingWeight) -> Vec<Panel> {
    let ids = |it: &WaveCounts| {
        let mut ids = match it.weighted.used {
            0 => return it.weightless.ids.clone(),
            _ => it.weighted.ids.clone(),
        };
        if missing_weight == MissingWeight::One {
            ids.merge(&it.weightless.ids);
        }
        ids
    };
    let mut earlier: Vec<(&Wave, Ids)> = Vec::new();
    let mut panels = Vec::new();
    for (wave, of_wave) in counts.by_wave() {
        let ids = ids(of_wave);
        let mut panel = Panel::of(&ids, earlier.iter().map(|(wave, ids)| (*wave, ids)));
        panel.add(&of_wave.panel);
        panels.push(panel);
        earlier.push((wave, ids));
    }
    panels
}

fn wave_tally(
    part: &Part,
    of_wave: &WaveCounts,
    counts: &Counts,
    journey: &Journey,
) -> WaveTally {
    let dictionary = &counts.dictionary;
    let questions = questions(&part.total, of_wave, dictionary, journey);
    let asked: BTreeSet<_> = questions.keys().copied().collect();
    let mut segments = BTreeMap::new();
    let pairs = part.segments.iter().zip(&counts.segments);
    for (position, (groups, names)) in pairs.enumerate() {
        for (value, number) in names.iter() {
            let sums = groups.get(number);
            if let Some(it) = sums.and_then(|sums| segment(sums, &asked, dictionary)) {
                segments.insert((position, value.to_owned()), it);
            }
        }
    }
    let row_counts = RowCounts {
        read: of_wave.read,
        used: part.used,
        zero_weight: of_wave.zero_weight,
        straight_liners: part.straight_liners,
        few_answers: part.few_answers,
        weighted: of_wave.weighted.used,
        without_weight: match of_wave.weighted.used {
            0 => 0,
            _ => of_wave.weightless.used,
        },
        respondents: of_wave.panel.respondents(),
        duplicate_ids: of_wave.panel.duplicates(),
    };
    let mut asked_as = of_wave.asked_as.clone();
    asked_as.retain(|variable, _| questions.contains_key(variable));
    let Total { n, w, w2 } = part.total.total(EVERY_ROW);
    WaveTally {
        rows: Some(row_counts),
        weights: WeightSums { n, w, w2 },
        columns: of_wave.columns.clone(),
        fieldwork: of_wave.fieldwork,
        questions,
        asked_as,
        overlap: of_wave.panel.overlap(),
        segments,
        beside: beside(&part.total, dictionary),
        comments: of_wave.comments.clone(),
        ..WaveTally::default()
    }
}

/// The questions of a wave. One that was asked of none of the rows is none of them, even if
/// the file has a column for it.
fn questions(
    sums: &Sums,
    of_wave: &WaveCounts,
    dictionary: &Dictionary,
    journey: &Journey,
) -> BTreeMap<Variable, QuestionTally> {
    let rows = sums.total(EVERY_ROW).n;
    let mut questions = BTreeMap::new();
    for &variable in of_wave.asked_as.keys() {
        let it = question_tally(variable, sums, dictionary);
        let asked = match variable {
            Variable::Gap(index) | Variable::Expected(index) => {
                questions.contains_key(&Variable::Touchpoint(index))
            }
            _ => rows == 0 || it.not_asked.n < rows,
        };
        if asked {
            questions.insert(variable, it);
        }
    }
    for index in 0..journey.touchpoints.len() {
        let variable = Variable::Expected(index);
        if questions.contains_key(&Variable::Gap(index)) {
            let it = question_tally(variable, sums, dictionary);
            if !matches!(&it.answers, Distribution::Histogram(it) if it.n() == 0) {
                questions.insert(variable, it);
            }
        }
    }
    for (index, stage) in journey.stages.iter().enumerate() {
        let mut touchpoints = stage.touchpoints.clone().map(Variable::Touchpoint);
        if touchpoints.any(|it| questions.contains_key(&it)) {
            let variable = Variable::Stage(index);
            questions.insert(variable, question_tally(variable, sums, dictionary));
        }
    }
    questions
}

/// What is counted beside the scores, as far as anybody said it.
fn beside(sums: &Sums, dictionary: &Dictionary) -> BTreeMap<Beside, Histogram> {
    let mut levels: BTreeMap<Beside, Vec<LevelSums>> = BTreeMap::new();
    for (variable, outcome, slot) in dictionary.beside() {
        let Total { n, w, w2 } = sums.total(slot);
        if let (Variable::Beside(it), Outcome::Answer(level), 1..) =
            (variable, outcome, n)
        {
            let level = LevelSums { value: level.value(), n, w, w2 };
            levels.entry(it).or_default().push(level);
        }
    }
    levels.into_iter().map(|(it, levels)| (it, Histogram::new(levels))).collect()
}

fn segment(
    sums: &Sums,
    asked: &BTreeSet<Variable>,
    dictionary: &Dictionary,
) -> Option<SegmentTally> {
    let Total { n, w, .. } = sums.total(EVERY_ROW);
    let tally = |it: &Variable| (*it, question_tally(*it, sums, dictionary));
    let rows = Some(Rows { n, w });
    (n > 0).then(|| {
        let questions = asked.iter().map(tally).collect();
        SegmentTally {
            rows,
            questions,
            beside: beside(sums, dictionary),
            size_withheld: false,
        }
    })
}

fn question_tally(
    variable: Variable,
    sums: &Sums,
    dictionary: &Dictionary,
) -> QuestionTally {
    let mut levels = Vec::new();
    let [mut not_applicable, mut blank, mut not_asked] = [Missing::default(); 3];
    for (outcome, slot) in dictionary.outcomes(variable) {
        let Total { n, w, w2 } = sums.total(slot);
        match outcome {
            Outcome::Answer(level) => {
                levels.push(LevelSums { value: level.value(), n, w, w2 });
            }
            Outcome::NotApplicable => not_applicable = Missing { n, w },
            Outcome::Blank => blank = Missing { n, w },
            Outcome::NotAsked => not_asked = Missing { n, w },
        }
    }
    let answers = Distribution::Histogram(Histogram::new(levels));
    QuestionTally { answers, not_applicable, blank, not_asked }
}
