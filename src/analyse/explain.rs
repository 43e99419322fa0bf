//! The evidence behind the flags of one touchpoint, and what would turn each of them.

use crate::model::{
    Analysis, Change, Journey, Label, Pain, Relative, Rules, TouchpointIndex,
    TouchpointResult,
};
use crate::stats::{largest_passing, student_upper_quantile};
use crate::survey::tally::Variable;

use super::explanation::{Explanation, Flag, Flip, Test, Verdict};
use super::pain::{mean_test, share_test};
use super::question::planned;
use super::ruler::Ruler;

/// The evidence behind the flags of a touchpoint; `None` when the analysis has no such one.
#[must_use]
pub fn explain(
    journey: &Journey,
    analysis: &Analysis,
    touchpoint: TouchpointIndex,
) -> Option<Explanation> {
    let result = analysis.touchpoints.get(touchpoint.0)?;
    let case = Case { rules: &journey.rules, journey, analysis, touchpoint, result };
    let flags = [
        Some(case.pain()),
        Some(case.moment_of_truth()),
        case.niche(),
        case.broken(),
        Some(case.delighter()),
        Some(case.change()),
        case.low_base(),
    ];
    Some(Explanation {
        id: result.id.clone(),
        code: result.code.clone(),
        wave: analysis.wave.clone(),
        flags: flags.into_iter().flatten().collect(),
    })
}

/// A touchpoint and all that its flags hang on.
pub(super) struct Case<'a> {
    pub(super) rules: &'a Rules,
    journey: &'a Journey,
    pub(super) analysis: &'a Analysis,
    pub(super) touchpoint: TouchpointIndex,
    pub(super) result: &'a TouchpointResult,
}

/// A test of a family, by touchpoint and by place within it.
pub(super) type Place = (usize, usize);

