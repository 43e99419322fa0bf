//! Rows that were kept, weighed so that a wave adds up to the population.
//!
//! Rows with the same value of each raked segment are a cell: raking multiplies their weights by
//! one number. Cells are counted first, as weighed before; then all rows are counted anew.

mod calibrate;
mod wave;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::model::{Journey, PopulationPlan, Wave};
use crate::stats::RakedRows;

use super::dictionary::EVERY_ROW;
use super::exact::Total;
use super::finish::finish;
use super::options::{Drivers, MissingWeight, TallyOptions, Weighting};
use super::restrict::Restriction;
use super::shelf::{Key, Recount, ShelvedFile, Shelving, count};
use super::tally::{RakedWave, Tally};
use super::wanted::Wanted;
use super::weight::Factor;

/// What raking makes of the weights of every wave.
pub(super) struct Raking {
    /// The places in a key of the segments that are raked to.
    margins: Vec<usize>,
    /// The cells, by their values of these segments.
    cells: BTreeMap<Key, usize>,
    waves: BTreeMap<Wave, WaveRaking>,
}

struct WaveRaking {
    factors: BTreeMap<usize, f64>,
    missing_is_one: bool,
    rows: Arc<RakedRows>,
    /// The places of cells among `rows`.
    places: BTreeMap<usize, usize>,
    raked: RakedWave,
}

/// Rows of a cell as they were weighed before.
struct Base {
    cell: usize,
    groups: Vec<Option<usize>>,
    total: Total,
}

/// The population to rake to, if the map asks for it and weights count.
pub(super) fn wanted<'a>(
    population: Option<&'a PopulationPlan>,
    options: &TallyOptions,
) -> Option<&'a PopulationPlan> {
    let counts = options.weighting == Weighting::AsDeclared;
    population.filter(|it| counts && !it.rake.is_empty())
}

/// Which rows must be kept to be raked, and split by a segment.
pub(super) fn shelving(
    population: Option<&PopulationPlan>,
    split: Option<usize>,
) -> Shelving {
    let mut by = population.map(|it| it.rake.clone()).unwrap_or_default();
    by.extend(split.filter(|it| !by.contains(it)));
    // Without raking, nobody asks for the rows that have no value.
    let needed = if population.is_some() { Vec::new() } else { (0..by.len()).collect() };
    Shelving { by, needed }
}

impl Raking {
    /// To the population of each wave; what is in the way is a problem.
    pub(super) fn of(
        population: &PopulationPlan,
        files: &[ShelvedFile<'_>],
        with: Recount<'_>,
        problems: &mut Diagnostics,
    ) -> Self {
        let margins: Vec<usize> = (0..population.rake.len()).collect();
        let mut it = Self { margins, cells: BTreeMap::new(), waves: BTreeMap::new() };
        for key in files.iter().flat_map(ShelvedFile::keys) {
            let (cell, number) = (it.cell(key), it.cells.len());
            it.cells.entry(cell).or_insert(number);
        }
        let totals = it.totals(files, with);
        for (wave, (totals, missing_is_one)) in totals {
            let raked =
                it.wave(&wave, totals, (population, &with.plan.segments), problems);
            if let Some(raked) = raked {
                it.waves.insert(wave, WaveRaking { missing_is_one, ..raked });
            }
        }
        it
    }

    /// The values of the raked segments.
    fn cell(&self, key: &Key) -> Key {
        self.margins.iter().map(|at| key.get(*at).cloned().flatten()).collect()
    }

    fn number(&self, key: &Key) -> Option<usize> {
        self.cells.get(&self.cell(key)).copied()
    }

    /// What the weights of rows of this key are multiplied by.
    pub(super) fn factors(&self, key: &Key) -> BTreeMap<Wave, Factor> {
        let Some(cell) = self.number(key) else { return BTreeMap::new() };
        let factor = |(wave, it): (&Wave, &WaveRaking)| {
            let times = it.factors.get(&cell).copied()?;
            Some((wave.clone(), Factor { times, missing_is_one: it.missing_is_one }))
        };
        self.waves.iter().filter_map(factor).collect()
    }

    /// The rows of each cell of each wave that count, as they were weighed before, whoever is
    /// asked for; and whether rows without a weight count as 1.
    fn totals(
        &self,
        files: &[ShelvedFile<'_>],
        with: Recount<'_>,
    ) -> BTreeMap<Wave, (BTreeMap<usize, Total>, bool)> {
        let options = TallyOptions { drivers: Drivers::Skip, ..with.options.clone() };
        let (everybody, nothing) = (Restriction::default(), Wanted::of(&options));
        let with = Recount {
            options: &options,
            restriction: &everybody,
            wanted: &nothing,
            raking: None,
            ..with
        };
        let mut of_waves: BTreeMap<Wave, BTreeMap<usize, [Total; 2]>> = BTreeMap::new();
        for &cell in self.cells.values() {
            let mut counts = count(files, &|key| self.number(key) == Some(cell), with);
            for (wave, it) in counts.take_waves() {
                let both = [&it.weighted, &it.weightless];
                let totals = both.map(|part| part.total.total(EVERY_ROW));
                of_waves.entry(wave).or_default().insert(cell, totals);
            }
        }
        let missing = with.options.missing_weight;
        let of_wave = |cells: BTreeMap<usize, [Total; 2]>| {
            let weighted = cells.values().any(|[own, _]| own.n > 0);
            let one = !weighted || missing == MissingWeight::One;
            let used = |[own, none]: [Total; 2]| {
                if !one {
                    return own;
                }
                Total { n: own.n + none.n, w: own.w + none.w, w2: own.w2 + none.w2 }
            };
            (cells.into_iter().map(|(cell, it)| (cell, used(it))).collect(), one)
        };
        of_waves.into_iter().map(|(wave, cells)| (wave, of_wave(cells))).collect()
    }

    /// A tally of the rows that `asked` for, weighed as raked.
    pub(super) fn tally(
        &self,
        files: &[ShelvedFile<'_>],
        asked: &dyn Fn(&Key) -> bool,
        with: Recount<'_>,
        problems: &mut Diagnostics,
    ) -> Tally {
        let with = Recount { raking: Some(self), ..with };
        let (journey, missing) = (with.journey, with.options.missing_weight);
        let mut counts = count(files, asked, with);
        counts.keep_joint(|wave| with.wanted.wants(wave));
        let mut tally = finish(counts, journey, missing, problems);
        let cells = self.cell_tallies(files, asked, with);
        for (wave, it) in &mut tally.waves {
            let Some(raking) = self.waves.get(wave) else { continue };
            it.raked = Some(raking.raked.clone());
            calibrate::calibrate(it, raking, |cell| cells.get(&cell)?.waves.get(wave));
        }
        tally
    }

    /// A tally of each cell, without joint sums.
    fn cell_tallies(
        &self,
        files: &[ShelvedFile<'_>],
        asked: &dyn Fn(&Key) -> bool,
        with: Recount<'_>,
    ) -> BTreeMap<usize, Tally> {
        let options = TallyOptions { drivers: Drivers::Skip, ..with.options.clone() };
        let nothing = Wanted::of(&options);
        let with = Recount { options: &options, wanted: &nothing, ..with };
        let (journey, missing): (&Journey, _) = (with.journey, options.missing_weight);
        let mut tallies = BTreeMap::new();
        for &cell in self.cells.values() {
            let of_cell = |key: &Key| self.number(key) == Some(cell) && asked(key);
            let counts = count(files, &of_cell, with);
            let told = &mut Diagnostics::default();
            tallies.insert(cell, finish(counts, journey, missing, told));
        }
        tallies
    }
}
