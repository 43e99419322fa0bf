//! How far the reading of long files is, on standard error while somebody watches.

use std::{
    io::{self, Read},
    path::Path,
    sync::Arc,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Whoever waits less than this need not be told how long.
const PATIENCE: Duration = Duration::from_secs(1);

const OF_ALL: &str = "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} to go";
const SO_FAR: &str = "{spinner} {bytes} read, {bytes_per_sec}";

/// Bytes that were read, of how many. Nothing is shown unless standard error is a terminal.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Nothing was read yet of these files; how much there is to read is not known when one
    /// of them is standard input or a pipe.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = &'a Path>) -> Arc<Self> {
        let lengths = files.into_iter().map(length);
        let length = lengths.sum::<Option<u64>>();
        let style = style(if length.is_some() { OF_ALL } else { SO_FAR });
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        Arc::new(Self { bar: bar.with_style(style) })
    }

    /// A reader whose bytes are counted here.
    pub(super) fn watch<'a>(
        self: &Arc<Self>,
        reader: Box<dyn Read + Send + 'a>,
    ) -> Box<dyn Read + Send + 'a> {
        Box::new(Watched { reader, progress: Arc::clone(self) })
    }

    fn add(&self, count: usize) {
        if self.bar.is_hidden() && self.bar.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(count as u64);
    }
}

impl Drop for Progress {
    /// Leaves the terminal as it was: what comes next are results, or what is wrong.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

struct Watched<'a> {
    reader: Box<dyn Read + Send + 'a>,
    progress: Arc<Progress>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.progress.add(count);
        Ok(count)
    }
}

/// The bytes of a file; `None` when it has no end yet. One that is not there has none: that is
/// told when it is opened.
fn length(path: &Path) -> Option<u64> {
    match path.metadata() {
        Ok(metadata) => metadata.is_file().then_some(metadata.len()),
        Err(_) => (path != Path::new("-")).then_some(0),
    }
}

/// The default where a template is wrong, which the tests say of none.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_as_they_are_read() {
        let progress = Progress::of([Path::new("Cargo.toml"), Path::new("not/there")]);
        let length = std::fs::metadata("Cargo.toml").unwrap().len();
        assert_eq!(progress.bar.length(), Some(length));
        for _ in 0..2 {
            let mut reader = progress.watch(Box::new(&b"1,2,3\n"[..]));
            assert_eq!(reader.read(&mut [0; 4]).unwrap(), 4);
            let mut rest = String::new();
            reader.read_to_string(&mut rest).unwrap();
            assert_eq!(rest, "3\n");
        }
        assert_eq!(progress.bar.position(), 12);
        assert!(progress.bar.is_hidden());
    }

    #[test]
    fn standard_input_has_no_length() {
        let progress = Progress::of([Path::new("Cargo.toml"), Path::new("-")]);
        assert_eq!(progress.bar.length(), None);
    }

    #[test]
    fn templates_are_right() {
        for template in [OF_ALL, SO_FAR] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
