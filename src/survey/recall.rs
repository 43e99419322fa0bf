//! A memory of what two numbers led to: the same few pairs come again and again.

use std::collections::BTreeMap;

/// Places for pairs that are kept.
const KEPT: usize = 1024;

/// Slots by pairs of numbers, and a code for each slot, as they were first met. A pair that
/// lands on another's place takes it.
#[derive(Clone, Debug)]
pub(super) struct Recall {
    pairs: Vec<Option<(f64, f64, usize)>>,
    slots: Vec<usize>,
    codes: BTreeMap<usize, usize>,
}

impl Default for Recall {
    fn default() -> Self {
        Self { pairs: vec![None; KEPT], slots: Vec::new(), codes: BTreeMap::new() }
    }
}

impl Recall {
    /// The code of the slot that `a` and `b` lead to, worked out where it is not remembered.
    pub(super) fn code(
        &mut self,
        a: f64,
        b: f64,
        work_out: impl FnOnce() -> usize,
    ) -> usize {
        let place = place(a, b);
        if let Some((known_a, known_b, code)) = self.pairs.get(place).copied().flatten()
            && known_a.total_cmp(&a).is_eq()
            && known_b.total_cmp(&b).is_eq()
        {
            return code;
        }
        let slot = work_out();
        let code = *self.codes.entry(slot).or_insert_with(|| {
            self.slots.push(slot);
            self.slots.len() - 1
        });
        if let Some(kept) = self.pairs.get_mut(place) {
            *kept = Some((a, b, code));
        }
        code
    }

    /// The slot of a code.
    pub(super) fn slot(&self, code: usize) -> Option<usize> {
        self.slots.get(code).copied()
    }
}

/// One of the [`KEPT`] places, by Fibonacci hashing.
fn place(a: f64, b: f64) -> usize {
    let mixed =
        (a.to_bits() ^ b.to_bits().rotate_left(17)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 54).unwrap_or_default()
}
