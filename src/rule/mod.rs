//! Evidence → findings. A new rule: one file here, its two lines below.

mod broken_moment_of_truth;
mod delight_point;
mod hand_off_drop;
mod itch_point;
mod leaving;
mod moment_of_truth;
mod niche_moment_of_truth;
mod pain_point;
mod relevant_fall;
mod relevant_rise;
mod rework;
mod segment_gap;
mod unavoidable_pain;
mod worst_path;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::model::{
    Analysis, Change, Fact, Finding, Interval, Journey, Language, TouchpointResult,
};

/// What a reader needs to know about a rule; `explain` and the report both print it.
#[derive(Debug)]
pub struct RuleDoc {
    /// Stable code, never reused.
    pub code: &'static str,
    /// Stem of the rule's file, and what findings are called.
    pub id: &'static str,
    /// What it looks for.
    pub what: &'static str,
    /// Why it matters to the customer or to the business.
    pub why: &'static str,
    /// What to do when it finds something.
    pub fix: &'static str,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The journey.
    pub journey: &'a Journey,
    /// Its numbers, labels included; findings not yet.
    pub analysis: &'a Analysis,
}

/// A check over the evidence of one journey.
pub trait Rule: Sync {
    /// The rule's documentation.
    fn doc(&self) -> &'static RuleDoc;

    /// Everything it finds, in the order of the map.
    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding>;
}

/// Every rule; of findings that are equally bad, those of an earlier rule come first.
pub const RULES: &[&dyn Rule] = &[
    &broken_moment_of_truth::BrokenMomentOfTruth,
    &pain_point::PainPoint,
    &moment_of_truth::MomentOfTruth,
    &niche_moment_of_truth::NicheMomentOfTruth,
    &delight_point::DelightPoint,
    &itch_point::ItchPoint,
    &relevant_fall::RelevantFall,
    &relevant_rise::RelevantRise,
    &segment_gap::SegmentGap,
    &unavoidable_pain::UnavoidablePain,
    &hand_off_drop::HandOffDrop,
    &rework::ReworkLoop,
    &leaving::LeavingUnfinished,
    &worst_path::WorstPath,
];

/// What all rules find, worst first: by severity, then by points lost per customer, then by
/// rule, then by the size of the change.
#[must_use]
pub fn check(journey: &Journey, analysis: &Analysis) -> Vec<Finding> {
    let evidence = Evidence { journey, analysis };
    let mut findings: Vec<(usize, Finding)> = RULES
        .iter()
        .enumerate()
        .flat_map(|(rank, rule)| {
            rule.check(&evidence).into_iter().map(move |finding| (rank, finding))
        })
        .collect();
    findings.sort_by(|(rank, one), (other_rank, other)| {
        let number = |finding: &Finding, key: &str| match finding.facts.get(key) {
            Some(Fact::Number(number)) => *number,
            _ => 0.0,
        };
        let falling = |key: &str| -> Ordering {
            number(other, key).abs().total_cmp(&number(one, key).abs())
        };
        other
            .severity
            .cmp(&one.severity)
            .then_with(|| falling("shortfall"))
            .then(rank.cmp(other_rank))
            // Without reach there is no shortfall: how far off it surely is decides.
            .then_with(|| falling("guaranteed_gap"))
            .then_with(|| falling("points_change"))
    });
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// The facts of a finding as they are gathered; what is not known is left out.
#[derive(Default)]
struct Facts(BTreeMap<String, Fact>);

impl Facts {
    fn number(mut self, key: &str, value: Option<f64>) -> Self {
        self.0.extend(value.map(|value| (key.to_owned(), Fact::Number(value))));
        self
    }

    fn word(mut self, key: &str, word: &str) -> Self {
        self.0.insert(key.to_owned(), word.into());
        self
    }

    fn interval(self, key: &str, interval: Option<Interval>) -> Self {
        self.number(&format!("{key}_low"), interval.map(|[low, _]| low))
            .number(&format!("{key}_high"), interval.map(|[_, high]| high))
    }
}

impl Evidence<'_> {
    /// Name of a touchpoint in the language of findings.
    fn name(&self, result: &TouchpointResult) -> String {
        self.journey.find(&result.id).map_or_else(
            || result.id.clone(),
            |index| {
                let name = &self.journey.touchpoint(index).name;
                self.journey.text(name, &Language::english()).to_owned()
            },
        )
    }

    /// Every relevant change: of overall satisfaction, of recommendation, of touchpoints.
    fn relevant_changes(&self) -> Vec<Changed<'_>> {
        let analysis = self.analysis;
        let (overall, recommend) = (&analysis.overall, &analysis.recommend);
        let overall = analysis.overall_change.as_ref().map(|change| Changed {
            subject: "overall",
            name: "Overall satisfaction".to_owned(),
            change,
            points: overall.points,
            base: (overall.n, overall.n_eff),
        });
        let recommend = analysis.recommend_change.as_ref().map(|change| Changed {
            subject: "recommend",
            name: format!("The {}", recommend.measure),
            change,
            points: recommend.nps,
            base: (recommend.n, recommend.n_eff),
        });
        let touchpoints = analysis.touchpoints.iter().filter_map(|it| {
            Some(Changed {
                subject: &it.id,
                name: self.name(it),
                change: it.change.as_ref()?,
                points: it.score.points,
                base: (it.score.n, it.score.n_eff),
            })
        });
        let all = overall.into_iter().chain(recommend).chain(touchpoints);
        all.filter(|it| it.change.relevant).collect()
    }

    /// Tests of the family that a segment's difference from the others is judged in.
    fn segments_tested(&self, segment: &str) -> usize {
        let all = self.analysis.segments.iter().filter(|it| it.segment == segment);
        all.filter(|it| it.vs_rest.is_some()).count()
    }

    /// Tests of the family that a touchpoint's change is judged in.
    fn changes_tested(&self) -> usize {
        let tested = |it: &&TouchpointResult| {
            it.change.as_ref().is_some_and(|change| change.q.is_some())
        };
        self.analysis.touchpoints.iter().filter(tested).count()
    }
}

