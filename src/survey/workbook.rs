//! Workbooks: XLSX, XLS and ODS. Which sheet is read, and its rows.

use std::io::{self, Cursor, Read};

use calamine::{Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};

use crate::diag::{Code, Diagnostic};

use super::form::Form;
use super::header::Names;
use super::sheet_rows::{Bytes, RangeCells, SheetRows, XlsxCells, damaged};
use super::sighting::{Site, shown};
use super::table::Rows;
use super::unread::{Fault, Refusal};
use super::workbook_check::{Kind, kind_of};

/// Bytes that a workbook may have: it is read as a whole.
const WORKBOOK: u64 = 256 << 20;
/// Rows in which the columns of the map are looked for, to choose a sheet.
const LOOKED_AT: usize = 20;

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
            best = best.max(names.fit(&row));
        }
        Ok(best)
    }

    /// The rows of a sheet.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(super) fn rows(&mut self, sheet: &str) -> io::Result<Box<dyn Rows + Send + '_>> {
        Ok(match self {
            Self::Xlsx(book) => {
                let broken = |_| damaged("XLSX");
                let merged = book.merge_cells_by_sheet_name(sheet).map_err(broken)?;
                let cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
                Box::new(SheetRows::new(XlsxCells::new(cells), merged))
            }
            Self::Xls(book) => {
                let broken = |_| damaged("XLS");
                let merged = book.merge_cells_by_sheet_name(sheet).map_err(broken)?;
                let cells = book.worksheet_range(sheet).map_err(broken)?;
                Box::new(SheetRows::new(RangeCells::new(cells), merged))
            }
            Self::Ods(book) => {
                let cells = book.worksheet_range(sheet).map_err(|_| damaged("ODS"))?;
                Box::new(SheetRows::new(RangeCells::new(cells), Vec::new()))
            }
        })
    }
}

/// The problem of a workbook that a password locks.
pub(super) fn locked(site: Site<'_>) -> Diagnostic {
    let message = format!("`{}` is locked by a password", site.name);
    Diagnostic::error(Code::UNKNOWN_FORMAT, site.span, message)
        .hint("open it with the password, and save it without one or as CSV")
}
