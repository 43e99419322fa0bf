//! The rows of a Parquet file.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::diag::{Code, Diagnostic};

use super::super::number::DecimalMark;
use super::super::sighting::{Site, shown};
use super::super::table::Rows;
use super::super::unpack::LIMIT;
use super::super::unread::{Fault, RECORD, Refusal};
use super::cell::Kind;
use super::column::Column;
use super::footer::Contents;

/// Rows that are decoded at a time, and cells, where there are many columns.
const ROWS: usize = 1 << 10;
const CELLS: usize = 1 << 20;
/// Names that a message lists.
const NAMED: usize = 5;

/// Rows of the columns that have one value a row; fields of structures are columns too, as
/// `outer.inner`.
pub(in crate::survey) struct ColumnarRows {
    contents: Contents,
    /// Positions and kinds of the columns that are read.
    chosen: Vec<(usize, Kind)>,
    /// Names of those that are passed over.
    passed_over: Vec<String>,
    /// The header, until it was handed out.
    header: Option<Vec<String>>,
    /// The next group of rows.
    group: usize,
    columns: Vec<Column>,
    /// Rows of the group that were not decoded yet.
    left: u64,
    /// Rows that were decoded and not handed out.
    ready: usize,
    row: u64,
    /// Bytes of all cells so far.
    given: u64,
    cell: String,
}

impl ColumnarRows {
    /// The rows of the file in these bytes.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had, or are no sound Parquet file.
    pub(in crate::survey) fn open(
        bytes: Box<dyn Read + Send + '_>,
    ) -> io::Result<Result<Self, Refusal>> {
        let contents = match Contents::read(bytes)? {
            Ok(contents) => contents,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (mut chosen, mut header, mut passed_over) =
            (Vec::new(), Vec::new(), Vec::new());
        let schema = contents.metadata.file_metadata().schema_descr();
        for (at, column) in schema.columns().iter().enumerate() {
            let kind = Kind::of(column).filter(|_| column.max_rep_level() == 0);
            if let Some(kind) = kind {
                chosen.push((at, kind));
                header.push(column.path().parts().join("."));
            } else {
                let name = schema.get_column_root(at).name();
                if passed_over.last().is_none_or(|it| it != name) {
                    passed_over.push(name.to_owned());
                }
            }
        }
        Ok(Ok(Self {
            contents,
            chosen,
            passed_over,
            header: Some(header),
            group: 0,
            columns: Vec::new(),
            left: 0,
            ready: 0,
            row: 1,
            given: 0,
            cell: String::new(),
        }))
    }

    /// Decodes rows that come next; `false` when there are no more.
    fn decode(&mut self) -> Result<bool, Fault> {
        while self.left == 0 {
            let Some(group) = self.contents.metadata.row_groups().get(self.group) else {
                return Ok(false);
            };
            self.group += 1;
            self.left = u64::try_from(group.num_rows()).unwrap_or_default();
            let held = Arc::new(AtomicU64::new(0));
            // Those of the last group go first, with their pages.
            self.columns.clear();
            for (at, kind) in &self.chosen {
                let shared = (self.left, &held);
                let part = group.column(*at);
                let column = Column::open(&self.contents.bytes, part, *kind, shared)?;
                self.columns.push(column);
            }
        }
        let most = ROWS.min(CELLS / self.chosen.len().max(1)).max(1);
        let rows = usize::try_from(self.left).unwrap_or(most).min(most);
        for column in &mut self.columns {
            column.fill(rows)?;
        }
        self.left -= rows as u64;
        self.ready = rows;
        Ok(true)
    }

    /// Writes the next of the rows that are ready.
    fn write(&mut self, row: &mut csv::ByteRecord) -> Result<(), Fault> {
        self.ready -= 1;
        self.row += 1;
        for column in &mut self.columns {
            self.cell.clear();
            column.write(&mut self.cell)?;
            row.push_field(self.cell.as_bytes());
            if row.as_slice().len() > RECORD {
                return Err(Fault::Endless);
            }
        }
        self.given += row.as_slice().len() as u64;
        // A long text that a dictionary holds once may be in every row.
        if LIMIT.is_passed(self.given, self.contents.bytes.len() as u64) {
            return Err(Fault::Swells { megabytes: LIMIT.free >> 20 });
        }
        Ok(())
    }
}

impl Rows for ColumnarRows {
    fn next(&mut self, row: &mut csv::ByteRecord) -> io::Result<Option<u64>> {
        row.clear();
        if let Some(header) = self.header.take() {
            row.extend(&header);
            return Ok(Some(1));
        }
        while self.ready > 0 || self.decode()? {
            row.clear();
            self.write(row)?;
            if !row.as_slice().is_empty() {
                return Ok(Some(self.row));
            }
        }
        Ok(None)
    }

