//! The up to three findings of the summary: of each kind at most one, each of another
//! touchpoint, and one of them good where anything is. Pain points, drags, changes and groups
//! are there only where their tests hold; the lowest score and a way back are told as they
//! are, and claim nothing beyond that.

mod bad;
mod good;
mod level;

use serde::Serialize;

use crate::diagram::{Standing, symbol};
use crate::model::Score;

use super::super::context::Context;
use super::super::number;
use super::super::subject::standing;

/// Findings that the summary has room for.
const MOST: usize = 3;

/// A finding in words.
#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct FindingView {
    /// In a few words.
    heading: String,
    /// The glyph of the band, as SVG.
    glyph: minijinja::Value,
    /// Name of the band.
    band: &'static str,
    /// The score.
    score: String,
    /// The evidence in a sentence or two.
    evidence: String,
    /// Where to read on.
    link: String,
    /// Words of the link.
    see: String,
}

/// A finding, and the touchpoint it is of; `None` is the whole journey.
type Found = (Option<usize>, FindingView);

/// What drags most, what fell, what stands lowest, groups apart, ways back, and as the last
/// of three what is good.
pub(in super::super) fn findings(context: &Context<'_>) -> Vec<FindingView> {
    let mut chosen = Chosen::default();
    let room = if good::any(context) { MOST - 1 } else { MOST };
    chosen.take(room, bad::drag(context));
    chosen.take(room, bad::fall(context));
    chosen.take(room, bad::lowest(context));
    chosen.take(room, bad::gap(context));
    chosen.take(room, bad::way_back(context));
    chosen.take(room, level::level(context));
    let found = chosen.0.len();
    chosen.take(found + 1, good::gain(context));
    if chosen.0.len() == found {
        chosen.take(found + 1, good::bright(context));
    }
    let mut pains: Vec<Found> = bad::pains(context).collect();
    while chosen.0.len() < MOST && !pains.is_empty() {
        chosen.take(MOST, [pains.remove(0)].into_iter());
    }
    chosen.0.into_iter().map(|(_, view)| view).collect()
}

#[derive(Default)]
struct Chosen(Vec<Found>);

impl Chosen {
    /// The first finding of a touchpoint that is not spoken of yet, while there is room.
    fn take(&mut self, room: usize, mut found: impl Iterator<Item = Found>) {
        if self.0.len() < room {
            let free = found.find(|(at, _)| self.0.iter().all(|(other, _)| other != at));
            self.0.extend(free);
        }
    }
}

/// A finding of the touchpoint at `at`; `None` when its score is not shown.
fn view(
    context: &Context<'_>,
    at: usize,
    heading: &str,
    evidence: String,
) -> Option<FindingView> {
    let (code, name) = context.name(at);
    let see = context.locale.say("see", &[("code", &code), ("name", &name)]);
    let heading = context.locale.say(heading, &[("name", &name)]);
    let score = context.result(at).map(|result| &result.score);
    with_score(context, score, (heading, evidence), (format!("tp-{code}"), see))
}

fn with_score(
    context: &Context<'_>,
    score: Option<&Score>,
    (heading, evidence): (String, String),
    (link, see): (String, String),
) -> Option<FindingView> {
    let standing = standing(context, score, 1);
    let Standing::Scored { text, band, .. } = &standing else { return None };
    Some(FindingView {
        heading,
        glyph: minijinja::Value::from_safe_string(symbol(standing.symbol()?)),
        band: band.id(),
        score: text.clone(),
        evidence,
        link,
        see,
    })
}

/// Answers under the score of the touchpoint at `at`.
fn answers(context: &Context<'_>, at: usize) -> String {
    let n = context.result(at).and_then(|it| it.score.n);
    n.map_or_else(|| "–".to_owned(), number::count)
}
