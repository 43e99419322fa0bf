//! The pages of a column in a group of rows, unpacked one by one.
//!
//! The crate `parquet` could do so itself, but takes as much memory as a page says that it
//! unpacks to, and needs a C compiler for Zstandard.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

use super::super::unpack::{LIMIT, Packing, unpack};
use super::super::unread::Fault;
use super::damaged;
use super::thrift::{PageHeader, Thrift, page_header};

/// Bytes that a page may unpack to.
const PAGE: usize = 128 << 20;
/// Bytes that the pages which are read side by side may have together.
const HELD: u64 = 1 << 30;

/// What is known of the column that pages belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paged {
    /// How they are packed.
    pub(super) compression: Compression,
    /// Rows of the group.
    pub(super) rows: u64,
    /// Bytes that a value has at least.
    pub(super) width: usize,
    /// Whether values may be missing.
    pub(super) optional: bool,
}

/// The pages of a column.
pub(super) struct Pages {
    /// From the first page to the end of the last.
    bytes: Bytes,
    at: usize,
    of: Paged,
    /// Bytes that all columns of the group hold.
    held: Arc<AtomicU64>,
    /// Those of the last page.
    last: u64,
}

impl Pages {
    /// The pages in `bytes`, which share `held` with those of other columns.
    pub(super) fn new(bytes: Bytes, of: Paged, held: Arc<AtomicU64>) -> Self {
        Self { bytes, at: 0, of, held, last: 0 }
    }

    fn next_page(&mut self) -> Result<Option<Page>, Fault> {
        loop {
            let rest = self.bytes.slice(self.at.min(self.bytes.len())..);
            if rest.is_empty() {
                return Ok(None);
            }
            let header = page_header(&rest).ok_or_else(damaged)?;
            let begin = header.length;
            let end = begin.checked_add(size(header.own.get(3))?);
            let end = end.filter(|end| *end <= rest.len()).ok_or_else(damaged)?;
            self.at += end;
            let packed = rest.slice(begin..end);
            let page = match header.own.get(1) {
                Some(0) => self.data_page(&header, &packed)?,
                Some(2) => self.dictionary(&header, &packed)?,
                Some(3) => self.data_page_v2(&header, &packed)?,
                // An index, or what is yet to be invented.
                _ => continue,
            };
            return Ok(Some(page));
        }
    }

    fn data_page(&mut self, header: &PageHeader, packed: &Bytes) -> Result<Page, Fault> {
        let of_kind = header.of_kind;
        let buf = self.unpacked(packed, size(header.own.get(2))?)?;
        self.replace(buf.len())?;
        let num_values = self.values(of_kind.get(1))?;
        let encoding = encoding(of_kind.get(2))?;
        let mut levels = 0;
        if self.of.optional {
            if of_kind.get(3) != Some(3) {
                return Err(unread("levels that are packed bit by bit"));
            }
            let length = buf.first_chunk::<4>().ok_or_else(damaged)?;
            levels = 4 + u32::from_le_bytes(*length) as usize;
        }
        let values = buf.get(levels..).ok_or_else(damaged)?;
        check_count(encoding, values, num_values)?;
        Ok(Page::DataPage {
            buf,
            num_values,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })
    }

    fn data_page_v2(
        &mut self,
        header: &PageHeader,
        packed: &Bytes,
    ) -> Result<Page, Fault> {
        let of_kind = header.of_kind;
        let (def, rep) = (count(of_kind.get(5))?, count(of_kind.get(6))?);
        let levels = (def as usize).saturating_add(rep as usize);
        let whole = size(header.own.get(2))?;
        let rest = whole.checked_sub(levels).ok_or_else(damaged)?;
        let head = packed.get(..levels).ok_or_else(damaged)?;
        let is_packed = of_kind.get(7) != Some(0) && rest > 0;
        let buf = if is_packed {
            let values = self.unpacked(&packed.slice(levels..), rest)?;
            Bytes::from([head, &values].concat())
        } else {
            packed.slice(..whole.min(packed.len()))
        };
        self.replace(buf.len())?;
        let (num_values, num_nulls) =
            (self.values(of_kind.get(1))?, count(of_kind.get(2))?);
        let encoding = encoding(of_kind.get(4))?;
        let values = buf.get(levels..).ok_or_else(damaged)?;
        check_count(encoding, values, num_values)?;
        if num_nulls > num_values {
            return Err(damaged());
        }
        Ok(Page::DataPageV2 {
            buf,
            num_values,
            encoding,
            num_nulls,
            num_rows: num_values,
            def_levels_byte_len: def,
            rep_levels_byte_len: rep,
            is_compressed: false,
            statistics: None,
        })
    }

