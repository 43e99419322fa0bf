//! The joint sums of one file, to which all threads that read it add.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use crate::model::Wave;
use crate::stats::{Comoments, GroupSums, Grouped, LevelGram, RowRefused, Rows};

use super::count::Counts;
use super::joint_sums::JointSums;
use super::ladder::Ladder;
use super::lexicon::Lexicon;
use super::part::Side;
use super::replicate::GROUPS;
use super::tally::Variable;
use super::threads::in_threads;
use super::wanted::Wanted;

/// Joint sums by wave and side.
pub(super) struct JointPool<'a> {
    /// The waves that are wanted.
    pub(super) wanted: &'a Wanted,
    ladders: Vec<Ladder>,
    parts: Mutex<BTreeMap<(Wave, Side), Arc<JointPart>>>,
}

/// Joint sums of one wave and side.
///
/// Each group has a lock of its own, so that threads hardly ever wait for one another.
pub(super) struct JointPart {
    /// Of the overall question, then of the touchpoints.
    ladders: Vec<Ladder>,
    /// The rung that each question is counted in. Whoever adds holds it for reading.
    rungs: RwLock<Vec<u8>>,
    with: Groups,
    without: Groups,
    /// Whether rows did not fit into 128 bits.
    refused: AtomicBool,
}

/// Sums by group, where there are any.
struct Groups(Vec<Mutex<Option<GroupSums>>>);

/// Whether rows have an overall answer. Those without one are summed apart: the sums of the
/// touchpoints over all rows are those of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// They have, and it is the first of their answers.
    With,
    /// They have not; their answers are those to the touchpoints.
    Without,
}

impl Kind {
    /// The same for joint sums.
    pub(super) fn rows(self) -> Rows {
        match self {
            Self::With => Rows::Outcome,
            Self::Without => Rows::Answers,
        }
    }

    /// How many questions are left out at the beginning.
    pub(super) fn skipped(self) -> usize {
        match self {
            Self::With => 0,
            Self::Without => 1,
        }
    }
}

impl<'a> JointPool<'a> {
    /// No sums yet, of a journey of so many touchpoints whose answers these lexicons read.
    pub(super) fn of(
        lexicons: &[(usize, Lexicon<'_>)],
        touchpoints: usize,
        wanted: &'a Wanted,
    ) -> Self {
        let mut ladders = vec![Ladder::UNASKED; 1 + touchpoints];
        for (_, lexicon) in lexicons {
            let question = question(lexicon.variable());
            if let Some(ladder) = question.and_then(|it| ladders.get_mut(it)) {
                *ladder = lexicon.ladder().clone();
            }
        }
        Self { wanted, ladders, parts: Mutex::default() }
    }

    /// How many questions have joint sums.
    pub(super) fn questions(&self) -> usize {
        self.ladders.len()
    }

    /// The sums of a wave and side.
    pub(super) fn part(&self, wave: &Wave, side: Side) -> Arc<JointPart> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let part = parts
            .entry((wave.clone(), side))
            .or_insert_with(|| Arc::new(JointPart::new(&self.ladders)));
        Arc::clone(part)
    }

    /// Gives up the sums of waves that are wanted no more.
    pub(super) fn give_up(&self) {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.retain(|(wave, _), _| self.wanted.wants(wave));
    }

    /// Puts the sums where the other counts of their waves are.
    pub(super) fn finish(self, counts: &mut Counts, threads: NonZeroUsize) {
        self.give_up();
        let parts = self.parts.into_inner().unwrap_or_else(PoisonError::into_inner);
        for ((wave, side), part) in parts {
            let sums = Arc::into_inner(part).map(|it| it.finish(threads));
            if let Some(number) = counts.wave(&wave) {
                counts.at(number).part(side).joint = sums;
            }
        }
    }
}

/// The question of a variable among those that have joint sums.
pub(super) fn question(variable: Variable) -> Option<usize> {
    match variable {
        Variable::Overall => Some(0),
        Variable::Touchpoint(index) => Some(1 + index),
        _ => None,
    }
}

impl JointPart {
    fn new(ladders: &[Ladder]) -> Self {
        Self {
            ladders: ladders.to_vec(),
            rungs: RwLock::new(vec![0; ladders.len()]),
            with: Groups::new(),
            without: Groups::new(),
            refused: AtomicBool::new(false),
        }
    }

    /// The ladder of each question.
    pub(super) fn ladders(&self) -> &[Ladder] {
        &self.ladders
    }

