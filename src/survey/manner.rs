//! How a respondent answered, whatever the answers are.

/// How a respondent answered the touchpoints (METHOD §1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Fewer than three of them.
    Few,
    /// Four or more, all alike.
    Straight,
    /// In any other way.
    Plain,
}

/// The answers of one respondent, as far as they tell how they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    count: u32,
    /// Bits that all answers have, and bits that any has.
    all: u64,
    any: u64,
}

impl Answered {
    /// Nothing yet.
    pub(super) const NOTHING: Self = Self { count: 0, all: u64::MAX, any: 0 };

    /// Takes in other answers.
    #[inline]
    pub(super) fn add(&mut self, other: Self) {
        self.count += other.count;
        self.all &= other.all;
        self.any |= other.any;
    }

    /// One answer, on its native scale.
    pub(super) fn once(native: f64) -> Self {
        Self { count: 1, all: native.to_bits(), any: native.to_bits() }
    }

    /// How they were given.
    pub(super) fn manner(self) -> Manner {
        match self.count {
            0..=2 => Manner::Few,
            4.. if self.all == self.any => Manner::Straight,
            _ => Manner::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(natives: &[f64]) -> Manner {
        let mut answered = Answered::NOTHING;
        for native in natives {
            answered.add(Answered::once(*native));
        }
        answered.manner()
    }

    #[test]
    fn four_equal_answers_are_a_straight_line_and_three_are_not() {
        assert_eq!(answered(&[4.0; 4]), Manner::Straight);
        assert_eq!(answered(&[4.0; 3]), Manner::Plain);
        assert_eq!(answered(&[4.0, 4.0, 4.0, 5.0]), Manner::Plain);
        assert_eq!(answered(&[-1.0, 1.0, -1.0, 1.0]), Manner::Plain);
    }

    #[test]
    fn two_answers_are_few() {
        assert_eq!(answered(&[4.0, 5.0]), Manner::Few);
        assert_eq!(answered(&[]), Manner::Few);
        assert_eq!(answered(&[1.0, 2.0, 3.0]), Manner::Plain);
    }
}
