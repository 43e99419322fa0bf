//! The order of the items of a column, from above.

use super::network::Network;

/// An order of every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// By column: its items from above.
    pub(super) columns: Vec<Vec<usize>>,
    /// By item: its place in its column.
    pub(super) places: Vec<usize>,
}

impl Order {
    /// The order in which `items` are given, column by column.
    pub(super) fn new(network: &Network, items: impl Iterator<Item = usize>) -> Self {
        let mut order = Self {
            columns: vec![Vec::new(); network.width],
            places: vec![0; network.items.len()],
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
        for (place, item) in items.iter().enumerate() {
            self.places[*item] = place;
        }
        self.columns[at] = items;
    }
}