impl Case<'_> {
    /// How the map says that answers are read.
    fn ruler(&self) -> Ruler {
        let variable = Variable::Touchpoint(self.touchpoint.0);
        let question = self.journey.survey.as_ref().and_then(|it| planned(it, variable));
        Ruler::new(question, self.rules.rescale)
    }

    pub(super) fn reason(&self, key: &str) -> Option<String> {
        self.result.reasons.get(key).cloned()
    }

    fn pain(&self) -> Flag {
        let name = "pain_point";
        let Some(pain) = &self.result.pain else {
            return untested(
                name,
                self.reason("pain").or(self.result.score.reason.clone()),
            );
        };
        let tests: Vec<Test> =
            [self.mean(pain), self.dissatisfied(pain)].into_iter().flatten().collect();
        // On the side of the flag: under the threshold, or over what is accepted.
        let near = tests.iter().any(|it| match it.what {
            "dissatisfied" => it.value > it.against,
            _ => it.value < it.against,
        });
        let verdict = match pain.severity {
            Some(_) => Verdict::Holds,
            None if near => Verdict::JustMisses,
            None => Verdict::Absent,
        };
        Flag { name, verdict, because: None, tests }
    }

    fn mean(&self, pain: &Pain) -> Option<Test> {
        if let Some(relative) = &pain.relative {
            return self.relative(pain, relative);
        }
        let score = &self.result.score;
        let test = mean_test(score, &self.ruler())?;
        let (largest_p, family) = self.pain_family(0);
        let value = score.points?;
        let (threshold, margin) =
            (pain.target - self.rules.min_effect, self.rules.min_effect);
        let flip = |what, is, turns_at| Flip { what, is, turns_at };
        Some(Test {
            what: "mean",
            unit: "points",
            value,
            ci: score.points_ci,
            against: threshold,
            against_is: format!("the target of {} less {margin}", pain.target),
            n: score.n,
            n_eff: score.n_eff,
            p: pain.p_mean?,
            q: pain.q_mean?,
            family,
            largest_p,
            holds: pain.q_mean? <= self.rules.alpha,
            flips: vec![
                flip("mean", value, test.mean_at(largest_p, threshold)),
                flip("target", pain.target, test.threshold_at(largest_p) + margin),
            ],
        })
    }

    /// The mean against that of the other touchpoints.
    fn relative(&self, pain: &Pain, relative: &Relative) -> Option<Test> {
        let (largest_p, family) = self.pain_family(0);
        let margin = self.rules.min_effect;
        let df = crate::stats::real(relative.df as u64);
        let turns_at = -margin - student_upper_quantile(largest_p, df) * relative.se;
        let what = "difference from the other touchpoints";
        Some(Test {
            what,
            unit: "points",
            value: relative.difference,
            ci: Some(relative.ci),
            against: -margin,
            against_is: format!("a margin of {margin} under them"),
            n: self.result.score.n,
            n_eff: self.result.score.n_eff,
            p: pain.p_mean?,
            q: pain.q_mean?,
            family,
            largest_p,
            holds: pain.q_mean? <= self.rules.alpha,
            flips: vec![Flip { what, is: relative.difference, turns_at }],
        })
    }

    fn dissatisfied(&self, pain: &Pain) -> Option<Test> {
        let score = &self.result.score;
        let test = share_test(score)?;
        let share = score.dissatisfied.as_ref()?;
        let (largest_p, family) = self.pain_family(1);
        let accepted = self.rules.max_dissatisfied;
        let percent = |share: f64| 100.0 * share;
        let flip = |what, is, turns_at| Flip {
            what,
            is: percent(is),
            turns_at: percent(turns_at),
        };
        Some(Test {
            what: "dissatisfied",
            unit: "%",
            value: percent(share.share),
            ci: Some(share.ci.map(percent)),
            against: percent(accepted),
            against_is: "what is accepted".to_owned(),
            n: score.n,
            n_eff: Some(share.n_star),
            p: pain.p_dissatisfied?,
            q: pain.q_dissatisfied?,
            family,
            largest_p,
            holds: pain.q_dissatisfied? <= self.rules.alpha,
            flips: vec![
                flip(
                    "share of dissatisfied",
                    share.share,
                    test.share_at(largest_p, accepted),
                ),
                flip("share accepted here", accepted, test.accepted_at(largest_p)),
            ],
        })
    }

    /// The largest passing p of one of this touchpoint's pain tests, and the family's size.
    fn pain_family(&self, test: usize) -> (f64, usize) {
        let all = self.analysis.touchpoints.iter().enumerate().flat_map(|(at, it)| {
            let pain = it.pain.as_ref();
            let p = pain.map_or([None, None], |it| [it.p_mean, it.p_dissatisfied]);
            p.into_iter().enumerate().filter_map(move |(test, p)| Some(((at, test), p?)))
        });
        self.largest_passing(all, (self.touchpoint.0, test))
    }

    pub(super) fn largest_passing(
        &self,
        family: impl Iterator<Item = (Place, f64)>,
        own: Place,
    ) -> (f64, usize) {
        let others: Vec<f64> =
            family.filter(|(place, _)| *place != own).map(|(_, p)| p).collect();
        let largest = largest_passing(&others, self.rules.alpha, self.rules.fdr);
        (largest, others.len() + 1)
    }

    fn broken(&self) -> Option<Flag> {
        let has = |label| self.result.labels.contains(&label);
        let known = [Label::DeclaredMomentOfTruth, Label::MomentOfTruth];
        if !known.into_iter().any(has) {
            return None;
        }
        let (verdict, because) = if has(Label::BrokenMomentOfTruth) {
            (Verdict::Holds, "a moment of truth and a pain point")
        } else {
            let because =
                "a moment of truth that would be broken if it were a pain point";
            (Verdict::JustMisses, because)
        };
        Some(Flag {
            name: "broken_moment_of_truth",
            verdict,
            because: Some(because.to_owned()),
            tests: Vec::new(),
        })
    }

    fn change(&self) -> Flag {
        let change = self.result.change.as_ref();
        let name = match change {
            Some(change) if change.difference < 0.0 => "relevant_fall",
            Some(_) => "relevant_rise",
            None => "relevant_change",
        };
        let test = change.and_then(|change| self.changed(change));
        let Some((change, test)) = change.zip(test) else {
            return untested(name, self.reason("change"));
        };
        let reliable = test.q <= self.rules.alpha;
        let large = change.points.abs() >= self.rules.min_effect;
        let (verdict, because) = match (reliable, large) {
            (true, true) => (Verdict::Holds, None),
            (true, false) => (Verdict::JustMisses, Some("no relevant change")),
            (false, true) => (Verdict::JustMisses, Some("no reliable change detected")),
            (false, false) => (Verdict::Absent, Some("no reliable change detected")),
        };
        let because = because.map(str::to_owned);
        Flag { name, verdict, because, tests: vec![test] }
    }

    fn changed(&self, change: &Change) -> Option<Test> {
        let all = self.analysis.touchpoints.iter().enumerate();
        let tested = |(at, it): (usize, &TouchpointResult)| {
            it.change.as_ref().and_then(|it| it.q.and(it.p)).map(|p| ((at, 0), p))
        };
        let (largest_p, family) =
            self.largest_passing(all.filter_map(tested), (self.touchpoint.0, 0));
        let units = change.points_ci?[1] - change.points_ci?[0];
        let half = student_upper_quantile(0.025, change.df?);
        let sure =
            student_upper_quantile(largest_p / 2.0, change.df?) / half * units / 2.0;
        let turns_at = sure.max(self.rules.min_effect).copysign(change.difference);
        Some(Test {
            what: "change",
            unit: "points",
            value: change.points,
            ci: change.points_ci,
            against: 0.0,
            against_is: format!(
                "from {} points on a change matters",
                self.rules.min_effect
            ),
            n: self.result.score.n,
            n_eff: self.result.score.n_eff,
            p: change.p?,
            q: change.q?,
            family,
            largest_p,
            holds: change.relevant,
            flips: vec![Flip { what: "change", is: change.points, turns_at }],
        })
    }

    fn low_base(&self) -> Option<Flag> {
        let n_eff = self.result.score.n_eff?;
        let has = self.result.labels.contains(&Label::LowBase);
        has.then(|| Flag {
            name: "low_base",
            verdict: Verdict::Holds,
            because: Some(format!(
                "{n_eff:.1} effective respondents; flags and tests need {}",
                self.rules.low_base
            )),
            tests: Vec::new(),
        })
    }
}

pub(super) fn untested(name: &'static str, because: Option<String>) -> Flag {
    Flag { name, verdict: Verdict::Untested, because, tests: Vec::new() }
}
