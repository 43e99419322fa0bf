//! The numbers of a report as a workbook: scores, why touchpoints stand out, and actions.
//!
//! Numbers are numbers, shown with a decimal and held unrounded; every text is text, and
//! nothing is a formula.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::diagram::{Bands, Ground, resolve};
use crate::model::{Analysis, Journey};
use crate::questionnaire::NotWritten;

use super::context::Context;
use super::options::ReportOptions;
use super::tables::{self, Cell, Table};

/// Widest that a column is made, in characters.
const WIDEST: f64 = 64.0;

/// Narrowest, for numbers and days.
const NARROWEST: f64 = 8.0;
/// A day is as wide as this.
const DAY: f64 = 12.0;
/// Height of a line of text, in points.
const LINE: f64 = 15.0;

/// The workbook in the language of `options`.
///
/// # Errors
///
/// When a text is longer than a cell can be.
pub fn workbook(
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> Result<Vec<u8>, NotWritten> {
    let analysis = &analysis.as_shown();
    let context = &Context::new(journey, analysis, &options.language).on(options.as_of);
    let mut workbook = Workbook::new();
    // The same analysis, the same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = context.text(&journey.name);
    let properties = DocProperties::new().set_creation_datetime(&day).set_title(title);
    workbook.set_properties(&properties);
    let looks = Looks::new(context.bands());
    let tables = [
        ("scores.name", tables::scores(context)),
        ("workbook.findings", tables::findings(context)),
        ("actions.name", tables::actions(context)),
    ];
    for (name, table) in tables {
        if table.rows.is_empty() {
            continue;
        }
        let sheet = workbook.add_worksheet();
        sheet.set_name(context.locale.word(name))?;
        write(sheet, &table, &looks)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// How cells look.
struct Looks {
    bands: Bands,
    head: Format,
    text: Format,
    name: Format,
    day: Format,
    change: Format,
    share: Format,
    decimals: [Format; 2],
    tints: [Format; 4],
}

impl Looks {
    fn new(bands: Bands) -> Self {
        let colour = |token: &str| resolve(&format!("var(--{token})"), Ground::Light);
        let base = || Format::new().set_align(FormatAlign::Top);
        let number = |format: &str| base().set_num_format(format);
        let tint = |token: &str| number("0.0").set_background_color(&*colour(token));
        Self {
            bands,
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_font_color(&*colour("on-head"))
                .set_background_color(&*colour("head"))
                .set_border_bottom(FormatBorder::Thin),
            text: base().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            name: base().set_text_wrap().set_bold(),
            day: number("yyyy-mm-dd").set_align(FormatAlign::Left),
            change: number("+0.0;−0.0;0.0"),
            share: number("0.0%"),
            decimals: [number("#,##0"), number("0.0")],
            tints: ["weak-t", "watch-t", "solid-t", "strong-t"].map(tint),
        }
    }
}

fn write(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    let head = table.head.iter().map(|it| wide(it).clamp(NARROWEST, 18.0));
    let mut widths: Vec<f64> = head.collect();
    for (column, text) in (0_u16..).zip(&table.head) {
        sheet.write_string_with_format(0, column, text, &looks.head)?;
    }
    for (at, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            put(sheet, (at, column), cell, looks)?;
            let needed = match cell {
                Cell::Text(text) | Cell::Name(text) => wide(text).min(WIDEST),
                Cell::Day(_) => DAY,
                _ => 0.0,
            };
            if let Some(width) = widths.get_mut(usize::from(column)) {
                *width = width.max(needed);
            }
        }
    }
    // Not every program makes rows as high as their text.
    let heads = table.head.iter().zip(&widths).map(|(text, width)| lines(text, *width));
    sheet.set_row_height(0, LINE * heads.fold(1.0, f64::max))?;
    for (at, row) in (1_u32..).zip(&table.rows) {
        let of = |(cell, width): (&Cell, &f64)| match cell {
            Cell::Text(text) | Cell::Name(text) => lines(text, *width),
            _ => 1.0,
        };
        let high = row.iter().zip(&widths).map(of).fold(1.0, f64::max);
        sheet.set_row_height(at, LINE * high)?;
    }
    for (column, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    let last = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let columns = u16::try_from(table.head.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last(table.rows.len()), columns)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

fn wide(text: &str) -> f64 {
    f64::from(u32::try_from(text.width()).unwrap_or(u32::MAX)) + 3.0
}

/// Lines that a text takes in a column; words that do not fit leave some room in each.
fn lines(text: &str, width: f64) -> f64 {
    if wide(text) <= width {
        return 1.0;
    }
    (1.1 * wide(text) / width).ceil()
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let mut number = |value: f64, format: &Format| {
        sheet.write_number_with_format(row, column, value, format).map(|_| ())
    };
    match cell {
        Cell::Empty => Ok(()),
        Cell::Number(value, decimals) => {
            let [whole, tenths] = &looks.decimals;
            number(*value, if *decimals == 0 { whole } else { tenths })
        }
        Cell::Score(points) => {
            let band = looks.bands.band(*points) as usize;
            number(*points, looks.tints.get(band).unwrap_or(&looks.text))
        }
        Cell::Share(share) => number(*share, &looks.share),
        Cell::Change(points) => number(*points, &looks.change),
        Cell::Day(text) => match ExcelDateTime::parse_from_str(text) {
            Ok(day) => sheet
                .write_datetime_with_format(row, column, &day, &looks.day)
                .map(|_| ()),
            Err(_) => put(sheet, (row, column), &Cell::Text(text.clone()), looks),
        },
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, text, &looks.text).map(|_| ())
        }
        Cell::Name(text) => {
            sheet.write_string_with_format(row, column, text, &looks.name).map(|_| ())
        }
    }
}
