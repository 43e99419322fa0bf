//! How large the sheets of an XLS are when all their cells are written out: two cells at its
//! far corners make a sheet of 65,536 rows.
//!
//! An XLS is a compound file: sectors, chained by a table, that make up streams ([MS-CFB]);
//! its stream `Workbook` is a row of records ([MS-XLS]).

use std::collections::BTreeMap;

/// The end of a chain, and what is above it.
const LAST: u32 = 0xFFFF_FFFA;
/// Records of a cell, whose first two numbers are its row and column: formula, blank, number,
/// label, truth or error, several blanks, several numbers, label of a table, text, number.
const CELLS: [u16; 10] =
    [0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00BE, 0x00BD, 0x00FD, 0x00D6, 0x027E];
/// The beginning of a sheet.
const BEGIN: u16 = 0x0809;

/// The most cells that a sheet of the XLS in `file` takes up, empty ones included; `None`
/// when the file is no sound compound file with a workbook.
pub(super) fn most_cells(file: &[u8]) -> Option<u64> {
    let stream = Compound::new(file)?.workbook()?;
    let (mut most, mut rows, mut columns) = (0, 0_u64, 0_u64);
    let mut at = 0_usize;
    while let (Some(kind), Some(length)) = (u16_at(&stream, at), u16_at(&stream, at + 2))
    {
        if kind == BEGIN {
            (rows, columns) = (0, 0);
        }
        if CELLS.contains(&kind) {
            let (row, column) = (u16_at(&stream, at + 4)?, u16_at(&stream, at + 6)?);
            // Several cells of a row end with the number of the last column.
            let end = at + 2 + usize::from(length);
            let last = match kind {
                0x00BE | 0x00BD => u16_at(&stream, end)?.max(column),
                _ => column,
            };
            rows = rows.max(u64::from(row) + 1);
            columns = columns.max(u64::from(last) + 1);
            most = most.max(rows * columns);
        }
        at += 4 + usize::from(length);
    }
    Some(most)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// A compound file.
struct Compound<'a> {
    file: &'a [u8],
    /// Bytes of a sector.
    sector: usize,
    /// What follows each sector.
    table: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn new(file: &'a [u8]) -> Option<Self> {
        let shift = u16_at(file, 30).filter(|it| (9..=12).contains(it))?;
        let mut it = Self { file, sector: 1 << shift, table: Vec::new() };
        // The first 109 sectors of the table are listed in the header, the others in
        // sectors of their own, which end in the number of the next of them.
        let mut listed: Vec<u32> =
            (0..109).filter_map(|index| u32_at(file, 76 + 4 * index)).collect();
        let (mut next, mut left) = (u32_at(file, 68)?, file.len() / it.sector);
        while next < LAST && left > 0 {
            let numbers = it.at(next)?;
            let count = it.sector / 4 - 1;
            listed.extend((0..count).filter_map(|index| u32_at(numbers, 4 * index)));
            (next, left) = (u32_at(numbers, 4 * count)?, left - 1);
        }
        for number in listed.into_iter().filter(|number| *number < LAST) {
            let numbers = it.at(number)?;
            let numbers =
                (0..it.sector / 4).filter_map(|index| u32_at(numbers, 4 * index));
            it.table.extend(numbers);
        }
        Some(it)
    }

    /// A sector, of which the last may be cut.
    fn at(&self, number: u32) -> Option<&'a [u8]> {
        let begin = (number as usize + 1).checked_mul(self.sector)?;
        let end = begin.checked_add(self.sector)?.min(self.file.len());
        self.file.get(begin..end)
    }

    /// The bytes of the sectors from `first` on.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let (mut bytes, mut next) = (Vec::new(), first);
        while next < LAST {
            // A chain that bites its own tail is longer than the file.
            if bytes.len() > self.file.len() {
                return None;
            }
            bytes.extend_from_slice(self.at(next)?);
            next = *self.table.get(next as usize)?;
        }
        Some(bytes)
    }

    fn workbook(&self) -> Option<Vec<u8>> {
        let directory = self.chain(u32_at(self.file, 48)?)?;
        let mut streams = BTreeMap::new();
        for entry in directory.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64)?.min(64)).saturating_sub(2);
            let name =
                entry.get(..length)?.chunks_exact(2).filter_map(|it| u16_at(it, 0));
            let name = String::from_utf16_lossy(&name.collect::<Vec<_>>());
            streams.insert(name, (u32_at(entry, 116)?, u32_at(entry, 120)?));
        }
        let (first, length) = *streams.get("Workbook").or_else(|| streams.get("Book"))?;
        let mut bytes = if length < u32_at(self.file, 56)? {
            self.small(first, streams.get("Root Entry")?.0)?
        } else {
            self.chain(first)?
        };
        bytes.truncate(length as usize);
        Some(bytes)
    }

    /// A stream of less than some bytes: it lies in the stream of the root, in sectors of 64.
    fn small(&self, first: u32, root: u32) -> Option<Vec<u8>> {
        const SMALL: usize = 64;
        let (table, root) = (self.chain(u32_at(self.file, 60)?)?, self.chain(root)?);
        let (mut bytes, mut next) = (Vec::new(), first);
        while next < LAST && bytes.len() <= root.len() {
            let begin = next as usize * SMALL;
            bytes.extend_from_slice(root.get(begin..begin + SMALL)?);
            next = u32_at(&table, 4 * next as usize)?;
        }
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u16]) -> Vec<u8> {
        let length = u16::try_from(2 * data.len()).unwrap();
        [kind, length].iter().chain(data).flat_map(|it| it.to_le_bytes()).collect()
    }

    /// A compound file of one sector for the table, one for the directory, and the stream.
    fn file(stream: &[u8]) -> Vec<u8> {
        let mut stream = stream.to_vec();
        stream.resize(4096, 0);
        let mut file = vec![0; 512];
        let mut put = |at: usize, value: u32| {
            file[at..at + 4].copy_from_slice(&value.to_le_bytes());
        };
        put(30, 9);
        put(48, 1);
        put(56, 4096);
        put(68, u32::MAX);
        put(76, 0);
        for index in 1..109 {
            put(76 + 4 * index, u32::MAX);
        }
        let table = [LAST, LAST].into_iter().chain((3..10).chain([LAST]));
        let mut table: Vec<u8> = table.flat_map(u32::to_le_bytes).collect();
        table.resize(512, 0xFF);
        let mut directory = vec![0; 512];
        let name: Vec<u8> =
            "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
        directory[..16].copy_from_slice(&name);
        directory[64] = 18;
        directory[116] = 2;
        directory[121] = 16;
        [file, table, directory, stream].concat()
    }

    #[test]
    fn cells_far_apart_make_a_large_sheet() {
        let near =
            [record(BEGIN, &[0; 8]), record(0x0203, &[2, 3, 0, 0, 0, 0, 0])].concat();
        assert_eq!(most_cells(&file(&near)), Some(3 * 4));
        let far = [near.clone(), record(0x0204, &[65_535, 0, 0])].concat();
        assert_eq!(most_cells(&file(&far)), Some(65_536 * 4));
        let other =
            [far, record(BEGIN, &[0; 8]), record(0x00BD, &[0, 0, 0, 255])].concat();
        assert_eq!(most_cells(&file(&other)), Some(65_536 * 4));
    }

    #[test]
    fn what_is_no_compound_file_has_no_sheets() {
        assert_eq!(most_cells(b""), None);
        assert_eq!(most_cells(&[0xD0; 4096]), None);
    }
}
