//! Scenes as data.

use touchmap::diagram::{Rect, SCENE_SCHEMA};
use touchmap::model::Node;
use touchmap::report::{View, layered_map, scene};

use super::support::{home_buying, options, stress};

#[test]
fn the_graph_has_every_touchpoint_once_and_every_transition() {
    for case in [home_buying(), stress()] {
        let record =
            scene(View::Graph, &case.journey, &case.analysis, &options("en")).record();
        assert_eq!(record.schema, SCENE_SCHEMA);
        for touchpoint in &case.journey.touchpoints {
            let nodes = record.nodes.iter().filter(|it| it.id == touchpoint.id).count();
            assert_eq!(nodes, 1, "{}", touchpoint.id);
        }
        let id = |node: Node| match node {
            Node::Start => "start".to_owned(),
            Node::End => "end".to_owned(),
            Node::Touchpoint(at) => case.journey.touchpoint(at).id.clone(),
        };
        for transition in &case.journey.flow.transitions {
            let (from, to) = (id(transition.from), id(transition.to));
            let found = record.edges.iter().filter(|it| it.from == from && it.to == to);
            assert_eq!(found.count(), 1, "{from} -> {to}");
        }
        assert!(record.edges.iter().all(|it| it.points.len() >= 2));
    }
}

#[test]
fn boxes_of_the_graph_do_not_overlap() {
    for case in [home_buying(), stress()] {
        let record =
            scene(View::Graph, &case.journey, &case.analysis, &options("en")).record();
        let boxes: Vec<Rect> = record
            .nodes
            .iter()
            .map(|it| Rect::new(it.x, it.y, it.width, it.height))
            .collect();
        for (at, one) in boxes.iter().enumerate() {
            assert!(
                !boxes[..at].iter().any(|it| it.overlaps(one)),
                "{:?}",
                record.nodes[at]
            );
        }
    }
}

#[test]
fn a_shortened_text_keeps_its_whole() {
    let case = stress();
    let record = scene(View::Map, &case.journey, &case.analysis, &options("en")).record();
    let short: Vec<_> = record.texts.iter().filter(|it| it.text.ends_with('…')).collect();
    assert!(!short.is_empty());
    assert!(short.iter().all(|it| it.whole.is_some()));
}

#[test]
fn the_layers_of_the_map_are_apart_and_each_can_be_read() {
    for case in [home_buying(), stress()] {
        for tag in ["en", "zh-Hans", "zh-Hant"] {
            let scene = layered_map(&case.journey, &case.analysis, &options(tag));
            // All customers, and the wave before.
            assert_eq!(scene.layers(), 2);
            assert_eq!(scene.fault(), None, "{tag}");
            let nodes = scene.chosen(1).record().nodes.len();
            assert_eq!(nodes, case.journey.touchpoints.len());
        }
    }
}
