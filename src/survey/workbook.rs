//! Workbooks: XLSX, XLS and ODS. Which sheet is read, and its rows.

use std::io::{self, Cursor, Read};

use calamine::{Data, DataRef, Dimensions, Ods, Range, Reader, SheetType, SheetVisible};
use calamine::{Xls, Xlsx, XlsxCellReader};

use crate::diag::{Code, Diagnostic};

use super::form::Form;
use super::header::Names;
use super::number::DecimalMark;
use super::sheet_cell::{Cell, cell, percent};
use super::sighting::{Site, shown};
use super::table::{Rows, Width};
use super::unread::{COLUMNS, Fault, Refusal};
use super::workbook_check::{Kind, kind_of};

/// Bytes that a workbook may have: it is read as a whole.
const WORKBOOK: u64 = 256 << 20;
/// Rows in which the columns of the map are looked for, to choose a sheet.
const LOOKED_AT: usize = 20;

type Bytes = Cursor<Vec<u8>>;

/// A workbook.
pub(super) enum Workbook {
    Xlsx(Box<Xlsx<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

/// Why a workbook is not opened.
pub(super) enum Closed {
    /// It is none that is read.
    Refused(Refusal),
    /// It is locked by a password.
    Locked,
}

impl Workbook {
    /// Opens the workbook in these bytes.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had, or are no sound workbook.
    pub(super) fn open(
        form: Form,
        bytes: Box<dyn Read + Send + '_>,
    ) -> io::Result<Result<Self, Closed>> {
        let mut content = Vec::new();
        bytes.take(WORKBOOK + 1).read_to_end(&mut content)?;
        if content.len() as u64 > WORKBOOK {
            return Err(Fault::Swells { megabytes: WORKBOOK >> 20 }.into());
        }
        let kind = match kind_of(form, &content)? {
            Ok(kind) => kind,
            Err(refusal) => return Ok(Err(Closed::Refused(refusal))),
        };
        let bytes = Cursor::new(content);
        Ok(match kind {
            Kind::Xlsx => {
                let opened = Xlsx::new(bytes).map_err(|_| damaged("XLSX"))?;
                Ok(Self::Xlsx(Box::new(opened)))
            }
            Kind::Xls => match Xls::new(bytes) {
                Err(calamine::XlsError::Password) => Err(Closed::Locked),
                opened => Ok(Self::Xls(Box::new(opened.map_err(|_| damaged("XLS"))?))),
            },
            Kind::Ods => match Ods::new(bytes) {
                Err(calamine::OdsError::Password) => Err(Closed::Locked),
                opened => Ok(Self::Ods(Box::new(opened.map_err(|_| damaged("ODS"))?))),
            },
            Kind::Locked => Err(Closed::Locked),
        })
    }

    /// The sheets that hold cells, and whether they can be seen.
    fn sheets(&self) -> Vec<(String, SheetVisible)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let cells = sheets.iter().filter(|it| it.typ == SheetType::WorkSheet);
        cells.map(|it| (it.name.clone(), it.visible)).collect()
    }

    /// The sheet to be read: the one `asked` for, else the only one that can be seen, else
    /// the one whose first rows have most of `names`. What was chosen is told.
    ///
    /// # Errors
    ///
    /// When a sheet cannot be read. The inner error is the problem of a workbook that does
    /// not say which sheet it is.
    pub(super) fn choose(
        &mut self,
        asked: Option<&str>,
        names: &Names,
        site: Site<'_>,
    ) -> io::Result<Result<(String, Option<Diagnostic>), Diagnostic>> {
        let sheets = self.sheets();
        let all = || sheets.iter().map(|(name, _)| name.as_str());
        let name = site.name;
        let listed = || {
            let listed: Vec<_> = all().map(|it| format!("`{}`", shown(it))).collect();
            format!("its sheets are {}", listed.join(", "))
        };
        if let Some(asked) = asked {
            if let Some(found) = all().find(|it| it.trim() == asked.trim()) {
                return Ok(Ok((found.to_owned(), None)));
            }
            let message = format!("`{name}` has no sheet `{}`", shown(asked));
            let problem = Diagnostic::error(Code::BAD_SHEET, site.span, message);
            return Ok(Err(problem.note(listed()).did_you_mean(asked, all())));
        }
        let seen = sheets.iter().filter(|(_, it)| *it == SheetVisible::Visible);
        let seen: Vec<_> = seen.map(|(name, _)| name.clone()).collect();
        if let [one] = seen.as_slice() {
            return Ok(Ok((one.clone(), None)));
        }
        let mut fits = Vec::new();
        for sheet in &seen {
            fits.push(self.fit(sheet, names)?);
        }
        let best = fits.iter().copied().max().unwrap_or_default();
        let mut found =
            seen.iter().zip(&fits).filter(|(_, fit)| **fit == best && best > 0);
        let (Some((sheet, _)), None) = (found.next(), found.next()) else {
            let message =
                format!("`{name}` does not tell which of its sheets has the answers");
            let problem = Diagnostic::error(Code::BAD_SHEET, site.span, message);
            let hint = format!("name it in the map: `{{path: {name}, sheet: …}}`");
            return Ok(Err(problem.note(listed()).hint(hint)));
        };
        let message = format!("sheet `{}` of `{name}` was read", shown(sheet));
        let told = Diagnostic::warning(Code::READ_SO, site.span, message)
            .note(format!("{}; this one has most of the columns of the map", listed()));
        Ok(Ok((sheet.clone(), Some(told))))
    }

    /// How many of `names` a row at the top of a sheet has at most.
    fn fit(&mut self, sheet: &str, names: &Names) -> io::Result<usize> {
        let mut rows = self.rows(sheet)?;
        let (mut best, mut row) = (0, csv::ByteRecord::new());
        for _ in 0..LOOKED_AT {
            if rows.next(&mut row)?.is_none() {
                break;
            }
            best = best.max(names.known(&row));
        }
        Ok(best)
    }

    /// The rows of a sheet.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(super) fn rows(&mut self, sheet: &str) -> io::Result<Box<dyn Rows + '_>> {
        Ok(match self {
            Self::Xlsx(book) => {
                let broken = |_| damaged("XLSX");
                let merged = book.merge_cells_by_sheet_name(sheet).map_err(broken)?;
                let cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
                Box::new(XlsxRows::new(cells, Merged::new(merged)))
            }
            Self::Xls(book) => {
                let broken = |_| damaged("XLS");
                let merged = book.merge_cells_by_sheet_name(sheet).map_err(broken)?;
                let cells = book.worksheet_range(sheet).map_err(broken)?;
                Box::new(RangeRows { cells, next: 0, merged: Merged::new(merged) })
            }
            Self::Ods(book) => {
                let cells = book.worksheet_range(sheet).map_err(|_| damaged("ODS"))?;
                Box::new(RangeRows { cells, next: 0, merged: Merged::new(Vec::new()) })
            }
        })
    }
}

