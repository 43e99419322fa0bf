//! The tally of a real survey against reference answers of pandas (SFO 2013–2016).

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use touchmap::model::{Journey, MissingClass, ResponseFile};
use touchmap::survey::tally::{QuestionTally, Tally, Variable};
use touchmap::survey::{TallyOptions, Weighting};

use super::responses::{
    codes, column, declare_missing, file, journey, levels, plan, read,
};

const WAVES: [&str; 4] = ["2013", "2014", "2015", "2016"];

/// Where the surveys and reference answers are, if they are on this machine.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared");
    let found = beside.join("oracles/sfo_touchpoints.json").is_file().then_some(beside);
    if found.is_none() {
        eprintln!("SKIPPED: there is no ../shared with the SFO survey to compare with");
    }
    found
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The touchpoints of the survey: all its columns but those of other things.
fn touchpoints(columns: &Value) -> Vec<String> {
    let others =
        ["overall", "nps", "strata", "lang", "problem", "boarding_area", "weight"];
    let ids = columns["columns"].as_object().unwrap().keys().cloned();
    ids.filter(|id| !others.contains(&id.as_str())).collect()
}

fn names<'a>(columns: &'a Value, id: &str) -> Vec<&'a str> {
    let by_wave = columns["columns"][id].as_object().unwrap();
    let mut names: Vec<_> = by_wave.values().map(|it| it.as_str().unwrap()).collect();
    names.dedup();
    names
}

fn airport(columns: &Value) -> Journey {
    let ids = touchpoints(columns);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut journey = journey(&[&ids], 1.0, 5.0);
    declare_missing(
        &mut journey,
        &codes(&[
            ("0", MissingClass::Blank),
            ("6", MissingClass::NotApplicable),
            ("Blank", MissingClass::Blank),
            ("", MissingClass::NotAsked),
        ]),
    );
    let plan = plan(&mut journey);
    plan.weight = Some(column(&names(columns, "weight")));
    plan.overall.as_mut().unwrap().column = column(&names(columns, "overall"));
    for (id, question) in ids.iter().zip(&mut plan.questions) {
        question.column = column(&names(columns, id));
    }
    journey
}

fn read_airport(shared: &Path, options: &TallyOptions) -> (Journey, Tally) {
    let journey = airport(&json(&shared.join("data/sfo/columns.json")));
    let files: Vec<(ResponseFile, Vec<u8>)> = WAVES
        .iter()
        .map(|wave| {
            let path = format!("{wave}.csv");
            let bytes = fs::read(shared.join("data/sfo").join(&path)).unwrap();
            (file(&path, Some(wave)), bytes)
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(file, bytes)| (file, &bytes[..])).collect();
    let (tally, problems) = read(&journey, &files, options);
    assert_eq!(problems, []);
    (journey, tally.unwrap())
}

fn variable(journey: &Journey, id: &str) -> Option<Variable> {
    if id == "overall" {
        return Some(Variable::Overall);
    }
    journey.find(id).map(|index| Variable::Touchpoint(index.0))
}

fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs(), "{what}: {ours} and {theirs}");
}

fn count(ours: u64, theirs: &Value, what: &str) {
    assert_eq!(Some(ours), theirs.as_u64(), "{what}");
}

fn compare_counts(ours: &QuestionTally, theirs: &Value, what: &str) {
    let n: u64 = levels(ours).iter().map(|it| it.n).sum();
    count(n, &theirs["n"], what);
    for (level, expected) in theirs["counts"].as_object().unwrap() {
        let level: f64 = level.parse().unwrap();
        let found = levels(ours).iter().find(|it| (it.value - level).abs() < 1e-9);
        count(found.map_or(0, |it| it.n), expected, &format!("{what} at {level}"));
    }
    count(ours.not_applicable.n, &theirs["n_not_applicable"], what);
    count(ours.blank.n, &theirs["n_blank"], what);
    let all = n + ours.not_applicable.n + ours.blank.n;
    count(all, &theirs["rows"], what);
    let reach = n as f64 / (n + ours.not_applicable.n) as f64;
    close(reach, &theirs["reach"], what);
}

/// Calls `check` with every touchpoint of every wave, and says how many there were.
fn compare(
    check: fn(&QuestionTally, &Value, &str),
    options: &TallyOptions,
) -> Option<usize> {
    let shared = shared()?;
    let oracle = json(&shared.join("oracles/sfo_touchpoints.json"));
    let (journey, tally) = read_airport(&shared, options);
    let mut compared = 0;
    for wave in WAVES {
        for (id, expected) in oracle["waves"][wave].as_object().unwrap() {
            let Some(variable) = variable(&journey, id) else { continue };
            let ours = &tally.wave(wave).unwrap().questions[&variable];
            check(ours, expected, &format!("{wave} {id}"));
            compared += 1;
        }
    }
    Some(compared)
}

#[test]
fn counts_of_a_real_survey_are_those_of_pandas() {
    let unweighted =
        TallyOptions { weighting: Weighting::Unweighted, ..TallyOptions::default() };
    let compared = compare(compare_counts, &unweighted);
    assert!(compared.is_none_or(|it| it == 4 * 24), "{compared:?} comparisons");
}

#[test]
fn weighted_sums_of_a_real_survey_are_those_of_pandas() {
    let check = |ours: &QuestionTally, theirs: &Value, what: &str| {
        let weighted = &theirs["weighted"];
        close(levels(ours).iter().map(|it| it.w).sum(), &weighted["sum_w"], what);
        close(levels(ours).iter().map(|it| it.w2).sum(), &weighted["sum_w2"], what);
    };
    let compared = compare(check, &TallyOptions::default());
    assert!(compared.is_none_or(|it| it == 4 * 24), "{compared:?} comparisons");
}

#[test]
fn every_row_of_a_real_survey_is_read_and_weighs_something() {
    let Some(shared) = shared() else { return };
    let (_, tally) = read_airport(&shared, &TallyOptions::default());
    assert_eq!(tally.waves.keys().map(ToString::to_string).collect::<Vec<_>>(), WAVES);
    // Lines of each file but the header; no cell of these files holds a line break.
    for wave in WAVES {
        let text = fs::read(shared.join("data/sfo").join(format!("{wave}.csv"))).unwrap();
        let lines = String::from_utf8_lossy(&text).lines().count() as u64 - 1;
        let rows = tally.wave(wave).unwrap().rows.unwrap();
        assert_eq!(rows.read, lines, "{wave}");
        assert_eq!((rows.used, rows.weighted), (rows.read, rows.read), "{wave}");
    }
}
