//! The footer of a Parquet file: what the file holds and where.

use std::io::{self, Read};

use bytes::Bytes;
use parquet::basic::{Compression, Type};
use parquet::file::metadata::{
    ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData,
};

use super::super::unpack::LIMIT;
use super::super::unread::{COLUMNS, Fault, Refusal};
use super::guard::guarded;
use super::thrift::walk_footer;
use super::{NAME, damaged};

/// Bytes that a file may have: it is read as a whole.
const FILE: u64 = 1 << 30;
/// Bytes that a footer may have.
const FOOTER: usize = 64 << 20;
/// Bytes of a value of fixed length.
const VALUE: i32 = 1 << 16;
/// The mark at both ends, and the length of the footer.
const MARK: usize = 4;

/// What to do with files that are not read.
const REMEDY: &str = "write it with Snappy, Zstandard or gzip, or as CSV";

/// A file in memory, and what is in it.
pub(super) struct Contents {
    /// Its bytes.
    pub(super) bytes: Bytes,
    /// What they are.
    pub(super) metadata: ParquetMetaData,
}

impl Contents {
    /// Takes in the file in these bytes.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had, or are no sound Parquet file.
    pub(super) fn read(
        source: Box<dyn Read + Send + '_>,
    ) -> io::Result<Result<Self, Refusal>> {
        let mut content = Vec::new();
        source.take(FILE + 1).read_to_end(&mut content)?;
        if content.len() as u64 > FILE {
            return Err(Fault::Swells { megabytes: FILE >> 20 }.into());
        }
        Ok(Self::of(Bytes::from(content))?)
    }

    fn of(bytes: Bytes) -> Result<Result<Self, Refusal>, Fault> {
        let footer = match footer(&bytes)? {
            Ok(footer) => footer,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if walk_footer(footer).ok_or_else(damaged)?.encrypted {
            return Ok(Err(ENCRYPTED));
        }
        let decoded = guarded(|| ParquetMetaDataReader::decode_metadata(footer).ok());
        let metadata = decoded.flatten().ok_or_else(damaged)?;
        let leaves = metadata.file_metadata().schema_descr().columns();
        if leaves.len() > COLUMNS {
            return Err(Fault::TooWide);
        }
        let strange = |it: i32| !(1..=VALUE).contains(&it);
        let mut fixed = leaves
            .iter()
            .filter(|it| it.physical_type() == Type::FIXED_LEN_BYTE_ARRAY)
            .map(|it| it.type_length());
        if fixed.any(strange) {
            return Err(damaged());
        }
        weigh(&metadata, bytes.len() as u64)?;
        let mut chunks = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns);
        if let Some(packing) = chunks.find_map(foreign_packing) {
            return Ok(Err(Refusal::Form(packing, REMEDY)));
        }
        Ok(Ok(Self { bytes, metadata }))
    }
}

/// A file that somebody has a key to.
const ENCRYPTED: Refusal =
    Refusal::Form("an encrypted Parquet file", "write it without encryption, or as CSV");

/// The bytes of the footer.
fn footer(bytes: &[u8]) -> Result<Result<&[u8], Refusal>, Fault> {
    let cut_off = || Fault::CutOff(NAME);
    let (rest, mark) = bytes.split_last_chunk::<MARK>().ok_or_else(cut_off)?;
    if mark == b"PARE" {
        return Ok(Err(ENCRYPTED));
    }
    if mark != b"PAR1" {
        return Err(cut_off());
    }
    let (rest, length) = rest.split_last_chunk::<4>().ok_or_else(cut_off)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > FOOTER {
        return Err(damaged());
    }
    let begin = rest.len().checked_sub(length).filter(|begin| *begin >= MARK);
    rest.get(begin.ok_or_else(damaged)?..).map(Ok).ok_or_else(damaged)
}

/// Holds the rows that a file declares against its bytes: as many cells as no survey has in
/// so few bytes would be read for hours.
fn weigh(metadata: &ParquetMetaData, bytes: u64) -> Result<(), Fault> {
    let columns = metadata.file_metadata().schema_descr().num_columns();
    let mut cells = 0_u64;
    for group in metadata.row_groups() {
        let rows = u64::try_from(group.num_rows()).map_err(|_| damaged())?;
        cells = cells.saturating_add(rows.saturating_mul(columns.max(1) as u64));
        let whole = |it: &ColumnChunkMetaData| chunk(it, bytes).is_some();
        if group.num_columns() != columns || !group.columns().iter().all(whole) {
            return Err(damaged());
        }
    }
    if LIMIT.is_passed(cells, bytes) {
        return Err(Fault::Swells { megabytes: LIMIT.free >> 20 });
    }
    Ok(())
}

/// Where the pages of a column of a group lie in a file of so many bytes; `None` when they
/// lie outside of it.
pub(super) fn chunk(of: &ColumnChunkMetaData, bytes: u64) -> Option<(usize, usize)> {
    let data = of.data_page_offset();
    // Some programs write an offset of 0 where there is no dictionary.
    let dictionary = of.dictionary_page_offset().filter(|it| *it > 0 && *it < data);
    let begin = u64::try_from(dictionary.unwrap_or(data)).ok()?;
    let end = begin.checked_add(u64::try_from(of.compressed_size()).ok()?)?;
    if of.file_path().is_some() || begin < MARK as u64 || end > bytes {
        return None;
    }
    Some((usize::try_from(begin).ok()?, usize::try_from(end).ok()?))
}

/// What a file is that is packed as nothing is unpacked here.
fn foreign_packing(of: &ColumnChunkMetaData) -> Option<&'static str> {
    match of.compression() {
        Compression::BROTLI(_) => Some("a Parquet file packed with Brotli"),
        Compression::LZO => Some("a Parquet file packed with LZO"),
        Compression::LZ4 => Some("a Parquet file packed with the LZ4 of Hadoop"),
        _ => None,
    }
}
