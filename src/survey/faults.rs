//! What is wrong with counts that no single file shows.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Journey, SurveyPlan, Wave};

use super::bind::either;
use super::count::{Counts, WaveCounts};
use super::options::MissingWeight;
use super::sighting::rows;
use super::words::{in_words, question};

/// Reports what is wrong with counts.
pub(super) fn report_faults(
    counts: &Counts,
    journey: &Journey,
    plan: &SurveyPlan,
    missing_weight: MissingWeight,
    problems: &mut Diagnostics,
) {
    report_excess(counts, journey, plan, problems);
    for (wave, of_wave) in counts.by_wave() {
        report_scales(wave, of_wave, journey, problems);
        let both = of_wave.weighted.used > 0 && of_wave.weightless.used > 0;
        if both && missing_weight == MissingWeight::Refuse {
            problems.push(some_without(wave, of_wave));
        }
    }
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
