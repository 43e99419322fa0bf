//! A questionnaire as a workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::csv::table;
use super::item::Questionnaire;

/// A workbook that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the workbook: {0}")]
pub struct NotWritten(#[from] XlsxError);

/// Widest that a column is made, in characters.
const WIDEST: f64 = 60.0;

/// The table of the questionnaires as a workbook, every cell text: nothing in it is a formula.
///
/// # Errors
///
/// When a text is longer than a cell can be.
pub fn xlsx(languages: &[Questionnaire]) -> Result<Vec<u8>, NotWritten> {
    let mut workbook = Workbook::new();
    // The same questionnaire, the same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let sheet = workbook.add_worksheet();
    sheet.set_name("questionnaire")?;
    let head = Format::new().set_bold().set_text_wrap();
    let body = Format::new().set_text_wrap();
    let rows = table(languages);
    let mut widths = vec![8.0_f64; rows.first().map_or(0, Vec::len)];
    for (at, row) in (0_u32..).zip(&rows) {
        for (column, text) in (0_u16..).zip(row) {
            let format = if at == 0 { &head } else { &body };
            sheet.write_string_with_format(at, column, text, format)?;
            let wide = unicode_width::UnicodeWidthStr::width(text.as_str());
            let wide = f64::from(u32::try_from(wide).unwrap_or(u32::MAX)) + 2.0;
            if let Some(width) = widths.get_mut(usize::from(column)) {
                *width = width.max(wide).min(WIDEST);
            }
        }
    }
    for (column, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(workbook.save_to_buffer()?)
}