    /// The rungs, which stay as they are as long as this is held.
    pub(super) fn rungs(&self) -> RwLockReadGuard<'_, Vec<u8>> {
        self.rungs.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there will be no sums.
    pub(super) fn is_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    /// Adds to the sums of a group, in these `rungs`, which the caller holds. After rows that
    /// do not fit there will be no sums.
    pub(super) fn add(
        &self,
        (kind, group): (Kind, usize),
        rungs: &[u8],
        add: impl FnOnce(&mut GroupSums) -> Result<(), RowRefused>,
    ) {
        let Some(sums) = self.groups(kind).0.get(group) else { return };
        let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
        if sums.is_none() {
            *sums = GroupSums::new(&self.steps(kind, rungs), kind.rows());
        }
        let added = sums.as_mut().ok_or(RowRefused::Width).and_then(add);
        if added.is_err() {
            self.refuse();
        }
    }

    /// Gives the sums up.
    pub(super) fn refuse(&self) {
        self.refused.store(true, Ordering::Relaxed);
    }

    /// Counts a question in a rung, or in a lower one if it is already.
    pub(super) fn refine(&self, question: usize, rung: u8) {
        let mut rungs = self.rungs.write().unwrap_or_else(PoisonError::into_inner);
        let (Some(known), Some(ladder)) =
            (rungs.get_mut(question), self.ladders.get(question))
        else {
            return;
        };
        if rung <= *known {
            return;
        }
        let finer = ladder.down(*known, rung);
        *known = rung;
        for kind in [Kind::With, Kind::Without] {
            let Some(question) = question.checked_sub(kind.skipped()) else { continue };
            for sums in &self.groups(kind).0 {
                let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
                let refined = sums.as_mut().map(|it| it.refine(question, finer));
                if refined.is_some_and(|it| it.is_err()) {
                    self.refuse();
                }
            }
        }
    }

    fn groups(&self, kind: Kind) -> &Groups {
        match kind {
            Kind::With => &self.with,
            Kind::Without => &self.without,
        }
    }

    fn steps(&self, kind: Kind, rungs: &[u8]) -> Vec<f64> {
        let steps = self.ladders.iter().zip(rungs).map(|(it, rung)| it.step(*rung));
        steps.skip(kind.skipped()).collect()
    }

    fn finish(self, threads: NonZeroUsize) -> JointSums {
        let rungs = self.rungs().clone();
        let steps = |kind| self.steps(kind, &rungs);
        let of = |kind: Kind| (steps(kind), kind.rows());
        let (of_with, of_without) = (of(Kind::With), of(Kind::Without));
        if self.is_refused() {
            return JointSums::refused();
        }
        let with = self.with.finish(of_with.clone(), threads);
        let without = self.without.finish(of_without, threads);
        match (with, without) {
            (Ok(with), Ok(without)) => {
                let with =
                    with.and_then(|(comoments, levels)| Some((comoments, levels?)));
                JointSums::new(of_with.0, with, without.map(|it| it.0))
            }
            _ => JointSums::refused(),
        }
    }
}

/// Sums of all groups.
type Sums = (Grouped<Comoments>, Option<Grouped<LevelGram>>);

impl Groups {
    fn new() -> Self {
        Self((0..GROUPS).map(|_| Mutex::default()).collect())
    }

    /// The sums of all groups; `None` when there are none.
    fn finish(
        self,
        (steps, rows): (Vec<f64>, Rows),
        threads: NonZeroUsize,
    ) -> Result<Option<Sums>, RowRefused> {
        let groups = self.0.into_iter();
        let groups: Vec<_> = groups
            .map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect();
        if groups.iter().all(Option::is_none) {
            return Ok(None);
        }
        let empty = || GroupSums::new(&steps, rows).ok_or(RowRefused::Width);
        let finish = |group: Option<GroupSums>| group.map_or_else(empty, Ok)?.finish();
        let (mut comoments, mut of_levels) = (Vec::new(), Vec::new());
        for group in in_threads(threads, groups, finish) {
            let (sums, levels) = group?;
            comoments.push(sums);
            of_levels.extend(levels);
        }
        let comoments = Grouped::from_groups(comoments).ok_or(RowRefused::Width)?;
        if !comoments.has_room() {
            return Err(RowRefused::Overflow);
        }
        Ok(Some((comoments, Grouped::from_groups(of_levels))))
    }
}
