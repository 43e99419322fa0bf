//! Importance against score, the expected lifts, and their steps.

use touchmap::diagram::{Form, Item, Rect, Scene};
use touchmap::model::{
    DriverLink, DriverModel, Importance, Lift, Position, PositionQuadrant, Role,
};
use touchmap::report::{View, draw, render, scene};

use super::support::{Case, home_buying, options, preview, stress};

const LANGUAGES: [&str; 3] = ["en", "zh-Hans", "zh-Hant"];

/// Importance for every scored touchpoint of `case`, in a pattern that crowds many points
/// together; fair share 1/k.
fn with_importance(mut case: Case) -> Case {
    let k = case.analysis.touchpoints.len();
    let fair = 1.0 / k as f64;
    let ids = case.analysis.touchpoints.iter().map(|it| it.id.clone()).collect();
    case.analysis.model = Some(DriverModel {
        n: 1200,
        n_eff: 1100.0,
        k,
        fair_share: fair,
        touchpoints: ids,
        r_squared: 0.6,
        ..DriverModel::default()
    });
    for (at, result) in case.analysis.touchpoints.iter_mut().enumerate() {
        let share = fair * [0.1, 0.12, 0.3, 2.5, 0.11, 1.02, 0.15, 4.0][at % 8];
        result.importance = Some(Importance {
            share: Some(share),
            se: Some(fair * 0.1),
            ci: Some([(share - 0.2 * fair).max(0.0), share + 0.2 * fair]),
            link: Some(DriverLink::Positive),
            johnson: Some(share),
            ..Importance::default()
        });
        let Some(points) = result.score.points else { continue };
        let under = points < 75.0;
        result.position = Some(Position {
            quadrant: match (share > fair, under) {
                (true, true) => PositionQuadrant::Concentrate,
                (true, false) => PositionQuadrant::KeepUp,
                (false, true) => PositionQuadrant::LowPriority,
                (false, false) => PositionQuadrant::PossibleOverkill,
            },
            probability: Some(0.9),
            borderline: at % 8 == 5,
        });
        result.lift = Some(lift(if under { share * (75.0 - points) } else { 0.0 }));
    }
    let mut order: Vec<usize> = (0..k).collect();
    let gain = |case: &Case, at: usize| {
        case.analysis.touchpoints[at].lift.as_ref().map_or(0.0, |it| it.overall_points)
    };
    order.sort_by(|a, b| gain(&case, *b).total_cmp(&gain(&case, *a)));
    for (rank, at) in order.into_iter().enumerate() {
        let Some(lift) = &mut case.analysis.touchpoints[at].lift else { continue };
        if lift.overall_points > 0.0 {
            lift.rank = Some(rank + 1);
            lift.rank_interval = Some([rank + 1, rank + 1]);
            lift.tied_with_leader = rank == 0;
        }
    }
    case
}

fn lift(points: f64) -> Lift {
    Lift {
        overall_points: points,
        se: Some(points / 8.0),
        ci: Some([points * 0.75, points * 1.25]),
        rank: None,
        rank_interval: None,
        tied_with_leader: false,
        slope: 0.1,
        slope_se: Some(0.01),
        partial_slope: None,
        fix_failures: None,
    }
}

fn shapes<'a>(items: &'a [Item], class: &str, into: &mut Vec<&'a Form>) {
    for item in items {
        match item {
            Item::Shape(shape) if shape.class == class => into.push(&shape.form),
            Item::Group(group) => shapes(&group.items, class, into),
            _ => {}
        }
    }
}

/// Ends of the lines of `class`.
fn ends(scene: &Scene, class: &str) -> Vec<Rect> {
    let mut found = Vec::new();
    shapes(&scene.items, class, &mut found);
    let ends = found.into_iter().flat_map(|form| match form {
        Form::Line(from, to) => vec![*from, *to],
        _ => Vec::new(),
    });
    ends.map(|(x, y)| Rect::new(x, y, 0.0, 0.0).grown(1.0)).collect()
}

#[test]
fn no_word_of_the_plane_covers_another_a_glyph_or_the_end_of_a_whisker() {
    for (name, case) in [("home-buying", home_buying()), ("stress", stress())] {
        let case = with_importance(case);
        for tag in LANGUAGES {
            let svg = draw(View::Drivers, &case.journey, &case.analysis, &options(tag));
            preview(&format!("{name}-drivers.{tag}.svg"), &svg);
            let scene =
                scene(View::Drivers, &case.journey, &case.analysis, &options(tag));
            assert_eq!(scene.fault(), None, "{name} {tag}");
            let whiskers: Vec<Rect> =
                ends(&scene, "ci").into_iter().chain(ends(&scene, "iw")).collect();
            assert!(!whiskers.is_empty());
            for label in scene.labels().iter().filter(|it| it.style.class == "cd") {
                let rect = label.rect().grown(-1.0);
                let covered = whiskers.iter().any(|end| end.overlaps(&rect));
                assert!(
                    !covered,
                    "{name} {tag}: `{}` covers a whisker's end",
                    label.text
                );
            }
        }
    }
}

