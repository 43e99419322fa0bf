//! How a question was asked in a wave, and whether two waves asked the same.

use std::borrow::Cow;

use crate::model::{Journey, Question, ResponseFile, SurveyPlan};
use crate::survey::tally::Variable;

/// Every way in which `variable` was asked in `wave`, one per file that may hold the wave.
/// Empty where the map describes no such question.
pub(super) fn asked<'a>(
    journey: &'a Journey,
    variable: Variable,
    wave: &str,
) -> Vec<Cow<'a, Question>> {
    let Some(survey) = &journey.survey else { return Vec::new() };
    let Some(question) = planned(survey, variable) else { return Vec::new() };
    let read: Vec<_> = files(survey, wave)
        .into_iter()
        .map(|file| as_read(question, variable, file))
        .collect();
    if read.is_empty() { vec![Cow::Borrowed(question)] } else { read }
}

/// Whether the two waves asked `variable` alike: version, ends of the scale, missing codes
/// (METHOD §10). Where files do not say their wave, each of them may hold it.
pub(super) fn comparable(
    journey: &Journey,
    variable: Variable,
    waves: [&str; 2],
) -> bool {
    let questions: Vec<_> =
        waves.iter().flat_map(|wave| asked(journey, variable, wave)).collect();
    questions.windows(2).all(|pair| match pair {
        [one, other] => alike(one, other),
        _ => true,
    })
}

fn alike(one: &Question, other: &Question) -> bool {
    one.version == other.version
        && one.scale.same_ends(&other.scale)
        && one.missing == other.missing
}

fn planned(survey: &SurveyPlan, variable: Variable) -> Option<&Question> {
    match variable {
        Variable::Overall => survey.overall.as_ref(),
        Variable::Recommend => survey.recommend.as_ref(),
        Variable::Touchpoint(index) => survey.questions.get(index),
        Variable::Stage(_) => None,
    }
}

/// The files of `wave`; if none names it, those that name no wave.
fn files<'a>(survey: &'a SurveyPlan, wave: &str) -> Vec<&'a ResponseFile> {
    let of = |named: Option<&str>| -> Vec<&ResponseFile> {
        survey.files.iter().filter(|file| file.wave.as_deref() == named).collect()
    };
    let named = of(Some(wave));
    if named.is_empty() { of(None) } else { named }
}

/// `question` as `file` reads it.
fn as_read<'a>(
    question: &'a Question,
    variable: Variable,
    file: &'a ResponseFile,
) -> Cow<'a, Question> {
    let own = match variable {
        Variable::Touchpoint(index) => file.overrides.questions.get(&index),
        _ => None,
    };
    if let Some(own) = own {
        return Cow::Borrowed(own);
    }
    match &file.overrides.missing {
        Some(codes) if !question.own_missing => {
            let missing = codes.off(&question.scale);
            Cow::Owned(Question { missing, ..question.clone() })
        }
        _ => Cow::Borrowed(question),
    }
}
