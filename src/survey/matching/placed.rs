//! The columns of one file, each given to what it most probably is.

use std::collections::BTreeMap;

use super::assign::assign;
use super::sample::{Sample, SampledColumn};
use super::target::{Evidence, LEAST, Seen, Target};
use super::vocabulary::{IMPORTANCE, RECORDED, words};
use crate::model::Purpose;

/// A rival that is at least so near makes a choice unsure.
const NEAR: f64 = 0.9;
/// What is left of the confidence in an unsure choice.
const UNSURE: f64 = 0.6;

/// A column that something was given.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Its position.
    pub(super) column: usize,
    /// How sure that is, from 0 to 1.
    pub(super) confidence: f64,
    /// Why.
    pub(super) reasons: Vec<String>,
    /// The next column, and how sure that would have been.
    pub(super) runner_up: Option<(usize, f64)>,
}

/// How a target was named in other files.
pub(super) type Elsewhere = BTreeMap<usize, Vec<(String, f64, String)>>;

/// A file whose columns are to be given away.
pub(super) struct Placing<'a> {
    /// The file.
    pub(super) sample: &'a Sample,
    /// What can have a column.
    pub(super) targets: &'a [Target],
    /// The columns that the map gives to targets.
    pub(super) declared: &'a BTreeMap<usize, usize>,
    /// Targets that the map gives a column, whether or not the file has it, and those that
    /// are called by their id in the file.
    pub(super) settled: &'a [bool],
    /// Names in other files.
    pub(super) elsewhere: &'a Elsewhere,
}

type Wishes = Vec<BTreeMap<usize, Evidence>>;

