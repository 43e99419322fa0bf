//! What is wrong with counts that no single file shows.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Journey, SurveyPlan, Wave};
use crate::stats::real;

use super::bind::either;
use super::count::{Counts, WaveCounts};
use super::options::MissingWeight;
use super::sighting::rows;
use super::tally::{RowCounts, Tally};
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

fn none_counts(wave: &Wave, rows: &RowCounts) -> Diagnostic {
    let message = match rows.read {
        1 => format!("the only row of wave `{wave}` has weight 0"),
        n => format!("all {n} rows of wave `{wave}` have weight 0"),
    };
    Diagnostic::error(Code::BAD_WEIGHT, None, message)
        .note("a row of weight 0 does not count, so there is nothing to score")
        .hint("check that `weight:` names the right column, or score with `--unweighted`")
}

/// Reports what is wrong with whole waves: those of which no row counts, and those in which
/// respondents have several rows.
pub(super) fn report_waves(tally: &Tally, plan: &SurveyPlan, problems: &mut Diagnostics) {
    let span = plan.respondent.as_ref().and_then(|it| it.span);
    for (wave, it) in &tally.waves {
        let Some(rows) = it.rows else { continue };
        if rows.read > 0 && rows.zero_weight == rows.read {
            problems.push(none_counts(wave, &rows));
        }
        if rows.duplicate_ids > 0 {
            problems.push(repeats(wave, &rows, span));
        }
    }
}

fn repeats(wave: &Wave, counts: &RowCounts, span: Option<Span>) -> Diagnostic {
    let about = if counts.duplicates_are_estimated() { "about " } else { "" };
    let again = rows(counts.duplicate_ids);
    let comes = if counts.duplicate_ids == 1 { "comes" } else { "come" };
    let share = 100.0 * real(counts.duplicate_ids) / real(counts.used);
    let message = format!(
        "{about}{again} of wave `{wave}` ({share:.1} %) {comes} from respondents who have \
         an earlier row in it"
    );
    Diagnostic::warning(Code::REPEATED_RESPONDENTS, span, message)
        .note("they are kept: each row counts")
        .hint("keep one row of each respondent, or correct the column of `respondent:`; nothing to do if respondents may answer several times")
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
