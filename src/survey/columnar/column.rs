//! Some values of a column, which stand beside those of the others.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use bytes::Bytes;
use parquet::basic::Type;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::DataType;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;

use super::super::unread::Fault;
use super::cell::{Kind, Value};
use super::footer::chunk;
use super::guard::guarded;
use super::pages::{Paged, Pages};
use super::{damaged, fault};

/// A column of a group of rows.
pub(super) struct Column {
    values: Box<dyn Values>,
    kind: Kind,
    /// The level of a value that is there; none is missing where it is 0.
    present: i16,
    /// The levels of the rows that were read.
    levels: Vec<i16>,
    /// The next row and the next value.
    row: usize,
    value: usize,
}

impl Column {
    /// The column that lies in this part of the file, in a group of so many rows.
    pub(super) fn open(
        file: &Bytes,
        part: &ColumnChunkMetaData,
        kind: Kind,
        (rows, held): (u64, &Arc<AtomicU64>),
    ) -> Result<Self, Fault> {
        let description = part.column_descr_ptr();
        let present = description.max_def_level();
        let (begin, end) = chunk(part, file.len() as u64).ok_or_else(damaged)?;
        let bytes = if begin <= end { file.slice(begin..end) } else { Bytes::new() };
        let width = match description.physical_type() {
            Type::BOOLEAN => 1,
            Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
            Type::FIXED_LEN_BYTE_ARRAY => {
                usize::try_from(description.type_length()).map_err(|_| damaged())?
            }
        };
        let compression = part.compression();
        let of = Paged { compression, rows, width, optional: present > 0 };
        let pages = Box::new(Pages::new(bytes, of, Arc::clone(held)));
        let reader = guarded(|| get_column_reader(description, pages));
        let values = typed(reader.ok_or_else(damaged)?);
        Ok(Self { values, kind, present, levels: Vec::new(), row: 0, value: 0 })
    }

    /// Reads so many values more, in place of those before.
    pub(super) fn fill(&mut self, rows: usize) -> Result<(), Fault> {
        self.levels.clear();
        (self.row, self.value) = (0, 0);
        let (values, levels) = (&mut self.values, &mut self.levels);
        let read = guarded(|| values.fill(rows, levels)).ok_or_else(damaged)?;
        if read.map_err(|error| fault(&error))? < rows {
            return Err(Fault::Broken(
                "a column of it ends before the others".to_owned(),
            ));
        }
        Ok(())
    }

    /// Adds the text of the next row to `out`; nothing where there is no value.
    pub(super) fn write(&mut self, out: &mut String) -> Result<(), Fault> {
        let level = self.levels.get(self.row).copied().unwrap_or_default();
        self.row += 1;
        if level < self.present {
            return Ok(());
        }
        self.value += 1;
        self.values.write(self.value - 1, self.kind, out)
    }
}

/// The values of a column, of whatever type.
trait Values: Send {
    /// Reads so many rows in place of those before, and says how many there were.
    fn fill(&mut self, rows: usize, levels: &mut Vec<i16>) -> Result<usize>;

    /// Adds the text of one value to `out`.
    fn write(&self, at: usize, kind: Kind, out: &mut String) -> Result<(), Fault>;
}

struct Typed<T: DataType> {
    reader: ColumnReaderImpl<T>,
    values: Vec<T::T>,
}

impl<T: DataType> Values for Typed<T>
where
    T::T: Value,
{
    fn fill(&mut self, rows: usize, levels: &mut Vec<i16>) -> Result<usize> {
        self.values.clear();
        let (read, ..) =
            self.reader.read_records(rows, Some(levels), None, &mut self.values)?;
        Ok(read)
    }

    fn write(&self, at: usize, kind: Kind, out: &mut String) -> Result<(), Fault> {
        self.values.get(at).ok_or_else(damaged)?.write(kind, out)
    }
}

fn typed(reader: ColumnReader) -> Box<dyn Values> {
    fn of<T: DataType>(reader: ColumnReaderImpl<T>) -> Box<dyn Values>
    where
        T::T: Value,
    {
        Box::new(Typed { reader, values: Vec::new() })
    }
    match reader {
        ColumnReader::BoolColumnReader(it) => of(it),
        ColumnReader::Int32ColumnReader(it) => of(it),
        ColumnReader::Int64ColumnReader(it) => of(it),
        ColumnReader::Int96ColumnReader(it) => of(it),
        ColumnReader::FloatColumnReader(it) => of(it),
        ColumnReader::DoubleColumnReader(it) => of(it),
        ColumnReader::ByteArrayColumnReader(it) => of(it),
        ColumnReader::FixedLenByteArrayColumnReader(it) => of(it),
    }
}
