//! The replicate group of a row, and the hash of its respondent's id (METHOD §2, D).
//!
//! Groups are drawn by XXH3 (Y. Collet; 64 bits, seed 0), which is the same on every machine
//! and in every version: of the id where there is one, so that no order of rows or files
//! shows and a respondent is in the same group in every wave; else of the position of the
//! file and of the row in it.

use xxhash_rust::xxh3::xxh3_64;

use crate::stats::Weight;

use super::batch::Cells;
use super::bind::Binding;
use super::exact;
use super::memo::Memo;
use super::number::{DecimalMark, number};
use super::options::Groups;
use super::sighting::Place;

/// Replicate groups of a wave.
pub(super) const GROUPS: usize = 100;
/// Draws for one row: a row that stands for more respondents shares them out in so many
/// parts, which errs on the safe side.
const DRAWS: u64 = 1 << 16;

/// Where in a file the group and the id of a row stand.
pub(super) struct Replicates {
    /// How groups are drawn.
    groups: Groups,
    /// The position of the file among all.
    file: usize,
    /// The column of the respondent.
    respondent: Option<usize>,
    /// The column of the group.
    column: Option<usize>,
    /// The groups that cells of it were found to give.
    given: Memo<Option<Draw>>,
    /// Rows with an overall answer, by the number of their wave.
    with_overall: Vec<usize>,
}

/// What decides the group of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draw {
    /// It is given.
    Fixed(usize),
    /// Each respondent of the row draws by this hash.
    Hashed(u64),
}

/// Whether the overall question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overall {
    /// It was.
    Answered,
    /// It was not.
    Unanswered,
}

impl Draw {
    /// The group of the first, or only, respondent.
    pub(super) fn group(self) -> usize {
        match self {
            Self::Fixed(group) => group,
            Self::Hashed(hash) => group(hash),
        }
    }
}

impl Replicates {
    /// Of the file at this position among all.
    pub(super) fn of(binding: &Binding<'_>, groups: Groups, file: usize) -> Self {
        Self {
            groups,
            file,
            respondent: binding.respondent,
            column: binding.replicate_group,
            given: Memo::default(),
            with_overall: Vec::new(),
        }
    }

    /// The hash of the respondent's id; `None` where there is none.
    pub(super) fn id(&self, row: Cells<'_>) -> Option<u64> {
        let id = row.get(self.respondent?).trim_ascii();
        (!id.is_empty()).then(|| xxh3_64(id))
    }

    /// What decides the group of a row, the next of its wave, whose id has the hash `id`.
    pub(super) fn draw(
        &mut self,
        (row, id): (Cells<'_>, Option<u64>),
        place: Place,
        wave: usize,
        overall: Overall,
    ) -> Draw {
        if self.groups == Groups::Systematic {
            return Draw::Fixed(self.next(wave, overall) % GROUPS);
        }
        if let Some(column) = self.column {
            let (cell, key) = (row.get(column), row.key(column));
            let known = self.given.get(key, cell);
            let draw = known.unwrap_or_else(|| {
                let draw = given(cell);
                self.given.keep(key, cell, draw);
                draw
            });
            if let Some(draw) = draw {
                return draw;
            }
        }
        let at = || xxh3_64(&position(self.file, place.row));
        Draw::Hashed(id.unwrap_or_else(at))
    }

    /// How many rows of the wave with an overall answer came before.
    fn next(&mut self, wave: usize, overall: Overall) -> usize {
        if self.with_overall.len() <= wave {
            self.with_overall.resize(wave + 1, 0);
        }
        let Some(count) = self.with_overall.get_mut(wave) else { return 0 };
        let before = *count;
        if overall == Overall::Answered {
            *count += 1;
        }
        before
    }
}

/// The group that a cell gives: the number itself up to 100, the hash of anything else.
fn given(cell: &[u8]) -> Option<Draw> {
    let cell = cell.trim_ascii();
    if cell.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(cell);
    let whole = number(&text, DecimalMark::Point)
        .and_then(|given| (0..=GROUPS).find(|group| same(*group, given)));
    Some(Draw::Fixed(whole.map_or_else(|| group(xxh3_64(cell)), |it| it % GROUPS)))
}

#[expect(clippy::cast_precision_loss, reason = "at most 100")]
fn same(group: usize, given: f64) -> bool {
    (group as f64 - given).abs() < 1e-9
}

fn position(file: usize, row: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(file as u64).to_le_bytes());
    bytes[8..].copy_from_slice(&row.to_le_bytes());
    bytes
}

fn group(hash: u64) -> usize {
    usize::try_from(hash % GROUPS as u64).unwrap_or_default()
}

