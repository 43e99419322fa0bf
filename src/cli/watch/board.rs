//! What is shown now: the meeting point of the thread that makes and those that serve.

use std::{
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::make::Made;

/// The state of each map.
pub(super) struct Board {
    maps: Mutex<Vec<Shown>>,
    changed: Condvar,
}

/// What is shown of a map.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Its path, as given.
    pub(super) name: String,
    /// Counts changes; 0 before the first.
    pub(super) version: u64,
    /// Counts reports; 0 before the first good one.
    pub(super) edition: u64,
    /// The last good report.
    pub(super) report: Arc<str>,
    /// Whether there is no report of the present state.
    pub(super) failed: bool,
    /// What there is to say: problems, as text with their snippets.
    pub(super) problems: Vec<String>,
}

impl Board {
    pub(super) fn new(maps: &[PathBuf]) -> Self {
        let shown = maps.iter().map(|map| Shown {
            name: map.display().to_string(),
            version: 0,
            edition: 0,
            report: Arc::from(""),
            failed: false,
            problems: Vec::new(),
        });
        Self { maps: Mutex::new(shown.collect()), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Shown>> {
        // Nobody leaves it half changed, so that a thread that fell over does not matter.
        self.maps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows what was made of the map at `index`.
    pub(super) fn show(&self, index: usize, made: Made) {
        if let Some(shown) = self.lock().get_mut(index) {
            shown.version += 1;
            shown.failed = made.report.is_none();
            shown.problems = made.problems;
            if let Some(report) = made.report {
                shown.edition += 1;
                shown.report = Arc::from(report);
            }
        }
        self.changed.notify_all();
    }

    /// Names and versions of all maps.
    pub(super) fn names(&self) -> Vec<String> {
        self.lock().iter().map(|it| it.name.clone()).collect()
    }

    /// The map at `index`, as it is.
    pub(super) fn now(&self, index: usize) -> Option<Shown> {
        self.lock().get(index).cloned()
    }

    /// The map at `index`, as soon as it is no longer as it was at `version`, or else after
    /// `patience`.
    pub(super) fn after(
        &self,
        index: usize,
        version: u64,
        patience: Duration,
    ) -> Option<Shown> {
        let end = Instant::now() + patience;
        let mut maps = self.lock();
        while maps.get(index)?.version == version {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let waited = self.changed.wait_timeout(maps, left);
            maps = waited.map_or_else(|it| it.into_inner().0, |it| it.0);
        }
        maps.get(index).cloned()
    }
}
