//! An analysis as it may be shown. Ours holds no number of a score that is withheld; a file that
//! was made elsewhere may.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{
    ActionOutcome, Analysis, BenchmarkResult, Change, RecommendScore, Score,
    SegmentResult, Status,
};
use super::{TouchpointResult, TrendPoint};

impl Score {
    /// Whether there is a value that may be shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.status == Status::Scored && self.points.is_some()
    }

    /// The same without the numbers, where they may not be shown.
    fn blank(&mut self) {
        if !self.is_shown() {
            let reason = self.reason.take();
            *self = Self { status: self.status, reason, ..Self::default() };
        }
    }
}

impl Analysis {
    /// The same without any number of a score that is not shown, nor of what is measured of
    /// one: its change, its difference from others, its place among them.
    #[must_use]
    pub fn as_shown(&self) -> Cow<'_, Self> {
        let mut shown = self.clone();
        shown.overall.blank();
        shown.stages.iter_mut().for_each(|it| it.score.blank());
        shown.trend.iter_mut().for_each(|it| it.score.blank());
        shown.segments.iter_mut().for_each(blank_segment);
        for result in &mut shown.touchpoints {
            blank_touchpoint(result);
            blank_change(&mut result.change, &result.id, &shown.trend);
        }
        if !shown.overall.is_shown() {
            shown.overall_change = None;
        }
        blank_change(&mut shown.overall_change, "overall", &shown.trend);
        let hidden: Vec<String> = shown
            .touchpoints
            .iter()
            .filter(|it| !it.score.is_shown())
            .map(|it| it.id.clone())
            .collect();
        let overall = shown.overall.is_shown();
        for it in &mut shown.benchmarks {
            let of_whole = it.touchpoint == "overall" && !overall;
            if of_whole || hidden.contains(&it.touchpoint) {
                blank_benchmark(it);
            }
        }
        blank_actions(&mut shown);
        blank_beside(&mut shown);
        blank_quality(&mut shown);
        if shown == *self { Cow::Borrowed(self) } else { Cow::Owned(shown) }
    }
}

/// What came of an action would tell a withheld score of either wave.
fn blank_actions(analysis: &mut Analysis) {
    for action in &mut analysis.actions {
        let Some(change) = &action.change else { continue };
        let withheld = analysis.trend.iter().any(|it| {
            Some(&it.touchpoint) == action.touchpoint.as_ref()
                && (it.wave == action.wave || it.wave == change.from)
                && !it.score.is_shown()
        });
        if withheld {
            action.change = None;
            action.outcome = ActionOutcome::NotTested;
            action.reason = Some("withheld".to_owned());
        }
    }
}

/// What stands beside the scores, where it would tell of a few.
fn blank_beside(analysis: &mut Analysis) {
    let few = few(analysis);
    analysis.quotes.retain(|it| !few.contains(&(it.touchpoint.clone(), None)));
    for it in &mut analysis.causes {
        let group = it.segment.clone().zip(it.value.clone());
        let of_past = analysis.trend.iter().any(|point| {
            point.touchpoint == it.touchpoint
                && point.wave == it.wave
                && point.score.status == Status::Suppressed
        });
        let of_all = of_past && group.is_none();
        if of_all || few.contains(&(it.touchpoint.clone(), group)) {
            (it.said, it.coded, it.denied) = (None, None, None);
            (it.dissatisfied, it.satisfied, it.main) = (None, None, None);
            it.causes.clear();
            it.groups.clear();
        }
    }
    for it in analysis.complaints.iter_mut().flat_map(|it| &mut it.cases) {
        it.overall.blank();
        if it.overall.status == Status::Suppressed {
            (it.n, it.share) = (None, None);
            it.recommend = RecommendScore::default();
        }
    }
    if let Some(inside) = &mut analysis.inside {
        inside.analysis = inside.analysis.as_shown().into_owned();
    }
}

/// A touchpoint among all customers, or among those of a value of a segment.
type Asked = (String, Option<(String, String)>);

/// The touchpoints that too few customers rated in the wave reported.
fn few(analysis: &Analysis) -> BTreeSet<Asked> {
    let of_few = |it: &Score| it.status == Status::Suppressed;
    let all = analysis.touchpoints.iter().filter(|it| of_few(&it.score));
    let all = all.map(|it| (it.id.clone(), None));
    let groups = analysis.segments.iter().filter(|it| of_few(&it.score));
    let group = |it: &SegmentResult| (it.segment.clone(), it.value.clone());
    all.chain(groups.map(|it| (it.touchpoint.clone(), Some(group(it))))).collect()
}

/// What was read of a question tells its score, wave by wave.
fn blank_quality(analysis: &mut Analysis) {
    let Some(quality) = &mut analysis.quality else { return };
    for wave in &mut quality.waves {
        let here = |it: &&TrendPoint| it.wave == wave.wave;
        for question in &mut wave.questions {
            let mut points = analysis.trend.iter().filter(here);
            let withheld = points.any(|it| {
                it.touchpoint == question.question
                    && it.score.status == Status::Suppressed
            });
            let recommend = question.question == "recommend"
                && wave.wave == analysis.wave
                && analysis.recommend.status == Status::Suppressed;
            if withheld || recommend {
                (question.levels, question.valid) = (None, None);
                (question.not_applicable, question.blank) = (None, None);
                question.not_asked = None;
            }
        }
    }
}

