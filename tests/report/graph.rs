//! The touchpoint graph: geometry.

use touchmap::diagram::Rect;
use touchmap::diagram::graph::Layout;
use touchmap::report::graph_layout;

use crate::support::{home_buying, options, stress};

const LANGUAGES: [&str; 2] = ["en", "zh-Hans"];

fn layouts() -> Vec<(String, Layout)> {
    let mut layouts = Vec::new();
    for (name, case) in [("home-buying", home_buying()), ("stress", stress())] {
        for tag in LANGUAGES {
            for width in [700.0, 1240.0, 2400.0] {
                let layout =
                    graph_layout(&case.journey, &case.analysis, &options(tag), width);
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
