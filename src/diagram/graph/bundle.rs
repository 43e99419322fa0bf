//! Alternatives side by side: what leads to all of them, or from all of them, is one line
//! to the group rather than one to each.

use super::grid::{Cell, Grid};
use super::plan::Kind;
use crate::diagram::subject::{Place, Subject};

/// One or several transitions that are drawn as one line.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    /// Positions of the transitions.
    pub(super) links: Vec<usize>,
    /// Where it leaves: a node, or a whole column.
    pub(super) from: Cell,
    /// Where it enters.
    pub(super) to: Cell,
    /// What it is; an exit is found out later.
    pub(super) kind: Kind,
    /// Whether it leads out of the journey.
    pub(super) ends: bool,
    /// Its words; a bundle of several has none.
    pub(super) label: String,
    /// Passages per customer, as far as known.
    pub(super) volume: Option<f64>,
}

/// Every transition whose ends are drawn, in bundles.
pub(super) fn bundles(subject: &Subject, grid: &Grid) -> Vec<Bundle> {
    let all = subject.links.iter().enumerate();
    let mut bundles: Vec<Bundle> = all
        .filter_map(|(at, link)| {
            let kind = match (link.from, link.to) {
                (Place::At(from), Place::At(to)) if from >= to => Kind::Back,
                _ => Kind::Forward,
            };
            Some(Bundle {
                links: vec![at],
                from: grid.cell(link.from)?,
                to: grid.cell(link.to)?,
                kind,
                ends: link.to == Place::End,
                label: link.label.clone(),
                volume: link.volume,
            })
        })
        .collect();
    for group in grid.groups() {
        merge(&mut bundles, subject, group, |it| (it.to, it.from), |it| it.to = group);
    }
    for group in grid.groups() {
        merge(&mut bundles, subject, group, |it| (it.from, it.to), |it| it.from = group);
    }
    bundles
}

/// Makes one of the bundles that join every node of `group` to the same cell.
fn merge(
    bundles: &mut Vec<Bundle>,
    subject: &Subject,
    group: Cell,
    ends: impl Fn(&Bundle) -> (Cell, Cell),
    join: impl Fn(&mut Bundle),
) {
    let mut others: Vec<Cell> = Vec::new();
    for bundle in bundles.iter() {
        let (inner, other) = ends(bundle);
        if group.holds(inner) && !others.contains(&other) {
            others.push(other);
        }
    }
    for other in others {
        let joins = |it: &Bundle| {
            let (inner, outer) = ends(it);
            outer == other
                && group.holds(inner)
                && it.kind == Kind::Forward
                && is_plain(subject, it)
        };
        if bundles.iter().filter(|it| joins(it)).count() < group.span {
            continue;
        }
        let (joined, rest): (Vec<Bundle>, Vec<Bundle>) =
            bundles.drain(..).partition(joins);
        *bundles = rest;
        bundles.extend(united(joined).map(|mut it| {
            join(&mut it);
            it
        }));
    }
}

fn united(bundles: Vec<Bundle>) -> Option<Bundle> {
    let volume = bundles.iter().map(|it| it.volume).sum();
    let links = bundles.iter().flat_map(|it| it.links.iter().copied()).collect();
    let first = bundles.into_iter().next()?;
    Some(Bundle { links, label: String::new(), volume, ..first })
}

/// Whether no words would be lost: shares stand in the data table, words are why people
/// go this way.
fn is_plain(subject: &Subject, bundle: &Bundle) -> bool {
    let worded = |at: &usize| subject.links.get(*at).is_some_and(|link| link.worded);
    !bundle.ends && !bundle.links.iter().any(worded)
}
