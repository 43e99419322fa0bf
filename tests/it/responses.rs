//! Journeys and responses that tests of the tally are built from.

use touchmap::diag::{Diagnostic, Diagnostics, Sources, Span};
use touchmap::model::{
    Codebook, Column, FileOverrides, Flow, Journey, Language, MissingClass, MissingCodes,
    Question, QuestionnairePlan, ResponseFile, Rules, Scale, SegmentPlan, Stage,
    StageIndex, SurveyPlan, Text, Touchpoint, Valid,
};
use touchmap::stats::LevelSums;
use touchmap::survey::tally::{Distribution, QuestionTally, Tally, Variable};
use touchmap::survey::{ResponseInput, TallyOptions, tally};

/// A place in the map: only which one it is matters.
pub(crate) fn span(start: usize) -> Span {
    let source = Sources::default().add("map.yaml", "");
    Span { source, start, end: start + 1 }
}

/// A journey of one stage per list of touchpoints, all on the scale `min`–`max`.
pub(crate) fn journey(stages: &[&[&str]], min: f64, max: f64) -> Journey {
    let ids: Vec<&str> = stages.iter().flat_map(|it| it.iter().copied()).collect();
    let scale = Scale::new(min, max, Valid::All).unwrap();
    let mut plan = SurveyPlan::by_ids(ids.iter().copied());
    plan.scale = scale.clone();
    plan.overall = Some(Question::named("overall", scale.clone()));
    plan.questions = ids.iter().map(|id| Question::named(id, scale.clone())).collect();
    let mut journey = Journey {
        id: "journey".to_owned(),
        name: Text::plain("Journey"),
        language: Language::english(),
        persona: None,
        stages: Vec::new(),
        touchpoints: Vec::new(),
        flow: Flow::default(),
        survey: Some(plan),
        causes: Codebook::default(),
        operations: Vec::new(),
        assumptions: Vec::new(),
        service_levels: None,
        inside: None,
        benchmarks: Vec::new(),
        actions: Vec::new(),
        rules: Rules::default(),
        questionnaire: QuestionnairePlan::default(),
        silences: Vec::new(),
    };
    for (index, ids) in stages.iter().enumerate() {
        let first = journey.touchpoints.len();
        for (position, id) in ids.iter().enumerate() {
            let code = format!("{}.{}", index + 1, position + 1);
            journey.touchpoints.push(touchpoint(id, code, StageIndex(index)));
        }
        journey.stages.push(Stage {
            id: format!("stage{index}"),
            name: Text::plain("Stage"),
            touchpoints: first..journey.touchpoints.len(),
            span: span(0),
        });
    }
    journey
}

fn touchpoint(id: &str, code: String, stage: StageIndex) -> Touchpoint {
    Touchpoint {
        was: Vec::new(),
        id: id.to_owned(),
        code,
        stage,
        name: Text::plain(id),
        channel: None,
        owner: None,
        action: None,
        backstage: None,
        question: None,
        moment_of_truth: false,
        target: None,
        expectation: None,
        scores: Vec::new(),
        span: span(7),
    }
}

/// The survey of a journey that has one.
pub(crate) fn plan(journey: &mut Journey) -> &mut SurveyPlan {
    journey.survey.as_mut().unwrap()
}

/// Missing codes.
pub(crate) fn codes(codes: &[(&str, MissingClass)]) -> MissingCodes {
    let mut declared = MissingCodes::default();
    for (code, class) in codes {
        declared.declare(code, *class);
    }
    declared
}

/// Gives every question of the survey these missing codes.
pub(crate) fn declare_missing(journey: &mut Journey, declared: &MissingCodes) {
    let plan = plan(journey);
    plan.missing = declared.clone();
    for question in plan.overall.iter_mut().chain(&mut plan.questions) {
        question.missing = declared.clone();
    }
}

/// A column that the map names, at a place of its own.
pub(crate) fn column(names: &[&str]) -> Column {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    Column { names, span: Some(span(3)) }
}

/// A segment in the column of its id.
pub(crate) fn segment(id: &str) -> SegmentPlan {
    SegmentPlan {
        id: id.to_owned(),
        column: column(&[id]),
        order: Vec::new(),
        phases: None,
        span: None,
    }
}

/// A file, all of whose rows belong to `wave` if one is given.
pub(crate) fn file(path: &str, wave: Option<&str>) -> ResponseFile {
    ResponseFile {
        path: path.into(),
        sheet: None,
        wave: wave.map(str::to_owned),
        overrides: FileOverrides::default(),
        span: None,
    }
}

/// Reads files into a tally, with all problems.
pub(crate) fn read(
    journey: &Journey,
    files: &[(&ResponseFile, &[u8])],
    options: &TallyOptions,
) -> (Option<Tally>, Vec<Diagnostic>) {
    let inputs = files
        .iter()
        .map(|(file, bytes)| ResponseInput {
            name: file.path.to_str().unwrap(),
            file,
            bytes: Box::new(*bytes),
        })
        .collect();
    let mut problems = Diagnostics::default();
    let tally = tally(journey, inputs, options, &mut problems).unwrap();
    (tally, problems.into_sorted())
}

/// Reads the rows of wave 2025 without a problem.
pub(crate) fn read_well(journey: &Journey, text: &str) -> Tally {
    let file = file("a.csv", Some("2025"));
    let files = [(&file, text.as_bytes())];
    let (tally, problems) = read(journey, &files, &TallyOptions::default());
    assert_eq!(problems, []);
    tally.unwrap()
}

/// The codes of the problems of reading `text` as wave 2025.
pub(crate) fn codes_of(journey: &Journey, bytes: &[u8]) -> Vec<&'static str> {
    let file = file("a.csv", Some("2025"));
    let (tally, problems) = read(journey, &[(&file, bytes)], &TallyOptions::default());
    let codes: Vec<_> = problems.iter().map(|it| it.code.0).collect();
    assert!(tally.is_none(), "there is a result in spite of {codes:?}");
    codes
}

/// The question of a wave.
pub(crate) fn question<'a>(
    tally: &'a Tally,
    wave: &str,
    variable: Variable,
) -> &'a QuestionTally {
    &tally.wave(wave).unwrap().questions[&variable]
}

/// The levels of a question from rows.
pub(crate) fn levels(question: &QuestionTally) -> &[LevelSums] {
    match &question.answers {
        Distribution::Histogram(histogram) => histogram.levels(),
        _ => panic!("the answers are not known by level"),
    }
}

/// Values and counts of the levels of a question.
pub(crate) fn counts(question: &QuestionTally) -> Vec<(f64, u64)> {
    levels(question).iter().map(|level| (level.value, level.n)).collect()
}
