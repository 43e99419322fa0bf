//! A touchpoint against another wave, among segments, against benchmarks and expectations.

use crate::model::{BenchmarkResult, SegmentResult, VersusRest};

use super::super::super::number;
use super::super::{segment, trend};
use super::{Case, Reason};

/// A benchmark with an error of its own.
const TWO_SAMPLES: &str = "two samples";

/// Differences of segments that are told in words; the picture marks all of them.
const MOST_SEGMENTS: usize = 3;

impl Case<'_> {
    /// A change that is beyond chance and matters.
    pub(super) fn moved(&self) -> Option<Reason> {
        let change = self.result.change.as_ref().filter(|it| it.relevant)?;
        let fell = change.points < 0.0;
        let heading = if fell { "evidence.fall" } else { "evidence.rise" };
        let gaps = [
            ("change", &*number::change(change.points)),
            ("ci", &*self.range(change.points_ci?, 1)),
        ];
        Some(Reason {
            heading: self.say(heading, &[("wave", &change.from)]),
            text: self.with_mix(self.say("evidence.change", &gaps)),
            note: self.test(&["relevant_fall", "relevant_rise"], change.q),
        })
    }

    /// What is said of a change, and that it is the work of who answered, if it is.
    fn with_mix(&self, change: String) -> String {
        match trend::turned(self.context, &self.result.id) {
            Some(turned) => {
                change + &self.context.locale.word("list.sentences") + &turned
            }
            None => change,
        }
    }

    /// The segments that differ most from all others.
    pub(super) fn segments(&self) -> Vec<Reason> {
        let found = segment::differing(self.context).into_iter();
        found
            .filter(|(it, _)| it.touchpoint == self.result.id)
            .take(MOST_SEGMENTS)
            .map(|(it, versus)| self.segment(it, versus))
            .collect()
    }

    fn segment(&self, it: &SegmentResult, versus: &VersusRest) -> Reason {
        let lower = versus.points < 0.0;
        let heading = if lower { "evidence.lower" } else { "evidence.higher" };
        let gaps = [
            ("points", &*number::change(versus.points)),
            ("ci", &*self.range(versus.points_ci, 1)),
        ];
        let variable = self.context.variable(&it.segment);
        let gaps_of_name = [("segment", &*variable), ("value", &*it.value)];
        Reason {
            heading: self.say(heading, &gaps_of_name),
            text: self.say("evidence.segment", &gaps),
            note: Some(self.say("evidence.q", &[("q", &number::probability(versus.q))])),
        }
    }

    /// The score against each benchmark.
    pub(super) fn benchmarks(&self) -> Vec<Reason> {
        let results = self.context.analysis.benchmarks.iter();
        let own = results.filter(|it| it.touchpoint == self.result.id);
        own.filter_map(|it| self.benchmark(it)).collect()
    }

    fn benchmark(&self, it: &BenchmarkResult) -> Option<Reason> {
        let named = self.context.journey.benchmarks.get(it.benchmark);
        let name = named.map_or(it.name.as_str(), |it| self.context.text(&it.name));
        let score = number::plain(it.points);
        let heading =
            self.say("evidence.benchmark.name", &[("name", name), ("score", &score)]);
        let Some(difference) = it.difference else {
            // Without a score there is nothing to say; where points were made otherwise, that.
            self.result.score.points?;
            let text = self.context.locale.word("evidence.benchmark.refused");
            return Some(Reason { heading, text, note: None });
        };
        let alpha = self.context.journey.rules.alpha;
        let verdict = match it.q.or(it.p) {
            _ if it.relevant => "evidence.benchmark.beyond",
            None => "evidence.benchmark.untested",
            Some(p) if p <= alpha => "evidence.benchmark.irrelevant",
            Some(_) => "evidence.benchmark.open",
        };
        let ci = it.ci.map_or_else(|| "–".to_owned(), |ci| self.range(ci, 1));
        let gaps = [("difference", &*number::change(difference)), ("ci", &*ci)];
        let note = if it.test == TWO_SAMPLES { "both" } else { "note" };
        Some(Reason {
            heading,
            text: self.say(verdict, &gaps),
            note: Some(self.context.locale.word(&format!("evidence.benchmark.{note}"))),
        })
    }

    /// What was found less what was expected.
    pub(super) fn gap(&self) -> Option<Reason> {
        let gap = self.result.gap.as_ref()?;
        let gaps = [
            ("gap", &*number::signed(gap.mean, 2)),
            ("ci", &*self.range(gap.ci?, 2)),
            ("n", &*number::count(gap.n)),
        ];
        Some(Reason {
            heading: self.context.locale.word("evidence.gap.name"),
            text: self.say("evidence.gap", &gaps),
            note: Some(self.context.locale.word("evidence.gap.note")),
        })
    }
}