impl Placing<'_> {
    /// By target, its column.
    pub(super) fn places(&self) -> Vec<Option<Placed>> {
        let seen = Seen::of(self.sample.columns.iter(), self.targets);
        let wishes: Wishes =
            (0..self.targets.len()).map(|it| self.wishes(it, &seen)).collect();
        let plain: Vec<Vec<(usize, f64)>> = wishes
            .iter()
            .map(|it| it.iter().map(|(at, it)| (*at, it.confidence)).collect())
            .collect();
        let given = assign(&plain);
        let mut placed: Vec<_> =
            (0..given.len()).map(|it| self.placed(it, &given, &wishes)).collect();
        self.by_order(&mut placed);
        placed
    }

    fn is_free(&self, column: usize) -> bool {
        !self.declared.values().any(|it| *it == column)
    }

    /// The columns that could be a target's, with what speaks for each.
    fn wishes(&self, index: usize, seen: &Seen) -> BTreeMap<usize, Evidence> {
        let mut wishes = BTreeMap::new();
        let Some(target) = self.targets.get(index) else { return wishes };
        if self.settled.get(index) == Some(&true) {
            return wishes;
        }
        let named = self.elsewhere.get(&index);
        for (at, column) in self.sample.columns.iter().enumerate() {
            if !self.is_free(at) {
                continue;
            }
            let own = target.evidence(column, seen);
            let other = named.and_then(|it| as_elsewhere(target, column, it));
            let best = match (own, other) {
                (Some(own), Some(other)) if other.confidence > own.confidence => {
                    Some(other)
                }
                (Some(own), _) => Some(own),
                (None, other) => other,
            };
            if let Some(best) = best {
                wishes.insert(at, best);
            }
        }
        wishes
    }

    /// What a target was given, less sure where something else is nearly as likely.
    fn placed(
        &self,
        index: usize,
        given: &[Option<usize>],
        wishes: &Wishes,
    ) -> Option<Placed> {
        let column = given.get(index).copied().flatten()?;
        let own = wishes.get(index)?;
        let evidence = own.get(&column)?;
        let (mut confidence, mut reasons) =
            (evidence.confidence, evidence.reasons.clone());
        let better = |other: usize, wish: f64| {
            // A column that something else got, and that wanted it more, is no rival.
            given.iter().zip(wishes).any(|(it, wishes)| {
                *it == Some(other)
                    && wishes.get(&other).is_some_and(|it| it.confidence >= wish)
            })
        };
        let rivals =
            own.iter().filter(|(at, it)| **at != column && !better(**at, it.confidence));
        let runner_up = rivals
            .max_by(|a, b| a.1.confidence.total_cmp(&b.1.confidence).then(b.0.cmp(a.0)))
            .map(|(at, it)| (*at, it.confidence));
        // Of several moments that a tool records, any one tells the day.
        let any_will_do =
            self.targets.get(index).is_some_and(|it| it.purpose == Purpose::Date);
        let near = |other: f64| !any_will_do && other >= NEAR * evidence.confidence;
        if let Some((at, other)) = runner_up.filter(|(_, it)| near(*it)) {
            confidence *= UNSURE;
            let name = self.sample.columns.get(at).map_or("", |it| &it.name);
            reasons.push(format!("`{name}` is nearly as likely ({other:.2})"));
        } else if let Some(rival) = self.wanted_by((column, index), given, wishes, &near)
        {
            confidence *= UNSURE;
            reasons.push(format!("it could as well be `{rival}`"));
        }
        Some(Placed { column, confidence, reasons, runner_up })
    }

    /// Another target that wants this column nearly as much and has none, or wants it more
    /// and has another.
    fn wanted_by(
        &self,
        (column, index): (usize, usize),
        given: &[Option<usize>],
        wishes: &Wishes,
        near: &impl Fn(f64) -> bool,
    ) -> Option<&str> {
        let rival = |other: &usize| {
            let wish = wishes.get(*other).and_then(|it| it.get(&column));
            let own = wishes.get(index).and_then(|it| it.get(&column));
            let more = wish.map(|it| it.confidence) > own.map(|it| it.confidence);
            let has_none = given.get(*other).copied().flatten().is_none();
            *other != index
                && wish.is_some_and(|it| near(it.confidence))
                && (has_none || more)
        };
        let found = (0..wishes.len()).find(rival)?;
        self.targets.get(found).map(|it| it.id.as_str())
    }

    /// Touchpoints between two that have a column, or all, are guessed by the order of the
    /// columns, where there are as many columns of answers as touchpoints.
    fn by_order(&self, placed: &mut [Option<Placed>]) {
        let taken: Vec<usize> = placed.iter().flatten().map(|it| it.column).collect();
        let column_of = |placed: &[Option<Placed>], index: usize| {
            let own = placed.get(index).and_then(Option::as_ref).map(|it| it.column);
            own.or_else(|| self.declared.get(&index).copied())
        };
        let touchpoints: Vec<usize> = (0..self.targets.len())
            .filter(|it| {
                self.targets.get(*it).is_some_and(|it| it.purpose == Purpose::Touchpoint)
            })
            .filter(|it| {
                self.settled.get(*it) != Some(&true) || self.declared.contains_key(it)
            })
            .collect();
        let mut from = 0;
        while from < touchpoints.len() {
            let open = |at: &usize| column_of(placed, *at).is_none();
            let run: Vec<usize> =
                touchpoints.iter().skip(from).copied().take_while(open).collect();
            if run.is_empty() {
                from += 1;
                continue;
            }
            let before = from.checked_sub(1).and_then(|it| touchpoints.get(it));
            let after = touchpoints.get(from + run.len());
            let low = before.and_then(|it| column_of(placed, *it)).map_or(0, |it| it + 1);
            let end = self.sample.columns.len();
            let high = after.and_then(|it| column_of(placed, *it)).unwrap_or(end);
            let free = (low..high).filter(|it| self.could_follow(*it, &taken));
            let free: Vec<usize> = free.collect();
            if free.len() == run.len() {
                for (index, column) in run.iter().zip(free) {
                    self.guess(*index, column, placed);
                }
            }
            from += run.len();
        }
    }

    /// Whether a column has answers, and nothing that says what they are about.
    fn could_follow(&self, at: usize, taken: &[usize]) -> bool {
        let Some(column) = self.sample.columns.get(at) else { return false };
        let about =
            [words(Purpose::Expectation), words(Purpose::Overall), IMPORTANCE, RECORDED];
        !taken.contains(&at)
            && self.is_free(at)
            && column.rating.as_ref().is_some_and(|it| it.fit >= 0.9 && it.scale.1 < 11.0)
            && !about.iter().any(|it| column.says(it))
            && !column.says(words(Purpose::Recommend))
    }

    fn guess(&self, index: usize, at: usize, placed: &mut [Option<Placed>]) {
        let (Some(target), Some(column)) =
            (self.targets.get(index), self.sample.columns.get(at))
        else {
            return;
        };
        // A header that says something else in the same language is something else.
        let silent = column.headings().all(|it| it.terms.is_empty());
        let confidence = match silent {
            true => 0.45,
            false if column.headings().all(|it| !target.comparable(it)) => 0.3,
            false => return,
        };
        let order = "only the order of the columns speaks for it".to_owned();
        let reasons = vec![order, column.looks_like()];
        if let Some(place) = placed.get_mut(index) {
            *place = Some(Placed { column: at, confidence, reasons, runner_up: None });
        }
    }
}

/// What speaks for a column that is named as, or nearly as, what other files call it.
fn as_elsewhere(
    target: &Target,
    column: &SampledColumn,
    names: &[(String, f64, String)],
) -> Option<Evidence> {
    let rated = matches!(
        target.purpose,
        Purpose::Touchpoint | Purpose::Overall | Purpose::Recommend
    );
    let fit = if rated { column.fit() } else { 1.0 };

    let of = |(name, confidence, path): &(String, f64, String)| {
        let own = column.name.to_lowercase();
        let like = strsim::normalized_levenshtein(&own, &name.to_lowercase());
        let same = *name == column.name;
        let (factor, how) = match same {
            true => (0.95, "named as"),
            false if like >= 0.7 => (0.9 * like, "named nearly as"),
            false => return None,
        };
        let confidence = confidence * factor * fit;
        let what = if same { String::new() } else { format!(" `{name}`") };
        let reasons = vec![format!("{how}{what} in `{path}`"), column.looks_like()];
        (confidence >= LEAST).then_some(Evidence { confidence, reasons })
    };
    names.iter().filter_map(of).max_by(|a, b| a.confidence.total_cmp(&b.confidence))
}
