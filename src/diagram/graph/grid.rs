//! Tiers, columns and rows: which touchpoint stands beside and above which.

use super::{NODE_HEIGHT, NODE_WIDTH};
use crate::diagram::subject::{Place, Subject};

/// Distance of two nodes of a column.
pub(super) const ROW: f64 = NODE_HEIGHT + 14.0;
/// Most nodes of a column.
const ROWS: usize = 5;
/// Distance of two columns, gap included, before it is known what runs in the gap.
const COLUMN: f64 = NODE_WIDTH + 29.0;

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Tier, from above.
    pub(super) tier: usize,
    /// Column within the tier, from the left; the start counts as column 0.
    pub(super) column: usize,
    /// Row within the column, from above.
    pub(super) row: usize,
    /// Rows of the column.
    pub(super) rows: usize,
    /// Nodes that the cell stands for: all of its column, or one.
    pub(super) span: usize,
}

impl Cell {
    /// Height of the middle of the node, from the middle of its tier.
    pub(super) fn offset(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
        let (row, rows) = (self.row as f64, self.rows as f64);
        ROW * (row - (rows - 1.0) / 2.0)
    }

    /// Whether `other` is one of the nodes that this cell stands for.
    pub(super) fn holds(&self, other: Self) -> bool {
        self.span > 1
            && other.span == 1
            && other.rows == self.span
            && (other.tier, other.column) == (self.tier, self.column)
    }

    /// Whether nothing stands below it in its column.
    pub(super) fn is_lowest(&self) -> bool {
        self.row + 1 == self.rows
    }
}

/// Columns of a stage within a tier.
#[derive(Clone, Debug)]
pub(super) struct StageColumns {
    /// Position of the stage.
    pub(super) stage: usize,
    /// Its tier.
    pub(super) tier: usize,
    /// Its columns.
    pub(super) columns: std::ops::Range<usize>,
    /// Most rows of any of its columns.
    pub(super) rows: usize,
}

/// The whole grid.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// By touchpoint.
    pub(super) cells: Vec<Cell>,
    /// Columns by tier, start and end included.
    pub(super) columns: Vec<usize>,
    /// Stages that have touchpoints, in order.
    pub(super) stages: Vec<StageColumns>,
    /// Where customers come in, if a transition says so.
    pub(super) start: Option<Cell>,
    /// Where they leave, likewise.
    pub(super) end: Option<Cell>,
}

impl Grid {
    /// Stages go into a tier as long as it stays under `width`; a stage is never divided.
    pub(super) fn new(subject: &Subject, width: f64) -> Self {
        let has = |place: Place| {
            subject.links.iter().any(|link| link.from == place || link.to == place)
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small positive number"
        )]
        let most = (((width - 40.0) / COLUMN).floor().max(1.0)) as usize;
        let mut grid = Self {
            cells: Vec::new(),
            columns: vec![0],
            stages: Vec::new(),
            start: None,
            end: None,
        };
        let first = usize::from(has(Place::Start));
        grid.columns[0] = first;
        for stage in 0..subject.stages.len() {
            grid.push_stage(subject, stage, most + first);
        }
        if first == 1 {
            grid.start = Some(Cell { tier: 0, column: 0, row: 0, rows: 1, span: 1 });
        }
        if has(Place::End) {
            grid.push_end();
        }
        grid
    }

    fn push_stage(&mut self, subject: &Subject, stage: usize, most: usize) {
        let marks = subject.stages.get(stage).map_or(0..0, |stage| stage.marks.clone());
        if marks.is_empty() {
            return;
        }
        let columns = columns(subject, marks);
        let mut tier = self.columns.len() - 1;
        let only_start = self.stages.last().is_none_or(|last| last.tier != tier);
        if !only_start && self.columns[tier] + columns.len() > most {
            self.columns.push(0);
            tier += 1;
        }
        let base = self.columns[tier];
        let mut cells: Vec<(usize, Cell)> = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            for (row, mark) in column.iter().enumerate() {
                cells.push((
                    *mark,
                    Cell { tier, column: base + at, row, rows: column.len(), span: 1 },
                ));
            }
        }
        cells.sort_by_key(|(mark, _)| *mark);
        self.cells.extend(cells.into_iter().map(|(_, cell)| cell));
        self.columns[tier] += columns.len();
        self.stages.push(StageColumns {
            stage,
            tier,
            columns: base..base + columns.len(),
            rows: columns.iter().map(Vec::len).max().unwrap_or(1),
        });
    }

    fn push_end(&mut self) {
        let tier = self.columns.len() - 1;
        self.end =
            Some(Cell { tier, column: self.columns[tier], row: 0, rows: 1, span: 1 });
        self.columns[tier] += 1;
    }

    /// Every column of several nodes, as one cell.
    pub(super) fn groups(&self) -> Vec<Cell> {
        let tops = self.cells.iter().filter(|cell| cell.row == 0 && cell.rows > 1);
        tops.map(|cell| Cell { row: 0, rows: 1, span: cell.rows, ..*cell }).collect()
    }

    /// Where `place` stands; `None` for a start or end that is not drawn.
    pub(super) fn cell(&self, place: Place) -> Option<Cell> {
        match place {
            Place::Start => self.start,
            Place::At(at) => self.cells.get(at).copied(),
            Place::End => self.end,
        }
    }

    /// Whether a line at height `offset` of `tier` meets nothing in `columns`.
    pub(super) fn is_clear(
        &self,
        tier: usize,
        columns: std::ops::Range<usize>,
        offset: f64,
    ) -> bool {
        let half = NODE_HEIGHT / 2.0 + 6.0;
        let nodes = self.cells.iter().chain(&self.start).chain(&self.end);
        let box_in_way = nodes
            .filter(|cell| cell.tier == tier && columns.contains(&cell.column))
            .any(|cell| (cell.offset() - offset).abs() < half);
        let name_in_way = self
            .stages
            .iter()
            .filter(|it| {
                it.tier == tier
                    && it.columns.start < columns.end
                    && columns.start < it.columns.end
            })
            .any(|it| {
                let top = stage_top(it.rows);
                offset > top - 44.0 && offset < top + 6.0
            });
        !box_in_way && !name_in_way
    }
}

/// Upper edge of the box of a stage, from the middle of its tier.
pub(super) fn stage_top(rows: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let rows = rows as f64;
    -ROW * (rows - 1.0) / 2.0 - NODE_HEIGHT / 2.0 - 7.0
}

/// The touchpoints of a stage by column: each right of all that lead to it within the
/// stage, alternatives below one another.
fn columns(subject: &Subject, marks: std::ops::Range<usize>) -> Vec<Vec<usize>> {
    let mut ranks: Vec<usize> = vec![0; marks.len()];
    for mark in marks.clone() {
        for link in &subject.links {
            let (Place::At(from), Place::At(to)) = (link.from, link.to) else { continue };
            if to == mark && from < to && marks.contains(&from) {
                let next = ranks[from - marks.start] + 1;
                let rank = &mut ranks[to - marks.start];
                *rank = (*rank).max(next);
            }
        }
    }
    let last = ranks.iter().copied().max().unwrap_or(0);
    (0..=last)
        .flat_map(|rank| {
            let column: Vec<usize> =
                marks.clone().filter(|mark| ranks[mark - marks.start] == rank).collect();
            let parts = column.len().div_ceil(ROWS).max(1);
            let size = column.len().div_ceil(parts).max(1);
            column.chunks(size).map(<[usize]>::to_vec).collect::<Vec<_>>()
        })
        .collect()
}
