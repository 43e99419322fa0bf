//! One wave raked to its population.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{PopulationPlan, SegmentPlan, Wave};
use crate::stats::{RakedCell, RakedRows, RakingCell, rake, real};

use super::{Base, Raking, WaveRaking};
use crate::survey::exact::Total;
use crate::survey::shelf::Key;
use crate::survey::tally::RakedWave;

/// Values that a message lists.
const LISTED: usize = 10;

impl Raking {
    /// What raking makes of the weights of a wave; `None` where its population is not told, and
    /// where something is in the way, which is a problem.
    pub(super) fn wave(
        &self,
        wave: &Wave,
        totals: BTreeMap<usize, Total>,
        (population, segments): (&PopulationPlan, &[SegmentPlan]),
        problems: &mut Diagnostics,
    ) -> Option<WaveRaking> {
        let mut margins = Vec::new();
        for segment in &population.rake {
            // A wave whose population is not told keeps its weights.
            margins.push(population.segment(*segment)?.of(wave)?);
        }
        let plans = population.rake.iter().filter_map(|it| segments.get(*it));
        let mut strange = false;
        for (at, (segment, values)) in plans.clone().zip(&margins).enumerate() {
            let known: BTreeSet<&str> = values.iter().map(|(value, _)| *value).collect();
            let problem = self.unknown_values((wave, segment), at, &totals, &known);
            strange |= problem.is_some();
            problems.extend(problem.map(|it| match population.span {
                Some(span) => Diagnostic { span: Some(span), ..it },
                None => it,
            }));
        }
        if strange {
            return None;
        }
        let bases = self.bases(totals, &margins);
        let cells = bases
            .iter()
            .map(|it| RakingCell { weight: it.total.w, groups: it.groups.clone() });
        let shares = margins.iter().map(|values| {
            values.iter().map(|(_, count)| real(*count)).collect::<Vec<f64>>()
        });
        let cells: Vec<_> = cells.collect();
        let Some(it) = rake(&cells, &shares.collect::<Vec<_>>()) else {
            let ids: Vec<_> = plans.map(|it| format!("`{}`", it.id)).collect();
            problems.push(unmet(wave, &ids.join(" and ")));
            return None;
        };
        let mut raked = raked_wave(&bases, &it.factors);
        raked.segments.clone_from(&population.rake);
        Some(weighed(&bases, &it.factors, raked))
    }

    /// The cells of a wave that have rows.
    fn bases(
        &self,
        totals: BTreeMap<usize, Total>,
        margins: &[Vec<(&str, u64)>],
    ) -> Vec<Base> {
        let keys: BTreeMap<usize, &Key> =
            self.cells.iter().map(|(key, number)| (*number, key)).collect();
        let group = |(value, margin): (&Option<String>, &Vec<(&str, u64)>)| {
            let value = value.as_deref()?;
            margin.iter().position(|(it, _)| *it == value)
        };
        let groups = |cell: usize| {
            keys.get(&cell).map(|key| key.iter().zip(margins).map(group).collect())
        };
        let present = totals.into_iter().filter(|(_, total)| total.w > 0.0);
        present
            .filter_map(|(cell, total)| Some(Base { cell, groups: groups(cell)?, total }))
            .collect()
    }

    /// That rows have values of a segment of which the population has nobody.
    fn unknown_values(
        &self,
        (wave, segment): (&Wave, &SegmentPlan),
        margin: usize,
        totals: &BTreeMap<usize, Total>,
        known: &BTreeSet<&str>,
    ) -> Option<Diagnostic> {
        let mut strange: BTreeMap<&str, u64> = BTreeMap::new();
        for (key, number) in &self.cells {
            let Some(value) = key.get(margin).and_then(Option::as_deref) else {
                continue;
            };
            let rows = totals.get(number).map_or(0, |it| it.n);
            if rows > 0 && !known.contains(value) {
                *strange.entry(value).or_default() += rows;
            }
        }
        let first = *strange.keys().next()?;
        let count = strange.len();
        let message = format!(
            "wave `{wave}` has respondents of {} of `{}` that `population` does not count",
            if count == 1 { "a value".to_owned() } else { format!("{count} values") },
            segment.id
        );
        let problem = Diagnostic::error(Code::NOT_IN_POPULATION, None, message);
        let lines = strange.iter().take(LISTED).map(|(value, rows)| match rows {
            1 => format!("`{value}`: 1 row"),
            rows => format!("`{value}`: {rows} rows"),
        });
        let problem = lines.fold(problem, Diagnostic::note);
        Some(problem.did_you_mean(first, known.iter().copied()))
    }
}

fn unmet(wave: &Wave, segments: &str) -> Diagnostic {
    let message = format!(
        "no weights give wave `{wave}` the shares of the population by {segments}"
    );
    Diagnostic::error(Code::NOT_RAKED, None, message)
        .note(
            "some values of one segment have respondents of too few values of the other",
        )
        .hint("rake to fewer segments, or count small values together")
}

/// How raking changed the weights of a wave.
fn raked_wave(bases: &[Base], factors: &[f64]) -> RakedWave {
    let sum = |term: &dyn Fn(&Total, f64) -> f64| -> f64 {
        bases.iter().zip(factors).map(|(it, factor)| term(&it.total, *factor)).sum()
    };
    let n: u64 = bases.iter().map(|it| it.total.n).sum();
    let (w, w2) =
        (sum(&|it, factor| it.w * factor), sum(&|it, factor| it.w2 * factor * factor));
    RakedWave {
        segments: Vec::new(),
        smallest: bases.iter().map(|it| it.total.n).min().unwrap_or_default(),
        least: factors.iter().copied().fold(f64::INFINITY, f64::min),
        most: factors.iter().copied().fold(0.0, f64::max),
        design_effect: real(n) * w2 / (w * w),
    }
}

fn weighed(bases: &[Base], factors: &[f64], raked: RakedWave) -> WaveRaking {
    let cell = |(base, factor): (&Base, &f64)| RakedCell {
        groups: base.groups.clone(),
        n: base.total.n,
        w: base.total.w * factor,
        w2: base.total.w2 * factor * factor,
    };
    let rows = RakedRows::new(bases.iter().zip(factors).map(cell).collect());
    WaveRaking {
        factors: bases.iter().map(|it| it.cell).zip(factors.iter().copied()).collect(),
        missing_is_one: false,
        rows: Arc::new(rows),
        places: bases.iter().enumerate().map(|(at, it)| (it.cell, at)).collect(),
        raked,
    }
}
