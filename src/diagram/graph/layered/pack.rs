//! Parts that nothing joins, one below the other: each as high as the columns it needs
//! are free.

/// The room of a part in one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    /// The column.
    pub(super) column: usize,
    /// Its upper edge there.
    pub(super) top: f64,
    /// Its lower edge there.
    pub(super) bottom: f64,
}

/// By part: how far down it moves; and the lower edge of all. `parts` lie in `columns`
/// columns, and the first is placed first.
pub(super) fn pack(parts: &[Vec<Extent>], columns: usize) -> (Vec<f64>, f64) {
    let mut floors = vec![0.0_f64; columns];
    let mut moves = Vec::with_capacity(parts.len());
    for part in parts {
        let by = part
            .iter()
            .map(|it| floors[it.column] - it.top)
            .fold(f64::NEG_INFINITY, f64::max);
        let by = if by.is_finite() { by } else { 0.0 };
        for it in part {
            floors[it.column] = it.bottom + by;
        }
        moves.push(by);
    }
    (moves, floors.into_iter().fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::{Extent, pack};

    #[test]
    fn parts_in_different_columns_stand_side_by_side() {
        let part = |column| vec![Extent { column, top: -5.0, bottom: 5.0 }];
        assert_eq!(pack(&[part(0), part(1), part(0)], 2), (vec![5.0, 5.0, 15.0], 20.0));
        assert_eq!(pack(&[], 0), (vec![], 0.0));
    }
}
