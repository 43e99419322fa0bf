//! What the statistics say of a touchpoint: why it is flagged, and what else was tested
//! (METHOD §13).

mod beside;
mod comparison;
mod driver;

use serde::Serialize;

use crate::diagram::Flag;
use crate::model::{Fact, Interval, Label, Pain, Severity, Status, TouchpointResult};

use super::super::context::Context;
use super::super::flags::{self, Bright};
use super::super::number;

/// Something that the numbers say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(in super::super) struct Reason {
    /// In a word or two.
    heading: String,
    /// In a sentence.
    text: String,
    /// The test, or what limits it, in small print.
    note: Option<String>,
}

impl Reason {
    /// Its heading, sentence and small print.
    pub(in super::super) fn into_parts(self) -> [String; 3] {
        [self.heading, self.text, self.note.unwrap_or_default()]
    }
}

/// A touchpoint whose evidence is told.
struct Case<'a> {
    context: &'a Context<'a>,
    at: usize,
    result: &'a TouchpointResult,
}

/// Why the touchpoint at `at` stands out: its flags, gravest first, its change, and the
/// segments that differ.
pub(in super::super) fn standing_out(context: &Context<'_>, at: usize) -> Vec<Reason> {
    let Some(result) = context.result(at) else { return Vec::new() };
    let case = Case { context, at, result };
    let mut reasons = case.pain();
    reasons.extend(case.cause());
    reasons.extend(case.truth());
    reasons.extend(case.bright());
    reasons.extend(case.itch());
    reasons.extend(case.moved());
    reasons.extend(case.segments());
    reasons
}

/// Why the touchpoint at `at` has a flag, in a sentence.
pub(in super::super) fn of_flag(
    context: &Context<'_>,
    at: usize,
    label: Label,
) -> Option<String> {
    let case = Case { context, at, result: context.result(at)? };
    let found = match label {
        Label::PainPoint => case.pain().into_iter().next(),
        Label::MomentOfTruth | Label::NicheMomentOfTruth => {
            case.truth().into_iter().next()
        }
        Label::DelightPoint => case.bright().into_iter().next(),
        Label::ItchPoint => case.itch().into_iter().next(),
        _ => None,
    };
    found.map(|it| it.text)
}

/// What else was estimated and tested: lift, asymmetry, benchmarks, the gap to expectation.
pub(in super::super) fn further(context: &Context<'_>, at: usize) -> Vec<Reason> {
    let scored = |it: &&TouchpointResult| it.score.status == Status::Scored;
    let Some(result) = context.result(at).filter(scored) else { return Vec::new() };
    let case = Case { context, at, result };
    let mut reasons = Vec::from_iter(case.lift());
    reasons.extend(case.asymmetry());
    reasons.extend(case.benchmarks());
    reasons.extend(case.gap());
    reasons.extend(case.over_promised());
    reasons.extend(case.stated());
    reasons
}

