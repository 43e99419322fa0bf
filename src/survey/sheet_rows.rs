//! The rows of a sheet of a workbook.

use std::io::{self, Cursor};

use calamine::{Data, DataRef, Dimensions, Range, XlsxCellReader};

use crate::diag::{Code, Diagnostic};

use super::number::DecimalMark;
use super::sheet_cell::{Cell, cell, percent};
use super::sighting::Site;
use super::table::{Rows, Width};
use super::unread::{COLUMNS, Fault};

/// A workbook in memory.
pub(super) type Bytes = Cursor<Vec<u8>>;

/// The fault of a workbook that breaks off or contradicts itself.
pub(super) fn damaged(form: &'static str) -> io::Error {
    Fault::Damaged(form).into()
}

/// Cells that are merged over several rows: what they hold belongs to none of the rows.
struct Merged {
    regions: Vec<Dimensions>,
    header: u64,
}

impl Merged {
    fn report(&self, site: Site<'_>) -> Option<Diagnostic> {
        let below = |it: &&Dimensions| {
            it.start.0 < it.end.0 && u64::from(it.start.0) >= self.header
        };
        let found: Vec<_> = self.regions.iter().filter(below).map(in_words).collect();
        let first = found.first()?;
        let message = match found.len() {
            1 => format!("the cells {first} of `{}` are merged", site.name),
            more => format!("{more} groups of cells of `{}` are merged", site.name),
        };
        let listed: Vec<_> = found.iter().take(5).cloned().collect();
        let problem = Diagnostic::error(Code::BAD_SHEET, site.span, message).note(
            format!("{}: only the first row of each has the value", listed.join(", ")),
        );
        Some(problem.hint("unmerge them, and write the value into every row"))
    }
}

/// `B3:B7`
fn in_words(region: &Dimensions) -> String {
    let cell = |(row, column): (u32, u32)| format!("{}{}", letters(column), row + 1);
    format!("{}:{}", cell(region.start), cell(region.end))
}

/// The letters of a column: 0 is A, 26 is AA.
fn letters(column: u32) -> String {
    let (mut left, mut letters) = (column + 1, Vec::new());
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The cells of a sheet, row by row.
pub(super) trait Cells {
    /// As [`Rows::next`].
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>>;
}

/// The rows of a sheet, wherever its cells come from.
pub(super) struct SheetRows<C> {
    cells: C,
    merged: Merged,
}

impl<C: Cells> SheetRows<C> {
    /// Of these cells, of which some regions are merged.
    pub(super) fn new(cells: C, merged: Vec<Dimensions>) -> Self {
        Self { cells, merged: Merged { regions: merged, header: 0 } }
    }
}

impl<C: Cells> Rows for SheetRows<C> {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        self.cells.next(row)
    }

    fn decimal_mark(&self) -> DecimalMark {
        DecimalMark::PointOrComma
    }

    fn width(&self) -> Width {
        Width::Free
    }

    fn begin(&mut self, header: u64) {
        self.merged.header = header;
    }

    fn report(&self, site: Site<'_>) -> Vec<Diagnostic> {
        self.merged.report(site).into_iter().collect()
    }
}

/// The cells of a sheet of XLSX, which are read one by one.
pub(super) struct XlsxCells<'a> {
    cells: XlsxCellReader<'a, Bytes>,
    /// By style, whether it shows numbers as percentages.
    percent: Vec<bool>,
    /// The first cell of the next row.
    ahead: Option<((u32, u32), Cell)>,
    begun: bool,
}

impl<'a> XlsxCells<'a> {
    /// Of these cells.
    pub(super) fn new(cells: XlsxCellReader<'a, Bytes>) -> Self {
        let formats = cells.styles().iter().map(|style| style.number_format.as_ref());
        let percent = formats.map(|format| format.is_some_and(percent)).collect();
        Self { cells, percent, ahead: None, begun: false }
    }

    fn cell(&mut self) -> io::Result<Option<((u32, u32), Cell)>> {
        let read = self.cells.next_cell_with_style_id().map_err(|_| damaged("XLSX"))?;
        Ok(read.map(|(found, style)| {
            let percent = self.percent.get(style).copied().unwrap_or_default();
            let value = match found.get_value() {
                DataRef::Float(it) if percent => Cell::percent(*it),
                #[expect(clippy::cast_precision_loss, reason = "percentages are small")]
                DataRef::Int(it) if percent => Cell::percent(*it as f64),
                value => cell(&Data::from(value.clone())),
            };
            (found.get_position(), value)
        }))
    }
}

impl Cells for XlsxCells<'_> {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        if !self.begun {
            self.begun = true;
            self.ahead = self.cell()?;
        }
        loop {
            row.clear();
            let Some(((number, _), _)) = self.ahead else { return Ok(None) };
            while let Some(((at, column), cell)) = self.ahead.take() {
                let column = column as usize;
                if at < number || (at == number && column < row.len()) {
                    return Err(damaged("XLSX"));
                }
                if at > number {
                    self.ahead =
                        Some(((at, u32::try_from(column).unwrap_or(u32::MAX)), cell));
                    break;
                }
                if column > COLUMNS {
                    return Err(Fault::TooWide.into());
                }
                while row.len() < column {
                    row.push_field(b"");
                }
                row.push_field(cell.text().as_bytes());
                self.ahead = self.cell()?;
            }
            if !row.as_slice().is_empty() {
                return Ok(Some(u64::from(number) + 1));
            }
        }
    }
}

/// The cells of a sheet that is in memory.
pub(super) struct RangeCells {
    cells: Range<Data>,
    next: u32,
}

impl RangeCells {
    /// Of these cells.
    pub(super) fn new(cells: Range<Data>) -> Self {
        Self { cells, next: 0 }
    }
}

impl Cells for RangeCells {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        let (Some(start), Some(end)) = (self.cells.start(), self.cells.end()) else {
            return Ok(None);
        };
        loop {
            let number = start.0 + self.next;
            if number > end.0 {
                return Ok(None);
            }
            self.next += 1;
            row.clear();
            for column in 0..=end.1 {
                let value = self.cells.get_value((number, column));
                row.push_field(value.map(cell).unwrap_or_default().text().as_bytes());
            }
            if !row.as_slice().is_empty() {
                return Ok(Some(u64::from(number) + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let named: Vec<_> = [0, 25, 26, 701, 702].map(letters).into();
        assert_eq!(named, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
