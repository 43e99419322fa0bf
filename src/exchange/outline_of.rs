//! Journey and analysis → outline.

use crate::model::{Analysis, InlineScore, Journey, Scale, Score, Status, TrendPoint};

use super::outline::{Outline, OutlineStage, OutlineTouchpoint, OutlineTransition};

/// Difference of points that is rounding.
const ROUNDING: f64 = 1e-6;

impl Outline {
    /// What can be exported of `journey`: with the scores of `analysis`, all its waves, or,
    /// without one, those that the map itself gives.
    ///
    /// Scores are on the native scale where all touchpoints have the same, and in points
    /// otherwise. What the analysis withholds is not there.
    #[must_use]
    pub fn of(journey: &Journey, analysis: Option<&Analysis>) -> Self {
        let given = Given { journey, analysis };
        let common = given.common_scale();
        let scale = common.clone().unwrap_or_else(Scale::points);
        let touchpoint = |at: usize| {
            let it = &journey.touchpoints[at];
            OutlineTouchpoint {
                id: it.id.clone(),
                name: it.name.clone(),
                channel: it.channel.clone(),
                owner: it.owner.clone(),
                action: it.action.clone(),
                backstage: it.backstage.clone(),
                moment_of_truth: it.moment_of_truth,
                target: it.target,
                scores: given.scores(at, common.as_ref()),
            }
        };
        let stage = |it: &crate::model::Stage| OutlineStage {
            id: it.id.clone(),
            name: it.name.clone(),
            touchpoints: it.touchpoints.clone().map(touchpoint).collect(),
        };
        let transitions = journey.flow.transitions.iter().map(|it| OutlineTransition {
            from: it.from,
            to: it.to,
            share: it.share,
            label: it.label.clone(),
        });
        Self {
            id: journey.id.clone(),
            name: journey.name.clone(),
            language: journey.language.clone(),
            persona: journey.persona.as_ref().map(|it| it.name.clone()),
            scale,
            stages: journey.stages.iter().map(stage).collect(),
            transitions: transitions.collect(),
        }
    }
}

/// Where scores come from.
struct Given<'a> {
    journey: &'a Journey,
    analysis: Option<&'a Analysis>,
}

impl Given<'_> {
    fn scale(&self, at: usize) -> Scale {
        let planned = self.journey.survey.as_ref().and_then(|it| it.questions.get(at));
        planned.map_or_else(Scale::one_to_ten, |it| it.scale.clone())
    }

    fn measured(&self, at: usize) -> impl Iterator<Item = (&TrendPoint, &Score)> {
        let id = &self.journey.touchpoints[at].id;
        let trend = self.analysis.map(|it| it.trend.as_slice()).unwrap_or_default();
        let of = trend.iter().filter(move |it| it.touchpoint == *id);
        of.filter(|it| it.score.status == Status::Scored).map(|it| (it, &it.score))
    }

    /// The one scale that all scores are on, as their points confirm.
    fn common_scale(&self) -> Option<Scale> {
        let all = 0..self.journey.touchpoints.len();
        let first = self.scale(0);
        let ends = |scale: &Scale| (scale.min().to_bits(), scale.max().to_bits());
        let same = all.clone().all(|at| ends(&self.scale(at)) == ends(&first));
        let confirmed = |(_, score): (&TrendPoint, &Score)| {
            let points = score.mean.map(|mean| first.minmax_points(mean));
            points.zip(score.points).is_some_and(|(a, b)| (a - b).abs() < ROUNDING)
        };
        let sound = all.clone().all(|at| self.measured(at).all(confirmed));
        (same && sound).then_some(first)
    }

    /// Scores on the common scale, or in points.
    fn scores(&self, at: usize, common: Option<&Scale>) -> Vec<InlineScore> {
        let scale = self.scale(at);
        if self.analysis.is_none() {
            let points = |it: &InlineScore| InlineScore {
                mean: scale.minmax_points(it.mean),
                sd: it.sd.map(|sd| 100.0 * sd / scale.width()),
                ..it.clone()
            };
            let scores = self.journey.touchpoints[at].scores.iter();
            let written =
                |it: &InlineScore| common.map_or_else(|| points(it), |_| it.clone());
            return scores.map(written).collect();
        }
        let score = |(it, score): (&TrendPoint, &Score)| {
            // In points without the spread: a wave may be on another scale than the plan.
            let (mean, sd) =
                common.map_or((score.points, None), |_| (score.mean, score.sd));
            Some(InlineScore { wave: it.wave.clone(), mean: mean?, n: score.n, sd })
        };
        self.measured(at).filter_map(score).collect()
    }
}
