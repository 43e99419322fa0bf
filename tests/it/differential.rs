//! Every journey, read by `serde_yaml` too: both readers must see the same map.

use std::{fs, path::PathBuf};

use serde_yaml::Value;
use touchmap::{
    diag::{Diagnostics, Sources},
    map,
    model::{Journey, Language, Text},
};

use crate::shared::root;

fn journeys() -> Vec<PathBuf> {
    let mut maps: Vec<PathBuf> = fs::read_dir(root().join("journeys"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("journey.yaml"))
        .collect();
    maps.sort();
    assert!(maps.len() >= 2);
    maps
}

fn ours(path: &PathBuf) -> Journey {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let bytes = fs::read(path).unwrap();
    let read =
        map::read(path, &bytes, &mut sources, &mut problems, &mut |path| fs::read(path));
    read.unwrap().unwrap_or_else(|| panic!("{:?}", problems.into_sorted()))
}

/// A scalar as text, whatever `serde_yaml` took it for.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        other => panic!("{other:?} is no scalar"),
    }
}

fn same_text(ours: Option<&Text>, theirs: &Value, own: &Language) {
    match theirs {
        Value::Null => assert!(ours.is_none()),
        Value::Mapping(by_language) => {
            let ours = ours.unwrap();
            assert_eq!(ours.all().count(), by_language.len());
            for (tag, text) in by_language {
                let language = Language::new(&scalar(tag)).unwrap();
                assert_eq!(ours.get(&language, own), scalar(text));
            }
        }
        plain => assert_eq!(ours.unwrap().get(own, own), scalar(plain)),
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_sequence().map_or(&[], Vec::as_slice)
}

#[test]
fn both_readers_see_the_same_stages_and_touchpoints() {
    for path in journeys() {
        let (ours, theirs) = (ours(&path), fs::read_to_string(&path).unwrap());
        let theirs: Value = serde_yaml::from_str(&theirs).unwrap();
        let own = &ours.language;
        assert_eq!(ours.id, scalar(&theirs["id"]));
        same_text(Some(&ours.name), &theirs["name"], own);
        assert_eq!(ours.stages.len(), list(&theirs, "stages").len());
        let mut touchpoints = ours.touchpoints.iter();
        for (stage, theirs) in ours.stages.iter().zip(list(&theirs, "stages")) {
            assert_eq!(stage.id, scalar(&theirs["id"]));
            same_text(Some(&stage.name), &theirs["name"], own);
            // Those of the people inside are a journey of their own.
            let outer: Vec<&Value> = list(theirs, "touchpoints")
                .iter()
                .filter(|it| it["audience"] != "internal")
                .collect();
            assert_eq!(stage.touchpoints.len(), outer.len());
            for theirs in outer {
                let ours = touchpoints.next().unwrap();
                assert_eq!(ours.id, scalar(&theirs["id"]));
                same_text(Some(&ours.name), &theirs["name"], own);
                same_text(ours.owner.as_ref(), &theirs["owner"], own);
                same_text(ours.channel.as_ref(), &theirs["channel"], own);
                same_text(ours.action.as_ref(), &theirs["action"], own);
                same_text(ours.backstage.as_ref(), &theirs["backstage"], own);
                assert_eq!(ours.target, theirs["target"].as_f64());
                let declared = theirs["moment_of_truth"].as_bool().unwrap_or(false);
                assert_eq!(ours.moment_of_truth, declared);
            }
        }
        assert!(touchpoints.next().is_none());
    }
}

#[test]
fn both_readers_see_the_same_survey_and_flow() {
    for path in journeys() {
        let (ours, theirs) = (ours(&path), fs::read_to_string(&path).unwrap());
        let theirs: Value = serde_yaml::from_str(&theirs).unwrap();
        let survey = ours.survey.as_ref().unwrap();
        assert_eq!(survey.files.len(), list(&theirs["survey"], "files").len());
        for (touchpoint, question) in ours.touchpoints.iter().zip(&survey.questions) {
            let names = match &theirs["survey"]["columns"][touchpoint.id.as_str()] {
                Value::Null => vec![touchpoint.id.clone()],
                Value::Sequence(names) => names.iter().map(scalar).collect(),
                Value::Mapping(question) => vec![scalar(&question["column"])],
                name => vec![scalar(name)],
            };
            assert_eq!(question.column.names, names);
        }
        let pairs: usize = list(&theirs, "flow")
            .iter()
            .map(|item| item.as_str().map_or(1, |chain| chain.matches("->").count()))
            .sum();
        assert_eq!(ours.flow.transitions.len(), pairs);
        let shares: f64 =
            list(&theirs, "flow").iter().filter_map(|it| it["share"].as_f64()).sum();
        let our_shares: f64 =
            ours.flow.transitions.iter().filter_map(|it| it.share).sum();
        assert!((shares - our_shares).abs() < 1e-9);
        assert_eq!(ours.benchmarks.len(), list(&theirs, "benchmarks").len());
        assert_eq!(ours.actions.len(), list(&theirs, "actions").len());
        let target = theirs["rules"]["target"].as_f64().unwrap_or(75.0);
        assert!((ours.rules.target.points().unwrap() - target).abs() < 1e-12);
    }
}