/// The groups that a row counts in, with its weight in each; `None` when the weight is out of
/// all measure.
///
/// A frequency is so many respondents, each of whom draws a group of its own.
pub(super) fn shares(draw: Draw, weight: exact::Weight) -> Option<Vec<(usize, Weight)>> {
    match (draw, weight) {
        (Draw::Hashed(hash), exact::Weight::Whole(count)) if count > 1 => {
            spread(hash, count)
        }
        (draw, weight) => {
            let weight = match weight {
                exact::Weight::Whole(count) => Weight::frequency(count),
                exact::Weight::Sampling(portion) => Weight::new(portion.value()),
            };
            Some(vec![(draw.group(), weight?)])
        }
    }
}

fn spread(hash: u64, count: u64) -> Option<Vec<(usize, Weight)>> {
    let mut counts = [0_u64; GROUPS];
    let draws = count.min(DRAWS);
    for draw in 0..draws {
        let of_draw = count / draws + u64::from(draw < count % draws);
        counts[group(mixed(hash, draw))] += of_draw;
    }
    let groups = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
    groups.map(|(group, count)| Some((group, Weight::frequency(count)?))).collect()
}

/// The hash of one of the respondents of a row: the first has the row's own.
fn mixed(hash: u64, draw: u64) -> u64 {
    match draw {
        0 => hash,
        _ => xxh3_64(&(hash ^ draw.rotate_left(32)).to_le_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::batch::Batch;

    fn replicates(groups: Groups) -> Replicates {
        let (respondent, column) = (Some(0), Some(1));
        let (given, with_overall) = (Memo::default(), Vec::new());
        Replicates { groups, file: 3, respondent, column, given, with_overall }
    }

    fn draw(it: &mut Replicates, cells: &[&str], row: u64) -> Draw {
        let place = Place { row, line: row + 1 };
        let mut batch = Batch::default();
        batch.empty(cells.len());
        batch.push(&csv::ByteRecord::from(cells), place);
        batch.seal();
        let (cells, place) = batch.rows().next().unwrap();
        let id = it.id(cells);
        it.draw((cells, id), place, 0, Overall::Answered)
    }

    #[test]
    fn a_respondent_is_in_one_group_wherever_the_row_stands() {
        let mut it = replicates(Groups::Hashed);
        // XXH3-64 of "a", as the reference implementation gives it.
        assert_eq!(draw(&mut it, &[" a ", ""], 1), Draw::Hashed(0xe6c6_32b6_1e96_4e1f));
        assert_eq!(draw(&mut it, &["a", " "], 9), draw(&mut it, &["a", ""], 1));
        assert_ne!(draw(&mut it, &["", ""], 9), draw(&mut it, &["", ""], 1));
    }

    #[test]
    fn a_given_group_is_taken_and_any_other_word_is_drawn() {
        let mut it = replicates(Groups::Hashed);
        for (cell, group) in [("0", 0), ("7.0", 7), ("99", 99), ("100", 0)] {
            assert_eq!(draw(&mut it, &["a", cell], 1), Draw::Fixed(group));
        }
        assert!(matches!(draw(&mut it, &["a", "Bezirk 12"], 1), Draw::Fixed(0..100)));
    }

    #[test]
    fn systematic_groups_follow_one_another() {
        let mut it = replicates(Groups::Systematic);
        let groups: Vec<_> =
            (0..201).map(|row| draw(&mut it, &["a", "5"], row)).collect();
        assert_eq!([groups[0], groups[99]], [Draw::Fixed(0), Draw::Fixed(99)]);
        assert_eq!(groups[200], Draw::Fixed(0));
    }

    #[test]
    fn the_respondents_of_a_frequency_are_spread_over_the_groups() {
        let of = |count| shares(Draw::Hashed(5), exact::Weight::Whole(count)).unwrap();
        assert_eq!(of(1), [(5, Weight::ONE)]);
        for count in [7, 10_000, 10_000_000] {
            let counts: Vec<_> = of(count).iter().map(|it| it.1.respondents()).collect();
            assert_eq!(counts.iter().sum::<u64>(), count);
        }
        // 10,000 fair draws of 100 groups: 100 each, standard deviation 9.95.
        let counts: Vec<_> = of(10_000).iter().map(|it| it.1.respondents()).collect();
        assert!(counts.len() == 100 && counts.iter().all(|it| (60..=140).contains(it)));
        let off = |it: &u64| (i64::try_from(*it).unwrap() - 100).pow(2);
        let variance = counts.iter().map(off).sum::<i64>() / 99;
        assert!((60..=150).contains(&variance), "{variance}");
    }

    #[test]
    fn a_weight_out_of_all_measure_has_no_share() {
        let heavy = exact::Weight::sampling(1e18).unwrap();
        assert_eq!(shares(Draw::Fixed(1), heavy), None);
    }
}
