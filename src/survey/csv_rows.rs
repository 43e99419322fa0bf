//! The rows of a text whose cells are separated: CSV, TSV and their like.
//!
//! Lines without a quote are handed out as they are, many at a time, to be taken apart by
//! whoever counts them. From the first quote on, where a line need not be a row, the csv
//! crate reads the rest.

use std::io;

use memchr::{memchr, memchr_iter, memmem, memrchr};

use super::batch::Lines;
use super::dialect::{Dialect, Preamble};
use super::number::DecimalMark;
use super::table::Rows;
use super::text::{END, Text};

/// Bytes of lines that are handed out at a time.
const PORTION: usize = 1 << 17;

/// Rows of separated cells.
pub(super) struct CsvRows<'a> {
    source: Source<'a>,
    separator: u8,
    mark: DecimalMark,
    ending: Ending,
    /// Lines taken from the text before there was a quote.
    lines: u64,
}

/// Where rows are read from.
enum Source<'a> {
    /// So far there was no quote.
    Plain(Text<'a>),
    /// There was one.
    Quoted(Box<csv::Reader<Text<'a>>>),
    /// For the moment between the two.
    Neither,
}

/// Whether the rows came to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// There are more, or the last one took in the end of the file.
    Open,
    /// The end of the file was a row of its own.
    Closed,
}

impl<'a> CsvRows<'a> {
    /// Finds how the cells of `text` are separated.
    ///
    /// # Errors
    ///
    /// When the text cannot be read.
    pub(super) fn open(mut text: Text<'a>) -> io::Result<Self> {
        let dialect = Dialect::of(text.peek()?);
        let mut lines = 0;
        if dialect.preamble == Preamble::Separator {
            let preamble = text.lines(1)?.len();
            text.take(preamble);
            lines = 1;
        }
        Ok(Self {
            source: Source::Plain(text),
            separator: dialect.separator,
            mark: dialect.decimal_mark(),
            ending: Ending::Open,
            lines,
        })
    }

    /// The next row of a text without quotes; `None` at its end, or before a quote.
    fn next_plain(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        let Source::Plain(text) = &mut self.source else { return Ok(None) };
        loop {
            let line = text.lines(1)?;
            let taken = line.len();
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            if taken == 0 || line == END.as_bytes() {
                self.ending = if taken > 0 { Ending::Closed } else { self.ending };
                text.take(taken);
                return Ok(None);
            }
            if memchr(b'"', line).is_some() {
                self.expect_quotes();
                return Ok(None);
            }
            row.clear();
            line.split(|byte| *byte == self.separator).for_each(|it| row.push_field(it));
            text.take(taken);
            self.lines += 1;
            if !row.as_slice().is_empty() {
                return Ok(Some(self.lines));
            }
        }
    }

    /// Leaves the rest of the text to a reader that knows quotes.
    fn expect_quotes(&mut self) {
        self.source = match std::mem::replace(&mut self.source, Source::Neither) {
            Source::Plain(text) => Source::Quoted(Box::new(
                csv::ReaderBuilder::new()
                    .delimiter(self.separator)
                    .has_headers(false)
                    .flexible(true)
                    .buffer_capacity(1 << 16)
                    .from_reader(text),
            )),
            other => other,
        };
    }

    fn next_quoted(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        let Source::Quoted(reader) = &mut self.source else { return Ok(None) };
        while reader.read_byte_record(row).map_err(cause)? {
            reader.get_mut().end_record();
            if row.as_slice().is_empty() {
                continue;
            }
            if row.len() == 1 && row.as_slice() == END.as_bytes() {
                self.ending = Ending::Closed;
                return Ok(None);
            }
            return Ok(Some(self.lines + line(reader.position(), row)));
        }
        Ok(None)
    }
}

/// The line in which `row`, the last one read, begins: every line ends in a line feed.
fn line(position: &csv::Position, row: &csv::ByteRecord) -> u64 {
    let inside = memchr_iter(b'\n', row.as_slice()).count();
    // One whose quote is still open at the end of the file ends in no line feed.
    let open = row.as_slice().ends_with(format!("{END}\n").as_bytes());
    position.line().saturating_sub(inside as u64 + u64::from(!open))
}

impl Rows for CsvRows<'_> {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        if let Some(line) = self.next_plain(row)? {
            return Ok(Some(line));
        }
        self.next_quoted(row)
    }

    fn lines(&mut self) -> io::Result<Option<Lines>> {
        let Source::Plain(text) = &mut self.source else { return Ok(None) };
        let lines = text.lines(PORTION)?;
        let quote = memchr(b'"', lines).map(|at| memrchr(b'\n', &lines[..at]));
        let lines = match quote {
            Some(line) => &lines[..line.map_or(0, |it| it + 1)],
            None => lines.strip_suffix(format!("{END}\n").as_bytes()).unwrap_or(lines),
        };
        if lines.is_empty() || !lines.ends_with(b"\n") {
            return Ok(None);
        }
        let separator = self.separator;
        let count = memchr_iter(b'\n', lines).count() as u64;
        let (first, length) = (self.lines + 1, lines.len());
        let text_of = [b"\n", lines].concat();
        let rows = count - blank(&text_of, separator);
        text.take(length);
        self.lines += count;
        Ok(Some(Lines { text: text_of, separator, count, rows, first }))
    }

    fn decimal_mark(&self) -> DecimalMark {
        self.mark
    }

    fn is_closed(&self) -> bool {
        self.ending == Ending::Closed
    }
}

/// How many lines have nothing but separators, in lines that come after a line feed.
fn blank(text: &[u8], separator: u8) -> u64 {
    let is_blank = |at: &usize| {
        let mut line = text.iter().skip(at + 1);
        line.find(|byte| **byte != separator) == Some(&b'\n')
    };
    let of =
        |second: u8| memmem::find_iter(text, &[b'\n', second]).filter(is_blank).count();
    // Line feeds that follow one another overlap, and are few.
    let empty = memchr_iter(b'\n', text).filter(|at| text.get(at + 1) == Some(&b'\n'));
    let has_empty = memmem::find(text, b"\n\n").is_some();
    let empty = if has_empty { empty.count() } else { 0 };
    (of(separator) + empty) as u64
}

/// The failure of the file behind a failure to read a record.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
