//! Counts → tally: the one place where exact counts become floating-point sums.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Journey, Question, SurveyPlan, Wave};
use crate::stats::{Histogram, LevelSums, real};

use super::bind::either;
use super::count::{Counts, WaveCounts};
use super::dictionary::{Dictionary, EVERY_ROW, Outcome};
use super::exact::{Sums, Total};
use super::ids::Ids;
use super::joint_sums::JointSums;
use super::options::MissingWeight;
use super::part::Part;
use super::sighting::rows;
use super::tally::{
    Distribution, DriverTally, Missing, QuestionTally, RowCounts, Rows, SegmentTally,
    Tally, Variable, WaveTally,
};

/// The tally of `counts`, whose problems are reported.
pub(super) fn finish(
    mut counts: Counts,
    journey: &Journey,
    plan: &SurveyPlan,
    missing_weight: MissingWeight,
    problems: &mut Diagnostics,
) -> Tally {
    report_excess(&counts, journey, plan, problems);
    let (mut tally, mut earlier) = (Tally::default(), Vec::new());
    for (wave, mut of_wave) in counts.take_waves() {
        report_scales(&wave, &of_wave, journey, problems);
        let mut part = used_part(&wave, &mut of_wave, &counts, missing_weight, problems);
        let joint = part.joint.take();
        let mut it = wave_tally(&part, &of_wave, &counts, journey);
        it.drivers = joint.and_then(|joint| drivers(joint, &wave, problems));
        it.overlap = overlap(&part.ids, &earlier);
        earlier.push((wave.clone(), part.ids));
        tally.waves.insert(wave, it);
    }
    tally
}

/// Reports what has more different values than can be meant.
fn report_excess(
    counts: &Counts,
    journey: &Journey,
    plan: &SurveyPlan,
    problems: &mut Diagnostics,
) {
    let mut report = |span: Option<Span>, what: String| {
        let message = format!("{what} more than 1,001 different values");
        problems.push(Diagnostic::error(Code::TOO_MANY_LEVELS, span, message));
    };
    for variable in counts.dictionary.overfull() {
        let column = question(plan, variable).map(|it| &it.column);
        let span = column.and_then(|it| it.span);
        let column = column.map_or_else(String::new, |it| format!(" ({})", either(it)));
        report(span, format!("{}{column} has", in_words(variable, journey)));
    }
    for (segment, names) in plan.segments.iter().zip(&counts.segments) {
        if names.overfull() {
            report(segment.column.span, format!("the segment `{}` has", segment.id));
        }
    }
    if counts.too_many_waves() {
        let span = plan.wave.as_ref().and_then(|it| it.span);
        report(span, "the column of the wave has".to_owned());
    }
}

fn report_scales(
    wave: &Wave,
    of_wave: &WaveCounts,
    journey: &Journey,
    problems: &mut Diagnostics,
) {
    for variable in &of_wave.two_scales {
        let first = of_wave.asked_as.get(variable);
        let what = in_words(*variable, journey);
        let message = format!("files of wave `{wave}` ask {what} on different scales");
        let span = first.and_then(|it| it.column.span);
        problems.push(
            Diagnostic::error(Code::SUSPICIOUS_MIX, span, message)
                .hint("give the files waves of their own, or bring them to one scale"),
        );
    }
}

/// The rows of a wave that count. Rows without a weight count as 1 where no row of the wave
/// has one (METHOD §1.5).
fn used_part(
    wave: &Wave,
    of_wave: &mut WaveCounts,
    counts: &Counts,
    missing_weight: MissingWeight,
    problems: &mut Diagnostics,
) -> Part {
    if of_wave.weighted.used == 0 {
        return std::mem::take(&mut of_wave.weightless);
    }
    if of_wave.weightless.used > 0 {
        match missing_weight {
            MissingWeight::One => {
                let weighted = of_wave.weighted.used;
                let both = std::mem::take(&mut of_wave.weighted).and(
                    std::mem::take(&mut of_wave.weightless),
                    counts.dictionary.width(),
                );
                of_wave.weighted.used = weighted;
                return both;
            }
            MissingWeight::Drop => {}
            MissingWeight::Refuse => problems.push(some_without(wave, of_wave)),
        }
    }
    let used = of_wave.weighted.used;
    let weighted = std::mem::take(&mut of_wave.weighted);
    of_wave.weighted.used = used;
    weighted
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

/// The share of the respondents that each earlier wave has too.
fn overlap(ids: &Ids, earlier: &[(Wave, Ids)]) -> BTreeMap<Wave, f64> {
    let count = ids.count();
    let with_ids = earlier.iter().filter(|(_, others)| count > 0 && others.count() > 0);
    let share = |others: &Ids| real(ids.among(others)) / real(count);
    with_ids.map(|(wave, others)| (wave.clone(), share(others))).collect()
}

fn some_without(wave: &Wave, of_wave: &WaveCounts) -> Diagnostic {
    let count = rows(of_wave.weightless.used);
    let verb = if of_wave.weightless.used == 1 { "has" } else { "have" };
    let message =
        format!("{count} of wave `{wave}` {verb} no weight, while others have one");
    let problem = Diagnostic::error(Code::BAD_WEIGHT, None, message);
    let notes = of_wave.without_weight.iter();
    notes
        .map(|(file, sightings)| format!("in `{file}`: {}", sightings.places()))
        .fold(problem, Diagnostic::note)
        .hint("leave such rows out (`--missing-weight drop`) or count them as 1 (`--missing-weight one`)")
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
        duplicate_ids: part.ids.duplicates(),
    };
    let mut asked_as = of_wave.asked_as.clone();
    asked_as.retain(|variable, _| questions.contains_key(variable));
    WaveTally {
        rows: Some(row_counts),
        questions,
        asked_as,
        segments,
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
            Variable::Gap(index) => questions.contains_key(&Variable::Touchpoint(index)),
            _ => rows == 0 || it.not_asked.n < rows,
        };
        if asked {
            questions.insert(variable, it);
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

fn segment(
    sums: &Sums,
    asked: &BTreeSet<Variable>,
    dictionary: &Dictionary,
) -> Option<SegmentTally> {
    let Total { n, w, .. } = sums.total(EVERY_ROW);
    let tally = |it: &Variable| (*it, question_tally(*it, sums, dictionary));
    let rows = Some(Rows { n, w });
    (n > 0).then(|| SegmentTally { rows, questions: asked.iter().map(tally).collect() })
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

/// The question of `plan` that scores `variable`.
pub(super) fn question(plan: &SurveyPlan, variable: Variable) -> Option<&Question> {
    match variable {
        Variable::Overall => plan.overall.as_ref(),
        Variable::Recommend => plan.recommend.as_ref(),
        Variable::Touchpoint(index) => plan.questions.get(index),
        Variable::Stage(_) | Variable::Gap(_) => None,
    }
}

/// A variable as messages name it.
pub(super) fn in_words(variable: Variable, journey: &Journey) -> String {
    let (kind, id) = match variable {
        Variable::Overall => return "the overall satisfaction".to_owned(),
        Variable::Recommend => return "the likelihood to recommend".to_owned(),
        Variable::Gap(index) => (
            "what was expected of touchpoint",
            journey.touchpoints.get(index).map(|it| &it.id),
        ),
        Variable::Touchpoint(index) => {
            ("touchpoint", journey.touchpoints.get(index).map(|it| &it.id))
        }
        Variable::Stage(index) => ("stage", journey.stages.get(index).map(|it| &it.id)),
    };
    format!("{kind} `{}`", id.map_or("", String::as_str))
}
