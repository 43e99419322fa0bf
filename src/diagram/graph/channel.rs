//! Tracks of a channel: lines that overlap along it run beside one another.
//!
//! The left-edge algorithm: A. Hashimoto and J. Stevens, “Wire routing by optimizing
//! channel assignment within large apertures”, Design Automation Workshop, 1971.

/// The track of each interval, in the order given; overlapping ones have different tracks,
/// and there are as few tracks as can be.
pub(super) fn tracks(intervals: &[(f64, f64)], gap: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    order.sort_by(|one, other| {
        intervals[*one].0.total_cmp(&intervals[*other].0).then(one.cmp(other))
    });
    let mut ends: Vec<f64> = Vec::new();
    let mut tracks = vec![0; intervals.len()];
    for at in order {
        let (from, to) = intervals[at];
        let free = ends.iter().position(|end| end + gap <= from);
        let track = free.unwrap_or(ends.len());
        if free.is_none() {
            ends.push(to);
        } else {
            ends[track] = to;
        }
        tracks[at] = track;
    }
    tracks
}

/// The same, with short intervals on the first tracks, so that they lie within long ones.
pub(super) fn nested(intervals: &[(f64, f64)], gap: f64) -> Vec<usize> {
    let length = |at: usize| intervals[at].1 - intervals[at].0;
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    order.sort_by(|one, other| {
        length(*one).total_cmp(&length(*other)).then(one.cmp(other))
    });
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut tracks = vec![0; intervals.len()];
    for at in order {
        let (from, to) = intervals[at];
        let is_free = |track: &Vec<(f64, f64)>| {
            track.iter().all(|other| other.1 + gap <= from || to + gap <= other.0)
        };
        let track = taken.iter().position(is_free).unwrap_or(taken.len());
        if track == taken.len() {
            taken.push(Vec::new());
        }
        taken[track].push((from, to));
        tracks[at] = track;
    }
    tracks
}

/// How many tracks `tracks` are.
pub(super) fn count(tracks: &[usize]) -> usize {
    tracks.iter().max().map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::{count, nested, tracks};

    #[test]
    fn a_short_interval_lies_within_a_long_one() {
        assert_eq!(nested(&[(0.0, 100.0), (20.0, 30.0), (40.0, 50.0)], 1.0), [1, 0, 0]);
    }

    #[test]
    fn overlapping_intervals_take_different_tracks_and_others_share() {
        let found = tracks(&[(0.0, 10.0), (5.0, 15.0), (11.0, 20.0)], 1.0);
        assert_eq!(found, [0, 1, 0]);
        assert_eq!(count(&found), 2);
        assert_eq!(count(&[]), 0);
    }
}
