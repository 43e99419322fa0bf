//! Some rows of a table, to be read at once.

use super::memo::{Key, PADDING, key_in};
use super::sighting::{Place, Sightings};

/// Widths that are told of rows that are not as wide as the header.
const WIDTHS: usize = 5;

/// Lines of separated cells, in which there is no quote.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// A line feed, and the lines, each of which ends in one.
    pub(super) text: Vec<u8>,
    /// What separates the cells.
    pub(super) separator: u8,
    /// How many lines.
    pub(super) count: u64,
    /// How many of them are rows: those that have any text.
    pub(super) rows: u64,
    /// The first line, from 1.
    pub(super) first: u64,
}

/// Rows as wide as the header.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    /// The text of all cells, each between two bytes that are part of none, and padding.
    text: Vec<u8>,
    /// Row by row, where the byte is before its first cell, and the one after each cell; there
    /// is room for more.
    bounds: Vec<u32>,
    /// How many bounds there are.
    bound: usize,
    width: usize,
    places: Vec<Place>,
}

/// The cells of one row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'a> {
    text: &'a [u8],
    bounds: &'a [u32],
}

/// Rows that are not as wide as the header.
#[derive(Clone, Debug, Default)]
pub(super) struct Ragged {
    /// Where they are.
    pub(super) rows: Sightings,
    /// The first rows of different widths, and these.
    widths: Vec<(u64, usize)>,
}

impl Ragged {
    /// Records a row of so many cells.
    pub(super) fn push(&mut self, place: Place, width: usize) {
        self.rows.push(place);
        self.note(place.row, width);
    }

    fn note(&mut self, row: u64, width: usize) {
        match self.widths.iter_mut().find(|(_, it)| *it == width) {
            Some((first, _)) => *first = row.min(*first),
            None => self.widths.push((row, width)),
        }
        self.widths.sort_unstable();
        self.widths.truncate(WIDTHS);
    }

    /// Takes in other rows of the same file.
    pub(super) fn merge(&mut self, other: &Self) {
        self.rows.merge(&other.rows);
        for &(row, width) in &other.widths {
            self.note(row, width);
        }
    }

    /// The first few widths, in the order of their rows.
    pub(super) fn widths(&self) -> impl Iterator<Item = usize> {
        self.widths.iter().map(|(_, width)| *width)
    }
}

impl Batch {
    /// None of a table of this width.
    pub(super) fn empty(&mut self, width: usize) {
        self.text.clear();
        self.text.push(b'\n');
        self.bound = 0;
        self.places.clear();
        self.width = width;
    }

    /// Adds a row as wide as the table.
    pub(super) fn push(&mut self, row: &csv::ByteRecord, place: Place) {
        self.bound(self.text.len().saturating_sub(1));
        for cell in row {
            self.text.extend_from_slice(cell);
            self.bound(self.text.len());
            self.text.push(b'\n');
        }
        self.places.push(place);
    }

    /// Adds a row of a batch as wide.
    pub(super) fn push_cells(&mut self, row: Cells<'_>, place: Place) {
        self.bound(self.text.len().saturating_sub(1));
        for column in 0..self.width {
            self.text.extend_from_slice(row.get(column));
            self.bound(self.text.len());
            self.text.push(b'\n');
        }
        self.places.push(place);
    }

    /// Gives back the room that is not used.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.bounds.truncate(self.bound);
        self.bounds.shrink_to_fit();
        self.places.shrink_to_fit();
    }

    /// How many cells its rows have.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Ends the adding of rows.
    pub(super) fn seal(&mut self) {
        self.text.extend_from_slice(&[0; PADDING]);
    }

    /// Bytes of the rows.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// Takes the rows of `lines`, the first of which has the number `row`; those of another
    /// width go to `ragged`.
    pub(super) fn split(&mut self, lines: Lines, row: u64, ragged: &mut Ragged) {
        self.text = lines.text;
        self.seal();
        let most = self.text.len() + STEP;
        if self.bounds.len() < most {
            self.bounds.resize(most, 0);
        }
        let mut bounds = Bounds { of: &mut self.bounds, count: 0 };
        bounds.push(0, 1);
        let (mut start, mut place) = (0, Place { row, line: lines.first });
        each_part(&self.text, lines.separator, |base, hits, ends| {
            let (mut hits, mut ends) = (hits, ends);
            while ends != 0 {
                // Up to the end of the line.
                let of_line = hits & (ends ^ (ends - 1));
                bounds.push(base, of_line);
                (hits, ends) = (hits & !of_line, ends & (ends - 1));
                let cells = bounds.count - start - 1;
                let (before, end) = (bounds.at(start), bounds.at(bounds.count - 1));
                // A line of nothing but separators is no row.
                let is_row = end - before != cells;
                if is_row && cells == self.width {
                    self.places.push(place);
                    start = bounds.count;
                } else if is_row {
                    ragged.push(place, cells);
                }
                place.row += u64::from(is_row);
                place.line += 1;
                bounds.count = start;
                bounds.push(end, 1);
            }
            bounds.push(base, hits);
        });
        self.bound = start;
    }

    fn bound(&mut self, at: usize) {
        self.bounds.truncate(self.bound);
        self.bounds.push(number(at));
        self.bound += 1;
    }

    /// The bytes of all cells and, row by row, where each begins and ends; row `r` has `width`
    /// cells from `r * (width + 1)`: between one bound and the next, both left out.
    pub(super) fn parts(&self) -> (&[u8], &[u32], usize) {
        (&self.text, self.bounds(), self.width)
    }

    fn bounds(&self) -> &[u32] {
        self.bounds.get(..self.bound).unwrap_or_default()
    }

    /// Where the rows are.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The rows, and where they are.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Cells<'_>, Place)> {
        let rows = self.bounds().chunks_exact(self.width + 1);
        rows.map(|bounds| Cells { text: &self.text, bounds })
            .zip(self.places.iter().copied())
    }
}

