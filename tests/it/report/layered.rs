//! The touchpoint graph of any journey: nothing is on top of another thing, and every
//! transition is drawn once.

use std::time::Instant;

use proptest::prelude::*;
use touchmap::diagram::graph::{Arrangement, Engine, graph, layout};
use touchmap::diagram::{
    Bands, Mark, Place, Scene, StageMark, Standing, Subject, Transit, Words,
};

use super::support::fault;

const ARRANGEMENT: Arrangement = Arrangement { width: 1240.0, engine: Engine::Stages };

/// A journey of stages with so many touchpoints, and these transitions.
fn subject(stages: &[usize], links: Vec<Transit>) -> Subject {
    let mut marks: Vec<Mark> = Vec::new();
    let mut stage_marks = Vec::new();
    for (stage, count) in stages.iter().enumerate() {
        let first = marks.len();
        for nth in 0..*count {
            marks.push(mark(stage, nth, marks.len()));
        }
        stage_marks.push(StageMark {
            number: stage + 1,
            name: "A stage of the journey".to_owned(),
            marks: first..marks.len(),
            standing: Standing::Absent("not asked".to_owned()),
        });
    }
    Subject {
        stages: stage_marks,
        marks,
        inside: Vec::new(),
        links,
        bands: Bands([60.0, 75.0, 90.0]),
        target: (80.0, "80".to_owned()),
        shared: None,
        words: Words {
            start: "Enter".to_owned(),
            end: "Leave".to_owned(),
            ..Words::default()
        },
    }
}

fn mark(stage: usize, nth: usize, at: usize) -> Mark {
    Mark {
        id: format!("t{at}"),
        code: format!("{}.{}", stage + 1, nth + 1),
        name: "Handover notice and booking".to_owned(),
        stage,
        channel: None,
        standing: Standing::Absent("–".to_owned()),
        flags: Vec::new(),
        remark: None,
        own_target: None,
        baseline: None,
        reach: None,
        action: None,
        owner: None,
        backstage: None,
        cause: None,
        operations: Vec::new(),
        label: "Handover".to_owned(),
    }
}

fn link(from: Place, to: Place, label: &str, volume: Option<f64>) -> Transit {
    Transit { from, to, volume, label: label.to_owned(), worded: label.len() > 4 }
}

/// Journeys of up to `touchpoints` touchpoints with up to `links` transitions.
fn journeys(touchpoints: usize, links: usize) -> impl Strategy<Value = Subject> {
    let words =
        prop::sample::select(vec!["", "7%", "100%", "walk-ins 28%", "退回维修 8%"]);
    let link_of = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), words);
    let links = prop::collection::vec((link_of, prop::option::of(0.0..1.2)), 0..links);
    let stages = prop::collection::vec(0..=touchpoints / 4, 1..9);
    (stages, links).prop_map(|(stages, links)| {
        let count: usize = stages.iter().sum();
        // The last two places are start and end.
        let links = links
            .into_iter()
            .filter_map(|((from, to, label), volume)| {
                let (from, to) = (from.index(count + 1), to.index(count + 1));
                let from = if from == count { Place::Start } else { Place::At(from) };
                let to = if to == count { Place::End } else { Place::At(to) };
                (from != Place::Start || to != Place::End)
                    .then(|| link(from, to, label, volume))
            })
            .collect();
        subject(&stages, links)
    })
}

fn scene(subject: &Subject, width: f64) -> Scene {
    let arrangement = Arrangement { width, engine: Engine::Stages };
    graph(subject, arrangement, "A journey", "Its touchpoints")
}

fn is_drawn_once(subject: &Subject) -> bool {
    let layout = layout(subject, ARRANGEMENT);
    let mut links: Vec<usize> =
        layout.routes.iter().flat_map(|route| route.links.clone()).collect();
    links.sort_unstable();
    links == (0..subject.links.len()).collect::<Vec<_>>()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_is_on_top_of_another_thing(
        subject in journeys(24, 40), width in 300.0..2400.0,
    ) {
        prop_assert_eq!(fault(&scene(&subject, width)), None);
        prop_assert!(is_drawn_once(&subject));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn nor_in_a_large_journey(subject in journeys(120, 400)) {
        prop_assert_eq!(fault(&scene(&subject, 1240.0)), None);
        prop_assert!(is_drawn_once(&subject));
    }
}

#[test]
fn a_journey_without_touchpoints_or_transitions_has_a_picture() {
    for stages in [&[][..], &[0, 0], &[1], &[3, 0, 2], &[200]] {
        assert_eq!(
            fault(&scene(&subject(stages, Vec::new()), 1240.0)),
            None,
            "{stages:?}"
        );
    }
}

#[test]
fn the_same_journey_has_the_same_picture() {
    let links = (0..180_usize).map(|at| {
        link(Place::At(at % 90), Place::At((at * 37 + 11) % 90), "10%", Some(0.1))
    });
    let subject = subject(&[30, 30, 30], links.collect());
    assert_eq!(scene(&subject, 1240.0), scene(&subject, 1240.0));
}

/// 5,000 touchpoints and 10,000 transitions, in ways that cost most.
fn largest() -> Vec<(&'static str, Subject)> {
    let any = |at: usize| (at.wrapping_mul(2_654_435_761) >> 7) % 5000;
    let links = |of: &dyn Fn(usize) -> (Place, Place)| -> Vec<Transit> {
        (0..10_000)
            .map(|at| {
                let (from, to) = of(at);
                link(from, to, "10%", Some(0.1))
            })
            .collect()
    };
    let random = |at: usize| (Place::At(any(at)), Place::At(any(at + 77_777)));
    let chain = |at: usize| {
        if at < 4999 { (Place::At(at), Place::At(at + 1)) } else { random(at) }
    };
    let hub = |at: usize| (Place::At(at % 2), Place::At(at / 2 % 5000));
    let same = |at: usize| {
        if at.is_multiple_of(2) {
            (Place::At(1), Place::At(3000))
        } else {
            (Place::At(7), Place::At(7))
        }
    };
    let ends = |at: usize| {
        if at < 5000 {
            (Place::Start, Place::At(at))
        } else {
            (Place::At(at - 5000), Place::End)
        }
    };
    vec![
        ("50 stages", subject(&[100; 50], links(&random))),
        ("two stages", subject(&[2500, 2500], links(&random))),
        ("one stage", subject(&[5000], links(&random))),
        ("a chain in one stage", subject(&[5000], links(&chain))),
        ("5,000 stages", subject(&[1; 5000], links(&random))),
        ("two hubs", subject(&[1, 4999], links(&hub))),
        ("the same over and over", subject(&[2500, 2500], links(&same))),
        ("in and out everywhere", subject(&[2500, 2500], links(&ends))),
        ("nothing joined", subject(&[50; 100], Vec::new())),
    ]
}

#[test]
fn five_thousand_touchpoints_are_laid_out_within_five_seconds() {
    for (name, subject) in largest() {
        let begun = Instant::now();
        let layout = layout(&subject, ARRANGEMENT);
        let taken = begun.elapsed();
        assert!(taken.as_secs_f64() < 5.0, "{name}: {taken:?}");
        assert_eq!(layout.nodes.len(), subject.marks.len(), "{name}");
    }
}
