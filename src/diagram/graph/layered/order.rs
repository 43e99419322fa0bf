//! The order of the items of a column, from above.

use super::network::Network;

/// An order of every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// By column: its items from above.
    pub(super) columns: Vec<Vec<usize>>,
    /// By item: its place in its column.
    pub(super) places: Vec<usize>,
    /// Columns as they were before each change since the last [`Order::keep`].
    before: Vec<(usize, Vec<usize>)>,
}

impl Order {
    /// The order in which `items` are given, column by column.
    pub(super) fn new(network: &Network, items: impl Iterator<Item = usize>) -> Self {
        let mut order = Self {
            columns: vec![Vec::new(); network.width],
            places: vec![0; network.items.len()],
            before: Vec::new(),
        };
        for item in items {
            let column = &mut order.columns[network.columns[item]];
            order.places[item] = column.len();
            column.push(item);
        }
        order
    }

    /// Puts column `at` into the order `items`.
    pub(super) fn set(&mut self, at: usize, items: Vec<usize>) {
        self.number(&items);
        let before = std::mem::replace(&mut self.columns[at], items);
        self.before.push((at, before));
    }

    /// Makes the changes since the last time final.
    pub(super) fn keep(&mut self) {
        self.before.clear();
    }

    /// Takes the changes since then back.
    pub(super) fn undo(&mut self) {
        while let Some((at, items)) = self.before.pop() {
            self.number(&items);
            self.columns[at] = items;
        }
    }

    fn number(&mut self, items: &[usize]) {
        for (place, item) in items.iter().enumerate() {
            self.places[*item] = place;
        }
    }
}
