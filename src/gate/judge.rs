//! Whether a rule holds.

use crate::model::{Analysis, Change, Interval, Journey, Score, TouchpointResult};

use crate::model::signed;

use super::{
    flagged,
    measure::{self, Value},
    record::{Case, Outcome},
    rule::{Comparison, Fall, Limit, Measure, Rule, Subject},
};

/// How a rule came out, with the touchpoints that it came out so for.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Whether it holds.
    pub outcome: Outcome,
    /// Why, in a sentence without a stop.
    pub said: String,
    /// Touchpoints that break it.
    pub cases: Vec<Case>,
}

impl Judgement {
    fn new(outcome: Outcome, said: impl Into<String>) -> Self {
        Self { outcome, said: said.into(), cases: Vec::new() }
    }

    pub(super) fn unknown(said: impl Into<String>) -> Self {
        Self::new(Outcome::Unknown, said)
    }
}

/// Holds a rule against the numbers of a wave.
#[must_use]
pub fn judge(rule: &Rule, journey: &Journey, analysis: &Analysis) -> Judgement {
    match rule {
        Rule::Compare { subject, measure, surely, comparison, limit } => {
            let compare = Compare {
                analysis,
                measure: *measure,
                surely: *surely,
                comparison: *comparison,
                limit,
            };
            compare.judged(*subject)
        }
        Rule::No(unwanted) => flagged::judged(*unwanted, journey, analysis),
        Rule::NoFall { subject, fall } => no_fall(analysis, *subject, *fall),
    }
}

/// A comparison, whoever it is asked of.
struct Compare<'a> {
    analysis: &'a Analysis,
    measure: Measure,
    surely: bool,
    comparison: Comparison,
    limit: &'a Limit,
}

impl Compare<'_> {
    fn judged(&self, subject: Subject) -> Judgement {
        let analysis = self.analysis;
        match subject {
            Subject::Overall => {
                self.one(measure::of_overall(analysis, self.measure), None)
            }
            Subject::Recommend => {
                self.one(measure::of_recommend(analysis, self.measure), None)
            }
            Subject::Touchpoint(index) => {
                let Some(it) = analysis.touchpoints.get(index.0) else {
                    return Judgement::unknown("the analysis has no such touchpoint");
                };
                self.one(measure::of_touchpoint(analysis, it, self.measure), Some(it))
            }
            Subject::Every => {
                let each = analysis.touchpoints.iter().map(|it| {
                    let value = measure::of_touchpoint(analysis, it, self.measure);
                    (it, self.one(value, Some(it)))
                });
                every(each)
            }
        }
    }

    fn one(
        &self,
        value: Result<Value, String>,
        touchpoint: Option<&TouchpointResult>,
    ) -> Judgement {
        let limit = measure::limit(self.analysis, self.limit, touchpoint);
        let (value, limit) = match (value, limit) {
            (Err(why), _) | (_, Err(why)) => return Judgement::unknown(why),
            (Ok(value), Ok(limit)) => (value, limit),
        };
        let held = match (self.surely, value.interval) {
            (false, _) => value.value,
            (true, Some([low, high])) => {
                if self.comparison.wants_more() {
                    low
                } else {
                    high
                }
            }
            (true, None) => {
                return Judgement::unknown("there is no interval to be sure by");
            }
        };
        let outcome = if self.comparison.holds(held, limit) {
            Outcome::Passed
        } else {
            Outcome::Failed
        };
        let shown = shown(self.measure, value);
        let said = match self.limit {
            Limit::Number(_) => shown,
            _ => format!("{shown} against {}", number(self.measure, limit)),
        };
        Judgement::new(outcome, said)
    }
}

/// Of many touchpoints, those that can be judged.
fn every<'a>(each: impl Iterator<Item = (&'a TouchpointResult, Judgement)>) -> Judgement {
    let (mut judged, mut cases, mut why) = (0_usize, Vec::new(), None);
    for (touchpoint, judgement) in each {
        match judgement.outcome {
            Outcome::Unknown => why = why.or(Some(judgement.said)),
            Outcome::Passed => judged += 1,
            Outcome::Failed => {
                judged += 1;
                cases.push(case(touchpoint, judgement.said));
            }
        }
    }
    if judged == 0 {
        return Judgement::unknown(
            why.unwrap_or_else(|| "there is no touchpoint".to_owned()),
        );
    }
    let said = format!("{} of {judged} touchpoints hold it", judged - cases.len());
    let outcome = if cases.is_empty() { Outcome::Passed } else { Outcome::Failed };
    Judgement { outcome, said, cases }
}

fn no_fall(analysis: &Analysis, subject: Subject, counts: Fall) -> Judgement {
    let fallen = |score: &Score, change: Option<&Change>| {
        let Some(change) = change else {
            return Judgement::unknown(measure::no_change(score, analysis));
        };
        let fell = change.points < 0.0 && (change.relevant || counts == Fall::Any);
        let outcome = if fell { Outcome::Failed } else { Outcome::Passed };
        Judgement::new(outcome, changed(change))
    };
    match subject {
        Subject::Overall => fallen(&analysis.overall, analysis.overall_change.as_ref()),
        Subject::Recommend => {
            let score = Score { status: analysis.recommend.status, ..Score::default() };
            fallen(&score, analysis.recommend_change.as_ref())
        }
        Subject::Touchpoint(index) => match analysis.touchpoints.get(index.0) {
            Some(it) => fallen(&it.score, it.change.as_ref()),
            None => Judgement::unknown("the analysis has no such touchpoint"),
        },
        Subject::Every => every(
            analysis
                .touchpoints
                .iter()
                .map(|it| (it, fallen(&it.score, it.change.as_ref()))),
        ),
    }
}

/// `−4.2 (−6.1 to −2.3) since 2024`.
pub(super) fn changed(change: &Change) -> String {
    let ci = change.points_ci.map(|it| interval(it, signed)).unwrap_or_default();
    format!("{}{ci} since {}", signed(change.points), change.from)
}

pub(super) fn case(touchpoint: &TouchpointResult, said: String) -> Case {
    Case { touchpoint: touchpoint.id.clone(), code: touchpoint.code.clone(), said }
}

/// A number with its interval, as people read it.
fn shown(measure: Measure, value: Value) -> String {
    let ci = value.interval.map(|it| interval(it, |it| number(measure, it)));
    format!("{}{}", number(measure, value.value), ci.unwrap_or_default())
}

fn interval([low, high]: Interval, show: impl Fn(f64) -> String) -> String {
    format!(" ({} to {})", show(low), show(high))
}

fn number(measure: Measure, number: f64) -> String {
    match measure {
        it if it.is_share() => format!("{:.1} %", 100.0 * number),
        Measure::Change | Measure::Nps => signed(number),
        Measure::Answers | Measure::Effective => format!("{number:.0}"),
        Measure::Mean => format!("{number:.2}"),
        _ => format!("{number:.1}"),
    }
}