/// A relevant change and what changed.
struct Changed<'a> {
    /// Id of a touchpoint, `overall` or `recommend`.
    subject: &'a str,
    name: String,
    change: &'a Change,
    points: Option<f64>,
    base: (Option<u64>, Option<f64>),
}

/// The finding that `changed` fell or rose.
fn changed(
    doc: &RuleDoc,
    verb: &str,
    evidence: &Evidence<'_>,
    changed: &Changed<'_>,
) -> Finding {
    let change = changed.change;
    let family = evidence.changes_tested();
    let sure = match (change.q, change.p) {
        (Some(q), _) => format!("q {}, family of {}", probability(q), tests(family)),
        (None, Some(p)) => format!("p {}, tested on its own", probability(p)),
        (None, None) => "not tested".to_owned(),
    };
    let now = changed.points.map(|points| format!(" to {points:.1}")).unwrap_or_default();
    let limits = change.points_ci.map_or_else(String::new, |[low, high]| {
        minus(&format!("95 % CI of the difference {low:.1} to {high:.1}; "))
    });
    let mut mixes = evidence.analysis.mix.iter();
    let rules = &evidence.journey.rules;
    let turned = mixes.find(|it| it.touchpoint == changed.subject && it.turns(rules));
    let turned = turned.map_or_else(String::new, |it| {
        let other = if it.mix_points > 0.0 { "fell" } else { "rose" };
        format!(
            " It {other} in every group by {}: the mix of who answers moved.",
            it.segment
        )
    });
    let text = format!(
        "{} {verb} by {:.1} points{now} since {} ({limits}{sure}).{turned}",
        changed.name,
        change.points.abs(),
        change.from,
    );
    let touchpoint = !matches!(changed.subject, "overall" | "recommend");
    let subject = touchpoint.then(|| changed.subject.to_owned());
    finding(doc, subject, text, change_facts(evidence, changed))
}

fn change_facts(evidence: &Evidence<'_>, changed: &Changed<'_>) -> Facts {
    let (change, rules) = (changed.change, &evidence.journey.rules);
    let (n, n_eff) = changed.base;
    Facts::default()
        .word("subject", changed.subject)
        .word("from", &change.from)
        .number("points", changed.points)
        .number("difference", Some(change.difference))
        .number("points_change", Some(change.points))
        .interval("points_change", change.points_ci)
        .number("p", change.p)
        .number("q", change.q)
        .number("df", change.df)
        .number("cohen_d", change.cohen_d)
        .number("probability_of_superiority", change.probability_of_superiority)
        .number("satisfied_change", change.satisfied.as_ref().map(|it| it.difference))
        .number(
            "dissatisfied_change",
            change.dissatisfied.as_ref().map(|it| it.difference),
        )
        .number("family_tests", change.q.map(|_| size(evidence.changes_tested())))
        .number("alpha", Some(rules.alpha))
        .number("min_effect", Some(rules.min_effect))
        .number("n", n.map(crate::stats::real))
        .number("n_eff", n_eff)
}

fn finding(
    doc: &RuleDoc,
    touchpoint: Option<String>,
    text: String,
    facts: Facts,
) -> Finding {
    Finding {
        code: doc.code.to_owned(),
        rule: doc.id.to_owned(),
        touchpoint,
        severity: None,
        text,
        facts: facts.0,
    }
}

/// ` (95 % CI 1.2 to 3.4)`, or nothing.
fn between(interval: Option<Interval>) -> String {
    interval.map_or_else(String::new, |[low, high]| {
        format!(" (95 % CI {low:.1} to {high:.1})")
    })
}

/// Numbers with a minus sign in place of a hyphen.
pub(crate) fn minus(numbers: &str) -> String {
    numbers.replace('-', "\u{2212}")
}

/// `25 tests`, `1 test`.
pub(crate) fn tests(family: usize) -> String {
    if family == 1 { "1 test".to_owned() } else { format!("{family} tests") }
}

/// `= 0.012`, or `< 0.001`.
fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("= {p:.3}") }
}

#[expect(clippy::cast_precision_loss, reason = "a family has far fewer than 2^53 tests")]
fn size(family: usize) -> f64 {
    family as f64
}
