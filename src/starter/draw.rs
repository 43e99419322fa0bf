//! Draws responses from a plan. Nobody answered: chance falls the same way on every machine.

use petgraph::visit::EdgeRef;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::graph::JourneyGraph;
use crate::model::Journey;

use super::plan::{Plan, PlannedWave};

/// Steps after which a respondent stops going round.
const STEPS: usize = 200;
/// Points that respondents differ by in all that they say, and by touchpoint.
const MOOD: f64 = 8.0;
const NOISE: f64 = 20.0;
/// Points of the whole that the touchpoints do not explain.
const REST: f64 = 10.0;
/// Points that the whole moves by when every touchpoint moves by a point.
const PULL: f64 = 1.1;
/// Points of a whole of which every touchpoint is at 75.
const BASE: f64 = 77.0;

/// A wave as CSV, a row per respondent.
pub(super) fn responses(journey: &Journey, plan: &Plan, wave: &PlannedWave) -> String {
    let graph = JourneyGraph::new(journey);
    let mut names = vec!["respondent", "year"];
    names.extend(plan.segments.iter().map(|(name, _)| name.as_str()));
    names.extend(["overall", "recommend"]);
    names.extend(journey.touchpoints.iter().map(|it| it.id.as_str()));
    let mut text = names.join(",") + "\n";
    for number in 0..wave.respondents {
        let mut dice = Dice::new(&journey.id, wave, number);
        let cells =
            Respondent { journey, graph: &graph, plan, wave }.row(number, &mut dice);
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

struct Respondent<'a> {
    journey: &'a Journey,
    graph: &'a JourneyGraph,
    plan: &'a Plan,
    wave: &'a PlannedWave,
}

impl Respondent<'_> {
    fn row(&self, number: u32, dice: &mut Dice) -> Vec<String> {
        let mut cells =
            vec![format!("{}-{:04}", self.wave.name, number + 1), self.wave.name.clone()];
        let mut of: Vec<(&str, &str)> = Vec::new();
        for (name, values) in &self.plan.segments {
            let value = &values[dice.below(values.len())];
            of.push((name, value));
            cells.push(value.clone());
        }
        let met = self.walk(dice);
        let mood = MOOD * dice.normal();
        let mut whole = 0.0;
        let mut answers = Vec::new();
        for (at, (levels, weight)) in self.plan.touchpoints.iter().enumerate() {
            let lower = self.plan.lower.iter().filter(|it| {
                it.touchpoint == at
                    && of.contains(&(it.segment.as_str(), it.value.as_str()))
            });
            let level =
                levels[self.wave.at.min(1)] - lower.map(|it| it.points).sum::<f64>();
            let met = met.get(at).copied().unwrap_or(false);
            let points = level + mood + NOISE * dice.normal();
            whole += if met { weight * (points - 75.0) } else { 0.0 };
            answers.push(if met { self.answer(points) } else { self.plan.skip.clone() });
        }
        let overall = BASE + PULL * whole + REST * dice.normal();
        let recommend = overall + 5.0 + 10.0 * dice.normal();
        cells.push(self.answer(overall));
        cells.push(on_scale(recommend, (0.0, 10.0)));
        cells.append(&mut answers);
        cells
    }

    fn answer(&self, points: f64) -> String {
        on_scale(points, self.plan.scale)
    }

    /// Which touchpoints a respondent meets who goes as the flow says.
    fn walk(&self, dice: &mut Dice) -> Vec<bool> {
        let mut met = vec![false; self.journey.touchpoints.len()];
        let mut at = self.graph.start();
        for _ in 0..STEPS {
            let mut left = dice.uniform();
            let mut ways: Vec<_> = self.graph.inner().edges(at).collect();
            // petgraph gives the last edge first.
            ways.reverse();
            let even = 1.0 / f64::from(u32::try_from(ways.len()).unwrap_or(1).max(1));
            let taken = ways.iter().find(|way| {
                let share = way.weight().share.unwrap_or(even);
                left -= share;
                left < 0.0
            });
            let Some(way) = taken.or(ways.last()) else { break };
            at = way.target();
            if let Some(place) = self.graph.touchpoint(at) {
                met[place.0] = true;
            }
        }
        met
    }
}

/// Points as the nearest answer of a scale of whole numbers.
fn on_scale(points: f64, (low, high): (f64, f64)) -> String {
    let answer = low + points / 100.0 * (high - low);
    format!("{:.0}", answer.round().clamp(low, high))
}

/// Chance for one respondent: one more of them leaves all others as they were.
struct Dice(ChaCha8Rng);

impl Dice {
    fn new(journey: &str, wave: &PlannedWave, number: u32) -> Self {
        let name = format!("{journey} {} {number}", wave.name);
        Self(ChaCha8Rng::seed_from_u64(xxhash_rust::xxh3::xxh3_64(name.as_bytes())))
    }

    /// From 0 up to, but not including, 1.
    fn uniform(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// A standard normal deviate, nearly: twelve uniforms have a variance of 1. Logarithms and
    /// cosines differ in their last bit by platform.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(1).max(1);
        usize::try_from(u64::from(self.0.next_u32()) % bound).unwrap_or(0)
    }
}
