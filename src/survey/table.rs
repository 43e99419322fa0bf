//! A table: its header, and its rows one after the other, wherever they come from.

use std::collections::VecDeque;
use std::io;

use crate::diag::{Code, Diagnostic};

use super::batch::{Batch, Lines, Ragged};
use super::csv_rows::CsvRows;
use super::header::{Header, Names};
use super::json_rows::JsonRows;
use super::number::DecimalMark;
use super::sighting::{Place, Site, rows};
use super::text::Text;
use super::unread::{COLUMNS, Fault, in_row};

/// Rows above the header that are looked at, and the header.
const LOOKED_AT: usize = 20;
/// Bytes of rows that are read at a time.
const BATCH: usize = 1 << 16;

/// A source of rows.
pub(super) trait Rows {
    /// Reads the next row and says in which line it begins; `None` at the end. Lines
    /// without any text are no rows.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had, or are no rows.
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>>;

    /// Reads lines that come next, none of which need be told from their cells; `None` where
    /// rows can only be had one by one, or there are no more.
    ///
    /// # Errors
    ///
    /// As [`Self::next`].
    fn lines(&mut self) -> io::Result<Option<Lines>> {
        Ok(None)
    }

    /// What may stand before the fraction of a number.
    fn decimal_mark(&self) -> DecimalMark;

    /// Whether rows of another width than the header are at fault, or made to fit.
    fn width(&self) -> Width {
        Width::Fixed
    }

    /// Takes note of the line that the header is in.
    fn begin(&mut self, _header: u64) {}

    /// Whether the rows came to an end, and not a quote to the end of the file.
    fn is_closed(&self) -> bool {
        true
    }

    /// What is to be said of the rows, once all are read.
    fn report(&self, _: Site<'_>) -> Vec<Diagnostic> {
        Vec::new()
    }
}

/// Rows that were read together.
pub(super) enum Portion {
    /// Lines, and the number of the first row among them.
    Lines(Lines, u64),
    /// Rows, which are in the batch.
    Rows,
    /// There are no more.
    End,
}

/// How wide a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// As wide as the header, or at fault.
    Fixed,
    /// As wide as the header: blanks at its end are not written, and what is beside the
    /// table is no part of it.
    Free,
}

/// A table that is read row by row.
pub(super) struct Table<'a> {
    source: Box<dyn Rows + Send + 'a>,
    header: Header,
    /// Rows that were read in search of the header.
    ahead: VecDeque<(csv::ByteRecord, u64)>,
    row: u64,
    /// The line in which the last row begins.
    last_line: u64,
    ragged: Ragged,
    /// Where the header stands if there was something above it.
    found: Option<(u64, u64)>,
    /// Rows under the header that explain it.
    explaining: u64,
    /// The first of them.
    words: csv::ByteRecord,
}

impl<'a> Table<'a> {
    /// Reads the header of `text`; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When the text cannot be read.
    pub(super) fn open(mut text: Text<'a>, names: &Names) -> io::Result<Option<Self>> {
        if JsonRows::begins(text.peek()?) {
            return Self::of(Box::new(JsonRows::open(text, names)?), names);
        }
        Self::of(Box::new(CsvRows::open(text)?), names)
    }

    /// Reads the header of these rows; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When the rows cannot be read.
    pub(super) fn of(
        mut source: Box<dyn Rows + Send + 'a>,
        names: &Names,
    ) -> io::Result<Option<Self>> {
        let mut ahead: VecDeque<(csv::ByteRecord, u64)> = VecDeque::new();
        while ahead.len() < LOOKED_AT {
            let mut row = csv::ByteRecord::new();
            let last: u64 = ahead.back().map_or(0, |(_, line)| *line);
            let place = Place { row: ahead.len() as u64, line: last + 1 };
            let read = source.next(&mut row).map_err(|error| in_row(error, place))?;
            let Some(line) = read else { break };
            ahead.push_back((row, line));
        }
        let rows: Vec<_> = ahead.iter().map(|(row, _)| row.clone()).collect();
        let at = names.header_among(&rows);
        if rows.get(at).is_some_and(|header| header.len() > COLUMNS) {
            return Err(Fault::TooWide.into());
        }
        let header =
            match (at.checked_sub(1).and_then(|above| rows.get(above)), rows.get(at)) {
                (_, None) => return Ok(None),
                (None, Some(header)) => Header::new(header),
                (Some(above), Some(header)) => Header::under(above, header),
            };
        if header.names().all(str::is_empty) {
            return Ok(None);
        }
        let lines: Vec<_> = ahead.drain(..=at).map(|(_, line)| line).collect();
        source.begin(lines.last().copied().unwrap_or_default());
        let found = lines.last().filter(|_| at > 0).map(|line| (at as u64, *line));
        let explaining = explaining(&ahead, &header);
        let words =
            ahead.drain(..explaining).map(|(row, _)| row).next().unwrap_or_default();
        let (ragged, explaining) = (Ragged::default(), explaining as u64);
        Ok(Some(Self {
            source,
            header,
            ahead,
            row: 0,
            last_line: 1,
            ragged,
            found,
            explaining,
            words,
        }))
    }

    /// What a row under the header says of a column in words; empty where none does.
    pub(super) fn words(&self, position: usize) -> String {
        let words = self.words.get(position).unwrap_or_default();
        String::from_utf8_lossy(words).trim().to_owned()
    }

