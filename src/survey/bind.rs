//! Columns of the map → columns of a file.

use std::borrow::Cow;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{
    Column, MissingCodes, PhasePlan, Question, ResponseFile, SegmentPlan, SurveyPlan,
    Wave,
};

use super::beside::{BoundBeside, bind_beside};
use super::header::{Found, Header};
use super::phase::{BoundDay, bound_day};
use super::sighting::Site;
use super::tally::Variable;

/// Where in a file each thing stands that the map asks for.
pub(super) struct Binding<'a> {
    /// Questions that the file asks, in the order of the map.
    pub(super) questions: Vec<BoundQuestion<'a>>,
    /// Questions that it does not ask.
    pub(super) unasked: Vec<Variable>,
    /// What was expected of touchpoints that the file asks, as gaps.
    pub(super) expectations: Vec<BoundQuestion<'a>>,
    /// What stands beside the scores.
    pub(super) beside: BoundBeside<'a>,
    /// The respondent's id.
    pub(super) respondent: Option<usize>,
    /// The replicate group.
    pub(super) replicate_group: Option<usize>,
    /// The wave.
    pub(super) wave: BoundWave,
    /// When the respondent answered.
    pub(super) date: Option<usize>,
    /// The weight, if the rows have one.
    pub(super) weight: Option<usize>,
    /// Each segment of the map; `None` where the file does not have it.
    pub(super) segments: Vec<Option<usize>>,
    /// By segment: how its phases are counted, where they are.
    pub(super) phases: Vec<Option<(BoundDay, PhasePlan)>>,
}

/// A question of the map and its column.
pub(super) struct BoundQuestion<'a> {
    /// What it scores.
    pub(super) variable: Variable,
    /// How to read it in this file.
    pub(super) question: Cow<'a, Question>,
    /// Its position, from 0.
    pub(super) column: usize,
}

/// Where the wave of a row is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BoundWave {
    /// All rows of the file belong to it.
    File(Wave),
    /// In the column at this position.
    Column(usize),
}

/// The questions of `plan` as `file` asks them, in the order of the map.
pub(super) fn questions<'a>(
    plan: &'a SurveyPlan,
    file: &'a ResponseFile,
) -> Vec<(Variable, Cow<'a, Question>)> {
    let default = file.overrides.missing.as_ref();
    let named = [
        plan.overall.as_ref().map(|it| (Variable::Overall, it)),
        plan.recommend.as_ref().map(|it| (Variable::Recommend, it)),
    ];
    let touchpoints = plan.questions.iter().enumerate();
    let touchpoints = touchpoints.map(|(index, it)| (Variable::Touchpoint(index), it));
    let stated = plan.importance.iter();
    let stated = stated.map(|(index, it)| (Variable::Stated(*index), it));
    let in_file = |(variable, question): (Variable, &'a Question)| {
        let own = match variable {
            Variable::Touchpoint(index) => file.overrides.questions.get(&index),
            _ => None,
        };
        let question = inherit(own.unwrap_or(question), plan, default);
        (variable, question)
    };
    let named = named.into_iter().flatten();
    named.chain(touchpoints).chain(stated).map(in_file).collect()
}

/// `question` with the missing codes of the file, if it has no codes of its own.
fn inherit<'a>(
    question: &'a Question,
    plan: &SurveyPlan,
    default: Option<&MissingCodes>,
) -> Cow<'a, Question> {
    let Some(codes) = default else { return Cow::Borrowed(question) };
    if question.own_missing {
        return Cow::Borrowed(question);
    }
    let missing = if question.scale == plan.scale {
        codes.clone()
    } else {
        codes.off(&question.scale)
    };
    Cow::Owned(Question { missing, ..question.clone() })
}

/// Finds the columns of `file`, whose header is `header`; `None` when nothing says which
/// wave its rows belong to.
pub(super) fn bind<'a>(
    plan: &'a SurveyPlan,
    file: &'a ResponseFile,
    header: &Header,
    site: Site<'_>,
    problems: &mut Diagnostics,
) -> Option<Binding<'a>> {
    let mut find = |column: &Column| find(header, column, site, problems);
    let (mut bound, mut unasked) = (Vec::new(), Vec::new());
    for (variable, question) in questions(plan, file) {
        match find(&question.column) {
            Some(column) => bound.push(BoundQuestion { variable, question, column }),
            None => unasked.push(variable),
        }
    }
    let expectations = expectations(plan, file, &bound, &mut find);
    let beside = bind_beside(plan, &mut find);
    let respondent = plan.respondent.as_ref().and_then(&mut find);
    let replicate_group = plan.replicate_group.as_ref().and_then(&mut find);
    let date = plan.date.as_ref().and_then(&mut find);
    let weight = file.overrides.weight.as_ref().or(plan.weight.as_ref());
    let weight = weight.and_then(&mut find);
    let segments = plan.segments.iter().map(|segment| find(&segment.column)).collect();
    let mut phases_of = |segment: &SegmentPlan| {
        let phases = segment.phases.as_ref()?;
        Some((bound_day(phases, &mut find)?, phases.clone()))
    };
    let phases = plan.segments.iter().map(&mut phases_of).collect();
    let of_file = file.wave.as_deref().and_then(Wave::new).map(BoundWave::File);
    let in_column = || plan.wave.as_ref().and_then(&mut find).map(BoundWave::Column);
    let Some(wave) = of_file.or_else(in_column) else {
        problems.push(no_wave(plan, header, site));
        return None;
    };
    for it in &expectations {
        report_other_scale(it, &bound, site, problems);
    }
    Some(Binding {
        questions: bound,
        unasked,
        expectations,
        beside,
        respondent,
        replicate_group,
        wave,
        date,
        weight,
        segments,
        phases,
    })
}

