//! Sums of weights without rounding, so that no order of rows, files or threads shows.
//!
//! A weight is a whole multiple of a power of two. Weights of a like size (16 binades)
//! share a bin and are summed there as whole numbers; only the finished sum is rounded,
//! once per bin. This needs no dictionary of distinct weights, and so has no cap.

use std::collections::BTreeMap;

/// Binades per bin.
const BINADES: i32 = 16;
/// Bits of the fraction of an `f64`.
const FRACTION: i32 = 52;

/// The weight of a row that counts: over 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// As many respondents as it says: an unweighted row, or a frequency.
    Whole(u64),
    /// A sampling weight.
    Sampling(Portion),
}

/// A sampling weight and its square as whole multiples of the units of a bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Portion {
    bin: i32,
    w: u128,
    w2: u128,
}

impl Portion {
    /// The weight itself.
    #[expect(clippy::cast_precision_loss, reason = "53 bits, as in the weight given")]
    pub(super) fn value(self) -> f64 {
        self.w as f64 * power_of_two(BINADES * self.bin)
    }
}

impl Weight {
    /// The weight of a row in an unweighted wave.
    pub(super) const ONE: Self = Self::Whole(1);

    /// A sampling weight; `None` unless it lies between 1e-100 and 1e100, where its square
    /// is still a number.
    pub(super) fn sampling(weight: f64) -> Option<Self> {
        if !(1e-100..=1e100).contains(&weight) {
            return None;
        }
        let (mantissa, exponent) = parts(weight);
        let bin = exponent.div_euclid(BINADES);
        let (square, square_exponent) = parts(weight * weight);
        Some(Self::Sampling(Portion {
            bin,
            w: mantissa << (exponent - BINADES * bin),
            w2: square << (square_exponent - square_unit(bin)),
        }))
    }

    /// The weight as a number.
    #[expect(clippy::cast_precision_loss, reason = "frequencies are under 2^53")]
    pub(super) fn value(self) -> f64 {
        match self {
            Self::Whole(respondents) => respondents as f64,
            Self::Sampling(portion) => portion.value(),
        }
    }

    /// How many respondents a row of this weight stands for in counts.
    pub(super) fn respondents(self) -> u64 {
        match self {
            Self::Whole(respondents) => respondents,
            Self::Sampling(_) => 1,
        }
    }
}

/// The power of two that squares of the weights in `bin` are multiples of.
fn square_unit(bin: i32) -> i32 {
    2 * BINADES * bin + FRACTION
}

/// `value` = mantissa · 2^exponent, for a normal number over 0.
fn parts(value: f64) -> (u128, i32) {
    let bits = value.to_bits();
    let exponent = i32::try_from((bits >> FRACTION) & 0x7ff).unwrap_or_default();
    let fraction = bits & ((1 << FRACTION) - 1);
    (u128::from(fraction | (1 << FRACTION)), exponent - 1023 - FRACTION)
}

/// 2^`exponent`, for the exponents of a normal number.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(u64::try_from(exponent + 1023).unwrap_or_default() << FRACTION)
}

/// What rows add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Total {
    /// How many.
    pub(super) n: u64,
    /// Sum of weights.
    pub(super) w: f64,
    /// Sum of squared weights.
    pub(super) w2: f64,
}

/// Sums over the rows of one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// How many.
    pub(super) n: u64,
    /// Of weights, in the units of the bin.
    pub(super) w: u128,
    /// Of squared weights, in theirs.
    pub(super) w2: u128,
}

/// Exact sums by slot: what the rows of a wave, or of one segment of it, add up to.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    whole: Vec<u64>,
    binned: BTreeMap<i32, Vec<Sum>>,
}

impl Sums {
    /// From sums by slot, and those of sampling weights by bin.
    pub(super) fn of(whole: Vec<u64>, binned: BTreeMap<i32, Vec<Sum>>) -> Self {
        Self { whole, binned }
    }

    /// Respondents of unweighted rows and frequencies, by slot.
    pub(super) fn whole(&self) -> &[u64] {
        &self.whole
    }

    /// Sums of sampling weights by bin and slot.
    pub(super) fn bins(&self) -> impl Iterator<Item = (i32, &[Sum])> {
        self.binned.iter().map(|(bin, sums)| (*bin, sums.as_slice()))
    }

    /// Adds a row of `weight` to each of `slots`, all of which are under `width`.
    pub(super) fn add(&mut self, slots: &[usize], width: usize, weight: Weight) {
        match weight {
            Weight::Whole(respondents) => {
                widen(&mut self.whole, width);
                for &slot in slots {
                    self.whole[slot] += respondents;
                }
            }
            Weight::Sampling(portion) => {
                let sums = self.binned.entry(portion.bin).or_default();
                widen(sums, width);
                for &slot in slots {
                    let sum = &mut sums[slot];
                    sum.n += 1;
                    sum.w += portion.w;
                    sum.w2 += portion.w2;
                }
            }
        }
    }

    /// Adds so many rows of `weight` to `slot`, which is under `width`.
    pub(super) fn add_times(
        &mut self,
        slot: usize,
        width: usize,
        weight: Weight,
        times: u32,
    ) {
        match weight {
            Weight::Whole(respondents) => {
                widen(&mut self.whole, width);
                self.whole[slot] += respondents * u64::from(times);
            }
            Weight::Sampling(portion) => {
                let sums = self.binned.entry(portion.bin).or_default();
                widen(sums, width);
                let sum = &mut sums[slot];
                sum.n += u64::from(times);
                sum.w += portion.w * u128::from(times);
                sum.w2 += portion.w2 * u128::from(times);
            }
        }
    }

