//! Exact sums by slot as a file holds them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::stats::{LARGEST_SUM, MOST_RESPONDENTS};

use super::exact::{Sum, Sums};

/// Bins of the weights from 1e-100 to 1e100.
const BINS: std::ops::RangeInclusive<i32> = -26..=18;

/// Sums by slot, as far as they are not 0.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSums {
    slots: Vec<usize>,
    n: Vec<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    weighted: Vec<WrittenBin>,
}

/// Sums of weights of a like size, in units of 2^(16·`bin`), and of their squares, in units
/// of 2^(32·`bin` + 52).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBin {
    bin: i32,
    slots: Vec<usize>,
    n: Vec<u64>,
    w: Vec<u128>,
    w2: Vec<u128>,
}

impl WrittenSums {
    /// Of these sums; `slots` are ours, in the order of those that are written.
    pub(super) fn of(sums: &Sums, slots: &[usize]) -> Self {
        let ours = || slots.iter().enumerate();
        let whole = sums.whole();
        let n = |slot: usize| whole.get(slot).copied().unwrap_or_default();
        let whole: Vec<_> = ours()
            .map(|(theirs, slot)| (theirs, n(*slot)))
            .filter(|it| it.1 > 0)
            .collect();
        let (slots, n) = whole.into_iter().unzip();
        let mut weighted = Vec::new();
        for (bin, sums) in sums.bins() {
            let mut it = WrittenBin::of(bin);
            for (theirs, slot) in ours() {
                it.push(theirs, sums.get(*slot).copied().unwrap_or_default());
            }
            if !it.slots.is_empty() {
                weighted.push(it);
            }
        }
        Self { slots, n, weighted }
    }

    /// Whether all are 0.
    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty() && self.weighted.is_empty()
    }

    /// The sums by slot, all under `width`; `None` when they are others or too large.
    pub(super) fn sums(self, width: usize) -> Option<Sums> {
        let mut whole = vec![0; width];
        (self.slots.len() == self.n.len()).then_some(())?;
        for (slot, n) in self.slots.into_iter().zip(self.n) {
            *whole.get_mut(slot)? = (n <= MOST_RESPONDENTS).then_some(n)?;
        }
        let mut bins = BTreeMap::new();
        for bin in self.weighted {
            bins.insert(BINS.contains(&bin.bin).then_some(bin.bin)?, bin.sums(width)?);
        }
        Some(Sums::of(whole, bins))
    }
}

impl WrittenBin {
    fn of(bin: i32) -> Self {
        let (slots, n, w, w2) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { bin, slots, n, w, w2 }
    }

    fn push(&mut self, slot: usize, sum: Sum) {
        if sum.n > 0 {
            self.slots.push(slot);
            self.n.push(sum.n);
            self.w.push(sum.w);
            self.w2.push(sum.w2);
        }
    }

    fn sums(self, width: usize) -> Option<Vec<Sum>> {
        let mut sums = vec![Sum::default(); width];
        let length = self.slots.len();
        ([self.n.len(), self.w.len(), self.w2.len()] == [length; 3]).then_some(())?;
        let numbers = self.n.into_iter().zip(self.w).zip(self.w2);
        for (slot, ((n, w), w2)) in self.slots.into_iter().zip(numbers) {
            let sound = n <= MOST_RESPONDENTS && w.max(w2) <= LARGEST_SUM;
            *sums.get_mut(slot)? = sound.then_some(Sum { n, w, w2 })?;
        }
        Some(sums)
    }
}
