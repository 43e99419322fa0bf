//! The compact protocol of Thrift, as far as sizes and counts can be seen in it.
//!
//! The crate `parquet` decodes footers, and makes room for lists and trees that they declare;
//! so they are walked here first. `None` is what is no sound value throughout.

/// Structures inside structures, and columns inside columns.
const DEPTH: usize = 32;
/// Elements of a list.
const ELEMENTS: usize = 1 << 20;

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const INTEGERS: [u8; 3] = [4, 5, 6];
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LISTS: [u8; 2] = [9, 10];
const MAP: u8 = 11;
const STRUCT: u8 = 12;

/// What takes a field by its id and kind, or says that it is to be passed over.
type Take<'t, 'a> = &'t mut dyn FnMut(&mut Thrift<'a>, i64, u8) -> Option<bool>;

/// Bytes that are read from their beginning.
pub(super) struct Thrift<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Thrift<'a> {
    /// Of these bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Bytes read so far.
    fn position(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn forward(&mut self, bytes: usize) -> Option<()> {
        self.at = self.at.checked_add(bytes).filter(|at| *at <= self.bytes.len())?;
        Some(())
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// A length or count: it is no number below zero, and none that no machine could hold.
    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.varint()?).ok()
    }

    /// The third of the numbers that the header of an encoded column begins with.
    pub(super) fn third_count(&mut self) -> Option<u64> {
        self.varint()?;
        self.varint()?;
        self.varint()
    }

    /// The number, or the truth, that a field of this kind is.
    fn number(&mut self, kind: u8) -> Option<i64> {
        match kind {
            TRUE => Some(1),
            FALSE => Some(0),
            BYTE => Some(i64::from(self.byte()?.cast_signed())),
            kind if INTEGERS.contains(&kind) => self.zigzag(),
            _ => None,
        }
    }

    /// The kind and number of the elements of a list.
    fn list(&mut self) -> Option<(u8, usize)> {
        let head = self.byte()?;
        let size = match head >> 4 {
            15 => self.size()?,
            few => usize::from(few),
        };
        // An element has a byte at least.
        let left = self.bytes.len().saturating_sub(self.at);
        (size <= ELEMENTS.min(left)).then_some((head & 15, size))
    }

    /// Reads a structure, field by field.
    fn structure(&mut self, take: Take<'_, 'a>) -> Option<()> {
        self.fields(DEPTH, take)
    }

    fn fields(&mut self, depth: usize, take: Take<'_, 'a>) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let mut id = 0_i64;
        loop {
            let head = self.byte()?;
            let kind = head & 15;
            if kind == 0 {
                return Some(());
            }
            id = match head >> 4 {
                0 => self.zigzag()?,
                further => id.checked_add(i64::from(further))?,
            };
            if !take(self, id, kind)? {
                self.skip(kind, depth)?;
            }
        }
    }

    /// Passes over the value of a field.
    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            TRUE | FALSE => Some(()),
            BYTE => self.forward(1),
            DOUBLE => self.forward(8),
            BINARY => {
                let size = self.size()?;
                self.forward(size)
            }
            MAP => self.skip_map(depth.checked_sub(1)?),
            STRUCT => self.fields(depth, &mut |_, _, _| Some(false)),
            kind if INTEGERS.contains(&kind) => self.varint().map(drop),
            kind if LISTS.contains(&kind) => {
                let (kind, size) = self.list()?;
                let depth = depth.checked_sub(1)?;
                (0..size).try_for_each(|_| self.skip_element(kind, depth))
            }
            _ => None,
        }
    }

    /// Passes over a value that is no field: there, a truth has a byte of its own.
    fn skip_element(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            TRUE | FALSE => self.forward(1),
            _ => self.skip(kind, depth),
        }
    }

    fn skip_map(&mut self, depth: usize) -> Option<()> {
        let size = self.size()?;
        if size == 0 {
            return Some(());
        }
        let kinds = self.byte()?;
        (size <= ELEMENTS).then_some(())?;
        (0..size).try_for_each(|_| {
            self.skip_element(kinds >> 4, depth)?;
            self.skip_element(kinds & 15, depth)
        })
    }

    /// The numbers of a structure, by their ids below ten; other fields are passed over.
    fn numbers(&mut self) -> Option<Numbers> {
        let mut numbers = [None; 10];
        self.fields(DEPTH, &mut |thrift, id, kind| {
            let place = usize::try_from(id).ok().and_then(|id| numbers.get_mut(id));
            let Some(place) = place.filter(|_| kind < DOUBLE) else {
                return Some(false);
            };
            *place = Some(thrift.number(kind)?);
            Some(true)
        })?;
        Some(Numbers(numbers))
    }
}

/// Numbers by the ids of their fields.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Numbers([Option<i64>; 10]);