    /// Adds the sums of other rows, whose slot `i` is our slot `ours[i]`.
    pub(super) fn merge(&mut self, other: &Self, ours: &[usize]) {
        let width = ours.iter().max().map_or(0, |slot| slot + 1);
        widen(&mut self.whole, width);
        for (theirs, &slot) in other.whole.iter().zip(ours) {
            self.whole[slot] += theirs;
        }
        for (bin, theirs) in &other.binned {
            let sums = self.binned.entry(*bin).or_default();
            widen(sums, width);
            for (their, &slot) in theirs.iter().zip(ours) {
                let sum = &mut sums[slot];
                sum.n += their.n;
                sum.w += their.w;
                sum.w2 += their.w2;
            }
        }
    }

    /// Whether these can be sums of some of the rows of `whole`: none is larger.
    pub(super) fn is_part_of(&self, whole: &Self) -> bool {
        let most = |slot: usize| whole.whole.get(slot).copied().unwrap_or_default();
        let counts = self.whole.iter().enumerate().all(|(slot, n)| *n <= most(slot));
        let fits = |bin: &i32, slot: usize, it: &Sum| {
            let all = whole.binned.get(bin).and_then(|sums| sums.get(slot));
            let all = all.copied().unwrap_or_default();
            it.n <= all.n && it.w <= all.w && it.w2 <= all.w2
        };
        let of_bin = |(bin, sums): (&i32, &Vec<Sum>)| {
            sums.iter().enumerate().all(|(slot, it)| fits(bin, slot, it))
        };
        counts && self.binned.iter().all(of_bin)
    }

    /// What the rows counted in `slot` add up to.
    #[expect(clippy::cast_precision_loss, reason = "the one rounding of each exact sum")]
    pub(super) fn total(&self, slot: usize) -> Total {
        let whole = self.whole.get(slot).copied().unwrap_or_default();
        let mut total = Total { n: whole, w: whole as f64, w2: whole as f64 };
        for (&bin, sums) in &self.binned {
            let sum = sums.get(slot).copied().unwrap_or_default();
            total.n += sum.n;
            total.w += sum.w as f64 * power_of_two(BINADES * bin);
            total.w2 += sum.w2 as f64 * power_of_two(square_unit(bin));
        }
        total
    }
}

fn widen<T: Clone + Default>(slots: &mut Vec<T>, width: usize) {
    if slots.len() < width {
        slots.resize(width, T::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(weights: &[f64]) -> Total {
        let mut sums = Sums::default();
        for &weight in weights {
            sums.add(&[0], 1, Weight::sampling(weight).unwrap());
        }
        sums.total(0)
    }

    #[test]
    fn a_weight_is_kept_to_the_last_bit() {
        for weight in [1.0, 0.1, 0.553_675, 1.045_596_774_2, 1e-100, 1e100, 12_345.678] {
            let it = total(&[weight]);
            assert_eq!(it.w.to_bits(), weight.to_bits(), "{weight}");
            let Some(Weight::Sampling(portion)) = Weight::sampling(weight) else {
                panic!("{weight} is no sampling weight")
            };
            assert_eq!(portion.value().to_bits(), weight.to_bits());
            assert_eq!(it.w2.to_bits(), (weight * weight).to_bits(), "{weight}");
        }
    }

    #[test]
    fn ten_tenths_are_the_nearest_number_to_ten_times_a_tenth() {
        // Summed as floats they are 0.999 999 999 999 999 9.
        assert_eq!(total(&[0.1; 10]).w.to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn no_order_of_weights_shows() {
        let up = [1e-9, 0.3, 0.7, 1.1, 3e5, 2e16];
        let mut down = up;
        down.reverse();
        assert_eq!(total(&up).w.to_bits(), total(&down).w.to_bits());
        assert_eq!(total(&up).w2.to_bits(), total(&down).w2.to_bits());
    }

    #[test]
    fn weights_out_of_all_measure_are_none() {
        for weight in [0.0, -1.0, 1e-200, 1e200, f64::NAN, f64::INFINITY] {
            assert_eq!(Weight::sampling(weight), None);
        }
    }

    #[test]
    fn a_frequency_counts_as_many_respondents_of_weight_one() {
        let mut sums = Sums::default();
        sums.add(&[0], 1, Weight::Whole(21));
        sums.add(&[0], 1, Weight::Whole(28));
        assert_eq!(sums.total(0), Total { n: 49, w: 49.0, w2: 49.0 });
    }

    #[test]
    fn a_part_is_nowhere_more_than_the_whole() {
        let half = Weight::sampling(0.5).unwrap();
        let (mut part, mut whole) = (Sums::default(), Sums::default());
        part.add(&[0, 1], 2, half);
        whole.add(&[0], 2, half);
        assert!(!part.is_part_of(&whole) && whole.is_part_of(&part));
        whole.add(&[1], 2, half);
        assert!(part.is_part_of(&whole));
        part.add(&[1], 2, Weight::Whole(1));
        assert!(!part.is_part_of(&whole));
        assert!(Sums::default().is_part_of(&Sums::default()));
    }

    #[test]
    fn sums_of_parts_merge_into_the_slots_of_the_whole() {
        let (mut first, mut second) = (Sums::default(), Sums::default());
        first.add(&[0], 1, Weight::sampling(0.5).unwrap());
        second.add(&[0, 1], 2, Weight::sampling(0.25).unwrap());
        first.merge(&second, &[3, 0]);
        assert_eq!(first.total(0), Total { n: 2, w: 0.75, w2: 0.3125 });
        assert_eq!(first.total(3), Total { n: 1, w: 0.25, w2: 0.0625 });
    }
}