    /// The header.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// What may stand before the fraction of a number.
    pub(super) fn decimal_mark(&self) -> DecimalMark {
        self.source.decimal_mark()
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
    /// When the rows cannot be read.
    pub(super) fn next(
        &mut self,
        row: &mut csv::ByteRecord,
    ) -> io::Result<Option<Place>> {
        while let Some(line) = self.read(row)? {
            self.row += 1;
            self.last_line = line;
            let place = Place { row: self.row, line };
            let width = self.header.width();
            if row.len() == width {
                return Ok(Some(place));
            }
            if self.source.width() == Width::Free {
                row.truncate(width);
                while row.len() < width {
                    row.push_field(b"");
                }
                return Ok(Some(place));
            }
            self.ragged.push(place, row.len());
        }
        Ok(None)
    }

    /// Reads rows that come next: as lines and the number of their first row, which
    /// [`Batch::split`] puts in `batch`, or into `batch` at once.
    ///
    /// # Errors
    ///
    /// When the rows cannot be read.
    pub(super) fn read_portion(&mut self, batch: &mut Batch) -> io::Result<Portion> {
        batch.empty(self.header.width());
        if self.ahead.is_empty() {
            let place = Place { row: self.row + 1, line: self.last_line + 1 };
            if let Some(lines) =
                self.source.lines().map_err(|error| in_row(error, place))?
            {
                self.row += lines.rows;
                self.last_line = lines.first + lines.count - 1;
                return Ok(Portion::Lines(lines, place.row));
            }
        }
        let mut row = csv::ByteRecord::new();
        // Those that were read in search of the header go first, so that lines may follow.
        let few = self.ahead.len();
        for at in 1.. {
            let Some(place) = self.next(&mut row)? else { break };
            batch.push(&row, place);
            if batch.size() >= BATCH || at == few {
                break;
            }
        }
        batch.seal();
        let any = batch.rows().next().is_some();
        Ok(if any { Portion::Rows } else { Portion::End })
    }

    /// Takes note of rows of another width than the header that were met in lines.
    pub(super) fn note_ragged(&mut self, ragged: &Ragged) {
        self.ragged.merge(ragged);
    }

    fn read(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        if let Some((ahead, line)) = self.ahead.pop_front() {
            *row = ahead;
            return Ok(Some(line));
        }
        self.source.next(row).map_err(|error| {
            in_row(error, Place { row: self.row + 1, line: self.last_line + 1 })
        })
    }

    /// What is wrong with the rows, once all are read.
    pub(super) fn report(&self, site: Site<'_>) -> Vec<Diagnostic> {
        let mut problems = self.source.report(site);
        problems.extend(self.found_header(site));
        if !self.source.is_closed() {
            problems.push(self.open_quote(site));
        } else if self.row == 0 {
            let message = format!("`{}` has a header but no rows", site.name);
            problems.push(Diagnostic::error(Code::EMPTY_FILE, site.span, message));
        }
        if self.ragged.rows.count() > 0 {
            problems.push(self.ragged_rows(site));
        }
        problems
    }

    /// What was not taken for answers around the header.
    fn found_header(&self, site: Site<'_>) -> Option<Diagnostic> {
        let name = site.name;
        let (above, line) = self.found.unwrap_or((0, 1));
        let message = match (above, self.explaining) {
            (0, 0) => return None,
            (0, _) => format!("`{name}` explains its header in the rows under it"),
            _ => format!("the header of `{name}` is in line {line}"),
        };
        let mut problem = Diagnostic::warning(Code::HEADER_FOUND, site.span, message);
        if above > 0 {
            problem = problem.note(format!(
                "{} above it {} passed over",
                rows(above),
                was(above)
            ));
        }
        if self.explaining > 0 {
            let (under, was) = (rows(self.explaining), was(self.explaining));
            problem = problem.note(format!("{under} under it {was} passed over"));
        }
        Some(problem)
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
        let found: Vec<_> = self.ragged.widths().map(|it| it.to_string()).collect();
        let ragged = &self.ragged.rows;
        let (count, found) = (rows(ragged.count()), found.join(", "));
        let verb = if ragged.count() == 1 { "has" } else { "have" };
        let name = site.name;
        let message =
            format!("{count} of `{name}` {verb} not as many cells as the header");
        Diagnostic::error(Code::RAGGED_ROW, site.span, message)
            .note(ragged.places())
            .note(format!("expected {width} cells, found {found}"))
            .hint("put quotes around cells that hold a separator or a line break")
    }
}

fn was(count: u64) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

/// How many rows under a header explain it, as survey tools write them: the question in
/// words and a line of import ids (Qualtrics), or the kind of the answer (`SurveyMonkey`).
fn explaining(ahead: &VecDeque<(csv::ByteRecord, u64)>, header: &Header) -> usize {
    let mut first = ahead.iter().take(3);
    let import_ids = |(row, _): &(csv::ByteRecord, u64)| {
        row.iter().any(|cell| cell.starts_with(b"{\"ImportId\":"))
    };
    if let Some(at) = first.position(import_ids) {
        return at + 1;
    }
    let kinds = |row: &csv::ByteRecord| {
        let said: Vec<_> = row.iter().filter(|cell| !cell.is_empty()).collect();
        let kind = |cell: &&[u8]| matches!(*cell, b"Response" | b"Open-Ended Response");
        row.len() == header.width() && !said.is_empty() && said.iter().all(kind)
    };
    usize::from(ahead.front().is_some_and(|(row, _)| kinds(row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, Language};
    use crate::survey::header::Found;

    fn table(bytes: &[u8]) -> Option<Table<'_>> {
        let text = Text::open(Box::new(bytes), &Language::english()).unwrap().unwrap();
        Table::open(text, &Names::default()).unwrap()
    }

    fn places(bytes: &[u8]) -> Vec<(u64, u64)> {
        let (mut table, mut row) = (table(bytes).unwrap(), csv::ByteRecord::new());
        let mut places = Vec::new();
        while let Some(place) = table.next(&mut row).unwrap() {
            places.push((place.row, place.line));
        }
        places
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
        assert_eq!(header.find(&Column::named("q1")), Found::At(1));
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
