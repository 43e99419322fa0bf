//! Packed bytes → bytes: gzip and Zstandard, known by how they begin, never by a name.
//!
//! Unpacking streams, so a file of any size costs the same memory. A file that grows beyond
//! all measure while it is unpacked is refused: see [`LIMIT`].

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::unread::Fault;

/// The limit of what unpacks: once [`Limit::free`] bytes have come out, no more than
/// [`Limit::ratio`] times the bytes that went in. Tables of answers shrink to a tenth, seldom
/// to a fiftieth; nothing that a survey holds shrinks to less than a 250th.
pub(super) const LIMIT: Limit = Limit { free: 64 << 20, ratio: 250 };

/// How far bytes may grow while they are unpacked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    /// Bytes that may come out of anything.
    pub(super) free: u64,
    /// Times the bytes that went in.
    pub(super) ratio: u64,
}

impl Limit {
    /// Whether `given` bytes out of `taken` are more than any survey holds.
    pub(super) fn is_passed(self, given: u64, taken: u64) -> bool {
        given > self.free && given > self.ratio.saturating_mul(taken)
    }
}

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstandard,
}

impl Packing {
    /// How a file is packed that begins with `head`; `None` when it is not.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"\x1F\x8B\x08") {
            Some(Self::Gzip)
        } else if head.starts_with(b"\x28\xB5\x2F\xFD") {
            Some(Self::Zstandard)
        } else {
            None
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstandard => "Zstandard",
        }
    }
}

/// The bytes that `packed` holds.
pub(super) fn unpack<'a>(
    packing: Packing,
    packed: Box<dyn Read + Send + 'a>,
    limit: Limit,
) -> Box<dyn Read + Send + 'a> {
    let packed = Counted { source: packed, taken: 0, ended: false, failed: None };
    let form = match packing {
        Packing::Gzip => Form::Gzip(Box::new(MultiGzDecoder::new(packed))),
        Packing::Zstandard => Form::Waiting(packed),
    };
    Box::new(Unpacked { form, packing, given: 0, limit })
}

/// Packed bytes, counted; a failure of the file is told from a fault of the packing.
struct Counted<'a> {
    source: Box<dyn Read + Send + 'a>,
    taken: u64,
    ended: bool,
    failed: Option<io::ErrorKind>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.source.read(buffer) {
            Ok(length) => {
                self.taken += length as u64;
                self.ended |= length == 0 && !buffer.is_empty();
                Ok(length)
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    self.failed = Some(error.kind());
                }
                Err(error)
            }
        }
    }
}

