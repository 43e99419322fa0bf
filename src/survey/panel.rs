//! How many respondents a wave has, and how many of them come again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Wave;
use crate::stats::real;

use super::ids::Ids;

/// Respondents of a wave, counted; nobody can be known again from it.
///
/// Panels of parts of a wave add up as if nobody was in two of them: who comes again is seen
/// only among rows that were read together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Panel {
    /// Different ids.
    ids: u64,
    /// Rows whose respondent has an earlier one in the wave.
    duplicates: u64,
    /// Those of the ids that an earlier wave has too, by that wave.
    earlier: BTreeMap<String, u64>,
}

impl Panel {
    /// Of the respondents of a wave, and those of the waves before it.
    pub(super) fn of<'a>(
        ids: &Ids,
        earlier: impl Iterator<Item = (&'a Wave, &'a Ids)>,
    ) -> Self {
        let count = ids.count();
        let with_ids = earlier.filter(|(_, others)| count > 0 && others.count() > 0);
        let again = with_ids.map(|(wave, others)| (wave.to_string(), ids.among(others)));
        Self { ids: count, duplicates: ids.duplicates(), earlier: again.collect() }
    }

    /// Adds other respondents.
    pub(super) fn add(&mut self, other: &Self) {
        self.ids += other.ids;
        self.duplicates += other.duplicates;
        for (wave, count) in &other.earlier {
            *self.earlier.entry(wave.clone()).or_default() += count;
        }
    }

    /// The panel, if it can be one.
    pub(super) fn sound(self) -> Option<Self> {
        let most = self.ids.max(self.duplicates) <= 1 << 53;
        (most && self.earlier.values().all(|it| *it <= self.ids)).then_some(self)
    }

    /// Different respondents.
    pub(super) fn respondents(&self) -> u64 {
        self.ids
    }

    /// Rows whose respondent has an earlier one in the wave.
    pub(super) fn duplicates(&self) -> u64 {
        self.duplicates
    }

    /// The share of the respondents that each earlier wave has too.
    pub(super) fn overlap(&self) -> BTreeMap<Wave, f64> {
        let share = |(wave, count): (&String, &u64)| {
            Some((Wave::new(wave)?, real(*count) / real(self.ids)))
        };
        self.earlier.iter().filter_map(share).collect()
    }
}
