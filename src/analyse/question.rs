//! How a question was asked in a wave, and whether two waves asked the same.

use crate::model::{Journey, Question, SurveyPlan};
use crate::survey::tally::{Tally, Variable};

use super::wave::find;

/// How `variable` was asked in `wave`: as the responses were read, else as the map says.
/// `None` where neither tells.
pub(super) fn asked<'a>(
    journey: &'a Journey,
    tally: &'a Tally,
    variable: Variable,
    wave: &str,
) -> Option<&'a Question> {
    let read = find(tally, wave).and_then(|it| it.asked_as.get(&variable));
    read.or_else(|| planned(journey.survey.as_ref()?, variable))
}

/// Whether two waves asked alike: version, ends of the scale, missing codes (METHOD §10).
pub(super) fn alike(one: &Question, other: &Question) -> bool {
    one.version == other.version
        && one.scale.same_ends(&other.scale)
        && one.missing == other.missing
}

/// How the map says that `variable` is asked.
pub(super) fn planned(survey: &SurveyPlan, variable: Variable) -> Option<&Question> {
    match variable {
        Variable::Overall => survey.overall.as_ref(),
        Variable::Recommend => survey.recommend.as_ref(),
        Variable::Touchpoint(index) => survey.questions.get(index),
        Variable::Stated(index) => survey.importance.get(&index),
        Variable::Expected(index) => survey.expectations.get(&index),
        Variable::Stage(_) | Variable::Gap(_) | Variable::Beside(_) => None,
    }
}
