//! Stages in place of touchpoints: what the graph of a large journey shows.

use std::collections::BTreeMap;

use crate::diagram::{Mark, Place, StageMark, Standing, Subject, Transit};

use super::super::context::Context;
use super::super::number;

/// Every stage as a touchpoint, every way from one stage to another as a transition.
pub(in super::super) fn by_stage(context: &Context<'_>) -> Subject {
    let subject = &context.subject;
    let stages = subject.stages.iter().enumerate();
    Subject {
        marks: stages.clone().map(|(at, stage)| mark(context, at, stage)).collect(),
        // The box of a touchpoint says it all; a second one around it says nothing more.
        stages: stages
            .map(|(at, stage)| StageMark {
                name: String::new(),
                marks: at..at + 1,
                ..stage.clone()
            })
            .collect(),
        inside: Vec::new(),
        links: links(subject),
        bands: subject.bands,
        target: subject.target.clone(),
        words: subject.words.clone(),
        shared: subject.shared,
    }
}

fn mark(context: &Context<'_>, at: usize, stage: &StageMark) -> Mark {
    let code = stage.number.to_string();
    let gaps = [("code", &*code), ("name", &*stage.name)];
    let name = context.locale.say("touchpoint", &gaps);
    let standing = match &stage.standing {
        Standing::Scored { text, .. } | Standing::Absent(text) => text.as_str(),
    };
    let gaps = [("code", &*name), ("score", standing)];
    Mark {
        id: format!("stage-{code}"),
        label: context.locale.say("map.layer.point", &gaps),
        name: stage.name.clone(),
        stage: at,
        channel: None,
        standing: stage.standing.clone(),
        flags: Vec::new(),
        remark: None,
        own_target: None,
        baseline: None,
        reach: None,
        action: None,
        owner: None,
        cause: None,
        operations: Vec::new(),
        backstage: None,
        code,
    }
}

/// Transitions between stages: passages per customer where all of them are known, and the
/// share of those who leave the stage.
fn links(subject: &Subject) -> Vec<Transit> {
    let stage = |place: Place| match place {
        Place::At(at) => subject.marks.get(at).map_or(place, |it| Place::At(it.stage)),
        Place::Start | Place::End => place,
    };
    let mut ways: BTreeMap<(Place, Place), Option<f64>> = BTreeMap::new();
    let mut leaving: BTreeMap<Place, Option<f64>> = BTreeMap::new();
    for link in &subject.links {
        let (from, to) = (stage(link.from), stage(link.to));
        if from == to {
            continue;
        }
        for sum in [
            ways.entry((from, to)).or_insert(Some(0.0)),
            leaving.entry(from).or_insert(Some(0.0)),
        ] {
            *sum = sum.zip(link.volume).map(|(one, other)| one + other);
        }
    }
    let link = |((from, to), volume): ((Place, Place), Option<f64>)| {
        let all = leaving.get(&from).copied().flatten().filter(|all| *all > 0.0);
        let share = volume.zip(all).map(|(some, all)| some / all);
        let share = share.filter(|share| *share < 0.995 && matches!(from, Place::At(_)));
        let label = share.map(number::share).unwrap_or_default();
        Transit { from, to, volume, label, worded: false }
    };
    ways.into_iter().map(link).collect()
}
