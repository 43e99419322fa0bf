//! The names of the columns of a table, and which of its rows holds them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Column, ResponseFile, SurveyPlan};

use super::number::{DecimalMark, number};

/// The names of the columns of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    names: Vec<String>,
    positions: BTreeMap<String, Vec<usize>>,
}

/// Where a column of the map stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// At this position, from 0.
    At(usize),
    /// The file does not have it.
    Absent,
    /// Several columns have the name.
    Twice {
        /// The name.
        name: String,
        /// Their positions, from 0.
        positions: Vec<usize>,
    },
}

impl Header {
    /// A header of these cells; blanks and byte order marks around a name do not count.
    pub(super) fn new<'a>(cells: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut header = Self::default();
        for (position, cell) in cells.into_iter().enumerate() {
            let name = String::from_utf8_lossy(cell);
            let name = bare(&name).to_owned();
            header.positions.entry(name.clone()).or_default().push(position);
            header.names.push(name);
        }
        header
    }

    /// A header of two rows: what the lower one leaves blank is named by the upper one, as
    /// where cells of a spreadsheet are merged.
    pub(super) fn under(upper: &csv::ByteRecord, lower: &csv::ByteRecord) -> Self {
        let cell =
            |row: &'_ csv::ByteRecord, at| row.get(at).unwrap_or_default().to_vec();
        let cells = (0..upper.len().max(lower.len())).map(|at| match cell(lower, at) {
            blank if blank.iter().all(u8::is_ascii_whitespace) => cell(upper, at),
            named => named,
        });
        let cells: Vec<_> = cells.collect();
        Self::new(cells.iter().map(Vec::as_slice))
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    /// The names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The name of the column at `position`, or `#17` where it has none.
    pub(super) fn name(&self, position: usize) -> String {
        match self.names.get(position) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => format!("#{}", position + 1),
        }
    }

    /// Where `column` stands: the first of its names that the file has is the one.
    pub(super) fn find(&self, column: &Column) -> Found {
        for name in &column.names {
            if let Some(position) = by_position(name) {
                if position < self.width() {
                    return Found::At(position);
                }
                continue;
            }
            match self.positions.get(bare(name)).map(Vec::as_slice) {
                Some([position]) => return Found::At(*position),
                Some(positions) => {
                    let name = bare(name).to_owned();
                    return Found::Twice { name, positions: positions.to_vec() };
                }
                None => {}
            }
        }
        Found::Absent
    }
}

/// The position, from 0, that `#17` means.
fn by_position(name: &str) -> Option<usize> {
    let number = name.trim().strip_prefix('#')?;
    number.parse::<usize>().ok()?.checked_sub(1)
}

fn bare(name: &str) -> &str {
    name.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}')
}

/// Every column of `file` that the map names.
pub(super) fn columns<'a>(
    plan: &'a SurveyPlan,
    file: &'a ResponseFile,
) -> impl Iterator<Item = &'a Column> {
    let questions = plan.overall.iter().chain(&plan.recommend);
    let questions = questions.chain(&plan.questions);
    let questions = questions.chain(file.overrides.questions.values());
    let columns = questions.map(|it| &it.column);
    columns
        .chain(plan.columns_beside())
        .chain(&plan.wave)
        .chain(&plan.respondent)
        .chain(&plan.replicate_group)
        .chain(&plan.date)
        .chain(&plan.weight)
        .chain(&file.overrides.weight)
        .chain(plan.segments.iter().map(|it| &it.column))
}

/// Names that a header may hold, so that it can be told from a title above it.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    known: BTreeSet<String>,
    /// What to do where none of them is found.
    unknown: Unknown,
}

/// Which row is the header where none of the names of the map is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unknown {
    /// The first, so that the map is what is found wrong.
    #[default]
    First,
    /// The first that looks like one.
    Guessed,
}

impl Names {
    /// Every name by which the map, or a table of scores, calls a column of `file`.
    pub(super) fn of(plan: &SurveyPlan, file: &ResponseFile) -> Self {
        let names = columns(plan, file).flat_map(|column| &column.names);
        let names = names.filter(|name| by_position(name).is_none());
        let tables = ["touchpoint", "score", "wave", "n", "mean"].map(str::to_owned);
        let known = names.map(|name| bare(name).to_owned()).chain(tables).collect();
        Self { known, unknown: Unknown::First }
    }

    /// The same names, of which the header may hold none.
    pub(super) fn guessing(self) -> Self {
        Self { unknown: Unknown::Guessed, ..self }
    }

