//! From a map to its questionnaire.

use crate::diagram::inert;
use crate::model::{
    Column, Journey, Language, MissingClass, MissingCodes, Question, Scale, SurveyPlan,
    Text, Valid, Wording,
};

use super::item::{Asked, Item, Questionnaire, Role};
use super::words::{Words, words};

/// Most answers of a scale that are written out.
const MOST_LEVELS: usize = 21;
/// The code of those who cannot say, where the map declares none.
const USUAL_CODE: &str = "99";

/// The questionnaire of `journey` in `language`.
#[must_use]
pub fn build(journey: &Journey, language: &Language) -> Questionnaire {
    let by_ids;
    let survey = match &journey.survey {
        Some(survey) => survey,
        None => {
            let ids = journey.touchpoints.iter().map(|it| it.id.as_str());
            by_ids = SurveyPlan::by_ids(ids);
            &by_ids
        }
    };
    let builder = Builder { journey, survey, language, words: words(language) };
    let plan = &journey.questionnaire;
    let text = |text: &Option<Text>, usual: &str| builder.text(text.as_ref(), usual);
    Questionnaire {
        language: language.clone(),
        title: text(&plan.title, journey.text(&journey.name, language)),
        introduction: text(&plan.introduction, builder.words.introduction),
        stem: match plan.not_applicable {
            Wording::LeftOut => builder.words.stem.to_owned(),
            _ => builder.words.stem.to_owned() + builder.words.way_out,
        },
        optional: builder.words.optional.to_owned(),
        thanks: builder.words.thanks.to_owned(),
        items: builder.items(),
    }
}

struct Builder<'a> {
    journey: &'a Journey,
    survey: &'a SurveyPlan,
    language: &'a Language,
    words: &'static Words,
}

impl Builder<'_> {
    fn text(&self, own: Option<&Text>, usual: &str) -> String {
        let text = own.map_or(usual, |it| self.journey.text(it, self.language));
        // What steers a screen has no place in a question.
        inert(text).into_owned()
    }

    /// The whole first, before single touchpoints colour it; who somebody is last.
    fn items(&self) -> Vec<Item> {
        let plan = &self.journey.questionnaire;
        let mut items = Vec::new();
        if let Some(overall) = &self.survey.overall {
            let words = self.text(plan.overall.as_ref(), self.words.overall);
            items.push(whole(overall, Role::Overall, words, self.words.satisfied));
        }
        items.extend((0..self.journey.touchpoints.len()).map(|at| self.touchpoint(at)));
        if let Some(recommend) = &self.survey.recommend {
            let words = self.text(plan.recommend.as_ref(), self.words.recommend);
            items.push(whole(recommend, Role::Recommend, words, self.words.likely));
        }
        items.extend(self.comment());
        items.extend(self.segments());
        if let Some(contact) = &plan.contact {
            let words = self.text(Some(contact), "");
            items.push(Item { optional: true, ..open("contact", Role::Contact, words) });
        }
        items
    }

    fn touchpoint(&self, at: usize) -> Item {
        let touchpoint = &self.journey.touchpoints[at];
        let question = &self.survey.questions[at];
        let plan = &self.journey.questionnaire.not_applicable;
        let words = match plan {
            Wording::Usual => Some(self.words.not_applicable.to_owned()),
            Wording::Own(text) => Some(self.text(Some(text), "")),
            Wording::LeftOut => None,
        };
        let own = touchpoint.question.as_ref();
        let asked = Asked::Scale {
            levels: levels(&question.scale),
            ends: self.words.satisfied.map(str::to_owned),
            not_applicable: words.map(|it| (it, code(&question.missing))),
        };
        let stage = &self.journey.stages[touchpoint.stage.0];
        let role = Role::Touchpoint(touchpoint.id.clone());
        let text = self.text(own.or(Some(&touchpoint.name)), "");
        Item {
            asked,
            stage: Some(self.text(Some(&stage.name), "")),
            is_row: own.is_none(),
            ..open(name(&question.column), role, text)
        }
    }

    fn comment(&self) -> Option<Item> {
        let text = match &self.journey.questionnaire.comment {
            Wording::Usual => self.words.comment.to_owned(),
            Wording::Own(text) => self.text(Some(text), ""),
            Wording::LeftOut => return None,
        };
        Some(Item { optional: true, ..open("comment", Role::Comment, text) })
    }

    fn segments(&self) -> impl Iterator<Item = Item> {
        self.survey.segments.iter().filter_map(|segment| {
            let own = self.journey.questionnaire.segments.get(&segment.id);
            let usual = self.words.segment.replace("{}", &segment.id);
            let text = match own.map(|it| &it.question) {
                Some(Wording::LeftOut) => return None,
                Some(Wording::Own(text)) => self.text(Some(text), ""),
                Some(Wording::Usual) | None => self.text(None, &usual),
            };
            let options = own.map(|it| it.options.as_slice()).unwrap_or_default();
            let options: Vec<String> = match options {
                [] => segment.order.iter().map(|it| inert(it).into_owned()).collect(),
                own => own.iter().map(|it| self.text(Some(it), "")).collect(),
            };
            let asked =
                if options.is_empty() { Asked::Text } else { Asked::Choice(options) };
            let role = Role::Segment(segment.id.clone());
            Some(Item {
                asked,
                optional: true,
                ..open(name(&segment.column), role, text)
            })
        })
    }
}