fn damaged(form: &'static str) -> io::Error {
    Fault::Damaged(form).into()
}

/// The problem of a workbook that a password locks.
pub(super) fn locked(site: Site<'_>) -> Diagnostic {
    let message = format!("`{}` is locked by a password", site.name);
    Diagnostic::error(Code::UNKNOWN_FORMAT, site.span, message)
        .hint("open it with the password, and save it without one or as CSV")
}

/// Cells that are merged over several rows: what they hold belongs to none of the rows.
struct Merged {
    regions: Vec<Dimensions>,
    header: u64,
}

impl Merged {
    fn new(regions: Vec<Dimensions>) -> Self {
        Self { regions, header: 0 }
    }

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

/// The rows of a sheet of XLSX, whose cells are read one by one.
struct XlsxRows<'a> {
    cells: XlsxCellReader<'a, Bytes>,
    /// By style, whether it shows numbers as percentages.
    percent: Vec<bool>,
    /// The first cell of the next row.
    ahead: Option<((u32, u32), Cell)>,
    begun: bool,
    merged: Merged,
}

impl<'a> XlsxRows<'a> {
    fn new(cells: XlsxCellReader<'a, Bytes>, merged: Merged) -> Self {
        let formats = cells.styles().iter().map(|style| style.number_format.as_ref());
        let percent = formats
            .map(|format| format.is_some_and(|it| percent(&it.format_code)))
            .collect();
        Self { cells, percent, ahead: None, begun: false, merged }
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

impl Rows for XlsxRows<'_> {
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

/// The rows of a sheet that is in memory.
struct RangeRows {
    cells: Range<Data>,
    next: u32,
    merged: Merged,
}

impl Rows for RangeRows {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let named: Vec<_> = [0, 25, 26, 701, 702].map(letters).into();
        assert_eq!(named, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
