//! What a file is, by how it begins: names of files say little, and often wrongly.

use std::io::{self, Read};

use super::unread::Refusal;

/// Bytes that tell.
const HEAD: usize = 1 << 12;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Text, as far as one can see: a table or lines of JSON.
    Text,
    /// A ZIP archive, which XLSX and ODS are.
    Zip,
    /// A compound file, which XLS and encrypted workbooks are.
    Compound,
    /// A Parquet file.
    Parquet,
    /// Another, which is refused.
    Refused(Refusal),
}

const AS_CSV: &str = "export it as CSV";
/// Codes declared missing are answers of a kind to us, and must not be lost on the way.
const SAV: &str = "write it as CSV. SPSS: File > Save As > CSV; \
    R: `write.csv(haven::zap_labels(haven::read_sav(\"x.sav\", user_na = TRUE), \
    user_na = TRUE), \"x.csv\", na = \"\", row.names = FALSE)`; \
    Python: `pyreadstat.read_sav(\"x.sav\", user_missing=True)[0].to_csv(\"x.csv\", \
    index=False)`";

/// How files of SAS begin: data sets, and transport files.
const SAS: &[u8] =
    b"\0\0\0\0\0\0\0\0\0\0\0\0\xC2\xEA\x81\x60\xB3\x14\x11\xCF\xBD\x92\x08\0";
const XPORT: &[u8] = b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!";
const FROM_R: &str = "write it as CSV, in R: `write.csv(answers, \"x.csv\", na = \"\", row.names = FALSE)`";

/// A Parquet file, to a build that does not read it.
#[cfg(not(feature = "parquet"))]
pub(super) const PARQUET: Refusal = Refusal::Form(
    "a Parquet file",
    "a build that reads it: `cargo install --path . --features parquet`; or write it as CSV. \
     DuckDB: `COPY 'x.parquet' TO 'x.csv'`; \
     Python: `polars.read_parquet(\"x.parquet\").write_csv(\"x.csv\")`",
);

/// Forms that are not read: how they begin, their name, and what to do.
const FOREIGN: [(&[u8], &str, &str); 20] = [
    (b"PARE", "an encrypted Parquet file", "write it without encryption, or as CSV"),
    (b"$FL2", "an SPSS file (.sav)", SAV),
    (b"$FL3", "an SPSS file (.zsav)", SAV),
    (b"ASCII SPSS PORT FILE", "an SPSS file (.por)", SAV),
    (b"<stata_dta>", "a Stata file (.dta)", AS_CSV),
    (SAS, "a SAS file (.sas7bdat)", AS_CSV),
    (XPORT, "a SAS file (.xpt)", AS_CSV),
    (b"RDX2\n", "a file of R (.RData)", FROM_R),
    (b"RDX3\n", "a file of R (.RData)", FROM_R),
    (b"X\n\0\0\0", "a file of R (.rds)", FROM_R),
    (b"ARROW1", "an Arrow file", AS_CSV),
    (b"SQLite format 3", "an SQLite database", AS_CSV),
    (b"%PDF-", "a PDF", "ask for the answers themselves, as CSV"),
    (b"BZh", "packed with bzip2", "unpack it first, or pack it with gzip or zstd"),
    (b"\xFD7zXZ\0", "packed with xz", "unpack it first, or pack it with gzip or zstd"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it first"),
    (b"Rar!\x1A\x07", "a RAR archive", "unpack it first"),
    (b"\x1F\x8B", "packed twice, or by an unknown kind of gzip", "unpack it first"),
    (b"\x28\xB5\x2F\xFD", "packed twice", "unpack it first"),
    (b"\x04\x22\x4D\x18", "packed with lz4", "unpack it first, or pack it with gzip"),
];

impl Form {
    /// What a file is that begins with `head`.
    pub(super) fn of(head: &[u8]) -> Self {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Self::Compound;
        }
        if head.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        let foreign = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic));
        if let Some((_, form, remedy)) = foreign {
            return Self::Refused(Refusal::Form(form, remedy));
        }
        // Before its thirteenth version, Stata began a file with a number and three flags.
        if let [113..=115, 1 | 2, 1, 0, ..] = head {
            return Self::Refused(Refusal::Form("a Stata file (.dta)", AS_CSV));
        }
        if head.get(257..262) == Some(b"ustar") {
            return Self::Refused(Refusal::Form("a tar archive", "unpack it first"));
        }
        markup(head).map_or(Self::Text, Self::Refused)
    }
}

