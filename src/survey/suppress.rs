//! Counts of few respondents, left out before others see them (METHOD §5).

use crate::stats::{Additive, Grouped};

use super::count::{Counts, WaveCounts};
use super::dictionary::EVERY_ROW;
use super::exact::Sums;
use super::joint_sums::{JointSums, Known};
use super::part::Part;

/// Numbers of groups that replicate groups are joined to, each a divisor of 100.
const JOINED: [usize; 6] = [100, 50, 25, 20, 10, 5];

impl Counts {
    /// Leaves out segment cells and replicate groups of fewer than `below` respondents.
    pub(super) fn suppress(&mut self, below: u64) {
        for cells in self.undeclared.values_mut() {
            cells.suppress(below);
        }
        for wave in self.waves_mut() {
            if let Some(it) = wave.fieldwork.as_mut().filter(|it| it.dated < below) {
                (it.first, it.last) = (None, None);
            }
            wave.suppress_cells(below);
            for part in [&mut wave.weighted, &mut wave.weightless] {
                part.joint = part.joint.take().and_then(|it| coarse(it, below));
            }
        }
    }
}

impl WaveCounts {
    fn suppress_cells(&mut self, below: u64) {
        let segments = self.weighted.segments.len().max(self.weightless.segments.len());
        for segment in 0..segments {
            let mut cells = self.cells(segment);
            // The least first; of two as large, the first in the order of their names.
            cells.sort_unstable();
            // Few without a value are a cell that is nowhere in the file, and is left out.
            let listed: u64 = cells.iter().map(|(n, _)| n).sum();
            let rest = self.respondents().saturating_sub(listed);
            let unlisted = (1..below).contains(&rest);
            let (mut hidden, mut respondents) = if unlisted { (1, rest) } else { (0, 0) };
            for (n, value) in cells {
                // What is left out together is the total less all others: it must be more
                // than one cell, and large enough itself.
                if n >= below && (hidden == 0 || hidden > 1 && respondents >= below) {
                    break;
                }
                self.weighted.hide(segment, value);
                self.weightless.hide(segment, value);
                hidden += 1;
                respondents += n;
            }
        }
    }

    fn respondents(&self) -> u64 {
        [&self.weighted, &self.weightless]
            .map(|it| it.total.total(EVERY_ROW).n)
            .iter()
            .sum()
    }

    /// Respondents of each value that has some, and its number.
    fn cells(&self, segment: usize) -> Vec<(u64, usize)> {
        let of = |part: &Part| part.segments.get(segment).map_or(0, Vec::len);
        let values = of(&self.weighted).max(of(&self.weightless));
        let n = |part: &Part, value: usize| {
            let sums = part.segments.get(segment).and_then(|it| it.get(value));
            sums.map_or(0, |it| it.total(EVERY_ROW).n)
        };
        let both = |value| (n(&self.weighted, value) + n(&self.weightless, value), value);
        (0..values).map(both).filter(|(n, _)| *n > 0).collect()
    }
}

impl Part {
    fn hide(&mut self, segment: usize, value: usize) {
        if let Some(cell) =
            self.segments.get_mut(segment).and_then(|it| it.get_mut(value))
        {
            *cell = Sums::default();
        }
    }
}

/// Joint sums in groups of `below` respondents or more; `None` where there are too few.
///
/// Rows without an overall answer that are too few for even the largest groups are left out;
/// they are the least of what the sums of touchpoints rest on. Fewer than `below` of them
/// would be the difference between the scores and the joint sums: then some of the other rows
/// are left out with them.
fn coarse(joint: JointSums, below: u64) -> Option<JointSums> {
    let JointSums::Known(known) = joint else { return Some(joint) };
    let Known { steps, with, without } = *known;
    let kept = without.as_ref().and_then(|it| Some(it.joined(enough(it, below)?)));
    let lost = match (&without, &kept) {
        (Some(without), None) => without.inhabited().map(Additive::rows).sum(),
        _ => 0,
    };
    let with = match with {
        Some((comoments, levels)) => {
            let hidden = beside(lost, &comoments, below);
            let (comoments, levels) =
                (comoments.without_first(hidden), levels.without_first(hidden));
            let groups = enough(&comoments, below)?;
            Some((comoments.joined(groups), levels.joined(groups)))
        }
        None => None,
    };
    Some(JointSums::Known(Box::new(Known { steps, with, without: kept })))
}

/// How many of the first groups must be left out beside `lost` other rows, if these are too few
/// to be known: `below` rows of their own, since the overall answer tells the two apart.
fn beside<S: Additive>(lost: u64, grouped: &Grouped<S>, below: u64) -> usize {
    if !(1..below).contains(&lost) {
        return 0;
    }
    let mut hidden = 0;
    let open = |group: &&S| {
        let more = hidden < below;
        hidden += group.rows();
        more
    };
    grouped.groups().iter().take_while(open).count()
}

/// How many groups there can be.
fn enough<S: Additive>(grouped: &Grouped<S>, below: u64) -> Option<usize> {
    let large = |groups: &&usize| {
        grouped.joined(**groups).inhabited().all(|group| group.rows() >= below)
    };
    JOINED.iter().find(large).copied()
}