    fn dictionary(&mut self, header: &PageHeader, packed: &Bytes) -> Result<Page, Fault> {
        let buf = self.unpacked(packed, size(header.own.get(2))?)?;
        self.keep(buf.len())?;
        let num_values = count(header.of_kind.get(1))?;
        let encoding = match header.of_kind.get(2) {
            Some(0 | 2) => Encoding::PLAIN,
            _ => return Err(damaged()),
        };
        // Room is made for so many values.
        if num_values as usize > buf.len() / self.of.width.max(1) {
            return Err(damaged());
        }
        Ok(Page::DictionaryPage { buf, num_values, encoding, is_sorted: false })
    }

    /// The number of values of a page: without lists, no more than there are rows.
    fn values(&self, declared: Option<i64>) -> Result<u32, Fault> {
        let count = count(declared)?;
        if u64::from(count) > self.of.rows { Err(damaged()) } else { Ok(count) }
    }

    /// Takes note of a page of data, which is kept until the next one comes.
    fn replace(&mut self, bytes: usize) -> Result<(), Fault> {
        self.held.fetch_sub(self.last, Ordering::Relaxed);
        self.last = bytes as u64;
        self.keep(bytes)
    }

    /// Takes note of a page that is kept as long as there are rows in the group.
    fn keep(&self, bytes: usize) -> Result<(), Fault> {
        let bytes = bytes as u64;
        let before = self.held.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > HELD {
            return Err(Fault::Swells { megabytes: HELD >> 20 });
        }
        Ok(())
    }

    /// What `packed` unpacks to, which must be `size` bytes.
    fn unpacked(&self, packed: &Bytes, size: usize) -> Result<Bytes, Fault> {
        if size > PAGE || LIMIT.is_passed(size as u64, packed.len() as u64) {
            return Err(Fault::Swells { megabytes: (LIMIT.free.min(size as u64)) >> 20 });
        }
        let mut out = Vec::new();
        match self.of.compression {
            Compression::UNCOMPRESSED => {
                let whole = packed.len() == size;
                return if whole { Ok(packed.clone()) } else { Err(damaged()) };
            }
            Compression::SNAPPY => {
                out.resize(size, 0);
                let unpacked = snap::raw::Decoder::new().decompress(packed, &mut out);
                out.truncate(unpacked.map_err(|_| damaged())?);
            }
            Compression::LZ4_RAW => {
                out.resize(size, 0);
                let unpacked = lz4_flex::block::decompress_into(packed, &mut out);
                out.truncate(unpacked.map_err(|_| damaged())?);
            }
            Compression::GZIP(_) => stream(Packing::Gzip, packed, size, &mut out)?,
            Compression::ZSTD(_) => stream(Packing::Zstandard, packed, size, &mut out)?,
            _ => return Err(damaged()),
        }
        if out.len() == size { Ok(Bytes::from(out)) } else { Err(damaged()) }
    }
}

/// Unpacks no more than `size` bytes, and one to tell that there are more.
fn stream(
    packing: Packing,
    packed: &[u8],
    size: usize,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    let unpacked = unpack(packing, Box::new(packed), LIMIT);
    unpacked.take(size as u64 + 1).read_to_end(out).map_err(|_| damaged())?;
    Ok(())
}

fn size(declared: Option<i64>) -> Result<usize, Fault> {
    declared.and_then(|it| usize::try_from(it).ok()).ok_or_else(damaged)
}

fn count(declared: Option<i64>) -> Result<u32, Fault> {
    let count = declared.and_then(|it| u32::try_from(it).ok());
    count.filter(|it| *it <= i32::MAX.cast_unsigned()).ok_or_else(damaged)
}

fn encoding(declared: Option<i64>) -> Result<Encoding, Fault> {
    Ok(match declared {
        Some(0) => Encoding::PLAIN,
        Some(2) => Encoding::PLAIN_DICTIONARY,
        Some(3) => Encoding::RLE,
        Some(5) => Encoding::DELTA_BINARY_PACKED,
        Some(6) => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        // Each value may be the one before it and a byte more: no bytes bound the memory.
        Some(7) => return Err(unread("texts that are written as prefixes of others")),
        Some(8) => Encoding::RLE_DICTIONARY,
        Some(9) => Encoding::BYTE_STREAM_SPLIT,
        _ => return Err(unread("an encoding that this version does not know")),
    })
}

fn unread(what: &str) -> Fault {
    Fault::Broken(format!("it has {what}"))
}