impl<'a> Cells<'a> {
    /// The cell of a column; nothing where there is no such column.
    #[inline]
    pub(super) fn get(self, column: usize) -> &'a [u8] {
        let (start, end) = self.range(column).unwrap_or_default();
        self.text.get(start..end).unwrap_or_default()
    }

    /// The key of the cell of a column, if it is short.
    #[inline]
    pub(super) fn key(self, column: usize) -> Option<Key> {
        let (start, end) = self.range(column)?;
        key_in(self.text, start, end - start)
    }

    #[inline]
    fn range(self, column: usize) -> Option<(usize, usize)> {
        match self.bounds.get(column..)? {
            [before, end, ..] => Some((*before as usize + 1, *end as usize)),
            _ => None,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a batch has a few records at most")]
fn number(at: usize) -> u32 {
    at as u32
}

const ONES: u64 = u64::MAX / 255;

/// Bytes that are looked through at a time, at most.
const PART: usize = 64;
/// Bounds that are written at a time.
const STEP: usize = 4;

/// Where cells begin and end, in room enough for [`STEP`] more.
struct Bounds<'a> {
    of: &'a mut [u32],
    count: usize,
}

impl Bounds<'_> {
    /// Adds `base` and the number of each bit that is set. As many are always written as make
    /// whole steps, and those too many are not counted: a step is less than a wrong guess of
    /// how many there will be.
    #[inline]
    fn push(&mut self, base: usize, bits: u64) {
        let (mut next, mut left) = (self.count, bits);
        while left != 0 {
            let room = self.of.get_mut(next..).and_then(<[u32]>::first_chunk_mut::<STEP>);
            let Some(room) = room else { break };
            for bound in room {
                *bound = number(base) + left.trailing_zeros();
                left &= left.wrapping_sub(1);
            }
            next += STEP;
        }
        self.count += bits.count_ones() as usize;
    }

    fn at(&self, place: usize) -> usize {
        self.of.get(place).map_or(0, |it| *it as usize)
    }
}

/// Calls `found` with the place of each part of the text, bits for its separators and line
/// feeds, and bits for its line feeds alone. The first byte is passed over.
fn each_part(text: &[u8], separator: u8, mut found: impl FnMut(usize, u64, u64)) {
    let (parts, rest) = text.as_chunks::<PART>();
    let mut last = [0; PART];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    for (at, part) in parts.iter().chain([&last]).enumerate() {
        let first = u64::from(at == 0);
        let ends = places(part, b'\n') & !first;
        found(PART * at, (places(part, separator) | ends) & !first, ends);
    }
}

/// A bit for each byte that is this one.
#[inline]
fn places(part: &[u8; PART], byte: u8) -> u64 {
    /// Brings the lowest bit of each byte into the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (words, _) = part.as_chunks::<8>();
    let mut bits = 0;
    for (at, word) in words.iter().enumerate() {
        let same = zeros(u64::from_le_bytes(*word) ^ (ONES * u64::from(byte))) >> 7;
        bits |= (same.wrapping_mul(GATHER) >> 56) << (8 * at);
    }
    bits
}