#[test]
fn every_driver_has_its_code_on_the_plane_and_links_to_its_card() {
    let case = with_importance(home_buying());
    let scene = scene(View::Drivers, &case.journey, &case.analysis, &options("en"));
    let record = scene.record();
    for result in &case.analysis.touchpoints {
        let drawn = result.position.is_some();
        let nodes = record.nodes.iter().filter(|it| it.id == result.id).count();
        assert_eq!(nodes, usize::from(drawn), "{}", result.code);
        let codes = record.texts.iter().filter(|it| it.text == result.code).count();
        assert_eq!(codes, usize::from(drawn), "{}", result.code);
    }
}

#[test]
fn a_touchpoint_without_a_positive_link_is_no_driver() {
    let mut case = with_importance(home_buying());
    let first = &mut case.analysis.touchpoints[0];
    let id = first.id.clone();
    if let Some(importance) = &mut first.importance {
        importance.link = Some(DriverLink::NotPositive);
    }
    let scene = scene(View::Drivers, &case.journey, &case.analysis, &options("en"));
    assert!(scene.record().nodes.iter().all(|it| it.id != id));
    let page = render(&case.journey, &case.analysis, &options("en")).unwrap();
    assert!(page.contains("no positive link detected"));
}

#[test]
fn without_a_model_the_section_is_left_out_and_the_page_says_why() {
    let case = home_buying();
    let page = render(&case.journey, &case.analysis, &options("en")).unwrap();
    assert!(!page.contains(r#"<section class="s" id="priorities""#));
    assert!(page.contains("Importance could not be derived from these responses."));
}

/// Gains are linear in the score (METHOD §11.1): half of the way earns half of the lift.
#[test]
fn the_steps_lead_to_the_target_in_whole_points_and_earn_in_proportion() {
    let mut case = with_importance(home_buying());
    for result in &mut case.analysis.touchpoints {
        result.lift = None;
    }
    let result = &mut case.analysis.touchpoints[0];
    let target = case.journey.rules.target.points().unwrap();
    result.score.points = Some(target - 20.0);
    result.lift = Some(Lift { rank: Some(1), rank_interval: Some([1, 1]), ..lift(4.0) });
    let page = render(&case.journey, &case.analysis, &options("en")).unwrap();
    let step = |score: f64, words: &str| format!("At {score}: {words}");
    for (score, words) in [
        (target, "+4.0 points (95% CI 3.0\u{2060}–\u{2060}5.0)"),
        (target - 10.0, "+2.0 points (95% CI 1.5\u{2060}–\u{2060}2.5)"),
        // Decimals that tell a small gain from none.
        (target - 18.0, "+0.40 points (95% CI 0.30\u{2060}–\u{2060}0.50)"),
    ] {
        assert!(page.contains(&step(score, words)), "{}", step(score, words));
    }
    assert!(page.contains(r#"min="0" max="10" step="1""#));
}

#[test]
fn the_title_names_a_first_only_where_the_ranks_are_certain() {
    let title = |case: &Case| {
        scene(View::Drivers, &case.journey, &case.analysis, &options("en")).title
    };
    let mut case = with_importance(home_buying());
    for result in &mut case.analysis.touchpoints {
        result.role = None;
    }
    // Without a test for pain nothing has a role, and nothing is said to be whole.
    assert_eq!(title(&case), "What weighs in overall satisfaction, and how it scores");
    case.analysis.touchpoints[3].role = Some(Role::Maintain);
    assert_eq!(title(&case), "No moment of truth was found broken");
    case.analysis.touchpoints[3].role = Some(Role::Protect);
    assert_eq!(
        title(&case),
        "No moment of truth was found broken; 1 is at its target or above"
    );
    case.analysis.touchpoints[4].role = Some(Role::Broken);
    let certain = title(&case);
    assert!(
        certain.contains("1 moment of truth is broken; the largest gain is"),
        "{certain}"
    );
    for result in &mut case.analysis.touchpoints {
        if let Some(lift) = result.lift.as_mut().filter(|it| it.rank.is_some()) {
            lift.tied_with_leader = true;
        }
    }
    let open = title(&case);
    assert!(open.ends_with("which gain is the largest cannot be told"), "{open}");
}
