//! What the headers of files alone would make one guess, without a look at their rows.

use std::collections::BTreeSet;

use crate::model::{Journey, Purpose};
use crate::survey::header::Header;
use crate::survey::number::DecimalMark;

use super::assign::assign;
use super::heading::Heading;
use super::profile::Profile;
use super::sample::SampledColumn;
use super::target::{Seen, Target};
use super::vocabulary::RECORDED;

/// Likeness from which a guess is worth telling.
const WORTH: f64 = 0.5;

/// Pairs that are compared at most: a hint is worth a quarter of a second. `match` compares all.
const MOST_PAIRS: usize = 100_000;

/// A column that a touchpoint could have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::survey) struct Guess {
    /// The id of the touchpoint.
    pub(in crate::survey) touchpoint: String,
    /// The name of the column.
    pub(in crate::survey) column: String,
}

/// Whether a column of this name is what survey tools record beside the answers.
pub(in crate::survey) fn is_recorded(name: &str) -> bool {
    Heading::of(name).is(RECORDED)
}

/// What the touchpoints `open` could be called in `headers`, among the columns `free`; nothing
/// where these are too many to compare.
pub(in crate::survey) fn guesses(
    journey: &Journey,
    open: &BTreeSet<usize>,
    headers: &[&Header],
    free: &[String],
) -> Vec<Guess> {
    if open.len() * free.len() > MOST_PAIRS {
        return Vec::new();
    }
    let targets = Target::of_touchpoints(journey, Purpose::Touchpoint);
    let nothing = || Profile::new(DecimalMark::Point);
    let column = |name: &str| SampledColumn::new(name.to_owned(), name, "", nothing());
    let all: Vec<_> = headers.iter().flat_map(|it| it.names()).map(column).collect();
    let seen = Seen::of(all.iter(), &targets);
    let free: Vec<_> = free.iter().map(|it| column(it)).collect();
    let wishes: Vec<Vec<(usize, f64)>> = targets
        .iter()
        .enumerate()
        .map(|(index, target)| {
            let columns = free.iter().enumerate().filter(|_| open.contains(&index));
            let like = columns.filter_map(|(at, it)| {
                target.named(it, &seen).map(|(like, _)| (at, like))
            });
            like.filter(|(_, like)| *like >= WORTH).collect()
        })
        .collect();
    let given = assign(&wishes).into_iter().zip(&targets);
    let guess = |(column, target): (Option<usize>, &Target)| {
        let column = free.get(column?)?.name.clone();
        Some(Guess { touchpoint: target.id.clone(), column })
    };
    given.filter_map(guess).collect()
}
