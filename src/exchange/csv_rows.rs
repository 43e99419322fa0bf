//! The rows of a table, each with its place; what cannot be taken whole is said.

use std::io::{Chain, Read as _};

use crate::diag::Span;
use crate::survey::{DecimalMark, Dialect, END, Preamble};

use super::draft::Draft;

/// Bytes by which separators are told apart.
const SAMPLE: usize = 1 << 16;

/// What is put behind the text: a row of its own, unless an open quote takes it in.
const MARK: &str = concat!("\n", "\u{fdd0}", "\n");

/// Reads rows one after the other.
pub(super) struct Rows<'t> {
    text: &'t str,
    reader: csv::Reader<Chain<&'t [u8], &'static [u8]>>,
    mark: DecimalMark,
    /// Cells of the header.
    width: usize,
}

impl<'t> Rows<'t> {
    /// The rows of `text`, and its header with its place; `None` where there is no header.
    pub(super) fn open(
        text: &'t str,
        draft: &mut Draft<'_>,
    ) -> Option<(Self, csv::StringRecord, Span)> {
        let sample = text.bytes().take(SAMPLE).chain(MARK.bytes());
        let dialect = Dialect::of(&sample.collect::<Vec<u8>>());
        let reader = csv::ReaderBuilder::new()
            .delimiter(dialect.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes().chain(MARK.as_bytes()));
        let mut rows =
            Self { text, reader, mark: dialect.decimal_mark(), width: usize::MAX };
        let mut header = csv::StringRecord::new();
        if dialect.preamble == Preamble::Separator {
            rows.record(&mut header, draft)?;
        }
        let span = rows.record(&mut header, draft)?;
        rows.width = header.len();
        Some((rows, header, span))
    }

    /// What may stand before the fraction of a number.
    pub(super) fn decimal_mark(&self) -> DecimalMark {
        self.mark
    }

    /// Reads the next row that has any text; its place, or `None` at the end.
    pub(super) fn next(
        &mut self,
        row: &mut csv::StringRecord,
        draft: &mut Draft<'_>,
    ) -> Option<Span> {
        loop {
            let span = self.record(row, draft)?;
            if row.iter().all(|it| it.trim().is_empty()) {
                continue;
            }
            self.compare(row, span, draft);
            return Some(span);
        }
    }

    /// The next record, whatever its length.
    fn record(
        &mut self,
        row: &mut csv::StringRecord,
        draft: &mut Draft<'_>,
    ) -> Option<Span> {
        let read = self.reader.read_record(row);
        let start = row.position().map_or(0, csv::Position::byte);
        let span = self.first_line(usize::try_from(start).unwrap_or_default(), draft);
        match read {
            Ok(true) if row.len() == 1 && row.get(0) == Some(END) => None,
            Ok(true) if row.iter().next_back().is_some_and(|it| it.ends_with(MARK)) => {
                let message = "a quote that opens in this row is never closed";
                draft.wrong(
                    span,
                    message,
                    "a `\"` behind the cell, and `\"\"` for one in it",
                );
                None
            }
            Ok(true) => Some(span),
            Ok(false) => None,
            Err(error) => {
                let message = format!("the table cannot be read on: {error}");
                draft.wrong(span, message, "a table in CSV (RFC 4180)");
                None
            }
        }
    }

    /// The line in which a record begins: empty lines before it are passed over.
    fn first_line(&self, start: usize, draft: &Draft<'_>) -> Span {
        let rest = self.text.get(start..).unwrap_or_default();
        let begun = rest.trim_start_matches(['\n', '\r']);
        let start = start + rest.len() - begun.len();
        let line = begun.lines().next().unwrap_or_default();
        draft.span(start, start + line.len())
    }

    /// Says where a row has other cells than the header.
    fn compare(&self, row: &csv::StringRecord, span: Span, draft: &mut Draft<'_>) {
        let (cells, width) = (row.len(), self.width);
        if row.iter().skip(width).any(|it| !it.trim().is_empty()) {
            let message = format!("the row has {cells} cells, and the header {width}");
            let expected =
                "a name for every column, and quotes around a text with separators";
            draft.wrong(span, message, expected);
        } else if cells < width {
            let message = format!(
                "the row has {cells} cells, and the header {width}: the others were read as empty"
            );
            draft.read_as(span, message);
        }
    }
}