impl Numbers {
    /// The number of this field.
    pub(super) fn get(&self, id: usize) -> Option<i64> {
        self.0.get(id).copied().flatten()
    }
}

/// What stands before a page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PageHeader {
    /// What page it is, its length as unpacked, and as packed.
    pub(super) own: Numbers,
    /// What is told of this kind of page.
    pub(super) of_kind: Numbers,
    /// Bytes of the header.
    pub(super) length: usize,
}

/// The header of a page that `bytes` begin with.
pub(super) fn page_header(bytes: &[u8]) -> Option<PageHeader> {
    let mut thrift = Thrift::new(bytes);
    let mut header = PageHeader::default();
    thrift.structure(&mut |thrift, id, kind| {
        match (id, kind) {
            (1..=4, ..DOUBLE) => {
                let place = header.own.0.get_mut(usize::try_from(id).ok()?)?;
                *place = Some(thrift.number(kind)?);
            }
            (5 | 7 | 8, STRUCT) => header.of_kind = thrift.numbers()?,
            _ => return Some(false),
        }
        Some(true)
    })?;
    header.length = thrift.position();
    Some(header)
}

/// What is told of a file in its footer, beside what is decoded of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Walked {
    /// Whether columns are encrypted.
    pub(super) encrypted: bool,
}

/// Walks a footer: whether it is a structure whose lists are no longer than its bytes, and
/// whose columns are a tree that is not too deep.
pub(super) fn walk_footer(bytes: &[u8]) -> Option<Walked> {
    let (mut walked, mut children) = (Walked::default(), Vec::new());
    Thrift::new(bytes).structure(&mut |thrift, id, kind| {
        walked.encrypted |= id == 8;
        if id != 2 || !LISTS.contains(&kind) {
            return Some(false);
        }
        let (kind, size) = thrift.list()?;
        for _ in 0..size {
            (kind == STRUCT).then_some(())?;
            children.push(thrift.numbers()?.get(5).unwrap_or_default());
        }
        Some(true)
    })?;
    is_tree(&children).then_some(walked)
}

/// Whether the numbers of children, node by node and from the root down, make one tree.
fn is_tree(children: &[i64]) -> bool {
    // How many are still to come, by depth.
    let mut open = vec![1_usize];
    for count in children {
        while open.last() == Some(&0) {
            open.pop();
        }
        let Some(last) = open.last_mut() else { return false };
        *last -= 1;
        match usize::try_from(*count) {
            Ok(0) => {}
            Ok(count) if count < children.len() && open.len() < DEPTH => open.push(count),
            _ => return false,
        }
    }
    open.iter().all(|left| *left == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_one_tree() {
        assert!(is_tree(&[2, 0, 0]) && is_tree(&[2, 1, 0, 0]));
        for wrong in [&[2, 0][..], &[1, 0, 0], &[-1], &[9, 0], &[]] {
            assert!(!is_tree(wrong), "{wrong:?}");
        }
        let deep = |levels: usize| [vec![1; levels], vec![0]].concat();
        assert!(is_tree(&deep(DEPTH - 1)) && !is_tree(&deep(DEPTH)));
    }

    #[test]
    fn a_header_of_a_page_is_read_to_its_end() {
        // Fields 1, 2, 3: a data page, 20 bytes, 10 packed; field 5: 4 values, encoding 8.
        let bytes = [0x15, 0, 0x15, 40, 0x15, 20, 0x2C, 0x15, 8, 0x15, 16, 0, 0, 99];
        let header = page_header(&bytes).unwrap();
        assert_eq!(header.length, 13);
        assert_eq!([1, 2, 3].map(|id| header.own.get(id)), [Some(0), Some(20), Some(10)]);
        assert_eq!([1, 2].map(|id| header.of_kind.get(id)), [Some(4), Some(8)]);
        assert!((0..13).all(|length| page_header(&bytes[..length]).is_none()));
    }

    #[test]
    fn a_footer_tells_whether_columns_are_encrypted() {
        // Field 1 is the version, field 2 a list of one node, field 8 a structure.
        let plain = [0x15, 2, 0x19, 0x1C, 0, 0];
        assert_eq!(walk_footer(&plain), Some(Walked { encrypted: false }));
        let encrypted = [0x15, 2, 0x19, 0x1C, 0, 0x6C, 0, 0];
        assert_eq!(walk_footer(&encrypted), Some(Walked { encrypted: true }));
    }

    #[test]
    fn a_list_is_no_longer_than_its_bytes() {
        // Field 4 is a list of structures, a billion of them.
        let claims = [0x49, 0xFC, 0x80, 0x94, 0xEB, 0xDC, 0x03, 0, 0];
        assert_eq!(walk_footer(&claims), None);
        // Structures in structures.
        assert_eq!(walk_footer(&[0x1C; 1 << 12]), None);
    }
}