    /// Whether the map calls a column `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.known.contains(bare(name))
    }

    /// How many cells of a row are among them.
    pub(super) fn known(&self, row: &csv::ByteRecord) -> usize {
        row.iter().filter(|cell| self.has(&String::from_utf8_lossy(cell))).count()
    }

    /// How much speaks for a sheet with this row: the names in it; where there need be none,
    /// its filled cells, too.
    pub(super) fn fit(&self, row: &csv::ByteRecord) -> usize {
        match self.unknown {
            Unknown::First => self.known(row),
            Unknown::Guessed => self.known(row) * 1_000 + filled(row),
        }
    }

    /// Which of these rows, the first ones of a table, is its header, from 0: the first,
    /// unless a later one has more of the names, and more than one of them; one will do
    /// under a row of a single cell, which is a title.
    pub(super) fn header_among(&self, rows: &[csv::ByteRecord]) -> usize {
        let Some(first) = rows.first() else { return 0 };
        let mut best = (0, self.known(first));
        let title = first.iter().filter(|cell| !cell.is_empty()).count() == 1;
        let enough = if title && best.1 == 0 { 1 } else { 2 };
        for (index, row) in rows.iter().enumerate().skip(1) {
            let found = self.known(row);
            if found >= enough && found > best.1 {
                best = (index, found);
            }
        }
        match self.unknown {
            Unknown::Guessed if best == (0, 0) => first_of_words(rows),
            _ => best.0,
        }
    }
}

fn filled(row: &csv::ByteRecord) -> usize {
    row.iter().filter(|cell| !cell.trim_ascii().is_empty()).count()
}

/// The first row that is more than half as full as the fullest, and has more words than
/// numbers: what stands above it is a title.
fn first_of_words(rows: &[csv::ByteRecord]) -> usize {
    let fullest = rows.iter().map(filled).max().unwrap_or_default();
    let is_number = |cell: &[u8]| {
        let text = String::from_utf8_lossy(cell);
        number(&text, DecimalMark::Point).is_some()
    };
    let fits = |row: &csv::ByteRecord| {
        let (cells, numbers) =
            (filled(row), row.iter().filter(|it| is_number(it)).count());
        cells * 2 > fullest && numbers * 2 <= cells
    };
    rows.iter().position(fits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(names: &[&str]) -> Column {
        Column { names: names.iter().map(ToString::to_string).collect(), span: None }
    }

    fn rows(rows: &[&[&str]]) -> Vec<csv::ByteRecord> {
        rows.iter().map(|row| row.iter().collect()).collect()
    }

    #[test]
    fn the_first_name_that_the_file_has_is_read() {
        let header = Header::new([b"Q7ART".as_slice(), b"Q7FOOD"]);
        assert_eq!(header.find(&column(&["Q7A_ART", "Q7ART"])), Found::At(0));
        assert_eq!(header.find(&column(&["Q7A_ART"])), Found::Absent);
    }

    #[test]
    fn a_column_may_be_addressed_by_position() {
        let header = Header::new([b"a".as_slice(), b"a"]);
        assert_eq!(header.find(&column(&["#2"])), Found::At(1));
        assert_eq!(header.find(&column(&["#3"])), Found::Absent);
        assert_eq!(header.find(&column(&["#0"])), Found::Absent);
        let twice = Found::Twice { name: "a".to_owned(), positions: vec![0, 1] };
        assert_eq!(header.find(&column(&["a"])), twice);
    }

    #[test]
    fn titles_above_a_header_are_passed_over() {
        let known = ["id", "q1", "q2"].map(str::to_owned).into();
        let names = Names { known, ..Names::default() };
        let found = |it: &[&[&str]]| names.header_among(&rows(it));
        assert_eq!(
            found(&[&["Survey 2025"], &["2025-03-31"], &["id", "q1"], &["1", "7"]]),
            2
        );
        assert_eq!(found(&[&["id", "q1"], &["1", "7"]]), 0);
        // A title of one cell is enough for one name, a header with other names is not.
        assert_eq!(found(&[&["Survey", ""], &["no", "q1"]]), 1);
        assert_eq!(found(&[&["no", "x"], &["1", "q1"]]), 0);
        // Nothing known: the first row it is, so that the map is what is found wrong.
        assert_eq!(found(&[&["a", "b"], &["1", "2"]]), 0);
    }

    #[test]
    fn a_header_without_a_known_name_is_the_first_row_of_words() {
        let names = Names::default().guessing();
        let found = |it: &[&[&str]]| names.header_among(&rows(it));
        assert_eq!(found(&[&["Survey", ""], &["no", "door"], &["1", "7"]]), 1);
        assert_eq!(found(&[&["no", "door"], &["1", "7"]]), 0);
        assert_eq!(found(&[&["1", "2"], &["1", "7"]]), 0);
    }

    #[test]
    fn a_header_of_two_rows_fills_its_gaps_from_above() {
        let two = rows(&[&["id", "Rooms", ""], &["", "q1", "q2"]]);
        let header = Header::under(&two[0], &two[1]);
        assert_eq!(header.names().collect::<Vec<_>>(), ["id", "q1", "q2"]);
    }
}
