//! The rows of a text whose cells are separated: CSV, TSV and their like.

use std::io;

use super::dialect::{Dialect, Preamble};
use super::number::DecimalMark;
use super::table::Rows;
use super::text::{END, Text};

/// Rows of separated cells.
pub(super) struct CsvRows<'a> {
    reader: csv::Reader<Text<'a>>,
    mark: DecimalMark,
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

impl<'a> CsvRows<'a> {
    /// Finds how the cells of `text` are separated.
    ///
    /// # Errors
    ///
    /// When the text cannot be read.
    pub(super) fn open(mut text: Text<'a>) -> io::Result<Self> {
        let dialect = Dialect::of(text.peek()?);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(dialect.separator)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(text);
        if dialect.preamble == Preamble::Separator {
            reader.read_byte_record(&mut csv::ByteRecord::new()).map_err(cause)?;
        }
        Ok(Self { reader, mark: dialect.decimal_mark(), ending: Ending::Open })
    }

    /// The line in which `row`, the last one read, begins: every line ends in a line feed.
    #[expect(clippy::naive_bytecount, reason = "rows are short")]
    fn line(&self, row: &csv::ByteRecord) -> u64 {
        let inside = row.as_slice().iter().filter(|byte| **byte == b'\n').count();
        // One whose quote is still open at the end of the file ends in no line feed.
        let open = row.as_slice().ends_with(format!("{END}\n").as_bytes());
        self.reader.position().line().saturating_sub(inside as u64 + u64::from(!open))
    }
}

impl Rows for CsvRows<'_> {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        while self.reader.read_byte_record(row).map_err(cause)? {
            self.reader.get_mut().end_record();
            if row.as_slice().is_empty() {
                continue;
            }
            if row.len() == 1 && row.as_slice() == END.as_bytes() {
                self.ending = Ending::Closed;
                return Ok(None);
            }
            return Ok(Some(self.line(row)));
        }
        Ok(None)
    }

    fn decimal_mark(&self) -> DecimalMark {
        self.mark
    }

    fn is_closed(&self) -> bool {
        self.ending == Ending::Closed
    }
}

/// The failure of the file behind a failure to read a record.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