/// A question for the whole, which everybody can answer.
fn whole(question: &Question, role: Role, text: String, ends: [&str; 2]) -> Item {
    let asked = Asked::Scale {
        levels: levels(&question.scale),
        ends: ends.map(str::to_owned),
        not_applicable: None,
    };
    Item { asked, ..open(name(&question.column), role, text) }
}

fn open(column: &str, role: Role, text: String) -> Item {
    Item {
        column: column.to_owned(),
        role,
        stage: None,
        text,
        is_row: false,
        asked: Asked::Text,
        optional: false,
    }
}

/// The name under which the next wave is to stand: the first of those it went by.
fn name(column: &Column) -> &str {
    column.names.first().map(String::as_str).unwrap_or_default()
}

/// The answers of a scale; its ends alone where it has very many.
fn levels(scale: &Scale) -> Vec<f64> {
    let (min, max) = (scale.min(), scale.max());
    let step = match scale.valid() {
        Valid::Levels(levels) => return levels.clone(),
        Valid::Step(step) => *step,
        Valid::All => 1.0,
    };
    let mut levels = vec![min];
    // Steps are counted, so that 0.1 ten times is 1.
    while levels.len() <= MOST_LEVELS {
        let next = min + step * f64::from(u32::try_from(levels.len()).unwrap_or(0));
        if next > max + step * 1e-9 {
            return levels;
        }
        levels.push(next);
    }
    vec![min, max]
}

/// The code that the map declares for those who cannot say.
fn code(missing: &MissingCodes) -> String {
    let is_it = |(code, class): &(&str, MissingClass)| {
        !code.is_empty() && *class == MissingClass::NotApplicable
    };
    missing.iter().find(is_it).map_or(USUAL_CODE, |(code, _)| code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_of_a_scale_are_counted_from_its_lowest() {
        let scale = |min, max, valid| Scale::new(min, max, valid).unwrap();
        assert_eq!(levels(&scale(1.0, 5.0, Valid::All)), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(levels(&scale(0.0, 2.0, Valid::Step(0.5))), [0.0, 0.5, 1.0, 1.5, 2.0]);
        assert_eq!(levels(&scale(0.0, 1.0, Valid::Step(0.1))).len(), 11);
        assert_eq!(levels(&scale(1.0, 9.0, Valid::Levels(vec![1.0, 9.0]))), [1.0, 9.0]);
        assert_eq!(levels(&scale(0.0, 100.0, Valid::All)), [0.0, 100.0]);
    }
}
