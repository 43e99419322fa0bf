//! Variables as the map asks and names them.

use crate::model::{Journey, Question, SurveyPlan};

use super::tally::Variable;

/// The question of `plan` that scores `variable`.
pub(super) fn question(plan: &SurveyPlan, variable: Variable) -> Option<&Question> {
    match variable {
        Variable::Overall => plan.overall.as_ref(),
        Variable::Recommend => plan.recommend.as_ref(),
        Variable::Touchpoint(index) => plan.questions.get(index),
        Variable::Stated(index) => plan.importance.get(&index),
        Variable::Gap(index) | Variable::Expected(index) => plan.expectations.get(&index),
        Variable::Stage(_) | Variable::Beside(_) => None,
    }
}

/// A variable as messages name it.
pub(super) fn in_words(variable: Variable, journey: &Journey) -> String {
    let (kind, id) = match variable {
        Variable::Overall => return "the overall satisfaction".to_owned(),
        Variable::Recommend => return "the likelihood to recommend".to_owned(),
        Variable::Beside(_) => return "what is said beside the scores".to_owned(),
        Variable::Stated(index) => (
            "the stated importance of touchpoint",
            journey.touchpoints.get(index).map(|it| &it.id),
        ),
        Variable::Gap(index) | Variable::Expected(index) => (
            "what was expected of touchpoint",
            journey.touchpoints.get(index).map(|it| &it.id),
        ),
        Variable::Touchpoint(index) => {
            ("touchpoint", journey.touchpoints.get(index).map(|it| &it.id))
        }
        Variable::Stage(index) => ("stage", journey.stages.get(index).map(|it| &it.id)),
    };
    format!("{kind} `{}`", id.map_or("", String::as_str))
}
