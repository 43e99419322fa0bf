//! Bytes of a file → its text, in UTF-8, a piece at a time.
//!
//! The encoding is found from the first mebibyte, so that a file of any size is read in
//! one pass; bytes that then turn out to be no text of that encoding stop the reading.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};
use memchr::{memchr, memrchr};

use crate::model::Language;

use super::encoding::{Extent, encoding_of};
use super::unread::{Fault, RECORD, Refusal};

/// Bytes that decide the encoding.
const SAMPLE: usize = 1 << 20;
/// Bytes decoded at a time after that.
const PIECE: usize = 1 << 17;

/// What follows the last line of every text, on a line of its own: a code point that Unicode
/// keeps from being text. A reader of records that does not come to it is still inside a
/// quote that was never closed.
pub(crate) const END: &str = "\u{fdd0}";

/// The text of a file as a stream of UTF-8, whose lines all end in a line feed, and [`END`].
pub(super) struct Text<'a> {
    source: Box<dyn Read + Send + 'a>,
    encoding: &'static Encoding,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Bytes of the file that were decoded.
    consumed: u64,
    decoded: Vec<u8>,
    /// Bytes of `decoded` that were handed out.
    given: usize,
    /// Whether the last byte of text was a carriage return, already made a line feed.
    after_return: bool,
    ends: Ends,
    /// What stopped the reading; the text before it comes first.
    failed: Option<io::Error>,
    /// Bytes handed out since the last record ended.
    since_record: usize,
}

/// How far the reading of a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    /// There may be more bytes.
    Later,
    /// All bytes are here, not all of them decoded.
    Here,
    /// All bytes are decoded.
    Decoded,
}

impl<'a> Text<'a> {
    /// Finds the encoding of `source`; the language of the map helps where a short Chinese
    /// or Japanese text could be either.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had.
    pub(super) fn open(
        mut source: Box<dyn Read + Send + 'a>,
        language: &Language,
    ) -> io::Result<Result<Self, Refusal>> {
        let mut sample = Vec::new();
        let read = source.by_ref().take(SAMPLE as u64).read_to_end(&mut sample);
        let failed = read.err();
        if sample.is_empty()
            && let Some(error) = failed
        {
            return Err(error);
        }
        let (extent, ends) = if sample.len() < SAMPLE && failed.is_none() {
            (Extent::Whole, Ends::Here)
        } else {
            (Extent::Beginning, Ends::Later)
        };
        let encoding = match encoding_of(&sample, extent, language) {
            Ok(encoding) => encoding,
            Err(refusal) => return Ok(Err(refusal)),
        };
        Ok(Ok(Self {
            source,
            encoding,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: sample,
            consumed: 0,
            decoded: Vec::new(),
            given: 0,
            after_return: false,
            ends,
            failed,
            since_record: 0,
        }))
    }

