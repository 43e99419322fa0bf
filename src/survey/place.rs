//! Aggregates → their places in the tally.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{InlineScore, Journey, Wave};

use super::aggregate::Aggregate;
use super::aggregate_row::answered;
use super::restrict::Restriction;
use super::sighting::Site;
use super::tally::{Distribution, QuestionTally, Tally, Variable};
use super::words::in_words;

/// Scores that a message lists.
const LISTED: usize = 10;

/// The aggregates of one file.
#[derive(Clone)]
pub(super) struct AggregateFile<'a> {
    /// The file.
    pub(super) site: Site<'a>,
    /// Its rows.
    pub(super) rows: Vec<Aggregate>,
}

/// Puts the aggregates of a file into `tally`; a score that is there already is a problem.
///
/// Under a restriction to one segment its aggregates are those of everybody who counts;
/// under any other, aggregates cannot tell.
pub(super) fn place_aggregates(
    file: AggregateFile<'_>,
    tally: &mut Tally,
    journey: &Journey,
    restriction: &Restriction,
    problems: &mut Diagnostics,
) {
    let mut twice = Vec::new();
    for aggregate in file.rows {
        let segment = match (aggregate.segment.clone(), restriction.only()) {
            (segment, _) if restriction.is_empty() => segment,
            (Some((position, value)), Some(only)) if only == (position, &value) => None,
            _ => continue,
        };
        let wave = tally.waves.entry(aggregate.wave.clone()).or_default();
        let (variable, question) = (aggregate.variable, aggregate.question);
        wave.asked_as.entry(variable).or_insert(question);
        let questions = match &segment {
            None => &mut wave.questions,
            Some(cell) => &mut wave.segments.entry(cell.clone()).or_default().questions,
        };
        if let Entry::Vacant(free) = questions.entry(variable) {
            free.insert(aggregate.answers);
        } else {
            let (what, place) = (in_words(variable, journey), aggregate.place);
            let whose =
                segment.map(|(_, value)| format!(", `{value}`")).unwrap_or_default();
            twice.push(format!(
                "{what}, wave `{}`{whose}: row {} (line {})",
                aggregate.wave, place.row, place.line
            ));
        }
    }
    if !twice.is_empty() {
        problems.push(mixed(&twice, file.site));
    }
}

fn mixed(twice: &[String], site: Site<'_>) -> Diagnostic {
    let (count, name) = (twice.len(), site.name);
    let message = match count {
        1 => format!("a score in `{name}` is given elsewhere too"),
        _ => format!("{count} scores in `{name}` are given elsewhere too"),
    };
    let problem = Diagnostic::error(Code::SUSPICIOUS_MIX, site.span, message);
    let problem = twice.iter().take(LISTED).cloned().fold(problem, Diagnostic::note);
    match count.saturating_sub(LISTED) {
        0 => problem,
        more => problem.note(format!("and {more} more")),
    }
}

/// Puts the scores that the map itself gives into `tally`; a score of a touchpoint and wave
/// of which there are responses too is a problem. Under a restriction they are left out,
/// because they are the scores of everybody.
pub(super) fn place_inline(
    tally: &mut Tally,
    journey: &Journey,
    restriction: &Restriction,
    problems: &mut Diagnostics,
) {
    if !restriction.is_empty() {
        return;
    }
    for (index, touchpoint) in journey.touchpoints.iter().enumerate() {
        let variable = Variable::Touchpoint(index);
        let mut twice = BTreeSet::new();
        for score in &touchpoint.scores {
            let Some(wave) = Wave::new(&score.wave) else { continue };
            let questions = &mut tally.waves.entry(wave.clone()).or_default().questions;
            if let Entry::Vacant(free) = questions.entry(variable) {
                free.insert(inline(score));
            } else {
                twice.insert(wave);
            }
        }
        for wave in twice {
            let id = &touchpoint.id;
            let message =
                format!("`{id}` has both responses and `scores:` in wave `{wave}`");
            problems.push(
                Diagnostic::error(Code::SUSPICIOUS_MIX, touchpoint.span, message)
                    .hint("remove the score of that wave from the map, or its responses"),
            );
        }
    }
}

fn inline(score: &InlineScore) -> QuestionTally {
    let (n, mean, sd) = (score.n, score.mean, score.sd);
    answered(Distribution::Moments { n, mean, sd })
}
