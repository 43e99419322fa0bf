//! The missing-code trap: codes that nobody declared never become scores.

use std::fs::{self, File};

use touchmap::diag::{Code, Diagnostics, Severity, Sources};
use touchmap::map;
use touchmap::survey::{ResponseInput, TallyOptions};

use crate::shared::{reference, root};

#[test]
fn the_airports_codes_are_errors_where_they_are_not_declared() {
    if reference("data/sfo/2016.csv").is_none() {
        return;
    }
    let path = root().join("journeys/airport/journey.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let undeclared: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("missing:")).collect();
    assert_eq!(undeclared.len() + 1, text.lines().count(), "one line declares the codes");
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let bytes = undeclared.join("\n").into_bytes();
    let journey =
        map::read(&path, &bytes, &mut sources, &mut problems, &mut |path| fs::read(path));
    let journey = journey.unwrap().unwrap();
    let files = &journey.survey.as_ref().unwrap().files;
    let inputs = files.iter().map(|file| ResponseInput {
        name: file.path.to_str().unwrap(),
        file,
        bytes: Box::new(File::open(&file.path).unwrap()),
    });
    let tally = touchmap::survey::tally(
        &journey,
        inputs.collect(),
        &TallyOptions::default(),
        &mut problems,
    );
    assert!(tally.unwrap().is_none());
    let problems = problems.into_sorted();
    assert!(problems.iter().all(|it| it.code == Code::UNDECLARED_VALUE));
    assert!(problems.iter().all(|it| it.severity == Severity::Error));
    // 23 touchpoints in each of four waves, and the overall question.
    assert_eq!(problems.len(), 96);
    for problem in &problems {
        let hinted = |code: &str| {
            let words = format!("`{code}` is off the scale 1–5");
            problem.hints.iter().any(|hint| hint.starts_with(&words))
        };
        assert!(hinted("6") || hinted("0"), "{problem:?}");
    }
    let hints: Vec<&String> = problems.iter().flat_map(|it| &it.hints).collect();
    assert!(hints.iter().any(|hint| hint.contains("`0` is off the scale")));
    assert!(hints.iter().any(|hint| hint.contains("`6` is off the scale")));
}
