//! The evidence behind moments of truth, delight and itch points of one touchpoint.

use crate::model::{Asymmetry, AsymmetryClass, DriverLink, Importance, Label};
use crate::stats::{real, student_upper_quantile};

use super::explain::{Case, untested};
use super::explanation::{Flag, Flip, Test, Verdict};
use super::label::{FIRM, NICHE, least_share};
use super::view::is_firm_enough;

/// A share of importance and what it is tested with, over all customers or among users.
struct Share {
    value: f64,
    se: f64,
    ci: Option<[f64; 2]>,
    p: f64,
    q: f64,
    link: Option<DriverLink>,
}

impl Share {
    fn of_all(it: &Importance) -> Option<Self> {
        let (value, se, ci, link) = (it.share?, it.se?, it.ci, it.link);
        Some(Self { value, se, ci, p: it.p?, q: it.q?, link })
    }

    fn of_users(it: &Importance) -> Option<Self> {
        let (value, se, ci) = (it.user_share?, it.user_se?, it.user_ci);
        Some(Self { value, se, ci, p: it.user_p?, q: it.user_q?, link: it.user_link })
    }
}

impl Case<'_> {
    /// Whether it is a moment of truth for all customers.
    pub(super) fn moment_of_truth(&self) -> Flag {
        let name = "moment_of_truth";
        let share = self.result.importance.as_ref().and_then(Share::of_all);
        let test = share.as_ref().and_then(|it| self.share_test(it, Share::of_all));
        let Some((share, test)) = share.zip(test) else {
            return untested(name, self.reason("importance"));
        };
        let has = self.result.labels.contains(&Label::MomentOfTruth);
        self.of_share(name, (&share, has), test)
    }

    /// Whether it is one for the few who meet it; nothing where many do.
    pub(super) fn niche(&self) -> Option<Flag> {
        let name = "niche_moment_of_truth";
        let niche = self.result.reach.is_some_and(|reach| reach < NICHE);
        let truth = self.result.labels.contains(&Label::MomentOfTruth);
        let share = Share::of_users(self.result.importance.as_ref()?)?;
        let test = self.share_test(&share, Share::of_users)?;
        let has = self.result.labels.contains(&Label::NicheMomentOfTruth);
        (niche && !truth).then(|| self.of_share(name, (&share, has), test))
    }

    fn share_test(
        &self,
        share: &Share,
        of: impl Fn(&Importance) -> Option<Share>,
    ) -> Option<Test> {
        let model = self.analysis.model.as_ref()?;
        let all = self.analysis.touchpoints.iter().enumerate();
        let tested =
            all.filter_map(|(at, it)| Some(((at, 0), of(it.importance.as_ref()?)?.p)));
        let (largest_p, family) = self.largest_passing(tested, (self.touchpoint.0, 0));
        let df = real(model.groups.saturating_sub(1).max(1) as u64);
        let sure = model.fair_share + student_upper_quantile(largest_p, df) * share.se;
        let percent = |share: f64| 100.0 * share;
        let turns_at = percent(sure.max(least_share(self.rules, model.k)));
        Some(Test {
            what: "share of importance",
            unit: "%",
            value: percent(share.value),
            ci: share.ci.map(|ci| ci.map(percent)),
            against: percent(model.fair_share),
            against_is: format!("the fair share of {} touchpoints", model.k),
            n: Some(model.n),
            n_eff: Some(model.n_eff),
            p: share.p,
            q: share.q,
            family,
            largest_p,
            holds: share.q <= self.rules.alpha,
            flips: vec![Flip {
                what: "share of importance",
                is: percent(share.value),
                turns_at,
            }],
        })
    }

    fn of_share(
        &self,
        name: &'static str,
        (share, has): (&Share, bool),
        test: Test,
    ) -> Flag {
        let fair = test.against / 100.0;
        let because = self.missing(share, fair);
        let verdict = match (has, share.value > fair) {
            (true, _) => Verdict::Holds,
            (false, true) => Verdict::JustMisses,
            (false, false) => Verdict::Absent,
        };
        let because = because.filter(|_| verdict == Verdict::JustMisses);
        Flag { name, verdict, because, tests: vec![test] }
    }

    /// What else a moment of truth needs and this one has not.
    fn missing(&self, share: &Share, fair: f64) -> Option<String> {
        let least = self.rules.min_importance_ratio;
        if share.link != Some(DriverLink::Positive) {
            return Some("no positive link with overall satisfaction".to_owned());
        }
        if !is_firm_enough(&self.result.score, FIRM) {
            return Some(format!("fewer than {FIRM} effective respondents"));
        }
        (share.value < least * fair)
            .then(|| format!("under {least} times the fair share"))
    }

    /// Whether a high score earns more than a low one costs.
    pub(super) fn delighter(&self) -> Flag {
        let has = |label| self.result.labels.contains(&label);
        let reaches = super::label::reaches_target(self.result) == Some(true);
        let (name, holds) = if reaches {
            ("delight_point", has(Label::DelightPoint))
        } else {
            ("itch_point", has(Label::ItchPoint))
        };
        let Some(asymmetry) = &self.result.asymmetry else {
            return untested(name, self.reason("asymmetry"));
        };
        let verdict = if holds {
            Verdict::Holds
        } else if asymmetry.class == AsymmetryClass::Delighter {
            Verdict::JustMisses
        } else {
            Verdict::Absent
        };
        let pain = has(Label::PainPoint).then(|| "it is a pain point".to_owned());
        let because = pain.filter(|_| verdict == Verdict::JustMisses);
        Flag { name, verdict, because, tests: vec![self.contrast(asymmetry)] }
    }

    fn contrast(&self, asymmetry: &Asymmetry) -> Test {
        let all = self.analysis.touchpoints.iter().enumerate();
        let tested = all.filter_map(|(at, it)| Some(((at, 0), it.asymmetry.as_ref()?.p)));
        let (largest_p, family) = self.largest_passing(tested, (self.touchpoint.0, 0));
        let groups = self.analysis.model.as_ref().map_or(2, |it| it.groups);
        let df = real(groups.saturating_sub(1).max(1) as u64);
        let turns_at =
            student_upper_quantile(largest_p / 2.0, df) * asymmetry.contrast_se;
        Test {
            what: "reward plus penalty",
            unit: "of the overall answer",
            value: asymmetry.contrast,
            ci: Some(asymmetry.contrast_ci),
            against: 0.0,
            against_is: "a low score costs as much as a high one earns".to_owned(),
            n: self.result.score.n,
            n_eff: self.result.score.n_eff,
            p: asymmetry.p,
            q: asymmetry.q,
            family,
            largest_p,
            holds: asymmetry.q <= self.rules.alpha && asymmetry.contrast > 0.0,
            flips: vec![Flip {
                what: "sum of reward and penalty",
                is: asymmetry.contrast,
                turns_at,
            }],
        }
    }
}