impl Case<'_> {
    fn say_of_target(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        self.context.say_of_target(self.at, key, gaps)
    }

    fn say(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        self.context.locale.say(key, gaps)
    }

    fn has(&self, label: Label) -> bool {
        self.result.labels.contains(&label)
    }

    fn flagged(&self, flag: Flag) -> bool {
        let mark = self.context.subject.marks.get(self.at);
        mark.is_some_and(|mark| mark.flags.contains(&flag))
    }

    fn flag(&self, flag: Flag) -> String {
        self.context.locale.word(&format!("flag.{}", flag.id()))
    }

    fn headed(&self, flag: Flag) -> String {
        self.say("evidence.flag", &[("flag", &self.flag(flag))])
    }

    fn target(&self) -> String {
        number::plain(self.context.target_of(self.at))
    }

    /// `−6.9 to −1.9`, with a sign.
    fn range(&self, [low, high]: Interval, decimals: usize) -> String {
        let (low, high) = (number::signed(low, decimals), number::signed(high, decimals));
        self.say("range", &[("low", &low), ("high", &high)])
    }

    /// Base, adjusted p and the size of its family, as the finding of one of `rules` has it.
    fn test(&self, rules: &[&str], q: Option<f64>) -> Option<String> {
        let score = &self.result.score;
        let id = Some(self.result.id.as_str());
        let mut findings = self.context.analysis.findings.iter();
        let found = findings.find(|it| {
            rules.contains(&it.rule.as_str()) && it.touchpoint.as_deref() == id
        })?;
        let Some(Fact::Number(family)) = found.facts.get("family_tests") else {
            return None;
        };
        // Shares of importance rest on those who rated the whole.
        let model = self.context.analysis.model.as_ref();
        let model = model.filter(|_| found.facts.contains_key("n_model"));
        let (n, n_eff) = match model {
            Some(model) => (model.n, model.n_eff),
            None => (score.n?, score.n_eff?),
        };
        let gaps = [
            ("n", &*number::count(n)),
            ("effective", &*number::fixed(n_eff, 0)),
            ("q", &*number::probability(q?)),
            ("family", &*number::fixed(*family, 0)),
        ];
        Some(self.say("evidence.test", &gaps))
    }

    fn pain(&self) -> Vec<Reason> {
        let Some(pain) = &self.result.pain else { return Vec::new() };
        if !self.flagged(Flag::Pain) {
            return Vec::new();
        }
        let passes =
            |q: Option<f64>| q.is_some_and(|q| q <= self.context.journey.rules.alpha);
        let (mean, share) = (passes(pain.q_mean), passes(pain.q_dissatisfied));
        // An analysis of another version may tell neither: then the gap that is certain decides.
        let certain = pain.guaranteed_gap >= 0.05;
        let under = mean || (!share && certain);
        let many = share || (!mean && !certain);
        let text = under.then(|| self.under(pain));
        let many = if many { self.dissatisfied() } else { None };
        let heading = self.severity(pain);
        let tests = [
            (text, self.test(&["pain_point"], pain.q_mean)),
            (many, self.test(&["pain_point"], pain.q_dissatisfied)),
        ];
        let told = tests.into_iter().filter_map(|(text, note)| Some((text?, note)));
        told.map(|(text, note)| Reason { heading: heading.clone(), text, note }).collect()
    }

    fn severity(&self, pain: &Pain) -> String {
        let Some(severity) = pain.severity else { return self.headed(Flag::Pain) };
        let word = match severity {
            Severity::Mild => "evidence.severity.mild",
            Severity::Serious => "evidence.severity.serious",
            Severity::Critical => "evidence.severity.critical",
        };
        let gaps = [
            ("flag", &*self.flag(Flag::Pain)),
            ("severity", &*self.context.locale.word(word)),
        ];
        self.say("evidence.graded", &gaps)
    }

    /// The mean against its target, or against that of the other touchpoints.
    fn under(&self, pain: &Pain) -> String {
        let margin = number::plain(self.context.journey.rules.min_effect);
        if let Some(relative) = &pain.relative {
            let gaps = [
                ("difference", &*number::fixed(relative.difference.abs(), 1)),
                ("others", &*number::count_of(relative.others)),
                ("ci", &*self.range(relative.ci, 1)),
                ("margin", &*margin),
            ];
            return self.say("evidence.pain.relative", &gaps);
        }
        let gaps = [
            ("margin", &*margin),
            ("target", &*number::plain(pain.target)),
            ("gap", &*number::fixed(pain.guaranteed_gap, 1)),
        ];
        self.say_of_target("evidence.pain.mean", &gaps)
    }

    fn dissatisfied(&self) -> Option<String> {
        let share = self.result.score.dissatisfied.as_ref()?;
        let gaps = [
            ("share", &*number::percent(share.share)),
            ("ci", &*number::percent_interval(share.ci)),
            ("most", &*number::share(self.context.journey.rules.max_dissatisfied)),
        ];
        Some(self.say("evidence.pain.dissatisfied", &gaps))
    }

    fn bright(&self) -> Option<Reason> {
        let key = match flags::bright(self.result, self.context.target_of(self.at))? {
            Bright::Delights => "evidence.delight",
            Bright::Keeps => "evidence.bright",
        };
        let text = self.say_of_target(key, &[("target", &self.target())]);
        Some(Reason { heading: self.headed(Flag::Bright), text, note: None })
    }

    fn itch(&self) -> Option<Reason> {
        if !self.flagged(Flag::Itch) {
            return None;
        }
        let text = self.say_of_target("evidence.itch", &[("target", &self.target())]);
        Some(Reason { heading: self.headed(Flag::Itch), text, note: None })
    }
}