/// Differences say themselves how many they are, and room is made for as many.
fn check_count(encoding: Encoding, values: &[u8], count: u32) -> Result<(), Fault> {
    let differences = [Encoding::DELTA_BINARY_PACKED, Encoding::DELTA_LENGTH_BYTE_ARRAY];
    if !differences.contains(&encoding) || values.is_empty() {
        return Ok(());
    }
    match Thrift::new(values).third_count() {
        Some(declared) if declared <= u64::from(count) => Ok(()),
        _ => Err(damaged()),
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.next_page().map_err(|fault| ParquetError::External(Box::new(fault)))
    }

    // Only columns of lists look ahead, and only who skips rows skips pages.
    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Err(ParquetError::NYI("looking ahead".to_owned()))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        Err(ParquetError::NYI("skipping pages".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fields that follow one another, all of them numbers.
    fn numbers(values: &[u64]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for value in values {
            bytes.push(0x15);
            // Twice the number: the lowest bit is its sign.
            let mut left = value * 2;
            while left >= 0x80 {
                bytes.push(u8::try_from(left & 0x7F).unwrap() | 0x80);
                left >>= 7;
            }
            bytes.push(u8::try_from(left).unwrap());
        }
        bytes
    }

    /// A page: its kind, its length as unpacked, the id of the field of its kind, what is in
    /// it, and its bytes.
    fn page(kind: u64, size: u64, (id, of_kind): (u8, &[u64]), bytes: &[u8]) -> Bytes {
        let own = numbers(&[kind, size, bytes.len() as u64]);
        let head = [((id - 3) << 4) | 0x0C];
        Bytes::from([&own, &head[..], &numbers(of_kind), &[0, 0], bytes].concat())
    }

    fn next(compression: Compression, bytes: Bytes) -> Result<Option<Page>, Fault> {
        let of = Paged { compression, rows: 10, width: 4, optional: false };
        Pages::new(bytes, of, Arc::default()).next_page()
    }

    #[test]
    fn a_page_is_what_its_header_says() {
        let bytes = page(0, 8, (5, &[2, 0, 3, 3]), &[1, 0, 0, 0, 2, 0, 0, 0]);
        let Some(Page::DataPage { buf, num_values, encoding, .. }) =
            next(Compression::UNCOMPRESSED, bytes).unwrap()
        else {
            panic!("no page of data")
        };
        assert_eq!((buf.len(), num_values, encoding), (8, 2, Encoding::PLAIN));
    }

    #[test]
    fn no_room_is_made_for_what_a_page_only_declares() {
        let plain = |bytes| next(Compression::UNCOMPRESSED, bytes).unwrap_err();
        let two_gigabytes = page(0, 0x7FFF_FFFF, (5, &[1, 0, 3, 3]), &[0; 8]);
        for packed in [Compression::SNAPPY, Compression::LZ4_RAW] {
            let found = next(packed, two_gigabytes.clone()).unwrap_err();
            assert!(matches!(found, Fault::Swells { .. }), "{found}");
        }
        // More values than rows.
        assert_eq!(plain(page(0, 8, (5, &[11, 0, 3, 3]), &[0; 8])), damaged());
        // A dictionary of a million numbers in eight bytes.
        assert_eq!(plain(page(2, 8, (7, &[1_000_000, 0]), &[0; 8])), damaged());
        // Differences: blocks of 128 in 4 parts, and then 300 of them in a page of 2.
        let differences = [0x80, 0x01, 4, 0xAC, 0x02, 0, 0, 0];
        assert_eq!(plain(page(0, 8, (5, &[2, 5, 3, 3]), &differences)), damaged());
        // More bytes than there are.
        let cut_off = page(0, 8, (5, &[2, 0, 3, 3]), &[0; 8]);
        assert_eq!(plain(cut_off.slice(..cut_off.len() - 1)), damaged());
    }

    #[test]
    fn texts_that_grow_without_bytes_are_not_read() {
        let bytes = page(0, 8, (5, &[2, 7, 3, 3]), &[0; 8]);
        let found = next(Compression::UNCOMPRESSED, bytes).unwrap_err();
        assert!(matches!(found, Fault::Broken(_)), "{found}");
    }

    #[test]
    fn pages_side_by_side_share_what_they_may_hold() {
        let of = Paged {
            compression: Compression::UNCOMPRESSED,
            rows: 10,
            width: 4,
            optional: false,
        };
        let held = Arc::new(AtomicU64::new(HELD - 20));
        let mut pages = Pages::new(Bytes::new(), of, Arc::clone(&held));
        // One page takes the place of another; a dictionary stays.
        pages.replace(12).unwrap();
        pages.replace(12).unwrap();
        pages.keep(8).unwrap();
        assert_eq!(held.load(Ordering::Relaxed), HELD);
        assert!(matches!(pages.keep(1), Err(Fault::Swells { .. })));
    }
}
