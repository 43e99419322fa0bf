//! Rows of one thread that wait to be added to the joint sums, many at a time.

use std::sync::Arc;

use crate::model::Wave;
use crate::stats::{BLOCK, Block, Weight};

use super::exact;
use super::joint_codes::{Answers, Meanings, coded};
use super::joint_pool::{JointPart, JointPool, Kind};
use super::lexicon::{AnswerCode, Lexicon};
use super::part::Side;
use super::replicate::{Draw, GROUPS, shares};

/// Bytes of rows that may wait.
const ROOM: usize = 1 << 24;
/// Fewer rows than this are not worth a block.
const LEAST: usize = 16;
/// No rows wait.
const NONE: u32 = u32::MAX;

/// Rows that wait, by wave and side, group and weight.
pub(super) struct JointQueue<'a> {
    pool: &'a JointPool<'a>,
    /// What [`super::wanted::Wanted::changes`] was when the waves were last asked for.
    changes: usize,
    waves: Vec<WaveQueue>,
    answers: Answers,
    /// By number; `None` for one that is out of all measure.
    weights: Vec<Option<Weight>>,
    blocks: [Block; 2],
    /// Rows that wait together at most: fewer where very many groups and weights have some.
    length: usize,
    /// Bytes of the room that is kept for rows that wait.
    reserved: usize,
}

struct WaveQueue {
    wave: Wave,
    wanted: bool,
    parts: [Option<PartQueue>; 2],
}

struct PartQueue {
    part: Arc<JointPart>,
    kinds: [KindQueue; 2],
    meanings: Meanings,
}

/// Rows with or without an overall answer.
#[derive(Default)]
struct KindQueue {
    /// Numbers of stacks by weight and group.
    stack_of: Vec<u32>,
    stacks: Vec<Stack>,
}

/// Rows of one group and weight.
struct Stack {
    group: usize,
    weight: usize,
    codes: Vec<u8>,
}

/// One row: its answers, and the groups that it counts in.
#[derive(Clone, Copy)]
pub(super) struct JointRow<'a> {
    /// Whether the first of `codes` is an answer.
    pub(super) kind: Kind,
    /// By question, the overall one first.
    pub(super) codes: JointCodes<'a>,
    /// What decides its group.
    pub(super) draw: Draw,
    /// Its weight.
    pub(super) weight: exact::Weight,
    /// The number of its weight, if it has one.
    pub(super) number: Option<usize>,
}

/// The codes of one row.
#[derive(Clone, Copy)]
pub(super) struct JointCodes<'a> {
    /// As bytes.
    pub(super) brief: &'a [u8],
    /// As they are, where one is no byte.
    pub(super) wide: Option<&'a [AnswerCode]>,
}

impl<'a> JointCodes<'a> {
    /// One after the other.
    fn each(self) -> impl Iterator<Item = usize> + 'a {
        self.brief.iter().enumerate().map(move |(at, code)| {
            let wide = self.wide.and_then(|it| it.get(at));
            wide.map_or(usize::from(*code), |it| usize::from(*it))
        })
    }
}

impl<'a> JointQueue<'a> {
    /// Nothing waits.
    pub(super) fn new(pool: &'a JointPool<'a>) -> Self {
        let questions = pool.questions();
        let answers = Answers::of(questions);
        let blocks = [Kind::With, Kind::Without]
            .map(|it| Block::new(questions - it.skipped(), it.rows()));
        let changes = pool.wanted.changes();
        let (waves, weights) = (Vec::new(), Vec::new());
        Self {
            pool,
            changes,
            waves,
            answers,
            weights,
            blocks,
            length: BLOCK,
            reserved: 0,
        }
    }

    /// Says that the next wave, by number, is this one.
    pub(super) fn introduce(&mut self, wave: &Wave) {
        self.pool.wanted.see(wave);
        let wanted = self.pool.wanted.wants(wave);
        self.waves.push(WaveQueue { wave: wave.clone(), wanted, parts: [None, None] });
    }

    /// Whether rows of the wave of this number are wanted.
    pub(super) fn wants(&mut self, wave: usize) -> bool {
        if self.changes != self.pool.wanted.changes() {
            self.ask_again();
        }
        self.waves.get(wave).is_some_and(|it| it.wanted)
    }

    /// Gives up the rows of waves that are wanted no more.
    #[cold]
    fn ask_again(&mut self) {
        self.changes = self.pool.wanted.changes();
        for it in &mut self.waves {
            it.wanted &= self.pool.wanted.wants(&it.wave);
            if !it.wanted {
                it.parts = [None, None];
            }
        }
        self.pool.give_up();
    }