/// What was expected of the touchpoints among `asked`.
fn expectations<'a>(
    plan: &'a SurveyPlan,
    file: &'a ResponseFile,
    asked: &[BoundQuestion<'a>],
    find: &mut impl FnMut(&Column) -> Option<usize>,
) -> Vec<BoundQuestion<'a>> {
    let touchpoints = asked.iter().filter_map(|it| match it.variable {
        Variable::Touchpoint(index) => Some(index),
        _ => None,
    });
    let bound = |index: usize| {
        let question = plan.expectations.get(&index)?;
        let column = find(&question.column)?;
        let question = inherit(question, plan, file.overrides.missing.as_ref());
        Some(BoundQuestion { variable: Variable::Gap(index), question, column })
    };
    touchpoints.filter_map(bound).collect()
}

/// Reports an expectation on another scale than what became of it: a file may ask a
/// touchpoint otherwise than the map says.
fn report_other_scale(
    expectation: &BoundQuestion<'_>,
    asked: &[BoundQuestion<'_>],
    site: Site<'_>,
    problems: &mut Diagnostics,
) {
    let Variable::Gap(index) = expectation.variable else { return };
    let touchpoint = asked.iter().find(|it| it.variable == Variable::Touchpoint(index));
    let Some(touchpoint) = touchpoint else { return };
    if touchpoint.question.scale.same_ends(&expectation.question.scale) {
        return;
    }
    let message = format!(
        "`{}` asks what was expected ({}) and what was met ({}) on different scales",
        site.name,
        either(&expectation.question.column),
        either(&touchpoint.question.column),
    );
    let span = expectation.question.column.span.or(site.span);
    problems.push(Diagnostic::error(Code::SUSPICIOUS_MIX, span, message));
}

/// The position of `column`; a name that two columns have is a problem.
fn find(
    header: &Header,
    column: &Column,
    site: Site<'_>,
    problems: &mut Diagnostics,
) -> Option<usize> {
    match header.find(column) {
        Found::At(position) => Some(position),
        Found::Absent => None,
        Found::Twice { name, positions } => {
            problems.push(twice(&name, &positions, column.span, site));
            None
        }
    }
}

fn twice(
    name: &str,
    positions: &[usize],
    span: Option<Span>,
    site: Site<'_>,
) -> Diagnostic {
    let places: Vec<_> = positions.iter().map(|it| format!("`#{}`", it + 1)).collect();
    let message =
        format!("`{}` has {} columns named `{name}`", site.name, positions.len());
    Diagnostic::error(Code::DUPLICATE_HEADER, span.or(site.span), message).hint(format!(
        "address the one you mean by its position: {}",
        places.join(" or ")
    ))
}

fn no_wave(plan: &SurveyPlan, header: &Header, site: Site<'_>) -> Diagnostic {
    let name = site.name;
    let column = plan.wave.as_ref();
    let span = column.and_then(|it| it.span).or(site.span);
    match column {
        Some(column) => {
            let message =
                format!("`{name}` has no column {} for the wave", either(column));
            let first = column.names.first().map_or("", String::as_str);
            Diagnostic::error(Code::NO_WAVE, span, message)
                .did_you_mean(first, header.names())
                .hint("or give `wave:` to the file, if all its rows belong to one wave")
        }
        None => Diagnostic::error(
            Code::NO_WAVE,
            span,
            format!("it is not said to which wave the rows of `{name}` belong"),
        )
        .hint(
            "name the column with `wave:` under `survey:`, or give `wave:` to the file",
        ),
    }
}

/// The names of a column in words.
pub(super) fn either(column: &Column) -> String {
    let names: Vec<_> = column.names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileOverrides, MissingClass, Scale, Valid};

    fn header(names: &[&str]) -> Header {
        Header::new(names.iter().map(|name| name.as_bytes()))
    }

    fn plan() -> SurveyPlan {
        SurveyPlan::by_ids(["reception", "contract"])
    }

    fn file(wave: Option<&str>) -> ResponseFile {
        ResponseFile {
            path: "a.csv".into(),
            sheet: None,
            wave: wave.map(str::to_owned),
            overrides: FileOverrides::default(),
            span: None,
        }
    }

    const SITE: Site<'_> = Site { name: "a.csv", span: None };

    fn codes(code: &str) -> MissingCodes {
        let mut codes = MissingCodes::default();
        codes.declare(code, MissingClass::Blank);
        codes
    }

    #[test]
    fn a_touchpoint_without_a_column_is_not_asked() {
        let (plan, file, mut problems) =
            (plan(), file(Some("2025")), Diagnostics::default());
        let header = header(&["contract", "overall"]);
        let it = bind(&plan, &file, &header, SITE, &mut problems).unwrap();
        let bound: Vec<_> =
            it.questions.iter().map(|it| (it.variable, it.column)).collect();
        assert_eq!(bound, [(Variable::Overall, 1), (Variable::Touchpoint(1), 0)]);
        assert_eq!(it.unasked, [Variable::Recommend, Variable::Touchpoint(0)]);
        assert!(problems.into_sorted().is_empty());
    }

    #[test]
    fn two_columns_of_one_name_matter_only_where_the_map_needs_them() {
        let (mut plan, file) = (plan(), file(Some("2025")));
        let header = header(&["其他，请注明", "reception", "其他，请注明", "reception"]);
        let mut problems = Diagnostics::default();
        bind(&plan, &file, &header, SITE, &mut problems);
        let problems = problems.into_sorted();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code, Code::DUPLICATE_HEADER);
        assert!(problems[0].hints[0].ends_with("`#2` or `#4`"));

        plan.questions[0].column.names = vec!["#4".to_owned()];
        let mut problems = Diagnostics::default();
        let it = bind(&plan, &file, &header, SITE, &mut problems).unwrap();
        assert_eq!(it.questions[0].column, 3);
        assert!(problems.into_sorted().is_empty());
    }

    #[test]
    fn a_file_that_does_not_say_its_wave_is_a_problem() {
        let (mut plan, mut problems) = (plan(), Diagnostics::default());
        plan.wave = Some(Column { names: vec!["yaer".to_owned()], span: None });
        let header = header(&["year", "contract"]);
        assert!(bind(&plan, &file(None), &header, SITE, &mut problems).is_none());
        let problems = problems.into_sorted();
        assert_eq!(problems[0].code, Code::NO_WAVE);
        assert_eq!(problems[0].hints[0], "did you mean `year`?");
    }

    #[test]
    fn missing_codes_of_a_file_spare_questions_with_codes_of_their_own() {
        let (mut plan, mut file) = (plan(), file(Some("2025")));
        plan.missing = codes("0");
        plan.questions[0].missing = codes("0");
        plan.questions[1].missing = codes("77");
        plan.questions[1].own_missing = true;
        file.overrides.missing = Some(codes("99"));
        let read: Vec<_> = questions(&plan, &file)
            .into_iter()
            .filter(|(variable, _)| matches!(variable, Variable::Touchpoint(_)))
            .map(|(_, question)| question.missing.clone())
            .collect();
        assert_eq!(read, [codes("99"), codes("77")]);
    }

    #[test]
    fn a_question_that_only_the_file_asks_so_takes_the_codes_of_the_file() {
        let (plan, mut file) = (plan(), file(Some("2025")));
        file.overrides.missing = Some(codes("99"));
        file.overrides.questions.insert(0, plan.questions[0].clone());
        let own = Question { own_missing: true, ..plan.questions[1].clone() };
        file.overrides.questions.insert(1, own);
        let read: Vec<_> = questions(&plan, &file)
            .into_iter()
            .filter(|(variable, _)| matches!(variable, Variable::Touchpoint(_)))
            .map(|(_, question)| question.missing.clone())
            .collect();
        assert_eq!(read, [codes("99"), MissingCodes::default()]);
    }

    #[test]
    fn missing_codes_of_a_file_spare_answers_on_another_scale() {
        let (plan, mut file) = (plan(), file(Some("2025")));
        file.overrides.missing = Some(codes("0"));
        let read = questions(&plan, &file);
        let missing = |variable| {
            let question = read.iter().find(|(it, _)| *it == variable);
            question.map(|(_, question)| question.missing.clone()).unwrap()
        };
        assert_eq!(missing(Variable::Touchpoint(0)), codes("0"));
        // On 0–10, nought is an answer.
        assert_eq!(missing(Variable::Recommend), MissingCodes::default());
    }

    #[test]
    fn a_file_may_ask_a_touchpoint_otherwise() {
        let (plan, mut file) = (plan(), file(Some("2025")));
        let mut own = plan.questions[1].clone();
        own.scale = Scale::new(1.0, 5.0, Valid::All).unwrap();
        own.column.names = vec!["k2".to_owned()];
        file.overrides.questions.insert(1, own.clone());
        let mut problems = Diagnostics::default();
        let header = header(&["reception", "k2"]);
        let it = bind(&plan, &file, &header, SITE, &mut problems).unwrap();
        assert_eq!(it.questions[1].question.scale, own.scale);
        assert_eq!(it.questions[1].column, 1);
    }
}
