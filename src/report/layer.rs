//! Layers of the experience map: segments that stand out, and earlier waves.

use crate::diagram::Standing;
use crate::diagram::map::Layer;
use crate::model::Score;

use super::context::Context;
use super::number;
use super::subject::{standing, with_base};
use super::waves::{OVERALL, find};

/// Segments there may be.
const SEGMENTS: usize = 6;
/// Earlier waves there may be.
const WAVES: usize = 3;

/// A layer with its name.
pub(super) struct NamedLayer {
    /// What it is called: `city: Wuhan`, `Wave 2024`.
    pub(super) name: String,
    /// Its scores.
    pub(super) layer: Layer,
    /// By touchpoint: score, interval and number of answers for a table.
    pub(super) cells: Vec<String>,
}

/// Segments in the order of the map, then earlier waves, latest first.
pub(super) fn layers(context: &Context<'_>) -> Vec<NamedLayer> {
    let mut layers: Vec<NamedLayer> = segments(context)
        .into_iter()
        .map(|(segment, value)| of_segment(context, segment, value))
        .collect();
    layers.extend(waves(context).into_iter().map(|wave| of_wave(context, wave)));
    layers.retain(|it| it.layer.standings.iter().any(|it| it.points().is_some()));
    layers
}

/// Those that differ reliably and relevantly from the rest at the most touchpoints; the map
/// decides their order, and among equals.
fn segments<'a>(context: &Context<'a>) -> Vec<(&'a str, &'a str)> {
    let analysis = context.analysis;
    let mut ranked: Vec<(usize, usize)> = analysis
        .segment_sizes
        .iter()
        .enumerate()
        .filter(|(_, it)| {
            it.n.is_some() && !analysis.restricted.contains_key(&it.segment)
        })
        .map(|(at, size)| {
            let own = analysis.segments.iter().filter(|it| {
                it.segment == size.segment
                    && it.value == size.value
                    && it.touchpoint != OVERALL
            });
            (own.filter(|it| it.differs().is_some()).count(), at)
        })
        .collect();
    // The others would show no more than chance.
    ranked.retain(|(count, _)| *count > 0);
    ranked.sort_by_key(|(count, at)| (std::cmp::Reverse(*count), *at));
    ranked.truncate(SEGMENTS);
    ranked.sort_by_key(|(_, at)| *at);
    let sizes = ranked.into_iter().filter_map(|(_, at)| analysis.segment_sizes.get(at));
    sizes.map(|it| (it.segment.as_str(), it.value.as_str())).collect()
}

fn waves<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let waves = context.analysis.waves.iter().map(String::as_str);
    let mut earlier: Vec<&str> =
        waves.take_while(|wave| *wave != context.analysis.wave).collect();
    earlier.reverse();
    earlier.truncate(WAVES);
    earlier
}

fn of_segment(context: &Context<'_>, segment: &str, value: &str) -> NamedLayer {
    let gaps = [("segment", &*context.variable(segment)), ("value", value)];
    let score = |id: &str| {
        let mut all = context.analysis.segments.iter();
        let found = all
            .find(|it| it.touchpoint == id && it.segment == segment && it.value == value);
        found.map(|it| &it.score)
    };
    let standings = |id: &str| standing(context, score(id), 0);
    named(context, context.locale.say("map.segment", &gaps), score, standings)
}

/// A wave whose question was another one is not compared.
fn of_wave(context: &Context<'_>, wave: &str) -> NamedLayer {
    let changed = |id: &str| {
        let now = find(context, id, &context.analysis.wave);
        let then = find(context, id, wave);
        now.zip(then)
            .is_some_and(|(now, then)| now.question_version != then.question_version)
    };
    let score =
        |id: &str| find(context, id, wave).filter(|_| !changed(id)).map(|it| &it.score);
    let standings = |id: &str| {
        if changed(id) {
            Standing::Absent(context.locale.word("map.changed"))
        } else {
            standing(context, score(id), 0)
        }
    };
    named(context, context.locale.say("map.wave", &[("wave", wave)]), score, standings)
}

fn named<'a>(
    context: &Context<'_>,
    name: String,
    score: impl Fn(&str) -> Option<&'a Score>,
    standing: impl Fn(&str) -> Standing,
) -> NamedLayer {
    let marks = &context.subject.marks;
    let standings: Vec<Standing> = marks.iter().map(|mark| standing(&mark.id)).collect();
    let cells: Vec<String> = marks
        .iter()
        .zip(&standings)
        .map(|(mark, standing)| cell(context, standing, score(&mark.id)))
        .collect();
    let label = |(code, cell): (&str, &String)| {
        context.locale.say("map.layer.point", &[("code", code), ("score", cell)])
    };
    let codes = marks.iter().map(|mark| mark.code.as_str());
    let labels = codes.zip(&cells).map(label).collect();
    NamedLayer { name, layer: Layer { standings, labels }, cells }
}

/// Score, interval and number of answers, or why there are none.
fn cell(context: &Context<'_>, standing: &Standing, score: Option<&Score>) -> String {
    let text = with_base(context, standing);
    if standing.points().is_none() {
        return text;
    }
    let none = || "–".to_owned();
    let ci = score.and_then(|it| it.points_ci).map_or_else(none, number::interval);
    let n = score.and_then(|it| it.n).map_or_else(none, number::count);
    context.locale.say("map.layer.cell", &[("score", &text), ("ci", &ci), ("n", &n)])
}
