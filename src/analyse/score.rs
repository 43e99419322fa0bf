//! The answers to one question → its score (METHOD §3–§5).

use crate::model::{COMPLEMENTARY, Interval, Level, Rules, Score, ShareEstimate, Status};
use crate::stats::{Histogram, Moments, Proportion, bounded_mean, median, student_mean};
use crate::survey::tally::{Distribution, QuestionTally};

use super::ruler::Ruler;

/// Unweighted answers under which equal answers of all would betray each of them.
const TELLTALE: u64 = 30;

/// The score of a question; `None` for one that the wave does not have. `left` is the share
/// of the population, 0–1, that did not take part.
pub(super) fn score(
    question: Option<&QuestionTally>,
    ruler: &Ruler,
    thresholds: &Rules,
    left: f64,
) -> Score {
    let Some(question) = question else { return Score::default() };
    let n = answers(question);
    if n == Some(0) {
        return without_answers(question);
    }
    if let Some(reason) = withheld(n, thresholds) {
        let status = Status::Suppressed;
        return Score { status, reason: Some(reason), ..Score::default() };
    }
    match &question.answers {
        Distribution::Histogram(histogram) => of_answers(histogram, ruler, left),
        Distribution::Moments { n, mean, sd } => of_aggregate(*n, *mean, *sd, ruler),
        Distribution::Withheld { .. } => {
            let (status, reason) = (Status::Suppressed, Some(COMPLEMENTARY.to_owned()));
            Score { status, reason, ..Score::default() }
        }
    }
}

/// Valid answers, unweighted; `None` for an aggregate that does not say.
pub(super) fn answers(question: &QuestionTally) -> Option<u64> {
    match &question.answers {
        Distribution::Histogram(histogram) => Some(histogram.n()),
        Distribution::Moments { n, .. } | Distribution::Withheld { n } => *n,
    }
}

/// Why a value of `n` answers is withheld, if it is.
pub(super) fn withheld(n: Option<u64>, rules: &Rules) -> Option<String> {
    let few = n.is_some_and(|n| n < rules.suppress_below);
    few.then(|| format!("n < {}", rules.suppress_below))
}

/// Whether nobody was asked, or whoever was asked did not answer.
pub(super) fn status_without_answers(question: &QuestionTally) -> Status {
    let asked = question.blank.n > 0 || question.not_applicable.n > 0;
    if question.not_asked.n > 0 && !asked { Status::Unasked } else { Status::Unanswered }
}

fn without_answers(question: &QuestionTally) -> Score {
    Score { status: status_without_answers(question), ..Score::default() }
}

fn of_answers(histogram: &Histogram, ruler: &Ruler, left: f64) -> Score {
    let Some(moments) = Moments::of(histogram, |x| x) else {
        return Score { status: Status::Unanswered, ..Score::default() };
    };
    let share = |belongs: &dyn Fn(f64) -> bool| {
        Proportion::of_finite(histogram, belongs, left).as_ref().map(share_estimate)
    };
    let score = Score {
        sd: Some(moments.sd()),
        median: median(histogram),
        satisfied: share(&|x| ruler.satisfied(x)),
        dissatisfied: share(&|x| ruler.dissatisfied(x)),
        ..of_moments(&moments.of_finite(left), ruler)
    };
    with_distribution(score, histogram)
}

fn of_aggregate(n: Option<u64>, mean: f64, sd: Option<f64>, ruler: &Ruler) -> Score {
    let known = n.zip(sd).and_then(|(n, sd)| Moments::of_aggregate(n, mean, sd));
    if let Some(moments) = known {
        let reason = "only n, mean and sd are known: no distribution";
        let reason = Some(reason.to_owned());
        return Score { reason, sd, ..of_moments(&moments, ruler) };
    }
    let reason = match (n, sd) {
        (None, Some(_)) => "n is not known: no error, no distribution",
        (None, None) => "neither n nor sd is known: no error, no distribution",
        (Some(_), _) => "sd is not known: no error, no distribution",
    };
    Score {
        status: Status::Scored,
        reason: Some(reason.to_owned()),
        n,
        mean: Some(mean),
        sd,
        points: Some(ruler.points(mean)),
        ..Score::default()
    }
}

fn of_moments(moments: &Moments, ruler: &Ruler) -> Score {
    let scale = ruler.scale();
    let ci = bounded_mean(moments, scale.min(), scale.max());
    let points = |[low, high]: Interval| [ruler.points(low), ruler.points(high)];
    let single = (moments.n() == 1).then(|| "a single answer has no error".to_owned());
    Score {
        status: Status::Scored,
        reason: single,
        n: Some(moments.n()),
        n_eff: Some(moments.n_eff()),
        mean: Some(moments.mean()),
        se: moments.standard_error(),
        ci,
        t_ci: student_mean(moments),
        points: Some(ruler.points(moments.mean())),
        points_ci: ci.map(points),
        ..Score::default()
    }
}

/// Adds the distribution, unless it would betray what each respondent said.
fn with_distribution(score: Score, histogram: &Histogram) -> Score {
    let (levels, n) = (histogram.levels(), histogram.n());
    if is_telltale(histogram) {
        let reason = format!("all {n} answers are the same: distribution withheld");
        return Score { reason: Some(reason), ..score };
    }
    let weight: f64 = levels.iter().map(|at| at.w).sum();
    let shares = levels.iter().map(|at| (Level(at.value), at.w / weight)).collect();
    let counts = levels.iter().map(|at| (Level(at.value), at.n)).collect();
    Score { counts: Some(counts), shares: Some(shares), ..score }
}

/// Whether the distribution of a few equal answers would betray each of them.
pub(super) fn is_telltale(histogram: &Histogram) -> bool {
    let n = histogram.n();
    histogram.levels().len() == 1 && n > 1 && n < TELLTALE
}

/// A share of answers, or why there is none.
pub(super) fn share_of(
    histogram: &Histogram,
    belongs: impl Fn(f64) -> bool,
) -> Option<ShareEstimate> {
    Proportion::of(histogram, belongs).as_ref().map(share_estimate)
}

fn share_estimate(proportion: &Proportion) -> ShareEstimate {
    ShareEstimate {
        share: proportion.share,
        se: proportion.standard_error,
        ci: proportion.ci,
        n: proportion.n,
        n_star: proportion.n_star,
    }
}
