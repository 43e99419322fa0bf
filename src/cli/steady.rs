//! A file that must stay as it is while it is read.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

/// Opens a file when its first byte is wanted, so that a thousand may wait, and fails at its
/// end if that is not where it was: a file that somebody still writes ends in half a row.
pub(super) struct Steady {
    path: PathBuf,
    /// The file, and its length when it was opened, if it has one.
    open: Option<(File, Option<u64>)>,
    read: u64,
}

impl Steady {
    /// The file at `path`.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, open: None, read: 0 }
    }
}

impl Read for Steady {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (file, length) = match &mut self.open {
            Some(open) => open,
            closed => closed.insert(opened(&self.path)?),
        };
        let count = file.read(buffer)?;
        self.read += count as u64;
        if count == 0
            && !buffer.is_empty()
            && let Some(length) = *length
        {
            let now = file.metadata()?.len();
            if self.read != length || now != length {
                let was = format!("it had {length} bytes at first, and {now} at the end");
                return Err(io::Error::other(format!(
                    "it changed while it was read: {was}"
                )));
            }
        }
        Ok(count)
    }
}

fn opened(path: &std::path::Path) -> io::Result<(File, Option<u64>)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    // Pipes have no length.
    let length = metadata.is_file().then_some(metadata.len());
    Ok((file, length))
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write};

    use super::*;

    fn written(name: &str) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("touchmap-{}-{name}", std::process::id()));
        fs::write(&path, b"id,q1\n1,7\n").unwrap();
        path
    }

    #[test]
    fn a_file_that_stays_is_read_to_its_end() {
        let path = written("stays");
        let mut text = String::new();
        Steady::new(path.clone()).read_to_string(&mut text).unwrap();
        assert_eq!(text, "id,q1\n1,7\n");
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_file_that_grows_or_shrinks_is_not_taken_for_whole() {
        for grows in [true, false] {
            let path = written(if grows { "grows" } else { "shrinks" });
            let mut steady = Steady::new(path.clone());
            steady.read_exact(&mut [0; 4]).unwrap();
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            if grows {
                file.write_all(b"2,8\n").unwrap();
            } else {
                fs::write(&path, b"i").unwrap();
            }
            let error = steady.read_to_end(&mut Vec::new()).unwrap_err();
            assert!(
                error.to_string().starts_with("it changed while it was read"),
                "{error}"
            );
            fs::remove_file(path).unwrap();
        }
    }
}
