//! A memory of the last slots that two numbers led to: the same few pairs come again and
//! again.

/// Places for pairs that are kept.
const KEPT: usize = 1024;

/// Slots by pairs of numbers. A pair that lands on another's place takes it.
#[derive(Clone, Debug)]
pub(super) struct Recall(Vec<Option<(f64, f64, usize)>>);

impl Default for Recall {
    fn default() -> Self {
        Self(vec![None; KEPT])
    }
}

impl Recall {
    /// The slot that `a` and `b` lead to, worked out where it is not remembered.
    pub(super) fn slot(
        &mut self,
        a: f64,
        b: f64,
        work_out: impl FnOnce() -> usize,
    ) -> usize {
        let Some(kept) = self.0.get_mut(place(a, b)) else { return work_out() };
        if let Some((known_a, known_b, slot)) = *kept
            && known_a.total_cmp(&a).is_eq()
            && known_b.total_cmp(&b).is_eq()
        {
            return slot;
        }
        let slot = work_out();
        *kept = Some((a, b, slot));
        slot
    }
}

/// One of the [`KEPT`] places, by Fibonacci hashing.
fn place(a: f64, b: f64) -> usize {
    let mixed =
        (a.to_bits() ^ b.to_bits().rotate_left(17)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 54).unwrap_or_default()
}
