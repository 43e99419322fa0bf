//! Expected visits: how often a customer meets each touchpoint, as the flow says.

use petgraph::visit::EdgeRef;

use super::JourneyGraph;

/// Expected visits per customer by touchpoint, in the order of the map; `None` when a share
/// that matters is not known, or customers go round for ever.
///
/// Solves (I − Q)′u = e, where Q holds the shares between touchpoints and e the shares of the
/// entries (Kemeny & Snell, *Finite Markov Chains*, 1960). Never assumes equal shares.
#[must_use]
pub(super) fn expected_visits(graph: &JourneyGraph) -> Option<Vec<f64>> {
    let touchpoints = graph.touchpoints().count();
    let mut system = vec![vec![0.0; touchpoints + 1]; touchpoints];
    for (at, row) in system.iter_mut().enumerate() {
        row[at] = 1.0;
    }
    for edge in graph.inner().edge_references() {
        let Some(to) = graph.touchpoint(edge.target()) else { continue };
        let share = edge.weight().share?;
        match graph.touchpoint(edge.source()) {
            Some(from) => system[to.0][from.0] -= share,
            None => system[to.0][touchpoints] += share,
        }
    }
    solve(system)
}

/// Gaussian elimination with partial pivoting of `[A | b]`; `None` when A is singular.
fn solve(mut system: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let size = system.len();
    for column in 0..size {
        let pivot = (column..size).max_by(|a, b| {
            system[*a][column].abs().total_cmp(&system[*b][column].abs())
        })?;
        if system[pivot][column].abs() < 1e-12 {
            return None;
        }
        system.swap(column, pivot);
        let (above, below) = system.split_at_mut(column + 1);
        let top = &above[column];
        for row in below {
            let factor = row[column] / top[column];
            if factor.abs() > 0.0 {
                for (cell, over) in row[column..].iter_mut().zip(&top[column..]) {
                    *cell -= factor * over;
                }
            }
        }
    }
    let mut solution = vec![0.0; size];
    for row in (0..size).rev() {
        let known: f64 =
            (row + 1..size).map(|column| system[row][column] * solution[column]).sum();
        solution[row] = (system[row][size] - known) / system[row][row];
    }
    Some(solution)
}
