//! The network that is ordered and placed: touchpoints in columns, and a slot for every
//! transition in each column that it passes.

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A node, by position.
    Node(usize),
    /// The passage of a transition, by position.
    Slot(usize),
}

/// A transition within the network, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    /// The node at its left end.
    pub(super) left: usize,
    /// The node at its right end.
    pub(super) right: usize,
}

/// Columns of items, and which stand side by side in neighbouring columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    /// By item: what it is; the nodes come first.
    pub(super) items: Vec<Item>,
    /// By item: its column.
    pub(super) columns: Vec<usize>,
    /// By item: its neighbours in the column to the left, one for each transition.
    pub(super) left: Vec<Vec<usize>>,
    /// By item: its neighbours in the column to the right, likewise.
    pub(super) right: Vec<Vec<usize>>,
    /// By transition: the items it runs through, from left to right; empty for one that is
    /// not in the network.
    pub(super) paths: Vec<Vec<usize>>,
    /// How many columns there are.
    pub(super) width: usize,
}

impl Network {
    /// The network of nodes that stand in `columns`, joined by `arcs`.
    ///
    /// Arcs must lead to a column further right. Where they pass more than `most` columns
    /// together, the longest are left out.
    pub(super) fn new(columns: &[usize], arcs: &[Arc], most: usize) -> Self {
        let mut network = Self {
            items: (0..columns.len()).map(Item::Node).collect(),
            columns: columns.to_vec(),
            left: vec![Vec::new(); columns.len()],
            right: vec![Vec::new(); columns.len()],
            paths: vec![Vec::new(); arcs.len()],
            width: columns.iter().max().map_or(0, |last| last + 1),
        };
        let span = |arc: &Arc| columns[arc.right].saturating_sub(columns[arc.left]);
        let mut order: Vec<usize> = (0..arcs.len()).collect();
        order.sort_by_key(|at| (span(&arcs[*at]), *at));
        let mut room = most;
        order.retain(|at| {
            let slots = span(&arcs[*at]).saturating_sub(1);
            let fits = span(&arcs[*at]) > 0 && slots <= room;
            room -= if fits { slots } else { 0 };
            fits
        });
        order.sort_unstable();
        for at in order {
            network.lead(at, arcs[at]);
        }
        network
    }

    fn lead(&mut self, at: usize, arc: Arc) {
        let mut path = vec![arc.left];
        for column in self.columns[arc.left] + 1..self.columns[arc.right] {
            path.push(self.items.len());
            self.items.push(Item::Slot(at));
            self.columns.push(column);
            self.left.push(Vec::new());
            self.right.push(Vec::new());
        }
        path.push(arc.right);
        for pair in path.windows(2) {
            self.right[pair[0]].push(pair[1]);
            self.left[pair[1]].push(pair[0]);
        }
        self.paths[at] = path;
    }
}