/// Pages and documents that are called spreadsheets, and lists of JSON.
fn markup(head: &[u8]) -> Option<Refusal> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let head = head.trim_ascii_start().to_ascii_lowercase();
    let begins = |with: &[u8]| head.starts_with(with);
    let resave = "open it in a spreadsheet program and save it as CSV or XLSX";
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<table") {
        Some(Refusal::Form("a web page (HTML), whatever its name says", resave))
    } else if begins(b"<?xml") {
        Some(Refusal::Form("an XML document", resave))
    } else if begins(b"[") && is_list_of_objects(&head) {
        Some(Refusal::Form("a list of JSON", "write one object per line (JSON Lines)"))
    } else {
        None
    }
}

fn is_list_of_objects(head: &[u8]) -> bool {
    let inside = head.get(1..).unwrap_or_default().trim_ascii_start();
    inside.starts_with(b"{") || inside.starts_with(b"[") || inside == b"]"
}

/// The first bytes of `source`, and all its bytes, these included.
///
/// # Errors
///
/// When there is no first byte because the file cannot be read. A failure after some bytes
/// is met again by whoever reads on.
pub(super) fn peek<'a>(
    mut source: Box<dyn Read + Send + 'a>,
) -> io::Result<(Vec<u8>, Box<dyn Read + Send + 'a>)> {
    let mut head = Vec::new();
    let read = source.by_ref().take(HEAD as u64).read_to_end(&mut head);
    match read {
        Err(error) if head.is_empty() => Err(error),
        Err(error) => {
            let rest = Failing(Some(error)).chain(source);
            Ok((head.clone(), Box::new(io::Cursor::new(head).chain(rest))))
        }
        Ok(_) => Ok((head.clone(), Box::new(io::Cursor::new(head).chain(source)))),
    }
}

/// Fails once, as the file did.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(head: &[u8]) -> &'static str {
        match Form::of(head) {
            Form::Refused(Refusal::Form(form, _)) => form,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        assert_eq!(Form::of(b"PK\x03\x04\x14\0"), Form::Zip);
        assert_eq!(Form::of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Form::Compound);
        assert_eq!(Form::of(b"PAR1\x15"), Form::Parquet);
        assert_eq!(refused(b"PARE"), "an encrypted Parquet file");
        assert_eq!(refused(b"$FL3@(#) SPSS DATA FILE"), "an SPSS file (.zsav)");
        assert_eq!(refused(b"$FL2@(#) SPSS DATA FILE"), "an SPSS file (.sav)");
        assert_eq!(refused(b"r\x02\x01\0\x05\0"), "a Stata file (.dta)");
        assert_eq!(refused(&[SAS, b"\x09\xC7"].concat()), "a SAS file (.sas7bdat)");
        assert_eq!(refused(b"RDX3\nX\n"), "a file of R (.RData)");
        assert_eq!(
            refused(b"\xEF\xBB\xBF \r\n<HTML>"),
            "a web page (HTML), whatever its name says"
        );
        assert_eq!(refused(b"[\n {\"id\": 1}"), "a list of JSON");
    }

    #[test]
    fn what_only_resembles_another_form_is_text() {
        for text in [
            "id,q1\n",
            "[q1],[q2]\n1,2\n",
            "",
            "{\"id\":1}\n",
            "7z,b\n",
            "BZ\n",
            "X\n1\n",
            "q,r,s\n",
        ] {
            assert_eq!(Form::of(text.as_bytes()), Form::Text, "{text}");
        }
    }

    #[test]
    fn what_was_looked_at_is_still_there() {
        let bytes = vec![7_u8; HEAD + 10];
        let (head, mut source) = peek(Box::new(bytes.as_slice())).unwrap();
        let mut all = Vec::new();
        source.read_to_end(&mut all).unwrap();
        assert_eq!((head.len(), all.len()), (HEAD, HEAD + 10));
    }
}
