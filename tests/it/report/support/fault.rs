//! What no graph may have: things on top of one another.

use std::collections::BTreeMap;

use touchmap::diagram::{EdgeRecord, Rect, Scene};

/// The first thing that is on top of another, in words.
pub(crate) fn fault(scene: &Scene) -> Option<String> {
    let record = scene.record();
    let boxes: BTreeMap<&str, Rect> = record
        .nodes
        .iter()
        .map(|it| (it.id.as_str(), Rect::new(it.x, it.y, it.width, it.height)))
        .collect();
    let inner: Vec<(&str, Rect)> =
        boxes.iter().map(|(id, rect)| (*id, rect.grown(-1.0))).collect();
    for (at, (id, rect)) in inner.iter().enumerate() {
        if let Some((other, _)) = inner[..at].iter().find(|it| it.1.overlaps(rect)) {
            return Some(format!("{id} overlaps {other}"));
        }
    }
    for text in record.texts.iter().filter(|it| ["el", "lo"].contains(&&*it.class)) {
        let rect = Rect::new(text.x, text.y, text.width, text.height).grown(-1.0);
        if let Some((id, _)) = inner.iter().find(|it| it.1.overlaps(&rect)) {
            return Some(format!("`{}` is on {id}", text.text));
        }
    }
    for edge in &record.edges {
        let foreign = inner.iter().filter(|it| it.0 != edge.from && it.0 != edge.to);
        for (id, rect) in foreign {
            if runs_through(edge, rect) {
                return Some(format!("{} → {} runs through {id}", edge.from, edge.to));
            }
        }
        for [x, y] in &edge.points {
            if *x < 0.0 || *y < 0.0 || *x > record.width || *y > record.height {
                return Some(format!("{} → {} leaves the picture", edge.from, edge.to));
            }
        }
    }
    scene.fault()
}

/// Whether a line meets a rectangle, looking at it every half pixel or so.
fn runs_through(edge: &EdgeRecord, rect: &Rect) -> bool {
    edge.points.windows(2).any(|pair| {
        let ([x, y], [dx, dy]) =
            (pair[0], [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]]);
        let around = Rect::new(x.min(x + dx), y.min(y + dy), dx.abs(), dy.abs());
        around.grown(0.1).overlaps(rect)
            && (0..=2000).map(|step| f64::from(step) / 2000.0).any(|t| {
                let dot = Rect::new(x + t * dx, y + t * dy, 0.0, 0.0).grown(0.1);
                dot.overlaps(rect)
            })
    })
}
