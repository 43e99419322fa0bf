//! Whether a mean moved because scores did, or because other people answered.

/// A segment in two waves: its weighted shares of the answers, and its means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SegmentShift {
    /// Share of the first wave, 0 to 1; shares of a wave sum to 1.
    pub share_before: f64,
    /// Share of the second.
    pub share_after: f64,
    /// Mean in the first wave; `None` when nobody of the segment answered.
    pub mean_before: Option<f64>,
    /// Mean in the second.
    pub mean_after: Option<f64>,
}

/// The difference of two means, second − first, in two parts that sum to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MixAndRate {
    /// Because segments scored differently: `Σ (π1 + π2)/2 · (m2 − m1)`.
    pub rate: f64,
    /// Because segments had other shares: `Σ (π2 − π1) · (m1 + m2)/2`.
    pub mix: f64,
}

/// Divides the difference of two means over the segments of one variable.
///
/// A segment that answered in one wave only is all mix: it has no difference of scores. Kitagawa,
/// JASA 50:1168, 1955. METHOD §10.
#[must_use]
pub fn mix_and_rate(segments: &[SegmentShift]) -> MixAndRate {
    let mut parts = MixAndRate { rate: 0.0, mix: 0.0 };
    for segment in segments {
        let before = segment.mean_before.or(segment.mean_after);
        let after = segment.mean_after.or(segment.mean_before);
        let Some((before, after)) = before.zip(after) else { continue };
        let share = f64::midpoint(segment.share_before, segment.share_after);
        parts.rate += share * (after - before);
        let moved = segment.share_after - segment.share_before;
        parts.mix += moved * f64::midpoint(before, after);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(shares: [f64; 2], means: [Option<f64>; 2]) -> SegmentShift {
        SegmentShift {
            share_before: shares[0],
            share_after: shares[1],
            mean_before: means[0],
            mean_after: means[1],
        }
    }

    #[test]
    fn more_of_the_happy_segment_is_mix() {
        // half 8 and half 4 become three quarters 8 and one quarter 4: 6 → 7
        let segments =
            [shift([0.5, 0.75], [Some(8.0); 2]), shift([0.5, 0.25], [Some(4.0); 2])];
        assert_eq!(mix_and_rate(&segments), MixAndRate { rate: 0.0, mix: 1.0 });
    }

    #[test]
    fn both_parts_by_hand() {
        // 0.5·8 + 0.5·4 = 6 → 0.75·7 + 0.25·6 = 6.75
        let segments = [
            shift([0.5, 0.75], [Some(8.0), Some(7.0)]),
            shift([0.5, 0.25], [Some(4.0), Some(6.0)]),
        ];
        let parts = mix_and_rate(&segments);
        // rate 0.625·(−1) + 0.375·2, mix 0.25·7.5 − 0.25·5
        assert!((parts.rate - 0.125).abs() < 1e-15);
        assert!((parts.mix - 0.625).abs() < 1e-15);
    }

    #[test]
    fn a_new_segment_is_all_mix() {
        // all 8 becomes half 8 and half 4
        let segments =
            [shift([1.0, 0.5], [Some(8.0); 2]), shift([0.0, 0.5], [None, Some(4.0)])];
        assert_eq!(mix_and_rate(&segments), MixAndRate { rate: 0.0, mix: -2.0 });
    }
}
