//! What a touchpoint has to do with overall satisfaction: links, which need not be causes.

use crate::diagram::Flag;
use crate::model::{AsymmetryClass, Importance, Interval, Label};

use super::super::super::{lift, number};
use super::{Case, Reason};

impl Case<'_> {
    /// Why it is a moment of truth: by the answers, by the map, or by both.
    pub(super) fn truth(&self) -> Option<Reason> {
        if !self.flagged(Flag::Truth) {
            return None;
        }
        let importance = self.result.importance.as_ref();
        let (text, note) = if self.has(Label::MomentOfTruth) {
            (self.share(importance), self.share_test("moment_of_truth"))
        } else if self.has(Label::NicheMomentOfTruth) {
            (self.user_share(importance), self.share_test("niche_moment_of_truth"))
        } else {
            (self.not_shown(importance), None)
        };
        let text = text.unwrap_or_else(|| self.context.locale.word("evidence.declared"));
        Some(Reason { heading: self.headed(Flag::Truth), text, note })
    }

    fn share_gaps(
        &self,
        share: Option<f64>,
        ci: Option<Interval>,
    ) -> Option<[(&'static str, String); 3]> {
        let model = self.context.analysis.model.as_ref()?;
        Some([
            ("share", number::percent(share?)),
            ("ci", number::percent_interval(ci?)),
            ("fair", number::percent(model.fair_share)),
        ])
    }

    fn share(&self, importance: Option<&Importance>) -> Option<String> {
        let it = importance?;
        let gaps = self.share_gaps(it.share, it.ci)?;
        let declared = self.has(Label::DeclaredMomentOfTruth);
        let key = if declared { "evidence.truth.both" } else { "evidence.truth" };
        Some(self.say(key, &gaps.each_ref().map(|(name, text)| (*name, &**text))))
    }

    fn user_share(&self, importance: Option<&Importance>) -> Option<String> {
        let it = importance?;
        let [share, ci, fair] = self.share_gaps(it.user_share, it.user_ci)?;
        let reach = ("reach", number::share(self.result.reach?));
        let gaps = [share, ci, fair, reach];
        let declared = self.has(Label::DeclaredMomentOfTruth);
        let key = if declared { "evidence.niche.both" } else { "evidence.niche" };
        Some(self.say(key, &gaps.each_ref().map(|(name, text)| (*name, &**text))))
    }

    /// Declared by the map alone: what the answers say of it.
    fn not_shown(&self, importance: Option<&Importance>) -> Option<String> {
        let it = importance?;
        let gaps = self.share_gaps(it.share, it.ci)?;
        let gaps = gaps.each_ref().map(|(name, text)| (*name, &**text));
        Some(self.say("evidence.declared.open", &gaps))
    }

    fn share_test(&self, rule: &str) -> Option<String> {
        let importance = self.result.importance.as_ref()?;
        let users = rule == "niche_moment_of_truth";
        self.test(&[rule], if users { importance.user_q } else { importance.q })
    }

    /// What overall satisfaction would gain; nothing at the target and over it.
    pub(super) fn lift(&self) -> Option<Reason> {
        let lift = self.result.lift.as_ref().filter(|it| it.overall_points > 0.0)?;
        let gaps = [
            ("target", &*self.target()),
            ("lift", &*lift::amount(lift)),
            ("ci", &*lift::ci(lift)?),
        ];
        let text = self.say_of_target("evidence.lift", &gaps);
        let ranked = lift.rank.zip(lift.rank_interval);
        let note = ranked.map_or_else(
            || self.context.locale.word("evidence.lift.note"),
            |(rank, [best, worst])| {
                let gaps = [
                    ("rank", &*rank.to_string()),
                    ("best", &*best.to_string()),
                    ("worst", &*worst.to_string()),
                ];
                self.say("evidence.lift.ranked", &gaps)
            },
        );
        let heading = self.context.locale.word("evidence.lift.name");
        Some(Reason { heading, text, note: Some(note) })
    }

    /// What a low score costs and a high one earns, by Kano's class.
    pub(super) fn asymmetry(&self) -> Option<Reason> {
        let heading = self.context.locale.word("evidence.kano.name");
        let Some(it) = &self.result.asymmetry else {
            self.context.analysis.model.as_ref()?;
            self.result.score.points?;
            let text = self.context.locale.word("evidence.kano.none");
            return Some(Reason { heading, text, note: None });
        };
        let text = match it.class {
            AsymmetryClass::MustBe => "evidence.kano.must_be",
            AsymmetryClass::OneDimensional => "evidence.kano.one_dimensional",
            AsymmetryClass::Delighter => "evidence.kano.delighter",
            AsymmetryClass::Undetermined => "evidence.kano.undetermined",
        };
        let gaps = [
            ("penalty", &*number::signed(it.penalty, 2)),
            ("penalty_ci", &*self.range(it.penalty_ci, 2)),
            ("reward", &*number::signed(it.reward, 2)),
            ("reward_ci", &*self.range(it.reward_ci, 2)),
        ];
        let text = self.say(text, &gaps);
        let note = match it.class {
            // An even effect looks like this where most scores are high.
            AsymmetryClass::MustBe => "evidence.kano.caution",
            _ => "evidence.kano.note",
        };
        let gaps = [
            ("contrast", &*number::signed(it.contrast, 2)),
            ("ci", &*self.range(it.contrast_ci, 2)),
            ("q", &*number::probability(it.q)),
        ];
        Some(Reason { heading, text, note: Some(self.say(note, &gaps)) })
    }
}
