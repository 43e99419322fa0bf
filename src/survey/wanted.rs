//! The waves whose joint sums are wanted, as far as the rows read so far tell.
//!
//! Which wave is the last shows only when all files are read, but that a wave is not the last
//! shows as soon as any file has a row of a later one: all of them share what they know.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use crate::model::Wave;

use super::options::{DriverWaves, Drivers, TallyOptions};

/// What is known of the waves that are wanted; shared by the threads that read.
pub(super) struct Wanted {
    waves: Waves,
    /// The last wave that any row had.
    latest: Mutex<Option<Wave>>,
    /// How often that was another.
    changes: AtomicUsize,
}

enum Waves {
    None,
    Every,
    Last,
    Only(Wave),
}

impl Wanted {
    /// What `options` ask for.
    pub(super) fn of(options: &TallyOptions) -> Self {
        let waves = match (options.drivers, &options.driver_waves) {
            (Drivers::Skip, _) => Waves::None,
            (Drivers::Tally, DriverWaves::Every) => Waves::Every,
            (Drivers::Tally, DriverWaves::Last) => Waves::Last,
            (Drivers::Tally, DriverWaves::Only(wave)) => Waves::Only(wave.clone()),
        };
        Self { waves, latest: Mutex::new(None), changes: AtomicUsize::new(0) }
    }

    /// Whether any wave may be wanted.
    pub(super) fn any(&self) -> bool {
        !matches!(self.waves, Waves::None)
    }

    /// Records that there are rows of a wave.
    pub(super) fn see(&self, wave: &Wave) {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if latest.as_ref().is_none_or(|it| it < wave) {
            *latest = Some(wave.clone());
            self.changes.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Whether `wave` is wanted, for all that is known: what is not will never be.
    pub(super) fn wants(&self, wave: &Wave) -> bool {
        match &self.waves {
            Waves::None => false,
            Waves::Every => true,
            Waves::Last => {
                let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
                latest.as_ref().is_none_or(|it| it <= wave)
            }
            Waves::Only(only) => only == wave,
        }
    }

    /// A number that is another once an answer of [`Self::wants`] may be another.
    pub(super) fn changes(&self) -> usize {
        self.changes.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(drivers: Drivers, driver_waves: DriverWaves) -> Wanted {
        Wanted::of(&TallyOptions { drivers, driver_waves, ..TallyOptions::default() })
    }

    #[test]
    fn a_wave_is_the_last_until_a_later_one_turns_up() {
        let wave = |name| Wave::new(name).unwrap();
        let last = wanted(Drivers::Tally, DriverWaves::Last);
        last.see(&wave("W2"));
        assert!(last.wants(&wave("W2")) && last.wants(&wave("W10")));
        let before = last.changes();
        last.see(&wave("W1"));
        assert_eq!(last.changes(), before);
        last.see(&wave("W10"));
        assert_ne!(last.changes(), before);
        assert!(!last.wants(&wave("W2")) && last.wants(&wave("W10")));
    }

    #[test]
    fn every_wave_one_wave_and_none() {
        let wave = |name| Wave::new(name).unwrap();
        let answers = |it: &Wanted| {
            it.see(&wave("2"));
            ["1", "2"].map(|name| it.wants(&wave(name)))
        };
        let only = DriverWaves::Only(wave("1"));
        assert_eq!(answers(&wanted(Drivers::Tally, DriverWaves::Every)), [true; 2]);
        assert_eq!(answers(&wanted(Drivers::Tally, only.clone())), [true, false]);
        let none = wanted(Drivers::Skip, only);
        assert_eq!((answers(&none), none.any()), ([false; 2], false));
    }
}