    /// The text that comes next, without taking it; empty at the end of the file.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had, or are [`Malformed`].
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        while self.given == self.decoded.len() && self.ends != Ends::Decoded {
            self.refill()?;
        }
        Ok(self.decoded.get(self.given..).unwrap_or_default())
    }

    /// As many whole lines as come next, up to about `most` bytes, without taking them; empty at
    /// the end of the text.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be had, are [`Malformed`], or a line is [`Fault::Endless`].
    pub(super) fn lines(&mut self, most: usize) -> io::Result<&[u8]> {
        let end = loop {
            let there = self.decoded.get(self.given..).unwrap_or_default();
            let within = there.get(..most).unwrap_or(there);
            if let Some(last) = memrchr(b'\n', within) {
                break last + 1;
            }
            if let Some(first) = memchr(b'\n', there) {
                break first + 1;
            }
            if there.len() > RECORD {
                return Err(Fault::Endless.into());
            }
            if self.ends == Ends::Decoded {
                break there.len();
            }
            self.refill()?;
        };
        Ok(self.decoded.get(self.given..self.given + end).unwrap_or_default())
    }

    /// Takes so many bytes, which end in the end of a record.
    pub(super) fn take(&mut self, length: usize) {
        self.given += length;
        self.since_record = 0;
    }

    /// Tells that the record read last has come to its end.
    pub(super) fn end_record(&mut self) {
        self.since_record = 0;
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.raw.is_empty() && self.ends == Ends::Later {
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            let read = self.source.by_ref().take(PIECE as u64).read_to_end(&mut self.raw);
            // What came before a failure is read first, so that its row can be told.
            self.failed = read.err();
            if self.raw.len() < PIECE && self.failed.is_none() {
                self.ends = Ends::Here;
            }
        }
        let last = self.ends == Ends::Here;
        self.decoded.drain(..self.given);
        self.given = 0;
        let start = self.decoded.len();
        let room =
            self.decoder.max_utf8_buffer_length_without_replacement(self.raw.len());
        self.decoded.resize(start + room.unwrap_or(4 * self.raw.len() + 16), 0);
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
            &self.raw,
            self.decoded.get_mut(start..).unwrap_or_default(),
            last,
        );
        self.decoded.truncate(start + written);
        self.consumed += read as u64;
        if let DecoderResult::Malformed(bad, after) = result {
            let offset = self.consumed.saturating_sub(u64::from(bad) + u64::from(after));
            let encoding = self.encoding.name();
            self.failed = Some(Fault::Malformed { offset, encoding }.into());
            self.raw.clear();
            self.ends = Ends::Later;
        } else {
            // Should the buffer ever be too short, what is left is decoded next time.
            self.raw.drain(..read);
            if last && result == DecoderResult::InputEmpty {
                self.ends = Ends::Decoded;
            }
        }
        self.end_lines_alike(start);
        Ok(())
    }

    /// Makes every line from `start` end in one line feed, the last line too: only so can a
    /// reader of records say in which line each of them stands.
    fn end_lines_alike(&mut self, start: usize) {
        let new = self.decoded.get(start..).unwrap_or_default();
        if self.after_return || memchr(b'\r', new).is_some() {
            let mut after_return = self.after_return;
            let mut new = self.decoded.split_off(start);
            new.retain_mut(|byte| {
                let keep = !(after_return && *byte == b'\n');
                after_return = *byte == b'\r';
                if after_return {
                    *byte = b'\n';
                }
                keep
            });
            self.decoded.append(&mut new);
            self.after_return = after_return;
        }
        if self.ends == Ends::Decoded {
            self.decoded.extend_from_slice(format!("\n{END}\n").as_bytes());
        }
    }
}