fn blank_segment(result: &mut SegmentResult) {
    result.score.blank();
    if !result.score.is_shown() {
        result.vs_rest = None;
    }
}

fn blank_touchpoint(result: &mut TouchpointResult) {
    result.score.blank();
    if result.score.is_shown() {
        return;
    }
    // Who was asked and did not answer is told; of a few it would tell who did.
    if result.score.status == Status::Suppressed {
        (result.answers, result.reach) = (None, None);
    }
    (result.change, result.pain, result.lift) = (None, None, None);
    (result.position, result.gap, result.asymmetry) = (None, None, None);
    (result.importance, result.role) = (None, None);
    (result.expectation, result.service_levels) = (None, None);
}

/// A change against a wave whose score is withheld would tell that score.
fn blank_change(change: &mut Option<Change>, id: &str, trend: &[TrendPoint]) {
    let withheld = |it: &Change| {
        let mut before =
            trend.iter().filter(|point| point.touchpoint == id && point.wave == it.from);
        before.any(|point| !point.score.is_shown())
    };
    if change.as_ref().is_some_and(withheld) {
        *change = None;
    }
}

fn blank_benchmark(result: &mut BenchmarkResult) {
    (result.difference, result.ci, result.df) = (None, None, None);
    (result.p, result.q, result.relevant) = (None, None, false);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(status: Status) -> Score {
        Score {
            status,
            reason: Some("n < 10".to_owned()),
            points: Some(12.3),
            points_ci: Some([1.2, 34.5]),
            n: Some(7),
            ..Score::default()
        }
    }

    fn point(wave: &str, status: Status) -> TrendPoint {
        TrendPoint {
            touchpoint: "a".to_owned(),
            wave: wave.to_owned(),
            question_version: 1,
            score: score(status),
        }
    }

    #[test]
    fn a_withheld_score_of_any_file_keeps_its_reason_and_no_number() {
        let mut analysis =
            Analysis { overall: score(Status::Suppressed), ..Analysis::default() };
        analysis.trend = vec![point("2024", Status::Suppressed)];
        let shown = analysis.as_shown();
        for it in [&shown.overall, &shown.trend[0].score] {
            assert_eq!(it.reason.as_deref(), Some("n < 10"));
            assert_eq!((it.points, it.points_ci, it.n), (None, None, None));
        }
    }

    #[test]
    fn a_change_that_would_tell_a_withheld_score_goes_with_it() {
        let change = Change { from: "2024".to_owned(), ..Change::default() };
        let result = TouchpointResult {
            id: "a".to_owned(),
            score: score(Status::Scored),
            change: Some(change),
            ..TouchpointResult::default()
        };
        let mut analysis = Analysis { touchpoints: vec![result], ..Analysis::default() };
        analysis.trend = vec![point("2024", Status::Scored)];
        assert!(matches!(analysis.as_shown(), Cow::Borrowed(_)), "nothing is withheld");
        analysis.trend = vec![point("2024", Status::Suppressed)];
        assert_eq!(analysis.as_shown().touchpoints[0].change, None);
    }

    #[test]
    fn what_stands_beside_a_withheld_score_goes_with_it() {
        use crate::model::{
            CaseResult, CauseResult, ComplaintResult, Expectation, InsideResult, Quote,
        };
        let few = |id: &str| TouchpointResult {
            id: id.to_owned(),
            score: score(Status::Suppressed),
            expectation: Some(Expectation::default()),
            ..TouchpointResult::default()
        };
        let cause = |segment: Option<&str>| CauseResult {
            touchpoint: "a".to_owned(),
            wave: "2025".to_owned(),
            said: Some(7),
            segment: segment.map(str::to_owned),
            value: segment.map(str::to_owned),
            ..CauseResult::default()
        };
        let told = CaseResult {
            n: Some(7),
            overall: score(Status::Suppressed),
            ..CaseResult::default()
        };
        let inside = Analysis { touchpoints: vec![few("b")], ..Analysis::default() };
        let analysis = Analysis {
            touchpoints: vec![few("a")],
            causes: vec![cause(None), cause(Some("city"))],
            quotes: vec![Quote { touchpoint: "a".to_owned(), ..Quote::default() }],
            complaints: Some(ComplaintResult {
                cases: vec![told],
                ..ComplaintResult::default()
            }),
            inside: Some(Box::new(InsideResult { analysis: inside, links: Vec::new() })),
            ..Analysis::default()
        };
        let shown = analysis.as_shown();
        assert_eq!(shown.touchpoints[0].expectation, None);
        assert!(shown.quotes.is_empty());
        let said: Vec<_> = shown.causes.iter().map(|it| it.said).collect();
        assert_eq!(said, [None, Some(7)], "nothing says that the group is small");
        assert_eq!(shown.complaints.as_ref().unwrap().cases[0].n, None);
        let inside = &shown.inside.as_ref().unwrap().analysis.touchpoints[0];
        assert_eq!((inside.score.points, &inside.expectation), (None, &None));
    }
}
