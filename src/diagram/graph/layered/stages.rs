//! The boxes of the stages, with their names above.

use super::across::Across;
use super::sketch::Sketch;
use crate::diagram::graph::layout::StageBox;
use crate::diagram::scene::Rect;
use crate::diagram::style::STAGE;
use crate::diagram::subject::Subject;
use crate::diagram::text::{Measure, wrap};

/// How far the box of a stage reaches beyond its touchpoints.
const BORDER: f64 = 6.0;

/// The names of all stages.
pub(super) struct Names {
    /// Height of the highest.
    pub(super) height: f64,
    stages: Vec<Name>,
}

/// A stage: left and right edge of its box, height of its name.
struct Name {
    stage: usize,
    left: f64,
    right: f64,
    height: f64,
}

/// The names of the stages of `subject` that have touchpoints.
pub(super) fn names(subject: &Subject, sketch: &Sketch, across: &Across) -> Names {
    let mut stages = Vec::new();
    for (at, stage) in subject.stages.iter().enumerate() {
        let columns = || stage.marks.clone().filter_map(|it| sketch.columns.get(it));
        let (Some(first), Some(last)) = (columns().min(), columns().max()) else {
            continue;
        };
        let left = across.column(*first).0 - BORDER;
        let right = across.column(*last).1 + BORDER;
        let measure = Measure {
            size: STAGE.size,
            weight: STAGE.weight,
            width: right - left,
            indent: 0.0,
            lines: 2,
        };
        let lines =
            wrap(&format!("{} {}", stage.number, stage.name), measure).lines.len();
        #[expect(clippy::cast_precision_loss, reason = "one or two lines")]
        let height = lines as f64 * STAGE.line_height();
        stages.push(Name { stage: at, left, right, height });
    }
    let height = stages.iter().map(|it| it.height).fold(0.0, f64::max);
    Names { height, stages }
}

impl Names {
    /// The boxes, all from `top` on and as high as `height`.
    pub(super) fn boxes(&self, top: f64, height: f64) -> Vec<StageBox> {
        let stages = self.stages.iter();
        stages
            .map(|it| StageBox {
                stage: it.stage,
                rect: Rect::new(it.left, top, it.right - it.left, height),
                name: Rect::new(
                    it.left + 3.0,
                    top - it.height - 5.0,
                    it.right - it.left - 3.0,
                    it.height,
                ),
            })
            .collect()
    }
}
