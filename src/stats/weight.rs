//! A respondent's weight as a whole number, so that sums do not depend on their order.

/// Decimals that are kept exactly: weights are written with them, not with binary digits.
const DECIMALS: f64 = 1e10;
/// How many binary digits follow them.
const SHIFT: u32 = 27;
/// One over the unit of a weight: 10^10 · 2^27, about 2^60.
const UNITS: f64 = DECIMALS * 134_217_728.0;

/// The heaviest weight, 2^32: expansion weights of a large country are below it.
const HEAVIEST: f64 = 4_294_967_296.0;

/// A weight over 0 and at most 2^32, in whole units of 10^-10 · 2^-27, about 2^-60.
///
/// A weight of at most ten decimals is kept exactly, as the decimal number that it is, so that
/// sums of such weights are round numbers too; any other is rounded by at most a unit and one
/// part in 2^53, which is 1e-12 of a weight of 2^-20. The rounding depends on the weight alone, never on the other rows, so that integer sums of weighted
/// answers are the same bits however rows are split over threads and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight {
    units: i128,
    respondents: u64,
}

impl Weight {
    /// The weight of a row of an unweighted survey.
    pub const ONE: Self = Self { units: one(), respondents: 1 };

    /// `None` unless `weight` is over 0 (half a unit at least) and at most 2^32.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most 2^93, after rounding")]
    pub fn new(weight: f64) -> Option<Self> {
        let decimal = (weight * DECIMALS).round();
        let units = (weight * UNITS).round();
        let is_decimal = (decimal / DECIMALS).to_bits() == weight.to_bits();
        let units = if is_decimal { (decimal as i128) << SHIFT } else { units as i128 };
        (units >= 1 && weight <= HEAVIEST).then_some(Self { units, respondents: 1 })
    }

    /// The weight of a row that stands for so many respondents, all of whom gave its answers:
    /// a frequency, not a sampling weight, so that the row counts that often.
    ///
    /// `None` for no respondents, or more than 2^32.
    #[must_use]
    pub fn frequency(respondents: u64) -> Option<Self> {
        let units = i128::from(respondents) * one();
        (1..=1 << 32).contains(&respondents).then_some(Self { units, respondents })
    }

    /// Respondents that the row counts as: 1, or its frequency.
    #[must_use]
    pub const fn respondents(self) -> u64 {
        self.respondents
    }

    /// Units of a ten-thousand-millionth.
    pub(crate) const UNITS_OF_A_DECIMAL: i64 = 1 << SHIFT;

    /// The weight in ten-thousand-millionths, if it is a whole number of them.
    pub(crate) fn decimal(self) -> Option<i64> {
        let units = i128::from(Self::UNITS_OF_A_DECIMAL);
        let whole = (self.units % units == 0).then_some(self.units / units)?;
        i64::try_from(whole).ok()
    }

    /// The weight in units.
    pub(crate) const fn units(self) -> i128 {
        self.units
    }
}

/// A weight of 1 in units.
const fn one() -> i128 {
    10_000_000_000 << SHIFT
}

/// A sum of units of weight, as a number.
#[expect(clippy::cast_precision_loss, reason = "rounded once, to 53 bits")]
pub(crate) fn from_units(units: i128) -> f64 {
    units as f64 / UNITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_weights_are_exact() {
        for weight in [1.0, 0.887_512_5, 1.045_596_774_2, 0.005, 12_345.678_9, 1.4e9] {
            let kept = from_units(Weight::new(weight).unwrap().units());
            assert_eq!(kept.to_bits(), weight.to_bits(), "{weight}");
        }
    }

    #[test]
    fn decimal_weights_add_up_to_decimal_sums() {
        let weights = [0.86, 1.24, 0.99, 12_345.678_9, 1e-10];
        let units = weights.map(|weight| Weight::new(weight).unwrap().units());
        assert_eq!(units.iter().sum::<i128>(), 123_487_689_000_001 << SHIFT);
        // No decimal of ten digits: as near as a double is.
        let third = Weight::new(1.0 / 3.0).unwrap().units();
        assert!((third * 3 - one()).abs() < 1 << 8 && third % (1 << SHIFT) != 0);
    }

    #[test]
    fn a_light_weight_is_off_by_less_than_a_millionth_of_a_millionth() {
        let weight = 1.0 / 1_048_573.0;
        let kept = from_units(Weight::new(weight).unwrap().units());
        assert!((kept / weight - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_frequency_counts_as_often_as_it_says() {
        let twelve = Weight::frequency(12).unwrap();
        assert_eq!((twelve.units(), twelve.respondents()), (12 * one(), 12));
        assert_eq!(Weight::frequency(1), Some(Weight::ONE));
        assert_eq!(Weight::new(12.0).map(Weight::respondents), Some(1));
        assert_eq!(Weight::frequency(0).or(Weight::frequency(1 << 33)), None);
    }

    #[test]
    fn nothing_negative_and_nothing_without_a_value_weighs() {
        for weight in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-30, 1e10] {
            assert_eq!(Weight::new(weight), None, "{weight}");
        }
    }
}