impl Read for Text<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let text = self.peek()?;
        let length = text.len().min(buffer.len());
        let (to, from) = (buffer.get_mut(..length), text.get(..length));
        if let (Some(to), Some(from)) = (to, from) {
            to.copy_from_slice(from);
        }
        self.given += length;
        self.since_record += length;
        if self.since_record > RECORD {
            return Err(Fault::Endless.into());
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};

    use super::*;

    fn read_in(bytes: &[u8], language: &str) -> Result<String, String> {
        let language = Language::new(language).unwrap();
        let mut text = Text::open(Box::new(bytes), &language)
            .unwrap()
            .map_err(|refusal| format!("{refusal:?}"))?;
        let mut all = String::new();
        text.read_to_string(&mut all).map_err(|error| error.to_string())?;
        Ok(all.strip_suffix(&format!("\n{END}\n")).unwrap().to_owned())
    }

    fn read(bytes: &[u8]) -> Result<String, String> {
        read_in(bytes, "en")
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    const CHINESE: &str = "年份,接待,城市,备注\n2025,7,成都,服务很好\n2025,8,北京,满意\n";

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        assert_eq!(read(b"\xEF\xBB\xBFid\n1\n").unwrap(), "id\n1\n");
        let with_mark = utf_16("\u{feff}id\n1\n", u16::to_le_bytes);
        assert_eq!(read(&with_mark).unwrap(), "id\n1\n");
        let with_mark = utf_16("\u{feff}年\n1\n", u16::to_be_bytes);
        assert_eq!(read(&with_mark).unwrap(), "年\n1\n");
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_nulls() {
        let expected = CHINESE;
        assert_eq!(read(&utf_16(CHINESE, u16::to_le_bytes)).unwrap(), expected);
        assert_eq!(read(&utf_16(CHINESE, u16::to_be_bytes)).unwrap(), expected);
    }

    #[test]
    fn chinese_legacy_encodings_are_found() {
        let (gb, ..) = GB18030.encode(CHINESE);
        assert_eq!(read_in(&gb, "zh-Hans").unwrap(), CHINESE);
        assert_eq!(read(&gb).unwrap(), CHINESE);
        let traditional = "年份,接待,城市,備註\n2025,7,臺北,服務很好\n2025,8,高雄,滿意\n";
        let (big5, ..) = BIG5.encode(traditional);
        assert_eq!(read_in(&big5, "zh-Hant").unwrap(), traditional);
        assert_eq!(read(&big5).unwrap(), traditional);
    }

    #[test]
    fn a_western_spreadsheet_is_read_too() {
        assert_eq!(
            read(b"caf\xe9,pr\xe9nom\n7,Ren\xe9\n").unwrap(),
            "café,prénom\n7,René\n"
        );
    }

    #[test]
    fn every_line_end_becomes_a_line_feed() {
        assert_eq!(read(b"a\r\nb\rc\nd\r").unwrap(), "a\nb\nc\nd\n");
    }

    #[test]
    fn a_line_end_cut_by_a_piece_is_still_one() {
        for before in [PIECE - 1, PIECE, SAMPLE - 1] {
            let mut bytes = vec![b'x'; before];
            bytes.extend_from_slice(b"\r\ny");
            let text = read(&bytes).unwrap();
            assert_eq!(text.lines().count(), 2, "{before}");
        }
    }

    #[test]
    fn a_character_cut_by_the_sample_is_whole_again() {
        let mut bytes = vec![b'x'; SAMPLE - 1];
        bytes.extend_from_slice("年".repeat(40_000).as_bytes());
        assert_eq!(read(&bytes).unwrap().matches('年').count(), 40_000);
    }

    #[test]
    fn bytes_that_stop_being_text_are_refused_where_they_stop() {
        let mut bytes = vec![b'x'; SAMPLE + 10];
        bytes.push(0xff);
        bytes.extend_from_slice(b"yyy");
        let offset = SAMPLE + 10;
        assert_eq!(
            read(&bytes).unwrap_err(),
            format!("the bytes at offset {offset} are not UTF-8")
        );
    }

    #[test]
    fn one_bad_byte_does_not_make_gibberish_of_a_text() {
        let mut bytes = CHINESE.as_bytes().to_vec();
        bytes.insert(CHINESE.len() - 7, 0xff);
        assert!(read(&bytes).unwrap_err().ends_with("are not UTF-8"));
        let (gb, ..) = GB18030.encode(CHINESE);
        let mut gb = gb.into_owned();
        gb.insert(gb.len() - 1, 0xff);
        assert!(read_in(&gb, "zh-Hans").unwrap_err().ends_with("are not gb18030"));
    }

    #[test]
    fn text_before_a_fault_is_read_first() {
        let language = Language::english();
        let bytes = b"a\n1\n2\n\xff3\n".as_slice();
        let bytes = [vec![b'x'; SAMPLE].as_slice(), bytes].concat();
        let mut text =
            Text::open(Box::new(bytes.as_slice()), &language).unwrap().unwrap();
        let mut read = Vec::new();
        assert!(text.read_to_end(&mut read).is_err());
        assert!(read.ends_with(b"a\n1\n2\n"));
    }

    #[test]
    fn a_record_without_end_is_not_read_to_its_end() {
        let endless = std::io::repeat(b'7');
        let mut text =
            Text::open(Box::new(endless), &Language::english()).unwrap().unwrap();
        let error = std::io::copy(&mut text, &mut std::io::sink()).unwrap_err();
        assert_eq!(Fault::of(&error), Some(&Fault::Endless));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(read(b"\xff\x00\x01\x02\x03\x80\x90").unwrap_err(), "Unreadable");
    }

    #[test]
    fn a_few_nulls_in_ascii_do_not_make_utf_16() {
        assert_eq!(read(b"a,b\n1,\0\n\0,2\n").unwrap(), "a,b\n1,\0\n\0,2\n");
    }
}
