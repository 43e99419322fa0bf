//! What was found less what was expected (METHOD §6, end): shown, never a flag.

use crate::model::{COMPLEMENTARY, Gap, Level};
use crate::stats::{Moments, student_mean, student_upper};
use crate::survey::tally::{Distribution, Variable};

use super::score::{is_telltale, withheld};
use super::view::View;

/// What it is called, so that nobody takes it for a score.
const LABEL: &str = "gap (SERVQUAL)";

/// The gap of the touchpoint at `position`: nothing where none was asked for.
///
/// # Errors
/// When it was asked for and cannot be shown, why.
pub(super) fn gap(view: &View<'_>, position: usize) -> Result<Option<Gap>, String> {
    let question = view.question(Variable::Gap(position), view.waves.reported);
    let Some(question) = question else { return Ok(None) };
    let histogram = match &question.answers {
        Distribution::Histogram(histogram) => histogram,
        Distribution::Withheld { .. } => return Err(COMPLEMENTARY.to_owned()),
        Distribution::Moments { .. } => {
            return Err("needs the rows of respondents".to_owned());
        }
    };
    let rules = &view.journey.rules;
    let Some(moments) = Moments::of(histogram, |x| x) else {
        return Err("nobody both rated and expected".to_owned());
    };
    if let Some(reason) = withheld(Some(moments.n()), rules) {
        return Err(reason);
    }
    let firm = moments.n_eff() >= rules.low_base;
    let error = moments.standard_error().filter(|error| firm && *error > 0.0);
    let t = error.map(|error| moments.mean() / error);
    let df = (moments.n_eff() - 1.0).max(1.0);
    let counts = histogram.levels().iter().map(|at| (Level(at.value), at.n)).collect();
    Ok(Some(Gap {
        label: LABEL.to_owned(),
        n: moments.n(),
        n_eff: moments.n_eff(),
        mean: moments.mean(),
        sd: moments.sd(),
        se: moments.standard_error(),
        ci: student_mean(&moments),
        t,
        p: t.map(|t| (2.0 * student_upper(t.abs(), df)).min(1.0)),
        counts: (!is_telltale(histogram)).then_some(counts),
    }))
}