/// The highest bit of each byte that is 0 (H. S. Warren, Hacker's Delight, 2013, §6-1).
fn zeros(bytes: u64) -> u64 {
    let low = ONES * 0x7f;
    !((bytes & low).wrapping_add(low) | bytes | low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Lines {
        let text = format!("\n{text}").into_bytes();
        Lines { text, separator: b',', count: 0, rows: 0, first: 7 }
    }

    fn read(batch: &Batch) -> Vec<(u64, u64, Vec<String>)> {
        let cell =
            |cells: Cells<'_>, at| String::from_utf8(cells.get(at).to_vec()).unwrap();
        let row = |(cells, place): (Cells<'_>, Place)| {
            let cells = (0..batch.width).map(|at| cell(cells, at)).collect();
            (place.row, place.line, cells)
        };
        batch.rows().map(row).collect()
    }

    #[test]
    fn lines_are_split_into_the_cells_of_rows() {
        let (mut batch, mut ragged) = (Batch::default(), Ragged::default());
        batch.empty(3);
        batch.split(
            lines("1,,3\n\n,,\na,好的很好的很好的,\n1,2\n,\n,,x\n1,2,3,4\n"),
            20,
            &mut ragged,
        );
        let row =
            |row, line, cells: [&str; 3]| (row, line, cells.map(str::to_owned).to_vec());
        let expected = [
            row(20, 7, ["1", "", "3"]),
            row(21, 10, ["a", "好的很好的很好的", ""]),
            row(23, 13, ["", "", "x"]),
        ];
        assert_eq!(read(&batch), expected);
        assert_eq!(ragged.rows.places(), "rows 22, 24 (lines 11, 14)");
        assert_eq!(ragged.widths().collect::<Vec<_>>(), [2, 4]);
        let (cells, _) = batch.rows().next().unwrap();
        assert_eq!(cells.key(1), key_in(&[0; 20], 0, 0));
        assert_eq!((cells.get(3), cells.key(3)), (&[][..], None));
    }

    #[test]
    fn records_are_the_same_rows() {
        let (mut of_lines, mut of_records) = (Batch::default(), Batch::default());
        of_lines.empty(2);
        of_lines.split(lines("a,b\n,ccccccccccc\nd,\n"), 1, &mut Ragged::default());
        of_records.empty(2);
        for (at, row) in [["a", "b"], ["", "ccccccccccc"], ["d", ""]].iter().enumerate() {
            let at = at as u64;
            let place = Place { row: 1 + at, line: 7 + at };
            of_records.push(&csv::ByteRecord::from(row.to_vec()), place);
        }
        of_records.seal();
        assert_eq!(read(&of_lines), read(&of_records));
        let keys =
            |batch: &Batch| batch.rows().map(|(it, _)| it.key(1)).collect::<Vec<_>>();
        assert_eq!(keys(&of_lines), keys(&of_records));
    }

    #[test]
    fn every_byte_is_looked_at() {
        for length in [1, 40, 64, 65, 127, 128, 150] {
            for at in 1..length {
                let mut text = vec![0x8c_u8; length];
                (text[0], text[at]) = (b'\n', b',');
                text[length - 1] = b'\n';
                let (mut found, mut lines) = (Vec::new(), Vec::new());
                each_part(&text, b',', |base, hits, ends| {
                    for bit in (0..64).filter(|bit| hits >> bit & 1 == 1) {
                        found.push(base + bit);
                        lines.extend((ends >> bit & 1 == 1).then_some(base + bit));
                    }
                });
                let both = if at == length - 1 { vec![at] } else { vec![at, length - 1] };
                assert_eq!((found, lines), (both, vec![length - 1]), "{length} {at}");
            }
        }
    }

    #[test]
    fn many_cells_in_one_step_are_all_cells() {
        for cells in 1..200 {
            let (mut batch, mut ragged) = (Batch::default(), Ragged::default());
            batch.empty(cells);
            let row = vec!["7"; cells].join(",");
            batch.split(lines(&format!("{row}\n{row}\n,\n")), 1, &mut ragged);
            let expected = [1, 2].map(|it| (it, 6 + it, vec!["7".to_owned(); cells]));
            assert_eq!(read(&batch), expected);
            assert_eq!(ragged.widths().count(), 0);
        }
    }

    #[test]
    fn ragged_rows_are_told_in_the_order_of_the_file() {
        let place = |row| Place { row, line: row + 1 };
        let (mut early, mut late) = (Ragged::default(), Ragged::default());
        for (row, width) in [(1, 21), (2, 22), (3, 23)] {
            early.push(place(row), 2);
            late.push(place(10 + row), width);
        }
        late.merge(&early);
        assert_eq!(
            late.rows.places(),
            "rows 1, 2, 3, 11, 12 and 1 more (lines 2, 3, 4, 12, 13 …)"
        );
        assert_eq!(late.widths().collect::<Vec<_>>(), [2, 21, 22, 23]);
    }
}
