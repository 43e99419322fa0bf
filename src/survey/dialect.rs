//! Which character separates the cells of a table.

use super::number::{DecimalMark, number};

/// How the cells of a table are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// The separator.
    pub(crate) separator: u8,
    /// Whether the first line only names the separator, as spreadsheets write it.
    pub(crate) preamble: Preamble,
}

/// A first line that is no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preamble {
    /// The table begins at once.
    None,
    /// `sep=;`.
    Separator,
}

/// Separators, the most usual first.
const SEPARATORS: [u8; 4] = *b",;\t|";
/// Bytes that are looked at.
const SAMPLE: usize = 1 << 16;
/// Records that are looked at.
const RECORDS: usize = 100;
/// Titles that may stand above the header.
const TITLES: usize = 20;

impl Dialect {
    /// The dialect of a table that begins with `text`.
    ///
    /// Every separator is tried as a reader of the table would take it, quotes and all. The
    /// one by which most records have as many cells as the header wins, then the one that
    /// makes more cells. A table of one column is separated by commas.
    pub(crate) fn of(text: &[u8]) -> Self {
        if let Some(separator) = declared(text) {
            return Self { separator, preamble: Preamble::Separator };
        }
        let text = text.get(..SAMPLE).unwrap_or(text);
        let mut best = (b',', Fit::default());
        for separator in SEPARATORS {
            let fit = Fit::of(text, separator);
            if fit > best.1 {
                best = (separator, fit);
            }
        }
        Self { separator: best.0, preamble: Preamble::None }
    }

    /// What may stand before the fraction of a number in an unquoted cell.
    pub(crate) fn decimal_mark(self) -> DecimalMark {
        if self.separator == b',' {
            DecimalMark::Point
        } else {
            DecimalMark::PointOrComma
        }
    }
}

/// How well a separator fits; greater is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Whether it separates anything in the header.
    separates: bool,
    /// How well its rows fit: 2 where nine records of ten have as many cells as the header,
    /// and 1 more where that is the first line.
    fits: u8,
    /// Records with as many cells as the header, in thousandths of all.
    alike: usize,
    /// Cells of the header.
    cells: usize,
}

impl Fit {
    fn of(text: &[u8], separator: u8) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text);
        let mut widths: Vec<usize> = Vec::new();
        let mut titles = None;
        let mut record = csv::ByteRecord::new();
        // Reading from memory cannot fail, and records of any width are taken.
        while widths.len() < RECORDS
            && matches!(reader.read_byte_record(&mut record), Ok(true))
        {
            // A line of one cell may be a title, if a header is soon to come.
            if titles.is_none() && record.len() > 1 {
                let header = widths.len() < TITLES && names_something(&record);
                titles = Some(if header { widths.len() } else { 0 });
            }
            widths.push(record.len());
        }
        let titles = titles.unwrap_or_default();
        widths.drain(..titles);
        // The last record is the mark of the end, or cut by the end of the sample.
        if widths.len() > 1 && widths.len() < RECORDS {
            widths.pop();
        }
        let Some((&cells, rows)) = widths.split_first() else { return Self::default() };
        let alike = rows.iter().filter(|width| **width == cells).count();
        let alike = alike * 1000 / rows.len().max(1);
        let fits = 2 * u8::from(alike >= 900) + u8::from(titles == 0);
        Self { separates: cells > 1, fits, alike, cells }
    }
}

/// Whether a record may be a header: numbers are no names.
fn names_something(record: &csv::ByteRecord) -> bool {
    record.iter().map(String::from_utf8_lossy).any(|cell| {
        !cell.trim().is_empty() && number(&cell, DecimalMark::PointOrComma).is_none()
    })
}

/// The separator that a first line of `sep=;` declares.
fn declared(text: &[u8]) -> Option<u8> {
    let line = text.split(|byte| *byte == b'\n').next()?;
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let line = line.strip_suffix(b"\"").unwrap_or(line);
    match line.to_ascii_lowercase().as_slice() {
        [b's', b'e', b'p', b'=', separator] if SEPARATORS.contains(separator) => {
            Some(*separator)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn separator(text: &str) -> char {
        char::from(Dialect::of(format!("{text}\n\u{fdd0}\n").as_bytes()).separator)
    }

    #[test]
    fn each_separator_is_found() {
        assert_eq!(separator("id,q1,q2\n1,2,3\n"), ',');
        assert_eq!(separator("id;q1;q2\n1;2;3\n"), ';');
        assert_eq!(separator("id\tq1\tq2\n1\t2\t3\n"), '\t');
        assert_eq!(separator("id|q1|q2\n1|2|3\n"), '|');
    }

    #[test]
    fn decimal_commas_do_not_mislead() {
        assert_eq!(separator("id;q1\n1;7,5\n2;8,5\n3;6,5\n"), ';');
    }

    #[test]
    fn separators_inside_quotes_do_not_count() {
        assert_eq!(separator("\"a;b;c\",q1\n\"d;e;f\",2\n\"g;h;i\",3\n"), ',');
        assert_eq!(separator("\"a\n,\n,b\"\tq1\n\"d,,\ne\"\t2\n"), '\t');
    }

    #[test]
    fn a_header_full_of_commas_is_outvoted_by_the_rows() {
        assert_eq!(separator("Well, really, how;q\n1;2\n3;4\n"), ';');
    }

    #[test]
    fn a_comment_that_rambles_does_not_outvote_the_rest() {
        assert_eq!(separator("id,q1,say\n1,2,\"a;b\"\n2,3,c;d;e\n3,4,f\n"), ',');
    }

    #[test]
    fn one_column_is_separated_by_commas_unless_its_numbers_hold_them() {
        assert_eq!(separator("q1\n7\n8\n"), ',');
        assert_ne!(separator("q1\n7,5\n8,5\n"), ',');
        assert_eq!(separator(""), ',');
        assert_eq!(separator("a;b;c"), ';');
    }

    #[test]
    fn titles_of_one_cell_above_the_header_do_not_mislead() {
        assert_eq!(separator("Survey 2025\nid;q1\n1;2\n3;4\n"), ';');
        assert_eq!(separator("Survey, 2025\n\nid\tq1\n1\t2\n3\t4\n"), '\t');
    }

    #[test]
    fn a_spreadsheet_may_name_the_separator() {
        let dialect = Dialect::of(b"sep=;\na;b\n");
        assert_eq!(dialect, Dialect { separator: b';', preamble: Preamble::Separator });
    }
}
