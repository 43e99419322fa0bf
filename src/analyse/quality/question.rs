//! What was read of each question in a wave.

use crate::model::{Amount, COMPLEMENTARY, Level, LevelAmount, QuestionQuality};
use crate::stats::{Histogram, real};
use crate::survey::tally::{Distribution, QuestionTally, Variable, WaveTally};

use super::super::ruler::Ruler;
use super::super::score::{is_telltale, withheld};
use super::Source;

/// Levels that are listed also where nobody gave them: those of the usual scales.
const LISTED: f64 = 10.0;

/// Every question of the wave that is scored by itself, in the order of the map.
pub(super) fn questions(
    source: &Source<'_>,
    wave: &str,
    tally: &WaveTally,
) -> Vec<QuestionQuality> {
    let of = |(id, variable): (&str, Variable)| {
        let question = tally.questions.get(&variable)?;
        Some(quality(source, id, variable, (wave, tally), question))
    };
    source.variables().filter_map(of).collect()
}

fn quality(
    source: &Source<'_>,
    id: &str,
    variable: Variable,
    (wave, tally): (&str, &WaveTally),
    question: &QuestionTally,
) -> QuestionQuality {
    let ruler = source.ruler(variable, wave);
    let columns = tally.columns.get(&variable);
    let bare = QuestionQuality {
        question: id.to_owned(),
        columns: columns.into_iter().flatten().cloned().collect(),
        scale: [ruler.scale().min(), ruler.scale().max()],
        ..QuestionQuality::default()
    };
    let histogram = match &question.answers {
        Distribution::Histogram(histogram) => histogram,
        Distribution::Moments { .. } => {
            let reason = Some("known from aggregates only".to_owned());
            return QuestionQuality { reason, ..bare };
        }
        Distribution::Withheld { .. } => {
            return QuestionQuality { reason: Some(COMPLEMENTARY.to_owned()), ..bare };
        }
    };
    let valid = histogram.n();
    if let Some(reason) =
        withheld(Some(valid), &source.journey.rules).filter(|_| valid > 0)
    {
        return QuestionQuality { reason: Some(reason), ..bare };
    }
    let told = is_telltale(histogram)
        .then(|| format!("all {valid} answers are the same: distribution withheld"));
    let missing = [question.not_applicable, question.blank, question.not_asked];
    let cells = valid + missing.iter().map(|it| it.n).sum::<u64>();
    let part = |n| amount(n, cells);
    let [not_applicable, blank, not_asked] = missing.map(|it| part(it.n));
    QuestionQuality {
        levels: told.is_none().then(|| levels(histogram, &ruler)),
        valid: part(valid),
        not_applicable,
        blank,
        not_asked,
        reason: told,
        ..bare
    }
}

/// `n` of `all`; `None` of nothing.
pub(super) fn amount(n: u64, all: u64) -> Option<Amount> {
    (all > 0).then(|| Amount { n, share: real(n) / real(all) })
}

/// The answers by level, with the whole numbers of a usual scale that nobody gave.
fn levels(histogram: &Histogram, ruler: &Ruler) -> Vec<LevelAmount> {
    let n = histogram.n();
    let mut levels: Vec<LevelAmount> = histogram
        .levels()
        .iter()
        .map(|at| LevelAmount {
            level: Level(at.value),
            n: at.n,
            share: real(at.n) / real(n),
        })
        .collect();
    for value in unused(ruler) {
        let level = Level(value);
        if let Err(at) = levels.binary_search_by(|it| it.level.cmp(&level)) {
            levels.insert(at, LevelAmount { level, n: 0, share: 0.0 });
        }
    }
    levels
}

/// The whole numbers that are answers on a usual scale.
fn unused(ruler: &Ruler) -> Vec<f64> {
    let scale = ruler.scale();
    let mut values = Vec::new();
    if scale.width() <= LISTED {
        let mut value = scale.min().ceil();
        while value <= scale.max() {
            values.extend(scale.accepts(value).then_some(value));
            value += 1.0;
        }
    }
    values
}
