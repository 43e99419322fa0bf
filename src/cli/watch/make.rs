//! From a map to what is shown of it.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::mpsc::Sender,
    time::Instant,
};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecursiveMode, Watcher as _};

use crate::{
    diag::{Diagnostic, Diagnostics, Severity, Sources, Style, render},
    report,
};

use super::{
    super::{
        failure::Failure, input::Loaded, look::Look, selection::Selection,
        terminal::counted,
    },
    preview::previewed,
    prints::Prints,
};

/// Problems that the browser is sent.
const MOST_SHOWN: usize = 50;

/// What was made of a map.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    /// The report; `None` when there is none.
    pub(super) report: Option<String>,
    /// What there is to say.
    pub(super) problems: Vec<String>,
    /// The same in a line.
    pub(super) line: String,
    /// The files it was made of.
    pub(super) inputs: Vec<PathBuf>,
}

/// Makes the preview of one map when what it is made of has changed.
pub(super) struct Maker {
    map: PathBuf,
    /// Every file it was made of, as the last map that could be read names them.
    inputs: Vec<PathBuf>,
    /// What they looked like before it was made; `None` before the first time.
    prints: Option<Prints>,
    /// Tells of changes; `None` where the system cannot, and looking must do.
    watcher: Option<notify::RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
}

impl Maker {
    /// For `map`; `changed` is told when there may be something to do.
    pub(super) fn new(map: &Path, changed: Sender<()>) -> Self {
        // A full channel or a reader that is gone loses nothing: files are looked at anyway.
        let tell = move |event: notify::Result<notify::Event>| {
            // Reading a file is an event, too: without this we would wake ourselves for ever.
            let is_read = event.as_ref().is_ok_and(|it| is_read(it.kind));
            if !is_read {
                let _ = changed.send(());
            }
        };
        Self {
            map: map.to_owned(),
            inputs: vec![map.to_owned()],
            prints: None,
            watcher: notify::recommended_watcher(tell).ok(),
            watched: BTreeSet::new(),
        }
    }

    /// What there is to show anew, if anything.
    pub(super) fn made(&mut self, selection: &Selection, look: &Look) -> Option<Made> {
        // Before it is made: what changes meanwhile is seen the next time.
        let mut now = Prints::of(&self.inputs);
        if self.prints.as_ref() == Some(&now) {
            return None;
        }
        let begun = Instant::now();
        let mut made = self.make(selection, look);
        if self.learn(&mut made) {
            // Files that were not known before may have changed since they were read.
            now = Prints::of(&self.inputs);
            made = self.make(selection, look);
            self.learn(&mut made);
        }
        self.watch(&now);
        self.prints = Some(now);
        let took = begun.elapsed().as_millis();
        made.line = format!("{}: {} ({took} ms)", self.map.display(), made.line);
        Some(made)
    }

    /// Adds what it was made of to what is known; a map that cannot be read names nothing, and
    /// what it named before is still watched.
    fn learn(&mut self, made: &mut Made) -> bool {
        let known = self.inputs.len();
        for it in made.inputs.drain(..) {
            if !self.inputs.contains(&it) {
                self.inputs.push(it);
            }
        }
        self.inputs.len() > known
    }

    fn make(&self, selection: &Selection, look: &Look) -> Made {
        let mut inputs = Vec::new();
        // Our bug must not end somebody's workshop.
        let made = catch_unwind(AssertUnwindSafe(|| {
            make(&self.map, selection, look, &mut inputs)
        }));
        let mut made = made.unwrap_or_else(|_| Made {
            problems: vec![
                "error: this is a bug in touchmap; please report it with the map"
                    .to_owned(),
            ],
            line: "a bug in touchmap; please report it".to_owned(),
            ..Made::default()
        });
        made.inputs = inputs;
        made
    }

    /// Watches folders, not files: editors put new files in the place of old ones.
    fn watch(&mut self, prints: &Prints) {
        let Some(watcher) = &mut self.watcher else { return };
        for folder in prints.folders() {
            if !self.watched.contains(folder)
                && watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
            {
                self.watched.insert(folder.to_owned());
            }
        }
    }
}

/// Whether somebody, such as we, looked at a file and left it as it was.
fn is_read(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}

/// Makes it once; `inputs` learns what it is made of.
fn make(
    map: &Path,
    selection: &Selection,
    look: &Look,
    inputs: &mut Vec<PathBuf>,
) -> Made {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let report = made_of(map, selection, look, (&mut sources, &mut problems), inputs);
    let problems = problems.into_sorted();
    let mut texts: Vec<String> = problems
        .iter()
        .take(MOST_SHOWN)
        .map(|it| render(it, &sources, Style::Plain))
        .collect();
    let rest = problems.len().saturating_sub(MOST_SHOWN);
    if rest > 0 {
        texts.push(format!("… and {rest} more: mend these first"));
    }
    let (report, line) = match report {
        Ok(report) => {
            let line = summary(report.as_deref(), &problems);
            (report, line)
        }
        Err(failure) => {
            let message = failure.message().unwrap_or_else(|| counted(&problems));
            texts.push(format!("error: {message}"));
            (None, message)
        }
    };
    Made { report, problems: texts, line, inputs: Vec::new() }
}

fn summary(report: Option<&str>, problems: &[Diagnostic]) -> String {
    let first = problems.iter().find(|it| it.severity == Severity::Error);
    match (report.is_some(), first.or(problems.first())) {
        (true, None) => "report made".to_owned(),
        (true, Some(_)) => format!("report made; {}", counted(problems)),
        (false, Some(first)) => format!("{}: {}", counted(problems), first.message),
        (false, None) => "no report".to_owned(),
    }
}

fn made_of(
    map: &Path,
    selection: &Selection,
    look: &Look,
    (sources, problems): (&mut Sources, &mut Diagnostics),
    inputs: &mut Vec<PathBuf>,
) -> Result<Option<String>, Failure> {
    let loaded = previewed(map, selection, (sources, problems), inputs)?;
    let Some(Loaded { journey, analysis }) = loaded else { return Ok(None) };
    let mut options = look.options(selection.language(&journey.language))?;
    options.further = selection.further();
    options.threads = selection.reading.threads();
    let html = report::render(&journey, &analysis, &options)
        .map_err(|error| Failure::world(error, "cannot make the report"))?;
    Ok(Some(html))
}