    /// Adds a row of the wave of this number, the answers to which `lexicons` have read.
    pub(super) fn add(
        &mut self,
        (wave, side): (usize, Side),
        row: JointRow<'_>,
        lexicons: &[(usize, Lexicon<'_>)],
    ) {
        let waits = row.number.is_some() && row.codes.wide.is_none();
        let group = match (row.draw, row.weight) {
            (Draw::Hashed(_), exact::Weight::Whole(2..)) => None,
            (draw, _) => Some(draw.group()),
        };
        let Some(part) = self.part(wave, side) else { return };
        if part.is_refused() {
            return;
        }
        if row.kind == Kind::Without {
            self.answers.learn(lexicons);
            if !self.answers.has_any(row.codes.each()) {
                return;
            }
        }
        match (row.number, group) {
            (Some(number), Some(group)) if waits => {
                self.wait((wave, side), (row, number, group), lexicons);
            }
            _ => self.add_now((wave, side), row, lexicons),
        }
    }

    fn part(&mut self, wave: usize, side: Side) -> Option<&JointPart> {
        let it = self.waves.get_mut(wave)?;
        let part = it.parts.get_mut(side.at())?.get_or_insert_with(|| PartQueue {
            part: self.pool.part(&it.wave, side),
            kinds: Default::default(),
            meanings: Meanings::default(),
        });
        Some(&part.part)
    }

    fn queue(&mut self, wave: usize, side: Side) -> Option<&mut PartQueue> {
        self.waves.get_mut(wave)?.parts.get_mut(side.at())?.as_mut()
    }

    /// Lets a row wait.
    fn wait(
        &mut self,
        at: (usize, Side),
        (row, weight, group): (JointRow<'_>, usize, usize),
        lexicons: &[(usize, Lexicon<'_>)],
    ) {
        while self.weights.len() <= weight {
            self.weights.push(None);
        }
        if let Some(known @ None) = self.weights.get_mut(weight) {
            *known = of_exact(row.weight);
        }
        let (length, variables) =
            (self.length, self.pool.questions() - row.kind.skipped());
        let Some(queue) = self.queue(at.0, at.1) else { return };
        let kind = &mut queue.kinds[row.kind.skipped()];
        let stack = kind.stack(group, weight);
        let codes = row.codes.brief.get(row.kind.skipped()..).unwrap_or_default();
        let more = stack.push(codes, length);
        let is_full = stack.codes.len() >= length * variables;
        if is_full {
            let codes = std::mem::take(&mut stack.codes);
            let codes = self.add_block(at, row.kind, (group, weight, codes), lexicons);
            // Its room is kept for the rows to come.
            if let Some(queue) = self.queue(at.0, at.1) {
                queue.kinds[row.kind.skipped()].stack(group, weight).codes = codes;
            }
        }
        if more > 0 {
            self.reserved += more;
            self.make_room(lexicons);
        }
    }

    /// Lets fewer rows wait where very many groups and weights have some.
    fn make_room(&mut self, lexicons: &[(usize, Lexicon<'_>)]) {
        if self.reserved <= ROOM {
            return;
        }
        if self.length > LEAST {
            self.length /= 2;
            let most = self.length;
            self.add_longer(most, lexicons);
        } else {
            self.add_longer(0, lexicons);
        }
    }

    /// Adds all stacks of `rows` rows or more, and forgets all if that is none.
    fn add_longer(&mut self, rows: usize, lexicons: &[(usize, Lexicon<'_>)]) {
        for wave in 0..self.waves.len() {
            for (side, kind) in [Side::Weighted, Side::Weightless]
                .into_iter()
                .flat_map(|side| [Kind::With, Kind::Without].map(|kind| (side, kind)))
            {
                let least = rows * (self.pool.questions() - kind.skipped());
                let Some(queue) = self.queue(wave, side) else { continue };
                let kind_queue = &mut queue.kinds[kind.skipped()];
                let mut waiting = Vec::new();
                for stack in &mut kind_queue.stacks {
                    if stack.codes.len() >= least.max(1) {
                        let codes = std::mem::take(&mut stack.codes);
                        waiting.push((stack.group, stack.weight, codes));
                    }
                }
                if rows == 0 {
                    *kind_queue = KindQueue::default();
                }
                for stack in waiting {
                    self.reserved -= stack.2.capacity().min(self.reserved);
                    self.add_block((wave, side), kind, stack, lexicons);
                }
            }
        }
        if rows == 0 {
            self.reserved = 0;
        }
    }

    /// Adds everything that waits.
    pub(super) fn finish(mut self, lexicons: &[(usize, Lexicon<'_>)]) {
        self.ask_again();
        self.add_longer(0, lexicons);
    }

    /// Adds the rows of a stack, and gives its emptied room back.
    fn add_block(
        &mut self,
        (wave, side): (usize, Side),
        kind: Kind,
        (group, weight, mut codes): (usize, usize, Vec<u8>),
        lexicons: &[(usize, Lexicon<'_>)],
    ) -> Vec<u8> {
        self.answers.learn(lexicons);
        let weight = self.weights.get(weight).copied().flatten();
        let queue = self.waves.get_mut(wave).and_then(|it| it.parts[side.at()].as_mut());
        let Some(PartQueue { part, meanings, .. }) = queue else { return codes };
        let Some(weight) = weight else {
            part.refuse();
            return codes;
        };
        let variables = self.pool.questions() - kind.skipped();
        let rungs = loop {
            let rungs = part.rungs();
            let Some((question, rung)) = self.answers.finer(kind, &codes, &rungs) else {
                break rungs;
            };
            drop(rungs);
            part.refine(question, rung);
        };
        if !meanings.bring_to(&rungs, &self.answers, part) {
            part.refuse();
            return codes;
        }
        let of = meanings.of(kind);
        if meanings.are_small() {
            let block = &mut self.blocks[kind.skipped()];
            block.sum_up(&codes, of);
            part.add((kind, group), &rungs, |sums| sums.add(block, weight));
        } else {
            for row in codes.chunks_exact(variables) {
                let row = row.iter().map(|it| usize::from(*it));
                let (cells, levels) = coded(row, of);
                let levels = levels.get(1..).unwrap_or_default();
                part.add((kind, group), &rungs, |sums| {
                    sums.add_row(&cells, levels, weight)
                });
            }
        }
        drop(rungs);
        codes.clear();
        codes
    }

    /// Adds a row that does not wait for others like it.
    fn add_now(
        &mut self,
        (wave, side): (usize, Side),
        row: JointRow<'_>,
        lexicons: &[(usize, Lexicon<'_>)],
    ) {
        self.answers.learn(lexicons);
        let queue = self.waves.get_mut(wave).and_then(|it| it.parts[side.at()].as_mut());
        let Some(PartQueue { part, meanings, .. }) = queue else { return };
        let Some(shares) = shares(row.draw, row.weight) else { return part.refuse() };
        let skipped = row.kind.skipped();
        for (question, code) in row.codes.each().enumerate().skip(skipped) {
            let rung = self.answers.rung(question, code);
            let known = part.rungs().get(question).copied();
            if known.is_some_and(|known| rung > known) {
                part.refine(question, rung);
            }
        }
        let rungs = part.rungs();
        if !meanings.bring_to(&rungs, &self.answers, part) {
            return part.refuse();
        }
        let of = meanings.of(row.kind);
        let (cells, levels) = coded(row.codes.each().skip(skipped), of);
        let levels = levels.get(1..).unwrap_or_default();
        for (group, weight) in shares {
            part.add((row.kind, group), &rungs, |it| it.add_row(&cells, levels, weight));
        }
    }
}

/// A weight as joint sums take it.
fn of_exact(weight: exact::Weight) -> Option<Weight> {
    match weight {
        exact::Weight::Whole(count) => Weight::frequency(count),
        exact::Weight::Sampling(portion) => Weight::new(portion.value()),
    }
}

impl KindQueue {
    /// The rows of a group and weight.
    fn stack(&mut self, group: usize, weight: usize) -> &mut Stack {
        let at = weight * GROUPS + group;
        if self.stack_of.len() <= at {
            self.stack_of.resize((weight + 1) * GROUPS, NONE);
        }
        if self.stack_of[at] == NONE {
            self.stack_of[at] = u32::try_from(self.stacks.len()).unwrap_or(NONE);
            self.stacks.push(Stack { group, weight, codes: Vec::new() });
        }
        &mut self.stacks[self.stack_of[at] as usize]
    }
}

impl Stack {
    /// Adds a row to those that wait, which will be `length` at most; returns how many bytes
    /// more are reserved for them.
    fn push(&mut self, codes: &[u8], length: usize) -> usize {
        let reserved = self.codes.capacity();
        if reserved < self.codes.len() + codes.len() {
            // Doubled, but never beyond what will be used.
            let rows = self.codes.len() / codes.len().max(1);
            let more = rows.clamp(LEAST, length.saturating_sub(rows).max(1));
            self.codes.reserve_exact(more * codes.len());
        }
        self.codes.extend_from_slice(codes);
        self.codes.capacity() - reserved
    }
}
