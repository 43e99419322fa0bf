//! The touchpoint graph: geometry.

use touchmap::diagram::Rect;
use touchmap::diagram::graph::Layout;
use touchmap::report::{ReportOptions, View, graph_layout, scene};

use super::support::{home_buying, options, stress};

const LANGUAGES: [&str; 2] = ["en", "zh-Hans"];

fn layouts() -> Vec<(String, Layout)> {
    let mut layouts = Vec::new();
    for (name, case) in [("home-buying", home_buying()), ("stress", stress())] {
        for tag in LANGUAGES {
            for width in [700.0, 1240.0, 2400.0] {
                let options = ReportOptions { width, ..options(tag) };
                let layout = graph_layout(&case.journey, &case.analysis, &options);
                layouts.push((format!("{name} {tag} {width}"), layout));
            }
        }
    }
    layouts
}

#[test]
fn no_transition_runs_through_a_touchpoint() {
    for (name, layout) in layouts() {
        for route in &layout.routes {
            // A hair of room, so that a line may end on the border of its own box.
            for node in layout.nodes.iter().map(|node| node.grown(-1.0)) {
                for pair in route.points.windows(2) {
                    let (from, to) = (pair[0], pair[1]);
                    let line = Rect::new(
                        from.0.min(to.0),
                        from.1.min(to.1),
                        (from.0 - to.0).abs().max(0.1),
                        (from.1 - to.1).abs().max(0.1),
                    );
                    assert!(!line.overlaps(&node), "{name}: {:?} {route:?}", route.links);
                }
            }
        }
    }
}

#[test]
fn every_transition_is_drawn_once_and_at_right_angles() {
    for (name, layout) in layouts() {
        let mut links: Vec<usize> =
            layout.routes.iter().flat_map(|route| route.links.clone()).collect();
        links.sort_unstable();
        let all: Vec<usize> = (0..links.len()).collect();
        assert_eq!(links, all, "{name}");
        for route in &layout.routes {
            for pair in route.points.windows(2) {
                let level = (pair[0].1 - pair[1].1).abs() < 0.01;
                let upright = (pair[0].0 - pair[1].0).abs() < 0.01;
                assert!(level || upright, "{name}: {:?}", route.points);
            }
        }
    }
}

#[test]
fn touchpoints_do_not_overlap_and_lie_within_their_stage() {
    for (name, layout) in layouts() {
        for (at, node) in layout.nodes.iter().enumerate() {
            let others = &layout.nodes[..at];
            assert!(!others.iter().any(|other| other.overlaps(node)), "{name} {at}");
            let held =
                layout.stages.iter().filter(|stage| stage.rect.overlaps(node)).count();
            assert_eq!(held, 1, "{name} {at}");
        }
    }
}

#[test]
fn nothing_leaves_the_picture() {
    for (name, layout) in layouts() {
        for (x, y) in layout.routes.iter().flat_map(|route| &route.points) {
            assert!((0.0..=layout.width).contains(x), "{name}: {x}");
            assert!((0.0..=layout.height).contains(y), "{name}: {y}");
        }
    }
}

#[test]
fn words_of_a_transition_stand_on_no_touchpoint() {
    for case in [home_buying(), stress()] {
        for tag in LANGUAGES {
            let options = options(tag);
            let layout = graph_layout(&case.journey, &case.analysis, &options);
            let scene = scene(View::Graph, &case.journey, &case.analysis, &options);
            let words = scene
                .labels()
                .into_iter()
                .filter(|it| ["el", "lo"].contains(&it.style.class));
            for label in words {
                let rect = label.rect().grown(-1.0);
                let covered = layout.nodes.iter().any(|node| node.overlaps(&rect));
                assert!(!covered, "{tag}: {}", label.text);
            }
        }
    }
}

#[test]
fn alternatives_side_by_side_are_reached_by_one_line() {
    let case = home_buying();
    let layout = graph_layout(&case.journey, &case.analysis, &options("en"));
    // 4.1, 4.2 and 4.3 stand in one column: 3.3 leads to each, and each leads to 5.1.
    let joined: Vec<&Vec<usize>> = layout
        .routes
        .iter()
        .map(|route| &route.links)
        .filter(|it| it.len() == 3)
        .collect();
    assert_eq!(joined, [&vec![12, 13, 14], &vec![15, 17, 18]]);
}