    fn decimal_mark(&self) -> DecimalMark {
        DecimalMark::PointOrComma
    }

    fn report(&self, site: Site<'_>) -> Vec<Diagnostic> {
        if self.passed_over.is_empty() {
            return Vec::new();
        }
        let named = self.passed_over.iter().take(NAMED);
        let named: Vec<_> = named.map(|it| format!("`{}`", shown(it))).collect();
        let more = match self.passed_over.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (noun, verb) = if self.passed_over.len() == 1 {
            ("column", "was")
        } else {
            ("columns", "were")
        };
        let (name, named) = (site.name, named.join(", "));
        let message = format!("{noun} {named}{more} of `{name}` {verb} passed over");
        let problem = Diagnostic::warning(Code::READ_SO, site.span, message).note(
            "lists, maps, and values that are no number, text or time, are no cells",
        );
        vec![problem]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! corpus {
        ($name:literal) => {
            include_bytes!(concat!("../../../tests/corpus/files/", $name)).as_slice()
        };
    }

    /// The cells of all rows, or what is wrong with the file.
    fn cells(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
        let mut rows = ColumnarRows::open(Box::new(bytes))
            .map_err(|error| error.to_string())?
            .map_err(|refusal| format!("{refusal:?}"))?;
        let (mut all, mut row) = (Vec::new(), csv::ByteRecord::new());
        while rows.next(&mut row).map_err(|error| error.to_string())?.is_some() {
            let cells = row.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap());
            all.push(cells.collect());
        }
        Ok(all)
    }

    #[test]
    fn cells_of_all_kinds_are_written_as_one_would_type_them() {
        let all = cells(corpus!("kinds.parquet")).unwrap();
        let header = [
            "truth", "Q1", "Q2", "large", "day", "seen", "exact", "hour", "uuid",
            "whole", "text",
        ];
        let first = [
            "true",
            "5",
            "4.5",
            "-1.25",
            "2025-10-13",
            "2025-10-13 12:00:00.25",
            "2025-10-13",
            "09:30:00",
            "00112233-4455-6677-8899-aabbccddeeff",
            "18446744073709551615",
            "非常满意",
        ];
        let second = ["", "", "5", "", "1969-12-31", "", "", "", "", "0", ""];
        assert_eq!(all, [header, first, second]);
    }

    #[test]
    fn rows_go_on_through_all_groups() {
        let all = cells(corpus!("forty.parquet")).unwrap();
        assert_eq!(all.len(), 41);
        assert_eq!(all[40], ["2025", "4", "3", "2", "Wien"]);
    }

    #[test]
    fn fields_of_structures_are_columns_and_lists_are_not() {
        let all = cells(corpus!("nested.parquet")).unwrap();
        let expected = [["id", "Q1", "room.Q2", "room.why"], ["a", "5", "4", "quiet"]];
        assert_eq!(all, expected);
    }

    #[test]
    fn no_part_of_a_file_is_a_file() {
        for bytes in [corpus!("duckdb_snappy.parquet"), corpus!("groups_of_rows.parquet")]
        {
            for length in 0..bytes.len() {
                assert!(cells(&bytes[..length]).is_err(), "{length}");
            }
        }
    }

    #[test]
    fn whatever_byte_is_changed_there_are_rows_or_an_error() {
        let (mut read, mut refused) = (0, 0);
        for bytes in [
            corpus!("duckdb_snappy.parquet"),
            corpus!("duckdb_v2.parquet"),
            corpus!("polars_gzip.parquet"),
            corpus!("groups_of_rows.parquet"),
        ] {
            for (at, change) in (0..bytes.len())
                .flat_map(|at| [0x01, 0x80, 0xFF].map(|change| (at, change)))
            {
                let mut bytes = bytes.to_vec();
                bytes[at] ^= change;
                match cells(&bytes) {
                    Ok(_) => read += 1,
                    Err(_) => refused += 1,
                }
            }
        }
        assert!(read > 0 && refused > read / 2, "{read} read, {refused} refused");
    }
}