enum Form<'a> {
    Gzip(Box<MultiGzDecoder<Counted<'a>>>),
    Zstandard(Box<StreamingDecoder<Counted<'a>, ruzstd::decoding::FrameDecoder>>),
    /// Zstandard, between two frames.
    Waiting(Counted<'a>),
    /// Nothing comes any more.
    Done,
}

struct Unpacked<'a> {
    form: Form<'a>,
    packing: Packing,
    given: u64,
    limit: Limit,
}

impl Unpacked<'_> {
    fn packed(&self) -> Option<&Counted<'_>> {
        match &self.form {
            Form::Gzip(decoder) => Some(decoder.get_ref()),
            Form::Zstandard(decoder) => Some(decoder.get_ref()),
            Form::Waiting(packed) => Some(packed),
            Form::Done => None,
        }
    }

    fn step(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.form {
                Form::Gzip(decoder) => return decoder.read(buffer),
                Form::Zstandard(decoder) => {
                    let length = decoder.read(buffer)?;
                    if length > 0 || buffer.is_empty() {
                        return Ok(length);
                    }
                    self.end_frame()?;
                }
                Form::Waiting(_) => self.begin_frame()?,
                Form::Done => return Ok(0),
            }
        }
    }

    /// The checksum of a frame must be that of what came out of it.
    fn end_frame(&mut self) -> io::Result<()> {
        if let Form::Zstandard(decoder) = std::mem::replace(&mut self.form, Form::Done) {
            let (packed, frame) = decoder.into_parts();
            let told = frame.get_checksum_from_data();
            if told.is_some() && told != frame.get_calculated_checksum() {
                return Err(Fault::Damaged(self.packing.name()).into());
            }
            self.form = Form::Waiting(packed);
        }
        Ok(())
    }

    /// Frames follow one another until the bytes end.
    fn begin_frame(&mut self) -> io::Result<()> {
        let Form::Waiting(mut packed) = std::mem::replace(&mut self.form, Form::Done)
        else {
            return Ok(());
        };
        let mut first = Vec::new();
        packed.by_ref().take(1).read_to_end(&mut first)?;
        if first.is_empty() {
            return Ok(());
        }
        let (taken, failed) = (packed.taken, packed.failed);
        let source = io::Cursor::new(first).chain(packed.source);
        let packed = Counted { source: Box::new(source), taken, ended: false, failed };
        match StreamingDecoder::new(packed) {
            Ok(decoder) => self.form = Form::Zstandard(Box::new(decoder)),
            // What a frame begins with is a few bytes: they are wrong, or not all there.
            Err(_) => return Err(Fault::Damaged(self.packing.name()).into()),
        }
        Ok(())
    }

    /// What a failure to unpack means: the decoders do not tell.
    fn fault(&self, error: io::Error) -> io::Error {
        if error.kind() == io::ErrorKind::Interrupted || Fault::of(&error).is_some() {
            return error;
        }
        let Some(packed) = self.packed() else { return error };
        match packed.failed {
            Some(kind) => io::Error::new(kind, error),
            None if packed.ended => Fault::CutOff(self.packing.name()).into(),
            None => Fault::Damaged(self.packing.name()).into(),
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.step(buffer).map_err(|error| self.fault(error))?;
        self.given += length as u64;
        let taken = self.packed().map_or(u64::MAX, |packed| packed.taken);
        if self.limit.is_passed(self.given, taken) {
            let megabytes = self.given >> 20;
            return Err(Fault::Swells { megabytes }.into());
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder =
            flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(bytes, level)
    }

    fn read(packed: &[u8], limit: Limit) -> io::Result<Vec<u8>> {
        let packing = Packing::of(packed).expect("packed");
        let mut bytes = Vec::new();
        unpack(packing, Box::new(packed), limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn fault(packed: &[u8]) -> String {
        format!("{:?}", Fault::of(&read(packed, LIMIT).unwrap_err()).unwrap())
    }

    fn answers() -> Vec<u8> {
        (0..20_000_u32).map(|it| b"1234567890,\n"[(it * it % 12) as usize]).collect()
    }

    #[test]
    fn what_was_packed_comes_out_again() {
        for pack in [gzip, zstandard] {
            assert_eq!(read(&pack(&answers()), LIMIT).unwrap(), answers());
            assert_eq!(read(&pack(b""), LIMIT).unwrap(), b"");
        }
    }

    #[test]
    fn parts_that_follow_one_another_are_one() {
        for pack in [gzip, zstandard] {
            let both = [pack(b"id,q\n"), pack(b"1,2\n")].concat();
            assert_eq!(read(&both, LIMIT).unwrap(), b"id,q\n1,2\n");
        }
    }

    #[test]
    fn a_file_cut_off_anywhere_is_said_to_be_so() {
        for pack in [gzip, zstandard] {
            let packed = pack(&answers());
            for length in [20, packed.len() / 2, packed.len() - 1] {
                let found = fault(&packed[..length]);
                assert!(found.starts_with("CutOff"), "{length}: {found}");
            }
        }
    }

    #[test]
    fn no_changed_byte_goes_unseen() {
        let mut packed = gzip(&answers());
        let middle = packed.len() / 2;
        packed[middle] ^= 0x55;
        let read = read(&packed, LIMIT);
        assert!(Fault::of(&read.unwrap_err()).is_some());
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_large() {
        let limit = Limit { free: 1 << 16, ratio: 250 };
        for pack in [gzip, zstandard] {
            let bomb = pack(&vec![b'1'; 16 << 20]);
            let error = read(&bomb, limit).unwrap_err();
            assert!(matches!(Fault::of(&error), Some(Fault::Swells { .. })), "{error}");
            assert!(read(&pack(&answers()), limit).is_ok());
        }
    }
}
