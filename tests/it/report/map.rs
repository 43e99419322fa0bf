//! The experience map and the journey line.

use touchmap::report::{View, draw, scene};

use super::support::{home_buying, options, preview, stress};

const LANGUAGES: [&str; 3] = ["en", "zh-Hans", "zh-Hant"];

#[test]
fn pictures_stand_alone_without_variables_or_requests() {
    let case = home_buying();
    for tag in LANGUAGES {
        for (name, view) in
            [("map", View::Map), ("flow", View::Graph), ("line", View::JourneyLine)]
        {
            let svg = draw(view, &case.journey, &case.analysis, &options(tag));
            preview(&format!("{name}.{tag}.svg"), &svg);
            assert!(!svg.contains("var("), "{name} {tag}");
            assert_eq!(
                svg.matches("http").count(),
                1,
                "only the namespace: {name} {tag}"
            );
        }
    }
}

#[test]
fn a_suppressed_score_is_nowhere_in_the_picture() {
    let case = home_buying();
    let svg = draw(View::Map, &case.journey, &case.analysis, &options("en"));
    // 9.1 has seven answers: neither its points nor their number may be told.
    assert!(svg.contains("n\u{a0}&lt;\u{a0}10"));
    assert!(!svg.contains(">32<") && !svg.contains(">31.7<") && !svg.contains("n = 7"));
}

#[test]
fn lanes_without_anything_to_show_are_left_out() {
    let mut case = home_buying();
    for touchpoint in &mut case.journey.touchpoints {
        touchpoint.action = None;
        touchpoint.owner = None;
        touchpoint.backstage = None;
    }
    for result in &mut case.analysis.touchpoints {
        result.reach = None;
        result.labels.clear();
    }
    let svg = draw(View::Map, &case.journey, &case.analysis, &options("en"));
    for lane in
        ["Customer actions", "Customers", "Flags", "Line of visibility", "backstage"]
    {
        assert!(!svg.contains(&format!(">{lane}<")), "{lane}");
    }
    assert!(svg.contains(">Touchpoints<"));
}

#[test]
fn unkind_journeys_are_drawn_too() {
    let case = stress();
    for tag in LANGUAGES {
        for (name, view) in [("map", View::Map), ("flow", View::Graph)] {
            let svg = draw(view, &case.journey, &case.analysis, &options(tag));
            preview(&format!("stress-{name}.{tag}.svg"), &svg);
        }
    }
}

#[test]
fn no_text_overlaps_another_or_leaves_the_picture() {
    for (name, case) in [("home-buying", home_buying()), ("stress", stress())] {
        for tag in LANGUAGES {
            for view in [View::Map, View::Graph, View::JourneyLine] {
                let scene = scene(view, &case.journey, &case.analysis, &options(tag));
                assert_eq!(scene.fault(), None, "{name} {tag} {view:?}");
            }
        }
    }
}
