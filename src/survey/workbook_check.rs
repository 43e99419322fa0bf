//! What an archive is, and whether it unpacks to what it should: before anything of it is
//! taken into memory.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::compound::most_cells;
use super::form::Form;
use super::unpack::LIMIT;
use super::unread::{Fault, Refusal};

/// Bytes of text that all cells of a workbook share.
const SHARED: u64 = 512 << 20;
/// Bytes that the cells of an ODS may have, which are read as a whole.
const CONTENT: u64 = 256 << 20;
/// Cells that a sheet may have which is read as a whole.
const CELLS: u64 = 8_000_000;
/// Columns of a sheet.
const WIDTH: u64 = 16_384;

/// A kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xls,
    Ods,
    Locked,
}

/// What the archive in `bytes` is.
///
/// # Errors
///
/// When it is damaged, or unpacks to more than any survey.
pub(super) fn kind_of(form: Form, bytes: &[u8]) -> io::Result<Result<Kind, Refusal>> {
    if form == Form::Compound {
        if is_locked(bytes) {
            return Ok(Ok(Kind::Locked));
        }
        return match most_cells(bytes) {
            None => Err(Fault::Damaged("XLS").into()),
            Some(cells) if cells > CELLS => Err(Fault::Sparse { cells }.into()),
            Some(_) => Ok(Ok(Kind::Xls)),
        };
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::CutOff("ZIP archive"))?;
    let names: Vec<String> =
        archive.file_names().filter_map(|it| Some(it.ok()?.into_owned())).collect();
    let has = |name: &str| names.iter().any(|it| it == name);
    let kind = if has("xl/workbook.bin") {
        return Ok(Err(Refusal::Form(
            "a binary workbook (XLSB)",
            "save it as XLSX or CSV",
        )));
    } else if names.iter().any(|it| it.starts_with("xl/")) && has("[Content_Types].xml") {
        Kind::Xlsx
    } else if has("content.xml") {
        Kind::Ods
    } else {
        return Ok(Err(Refusal::Form(
            "a ZIP archive without a workbook",
            "unpack it first",
        )));
    };
    weigh(&mut archive, bytes.len() as u64, kind)?;
    Ok(Ok(kind))
}

/// Whether a compound file is an encrypted XLSX: it then has a stream of that name.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> =
        "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Unpacks everything once, keeping nothing: sizes that an archive declares may be lies.
fn weigh(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    packed: u64,
    kind: Kind,
) -> io::Result<()> {
    let mut all = 0_u64;
    for index in 0..archive.len() {
        let damaged = |_| Fault::Damaged("workbook");
        let mut entry = archive.by_index(index).map_err(damaged)?;
        let name = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let most = match name.as_str() {
            "xl/sharedStrings.xml" => SHARED,
            "content.xml" => CONTENT,
            _ => u64::MAX,
        };
        let mut cells = OdsCells::default();
        let (mut piece, mut given) = (vec![0; 1 << 16], 0_u64);
        loop {
            let length =
                entry.read(&mut piece).map_err(|_| Fault::Damaged("workbook"))?;
            if length == 0 {
                break;
            }
            given += length as u64;
            all += length as u64;
            if given > most || LIMIT.is_passed(all, packed) {
                return Err(Fault::Swells { megabytes: all >> 20 }.into());
            }
            if kind == Kind::Ods && name == "content.xml" {
                cells.push(piece.get(..length).unwrap_or_default());
            }
        }
        if cells.percent {
            let what =
                "it shows numbers as percentages, which cannot be told from others";
            return Err(Fault::Broken(format!("{what}; save it as XLSX or CSV")).into());
        }
        if cells.count() > CELLS {
            return Err(Fault::Sparse { cells: cells.count() }.into());
        }
    }
    Ok(())
}

/// The cells that the rows of an ODS become when what is repeated is written out: a hundred
/// bytes can stand for a row of 16,384 cells.
#[derive(Debug, Default)]
struct OdsCells {
    tag: Vec<u8>,
    inside: bool,
    empty: u64,
    in_row: u64,
    count: u64,
    /// Whether some numbers are shown as percentages: the reader of cells does not tell which.
    percent: bool,
}

impl OdsCells {
    fn count(&self) -> u64 {
        self.count
    }

    fn push(&mut self, piece: &[u8]) {
        for byte in piece {
            match byte {
                b'<' => {
                    self.inside = true;
                    self.tag.clear();
                }
                b'>' if self.inside => {
                    self.inside = false;
                    self.end_tag();
                }
                // What counts stands in the first bytes of a tag.
                _ if self.inside && self.tag.len() < 2_048 => self.tag.push(*byte),
                _ => {}
            }
        }
    }

    fn end_tag(&mut self) {
        let tag = String::from_utf8_lossy(&self.tag);
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        match name.trim_end_matches('/') {
            "table:table-row" => (self.empty, self.in_row) = (0, 0),
            "table:table-cell" | "table:covered-table-cell" => {
                self.percent |= tag.contains("value-type=\"percentage\"");
                let repeated = tag.split("number-columns-repeated=\"").nth(1);
                let repeated = repeated.and_then(|it| it.split('"').next());
                let times = repeated.map_or(1, |it| it.parse().unwrap_or(WIDTH));
                // Empty cells count once others follow in the row.
                if tag.ends_with('/') && !tag.contains("office:value") {
                    self.empty = self.empty.saturating_add(times);
                } else {
                    let new = self.empty.saturating_add(times).min(WIDTH - self.in_row);
                    self.empty = 0;
                    self.in_row += new;
                    self.count += new;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(content: &str) -> u64 {
        let mut cells = OdsCells::default();
        for piece in content.as_bytes().chunks(7) {
            cells.push(piece);
        }
        cells.count()
    }

    #[test]
    fn repeated_cells_are_counted_before_they_are_written_out() {
        let row = "<table:table-row><table:table-cell office:value-type=\"float\"><text:p>7\
                   </text:p></table:table-cell><table:table-cell \
                   table:number-columns-repeated=\"16383\"/></table:table-row>";
        assert_eq!(count(row), 1, "blanks at the end of a row are none");
        let row = "<table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/>\
                   <table:table-cell office:value=\"1\"/></table:table-row>";
        assert_eq!(count(&row.repeat(3)), 3 * 16_384);
        let row = "<table:table-row><table:table-cell office:value=\"1\" \
                   table:number-columns-repeated=\"99999999\"/></table:table-row>";
        assert_eq!(count(row), 16_384);
    }

    #[test]
    fn an_archive_cut_off_is_said_to_be_so() {
        let error = kind_of(Form::Zip, b"PK\x03\x04rest").unwrap_err();
        assert_eq!(Fault::of(&error), Some(&Fault::CutOff("ZIP archive")));
    }
}
