//! A table of text: its header, and its rows one after the other.

use std::collections::BTreeMap;
use std::io;

use crate::diag::{Code, Diagnostic};
use crate::model::Column;

use super::dialect::{Dialect, Preamble};
use super::number::DecimalMark;
use super::sighting::{Place, Sightings, Site, rows};
use super::text::{END, Text};

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

/// The failure of the file behind a failure to read a record.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn bare(name: &str) -> &str {
    name.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}')
}

/// A table that is read row by row.
pub(super) struct Table<'a> {
    reader: csv::Reader<Text<'a>>,
    header: Header,
    mark: DecimalMark,
    row: u64,
    /// The line in which the last row begins.
    last_line: u64,
    ragged: Sightings,
    widths: Vec<usize>,
    ending: Ending,
}

/// Whether the rows came to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// There are more, or the last one took in the end of the file.
    Open,
    /// The end of the file was a row of its own.
    Closed,
}

impl<'a> Table<'a> {
    /// Reads the header of `text`; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When the text cannot be read.
    pub(super) fn open(mut text: Text<'a>) -> io::Result<Option<Self>> {
        let sample = text.peek()?.to_vec();
        let dialect = Dialect::of(&sample);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(dialect.separator)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(text);
        let mut record = csv::ByteRecord::new();
        if dialect.preamble == Preamble::Separator {
            reader.read_byte_record(&mut record).map_err(cause)?;
        }
        reader.read_byte_record(&mut record).map_err(cause)?;
        let header = Header::new(&record);
        if header.names().all(|name| name.is_empty() || name == END) {
            return Ok(None);
        }
        let mark = dialect.decimal_mark();
        let (ragged, widths, ending) = (Sightings::default(), Vec::new(), Ending::Open);
        Ok(Some(Self {
            reader,
            header,
            mark,
            row: 0,
            last_line: 1,
            ragged,
            widths,
            ending,
        }))
    }

    /// The header.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// What may stand before the fraction of a number.
    pub(super) fn decimal_mark(&self) -> DecimalMark {
        self.mark
    }

    /// Rows read so far, whether or not they had as many cells as the header.
    pub(super) fn rows(&self) -> u64 {
        self.row
    }

    /// Reads the next row that has a cell for every column; `None` at the end.
    ///
    /// Rows without any text, as spreadsheets leave them below a table, are passed over.
    /// Ragged rows are passed over too, and reported by [`Self::report`].
    ///
    /// # Errors
    ///
    /// When the text cannot be read.
    pub(super) fn next(
        &mut self,
        row: &mut csv::ByteRecord,
    ) -> io::Result<Option<Place>> {
        while self.reader.read_byte_record(row).map_err(cause)? {
            if row.as_slice().is_empty() {
                continue;
            }
            if row.len() == 1 && row.as_slice() == END.as_bytes() {
                self.ending = Ending::Closed;
                return Ok(None);
            }
            self.row += 1;
            self.last_line = self.line(row);
            let place = Place { row: self.row, line: self.last_line };
            if row.len() == self.header.width() {
                return Ok(Some(place));
            }
            self.ragged.push(place);
            if self.widths.len() < 5 && !self.widths.contains(&row.len()) {
                self.widths.push(row.len());
            }
        }
        Ok(None)
    }

    /// The line in which `row`, the last one read, begins: every line ends in a line feed.
    #[expect(clippy::naive_bytecount, reason = "rows are short")]
    fn line(&self, row: &csv::ByteRecord) -> u64 {
        let inside = row.as_slice().iter().filter(|byte| **byte == b'\n').count();
        self.reader.position().line().saturating_sub(inside as u64 + 1)
    }

