//! Waves that asked the same people: their means are not independent (METHOD §10).

use super::view::View;
use super::wave::find;

/// Share of respondents in two waves from which an independent test is refused.
const TOLERATED: f64 = 0.01;

/// Share, 0–1, of the respondents of the later of two waves whom the other has too, where
/// that is more than is tolerated.
pub(super) fn too_much(view: &View<'_>, one: &str, other: &str) -> Option<f64> {
    let of = |later: &str, earlier: &str| {
        let overlap = &find(view.tally, later)?.overlap;
        overlap.iter().find(|(wave, _)| wave.as_str() == earlier).map(|(_, share)| *share)
    };
    of(one, other).or_else(|| of(other, one)).filter(|share| *share > TOLERATED)
}

/// Why the two waves are not tested against one another, if they are not.
pub(super) fn refusal(view: &View<'_>, one: &str, other: &str) -> Option<String> {
    too_much(view, one, other).map(|share| {
        format!(
            "not tested: {:.0} % of the respondents answered in both {other} and {one}, and \
             the test is for independent samples",
            (100.0 * share).max(1.0)
        )
    })
}

/// Why no line is drawn through `waves`, if two of them share respondents.
pub(super) fn of_any(view: &View<'_>, waves: &[&str]) -> Option<String> {
    let pairs = waves.iter().enumerate().flat_map(|(at, later)| {
        waves.iter().take(at).map(move |earlier| (*later, *earlier))
    });
    pairs.into_iter().find_map(|(later, earlier)| refusal(view, later, earlier))
}
