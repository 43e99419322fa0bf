//! A tally of everybody, and one for each value of a segment, of files that are read once.

use std::collections::BTreeSet;

use crate::diag::Diagnostics;
use crate::model::{Journey, SurveyPlan, Wave};
use crate::voice::Coder;

use super::aggregate::Aggregate;
use super::beside::coder;
use super::finish::finish;
use super::options::{DriverWaves, Drivers, TallyOptions};
use super::place::{AggregateFile, place_aggregates};
use super::raking::Raking;
use super::restrict::Restriction;
use super::shelf::{self, Key, Recount, ShelvedFile, Shelving};
use super::tally::Tally;
use super::wanted::Wanted;

/// Responses by the value of a segment.
pub struct Parts<'a> {
    journey: &'a Journey,
    plan: &'a SurveyPlan,
    options: TallyOptions,
    segment: usize,
    /// The place of the segment in the keys of rows.
    place: usize,
    files: Vec<ShelvedFile<'a>>,
    raking: Option<Raking>,
    coder: Option<Coder>,
    aggregates: Vec<AggregateFile<'a>>,
}

/// The rows of all files, and what is made of their weights.
pub(super) struct Shelved<'a> {
    pub(super) files: Vec<ShelvedFile<'a>>,
    pub(super) shelving: Shelving,
    pub(super) raking: Option<Raking>,
}

impl<'a> Parts<'a> {
    /// Of the rows that were kept while `whole` was tallied, and the aggregates beside them.
    pub(super) fn new(
        (journey, plan): (&'a Journey, &'a SurveyPlan),
        options: &TallyOptions,
        (segment, shelved): (usize, Shelved<'a>),
        aggregates: Vec<AggregateFile<'a>>,
        whole: &Tally,
    ) -> Self {
        let last = || whole.waves.iter().rev().find(|(_, it)| it.rows.is_some());
        let driver_waves = match (&options.driver_waves, last()) {
            (DriverWaves::Last, Some((wave, _))) => DriverWaves::Only(wave.clone()),
            (asked, _) => asked.clone(),
        };
        let options = TallyOptions { driver_waves, ..options.clone() };
        let by = &shelved.shelving.by;
        let place = by.iter().position(|it| *it == segment).unwrap_or(by.len());
        let Shelved { files, raking, .. } = shelved;
        let coder = coder(journey, plan);
        Self { journey, plan, options, segment, place, files, raking, coder, aggregates }
    }

    /// The position of the segment in the map.
    #[must_use]
    pub fn position(&self) -> usize {
        self.segment
    }

    /// The id of the segment.
    #[must_use]
    pub fn segment(&self) -> &str {
        self.plan.segments.get(self.segment).map_or("", |it| it.id.as_str())
    }

    /// Every value, in the order of the map, then as people number them.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        let keys = self.files.iter().flat_map(ShelvedFile::keys);
        let mut values: BTreeSet<&str> =
            keys.filter_map(|key| key.get(self.place)?.as_deref()).collect();
        let rows = self.aggregates.iter().flat_map(|it| &it.rows);
        let of_segment = |it: &'_ Aggregate| -> bool {
            it.segment.as_ref().is_some_and(|(at, _)| *at == self.segment)
        };
        values.extend(
            rows.filter(|it| of_segment(it))
                .filter_map(|it| it.segment.as_ref().map(|(_, value)| value.as_str())),
        );
        let order = self.plan.segments.get(self.segment).map(|it| &it.order);
        let place = |value: &str| {
            let known = order.and_then(|order| order.iter().position(|it| it == value));
            known.unwrap_or(usize::MAX)
        };
        let mut values: Vec<&str> = values.into_iter().collect();
        values.sort_by(|a, b| {
            place(a).cmp(&place(b)).then_with(|| Wave::new(a).cmp(&Wave::new(b)))
        });
        values.into_iter().map(str::to_owned).collect()
    }

    /// The tally of one value, `whole` being that of all: what [`super::tally()`] makes of a
    /// restriction to it. Joint sums, of which some megabytes are kept, may be left out.
    #[must_use]
    pub fn tally(&self, value: &str, whole: &Tally, drivers: Drivers) -> Tally {
        // What is wrong was told of all.
        let told = &mut Diagnostics::default();
        let options = TallyOptions { drivers, ..self.options.clone() };
        let wanted = Wanted::of(&options);
        let asked = Restriction::new(&self.options.restriction, self.plan, told);
        let with = Recount {
            journey: self.journey,
            plan: self.plan,
            options: &options,
            restriction: &asked,
            wanted: &wanted,
            coder: self.coder.as_ref(),
            raking: None,
        };
        let of_value = |key: &Key| {
            key.get(self.place).is_some_and(|it| it.as_deref() == Some(value))
        };
        let mut tally = match &self.raking {
            Some(raking) => raking.tally(&self.files, &of_value, with, told),
            None => self.count(&of_value, with, told),
        };
        let mut pairs = self.options.restriction.clone();
        pairs.push((self.segment().to_owned(), value.to_owned()));
        let restriction = Restriction::new(&pairs, self.plan, told);
        for file in &self.aggregates {
            let (file, journey) = (file.clone(), self.journey);
            place_aggregates(file, &mut tally, journey, &restriction, told);
        }
        tally.take_told(whole);
        tally
    }

    fn count(
        &self,
        asked: &dyn Fn(&Key) -> bool,
        with: Recount<'_>,
        told: &mut Diagnostics,
    ) -> Tally {
        let mut counts = shelf::count(&self.files, asked, with);
        counts.keep_joint(|wave| with.wanted.wants(wave));
        finish(counts, self.journey, with.options.missing_weight, told)
    }
}