    /// What is wrong with the rows, once all are read.
    pub(super) fn report(&self, site: Site<'_>) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        if self.ending == Ending::Open {
            problems.push(self.open_quote(site));
        } else if self.row == 0 {
            let message = format!("`{}` has a header but no rows", site.name);
            problems.push(Diagnostic::error(Code::EMPTY_FILE, site.span, message));
        }
        if self.ragged.count() > 0 {
            problems.push(self.ragged_rows(site));
        }
        problems
    }

    /// The last row, or the header, goes on to the end of the file.
    fn open_quote(&self, site: Site<'_>) -> Diagnostic {
        let name = site.name;
        let whose = match self.row {
            0 => "the header".to_owned(),
            row => format!("row {row} (line {})", self.last_line),
        };
        let message = format!("a quote in {whose} of `{name}` is never closed");
        Diagnostic::error(Code::RAGGED_ROW, site.span, message)
            .hint("close the quote, or double it where it belongs to the text")
    }

    fn ragged_rows(&self, site: Site<'_>) -> Diagnostic {
        let width = self.header.width();
        let found: Vec<_> = self.widths.iter().map(ToString::to_string).collect();
        let (count, found) = (rows(self.ragged.count()), found.join(", "));
        let verb = if self.ragged.count() == 1 { "has" } else { "have" };
        let name = site.name;
        let message =
            format!("{count} of `{name}` {verb} not as many cells as the header");
        Diagnostic::error(Code::RAGGED_ROW, site.span, message)
            .note(self.ragged.places())
            .note(format!("expected {width} cells, found {found}"))
            .hint("put quotes around cells that hold a separator or a line break")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn table(bytes: &[u8]) -> Option<Table<'_>> {
        let text = Text::open(Box::new(bytes), &Language::english()).unwrap().unwrap();
        Table::open(text).unwrap()
    }

    fn places(bytes: &[u8]) -> Vec<(u64, u64)> {
        let (mut table, mut row) = (table(bytes).unwrap(), csv::ByteRecord::new());
        let mut places = Vec::new();
        while let Some(place) = table.next(&mut row).unwrap() {
            places.push((place.row, place.line));
        }
        places
    }

    fn column(names: &[&str]) -> Column {
        Column { names: names.iter().map(ToString::to_string).collect(), span: None }
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        let lines = [(1, 2), (2, 4), (3, 5), (4, 7)];
        assert_eq!(places(b"a,b\n1,2\n\n3,4\n\"x\ny\",5\n6,7"), lines);
        assert_eq!(places(b"a,b\r\n1,2\r\n\r\n3,4\r\n\"x\r\ny\",5\r\n6,7\r\n"), lines);
        assert_eq!(places(b"a,b\r1,2\r\r3,4\r\"x\ry\",5\r6,7\r"), lines);
    }

    #[test]
    fn a_header_is_trimmed_of_blanks_and_marks() {
        let table = table("\u{feff}\"\u{feff} id \",  q1,\"q\n2\"\n1,2,3\n".as_bytes());
        let header = table.unwrap().header().clone();
        assert_eq!(header.names().collect::<Vec<_>>(), ["id", "q1", "q\n2"]);
        assert_eq!(header.find(&column(&["q1"])), Found::At(1));
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
    fn ragged_rows_are_reported_with_their_places() {
        let mut table = table(b"a,b\n1,2\n3\n4,5,6\n7,8\n").unwrap();
        let mut row = csv::ByteRecord::new();
        let mut read = 0;
        while table.next(&mut row).unwrap().is_some() {
            read += 1;
        }
        let problems = table.report(Site { name: "x.csv", span: None });
        assert_eq!((read, problems.len()), (2, 1));
        let problem = &problems[0];
        assert_eq!(problem.code, Code::RAGGED_ROW);
        assert_eq!(problem.notes[0], "rows 2, 3 (lines 3, 4)");
        assert_eq!(problem.notes[1], "expected 2 cells, found 1, 3");
    }

    #[test]
    fn rows_without_any_text_are_no_respondents() {
        assert_eq!(places(b"a,b\n1,2\n,\n,\n3,4\n,\n"), [(1, 2), (2, 5)]);
    }

    #[test]
    fn a_file_without_a_header_is_no_table() {
        for empty in ["", "\n\n", "\u{feff}", ",,\n", "  \n"] {
            assert!(table(empty.as_bytes()).is_none(), "{empty:?}");
        }
    }

    #[test]
    fn a_first_line_may_name_the_separator() {
        let table = table(b"sep=;\r\na;b\r\n1;2\r\n").unwrap();
        assert_eq!(table.header().names().collect::<Vec<_>>(), ["a", "b"]);
    }
}
