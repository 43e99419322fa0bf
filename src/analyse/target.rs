//! What each touchpoint should reach: points, or the mean of the others (METHOD §6).

use crate::model::{Interval, Relative, Score, Target};
use crate::stats::{Comoments, Jackknife, student_upper_quantile};
use crate::survey::tally::Variable;

use super::ruler::Ruler;
use super::view::{View, is_firm_enough};
use super::wave::find;

/// What a touchpoint should reach, and how it stands to the others if that is measured by them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Aim {
    /// In points.
    pub(super) points: f64,
    /// In relative mode.
    pub(super) relative: Option<Relative>,
}

/// What each touchpoint should reach, in the order of the map; or why that is not known.
pub(super) fn aims(view: &View<'_>, scores: &[Score]) -> Vec<Result<Aim, String>> {
    let mut others = None;
    let touchpoints = view.journey.touchpoints.iter().enumerate();
    touchpoints
        .map(|(at, touchpoint)| match view.journey.target(touchpoint) {
            Target::Points(points) => Ok(Aim { points, relative: None }),
            Target::Relative => {
                others.get_or_insert_with(|| Compared::new(view, scores)).aim(at)
            }
        })
        .collect()
}

/// What touchpoints without a target of their own should reach, in points: see
/// [`crate::model::Analysis::target`].
pub(super) fn shared(view: &View<'_>, scores: &[Score]) -> Option<f64> {
    let rules = &view.journey.rules;
    rules.target.points().or_else(|| {
        let eligible = scores.iter().filter(|it| is_firm_enough(it, rules.low_base));
        let means: Vec<f64> = eligible.filter_map(|it| it.points).collect();
        let n = crate::stats::real(means.len() as u64);
        (n > 0.0).then(|| means.iter().sum::<f64>() / n)
    })
}

/// Touchpoints whose means are compared with one another.
struct Compared {
    /// Positions of those that are shown and have no low base: no other may be worked out
    /// from the mean of all.
    positions: Vec<usize>,
    /// Their means in points, over all rows.
    means: Vec<f64>,
    /// The same without each replicate group; or why there are none.
    replicates: Result<Vec<Vec<f64>>, String>,
}

impl Compared {
    fn new(view: &View<'_>, scores: &[Score]) -> Self {
        let low_base = view.journey.rules.low_base;
        let eligible = scores.iter().enumerate();
        let eligible = eligible.filter(|(_, it)| is_firm_enough(it, low_base));
        let (positions, means): (Vec<usize>, Vec<f64>) =
            eligible.filter_map(|(at, it)| Some((at, it.points?))).unzip();
        let replicates = replicates(view, &positions);
        Self { positions, means, replicates }
    }

    fn aim(&self, position: usize) -> Result<Aim, String> {
        let Some(own) = self.positions.iter().position(|it| *it == position) else {
            return Err(
                "too few answers to compare with the other touchpoints".to_owned()
            );
        };
        let replicates = self.replicates.as_ref().map_err(Clone::clone)?;
        let (points, difference) = against_others(&self.means, own)
            .ok_or("there is no other touchpoint to compare with")?;
        let of = |means: &Vec<f64>| vec![against_others(means, own).map(|(_, it)| it)];
        let replicates: Vec<_> = replicates.iter().map(of).collect();
        let jackknife = Jackknife::from_replicates(&replicates);
        let error = jackknife.as_ref().and_then(|it| *it.errors().first()?);
        let Some((jackknife, se)) = jackknife.zip(error).filter(|(_, se)| *se > 0.0)
        else {
            return Err("the answers have no spread over replicate groups".to_owned());
        };
        let df = jackknife.df();
        let half = student_upper_quantile(0.025, crate::stats::real(df as u64)) * se;
        let ci: Interval = [difference - half, difference + half];
        let others = self.means.len() - 1;
        Ok(Aim { points, relative: Some(Relative { difference, se, ci, df, others }) })
    }
}

/// The mean of the other means, and how far the own one lies over it; `None` alone.
fn against_others(means: &[f64], own: usize) -> Option<(f64, f64)> {
    let mean = *means.get(own)?;
    let others = means.len().checked_sub(1).filter(|it| *it > 0)?;
    let total: f64 = means.iter().sum();
    let of_others = (total - mean) / crate::stats::real(others as u64);
    Some((of_others, mean - of_others))
}

/// Means in points without each replicate group that has answers.
fn replicates(view: &View<'_>, positions: &[usize]) -> Result<Vec<Vec<f64>>, String> {
    let drivers =
        find(view.tally, view.waves.reported).and_then(|it| it.drivers.as_ref());
    let groups = drivers.map(|it| it.among(positions)).ok_or(
        "relative targets need the rows of respondents and their overall answers",
    )?;
    let rulers: Vec<_> = positions
        .iter()
        .map(|at| view.ruler(Variable::Touchpoint(*at), view.waves.reported))
        .collect();
    let all = groups.total().ok_or("there are no replicate groups")?;
    let without = |group: &Comoments| -> Option<Vec<f64>> {
        let mean = |(at, ruler): (usize, &Ruler)| {
            let weight = all.weight(at, at) - group.weight(at, at);
            let mean = (all.sum(at, at) - group.sum(at, at)) / weight;
            (weight > 0.0).then(|| ruler.points(mean))
        };
        rulers.iter().enumerate().map(mean).collect()
    };
    let means: Option<Vec<_>> = groups.inhabited().map(without).collect();
    means.ok_or_else(|| "a touchpoint has answers of one replicate group only".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_touchpoint_is_not_compared_with_itself() {
        let (target, difference) = against_others(&[60.0, 80.0, 90.0], 0).unwrap();
        assert!((target - 85.0).abs() < 1e-12);
        assert!((difference + 25.0).abs() < 1e-12);
        assert_eq!(against_others(&[60.0], 0), None);
    }
}
