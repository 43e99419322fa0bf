//! Two hundred surveys in which nothing is to be found: how often something is.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use touchmap::analyse::{AnalyseOptions, analyse};
use touchmap::diag::{Diagnostics, Sources};
use touchmap::model::{Analysis, GraphFacts, Journey, Label};
use touchmap::survey::{ResponseInput, TallyOptions};

use crate::shared::root;

#[expect(dead_code, reason = "a part of the example is not needed here")]
#[path = "../../examples/home_buying_survey/generator.rs"]
mod generator;

use generator::plan::Plan;
use generator::{Survey, WaveFile};

/// Surveys that are held.
const SURVEYS: u64 = 200;

/// The level at which a family of tests may find something by chance.
const LEVEL: f64 = 0.05;

fn journey() -> Journey {
    let path = root().join("journeys/home-buying/journey.yaml");
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let bytes = std::fs::read(&path).unwrap();
    let read = |path: &Path| std::fs::read(path);
    let journey =
        touchmap::map::read(&path, &bytes, &mut sources, &mut problems, &mut |it| {
            read(it)
        });
    journey.unwrap().unwrap()
}

fn csv(wave: &WaveFile) -> String {
    let mut text = wave.header.join(",");
    for row in &wave.rows {
        text.push('\n');
        text += &row.join(",");
    }
    text
}

fn analysed(journey: &Journey, waves: &[WaveFile]) -> Analysis {
    let rows: Vec<String> = waves.iter().map(csv).collect();
    let files = &journey.survey.as_ref().unwrap().files;
    let inputs = files.iter().zip(&rows).map(|(file, rows)| ResponseInput {
        name: "rows",
        file,
        bytes: Box::new(rows.as_bytes()),
    });
    let mut problems = Diagnostics::default();
    let options = TallyOptions::default();
    let tally =
        touchmap::survey::tally(journey, inputs.collect(), &options, &mut problems);
    let tally = tally.unwrap().unwrap();
    let options = AnalyseOptions::default();
    analyse(journey, &tally, &GraphFacts::default(), None, &options).unwrap()
}

/// What was found where nothing is.
fn found(analysis: &Analysis) -> Vec<&'static str> {
    let any =
        |label: Label| analysis.touchpoints.iter().any(|it| it.labels.contains(&label));
    let changed = analysis
        .touchpoints
        .iter()
        .any(|it| it.change.as_ref().is_some_and(|it| it.q.is_some_and(|q| q <= LEVEL)));
    let segment = |of: &str| {
        let mut all = analysis.segments.iter().filter(|it| it.segment == of);
        all.any(|it| it.vs_rest.as_ref().is_some_and(|it| it.q <= LEVEL))
    };
    let causes = analysis.causes.iter().any(|it| it.main.is_some());
    let mut expected =
        analysis.touchpoints.iter().filter_map(|it| it.expectation.as_ref());
    let promised = expected.any(|it| it.over_promised);
    let mut worth = analysis.complaints.iter().flat_map(|it| &it.worth);
    let worth = worth.any(|it| it.q <= LEVEL);
    [
        ("pain point", any(Label::PainPoint)),
        ("moment of truth", any(Label::MomentOfTruth)),
        ("niche moment of truth", any(Label::NicheMomentOfTruth)),
        ("delight or itch point", any(Label::DelightPoint) || any(Label::ItchPoint)),
        ("reliable change", changed),
        ("reliable difference of cities", segment("city")),
        ("reliable difference of phases", segment("phase")),
        ("reliable difference of projects", segment("project")),
        ("cause that stands out", causes),
        ("promise above the others", promised),
        ("worth of a problem, or of its end", worth),
    ]
    .into_iter()
    .filter_map(|(what, found)| found.then_some(what))
    .collect()
}

/// With two hundred surveys, a true level of 5 % is seen as up to 8.5 % (three errors are
/// 4.6 %, two and a quarter 3.5 %) in 99 of 100 runs of this test.
#[test]
#[ignore = "holds two hundred surveys: a minute in a release build, five without"]
fn where_nothing_is_planted_hardly_anything_is_found() {
    let journey = journey();
    let survey = Survey::new(Plan::nothing());
    let mut times: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 1..=SURVEYS {
        for what in found(&analysed(&journey, &survey.generate(seed))) {
            *times.entry(what).or_default() += 1;
        }
    }
    let share = |what: &str| times.get(what).map_or(0.0, |n| *n as f64 / SURVEYS as f64);
    for what in times.keys() {
        let line = format!("{what}: {:.1} % of the surveys\n", 100.0 * share(what));
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    for what in [
        "pain point",
        "moment of truth",
        "niche moment of truth",
        "delight or itch point",
    ] {
        assert!(share(what) <= LEVEL, "{what}: {}", share(what));
    }
    for what in [
        "reliable change",
        "reliable difference of cities",
        "reliable difference of phases",
        "reliable difference of projects",
        "cause that stands out",
        "promise above the others",
        "worth of a problem, or of its end",
    ] {
        assert!(share(what) <= 0.085, "{what}: {}", share(what));
    }
}
