//! The groups of respondents that a survey has: those that the map names, and columns that
//! look like one.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Placing, PlacingStatus, Purpose};

use super::beside::{Group, group, taken_ids};
use super::propose::{MatchOptions, absent};
use super::sample::SampledColumn;
use super::survey_files::SurveyFiles;
use super::target::{Seen, Target};

/// Likeness of a header to the name of a touchpoint from which its answers are no group.
const ALIKE: f64 = 0.8;

/// Segments found so far.
struct Found {
    placings: Vec<Placing>,
    /// Where they are, by the id that their header gives them.
    by_id: BTreeMap<String, usize>,
    /// Ids that no other segment can have.
    taken: BTreeSet<String>,
}

impl SurveyFiles<'_> {
    /// The segments of the map, then those that columns look like. Columns of other names in
    /// other files are one segment where their headers say the same.
    pub(super) fn segments(
        &self,
        free: &mut [BTreeSet<usize>],
        options: &MatchOptions,
    ) -> Vec<Placing> {
        let segments = self.plan.segments.iter();
        let (stale, kept): (Vec<_>, Vec<_>) =
            segments.partition(|it| self.is_stale(&it.column));
        let stale: Vec<Target> = stale.into_iter().map(Target::of_segment).collect();
        let declared = kept.into_iter().map(|it| Placing {
            id: Some(it.id.clone()),
            status: PlacingStatus::Declared,
            columns: it.column.names.clone(),
            reasons: vec!["as the map says".to_owned()],
            ..absent(Purpose::Segment, None)
        });
        let mut taken = taken_ids(self.journey, self.plan);
        for target in &stale {
            taken.remove(&target.id);
        }
        let mut found =
            Found { placings: declared.collect(), by_id: BTreeMap::new(), taken };
        for (sample, free) in self.samples.iter().zip(free.iter_mut()) {
            let seen = Seen::of(sample.columns.iter(), &self.targets);
            // Segments that have a column in this file.
            let mut here = BTreeSet::new();
            for target in &stale {
                let column = |at: &usize| Some((*at, sample.columns.get(*at)?));
                let wish = |(at, column)| Some((at, target.group(column, &seen)?));
                let wishes = free.iter().filter_map(column).filter_map(wish);
                let best =
                    wishes.max_by(|a, b| a.1.confidence.total_cmp(&b.1.confidence));
                let Some((at, group)) = best else { continue };
                let Some(column) = sample.columns.get(at) else { continue };
                if found.place(column, group, &mut here, options.min_confidence) {
                    free.remove(&at);
                }
            }
            for at in free.clone() {
                let Some(column) = sample.columns.get(at) else { continue };
                // Answers that are called as a touchpoint are no group, whatever its name.
                let alike =
                    |it: &Target| it.named(column, &seen).is_some_and(|it| it.0 >= ALIKE);
                if column.rating.is_some() && self.targets.iter().any(alike) {
                    continue;
                }
                let Some(group) = group(column) else { continue };
                if found.place(column, group, &mut here, options.min_confidence) {
                    free.remove(&at);
                }
            }
        }
        found.placings
    }
}

impl Found {
    /// Takes a column in; whether there was a place for it.
    fn place(
        &mut self,
        column: &SampledColumn,
        group: Group,
        here: &mut BTreeSet<usize>,
        min_confidence: f64,
    ) -> bool {
        if let Some(at) =
            self.by_id.get(&group.id).copied().filter(|at| !here.contains(at))
            && let Some(placing) = self.placings.get_mut(at)
        {
            here.insert(at);
            if !placing.columns.contains(&column.name) {
                placing.columns.push(column.name.clone());
            }
            if placing.confidence > Some(group.confidence) {
                placing.settle(group.confidence, min_confidence);
            }
            return true;
        }
        let first =
            !self.by_id.contains_key(&group.id) && !self.taken.contains(&group.id);
        let id = if first { group.id } else { column.name.clone() };
        if !self.taken.insert(id.clone()) {
            return false;
        }
        here.insert(self.placings.len());
        self.by_id.insert(id.clone(), self.placings.len());
        let mut placing = Placing {
            id: Some(id),
            columns: vec![column.name.clone()],
            reasons: group.reasons,
            ..absent(Purpose::Segment, None)
        };
        placing.settle(group.confidence, min_confidence);
        self.placings.push(placing);
        true
    }
}
