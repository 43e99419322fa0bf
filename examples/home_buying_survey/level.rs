//! Levels at which the answers of a touchpoint come out at the points that the plan wants.
//!
//! The scale cuts answers off at both ends, so that the level is not the mean. It is found by
//! bisection over a large sample of its own, which is the same for every seed.

use super::customer::Customer;
use super::plan::{Plan, SCALE, Touchpoint, WAVES};
use super::random::Dice;

/// How many people the levels are fitted to.
const PEOPLE: u32 = 24_000;

/// Seed of those people; no survey draws them, since their wave is 0.
const SEED: u64 = 0;

/// What mood adds to an answer, per standard deviation.
const MOOD: f64 = 0.5;

/// What a visit that goes badly wrong takes off the answer.
const INCIDENT: f64 = 6.0;

/// What one person adds to the level of a touchpoint.
#[derive(Clone, Copy)]
pub(crate) enum Shift {
    /// So much, in answers.
    By(f64),
    /// The level does not matter: this is the answer.
    Always(u8),
}

impl Shift {
    /// Draws it.
    pub(crate) fn drawn(
        touchpoint: &Touchpoint,
        plan: &Plan,
        customer: &Customer,
        dice: &mut Dice,
    ) -> Self {
        let noise = touchpoint.spread * dice.normal();
        let incident = if dice.happens(touchpoint.incidents) { INCIDENT } else { 0.0 };
        let segments = plan.segment_effects.iter();
        let segment: f64 = segments
            .filter(|it| it.touchpoint == touchpoint.id && customer.belongs_to(it.value))
            .map(|it| it.shift)
            .sum();
        let shift = Self::By(MOOD * customer.mood + noise - incident + segment);
        customer.same_answer.map_or(shift, Self::Always)
    }

    /// The answer at `level`.
    pub(crate) fn answer(self, level: f64) -> u8 {
        match self {
            Self::By(shift) => on_scale(level + shift, SCALE),
            Self::Always(answer) => answer,
        }
    }
}

/// The answer of `scale` that is nearest to `felt`.
pub(crate) fn on_scale(felt: f64, (least, greatest): (u8, u8)) -> u8 {
    let mut answer = least;
    while answer < greatest && felt >= f64::from(answer) + 0.5 {
        answer += 1;
    }
    answer
}

/// Levels of a plan.
pub(crate) struct Levels {
    /// By touchpoint and wave.
    touchpoints: Vec<[f64; 3]>,
    /// Mean effect on the overall answer among those who meet the touchpoint.
    effects: Vec<f64>,
    /// Overall answer of someone in the usual mood whom everything touches as usual.
    pub(crate) overall: f64,
}

impl Levels {
    /// The levels that give the points of `plan`.
    pub(crate) fn fitted_to(plan: &Plan) -> Self {
        let people = Sample::drawn(plan);
        let mut levels = Self {
            touchpoints: Vec::new(),
            effects: Vec::new(),
            // Straight-liners and the ends of the scale move it by less than a point.
            overall: native(plan.overall),
        };
        for (index, touchpoint) in plan.touchpoints.iter().enumerate() {
            let fitted = touchpoint.points.map(|points| people.level(index, points));
            let link = |answer| touchpoint.link.effect(f64::from(answer));
            levels.effects.push(people.mean(index, fitted[WAVES.len() / 2], link));
            levels.touchpoints.push(fitted);
        }
        levels
    }

    /// The level of a touchpoint in a wave, both by index.
    pub(crate) fn of(&self, touchpoint: usize, wave: usize) -> f64 {
        self.touchpoints[touchpoint][wave]
    }

    /// What the touchpoint adds to the overall answer on the average.
    pub(crate) fn usual_effect(&self, touchpoint: usize) -> f64 {
        self.effects[touchpoint]
    }
}

/// People, as weight and shift of those who met each touchpoint.
struct Sample {
    met: Vec<Vec<(f64, Shift)>>,
}

impl Sample {
    fn drawn(plan: &Plan) -> Self {
        let mut met = vec![Vec::new(); plan.touchpoints.len()];
        for number in 0..PEOPLE {
            let mut dice = Dice::of_person(SEED, 0, number);
            // The homes of the first wave: where they move, points are those of a mix that
            // is held still.
            let mut home = Dice::of_home(SEED, 0, number);
            let homes = (&plan.products[0], &mut home);
            let customer = Customer::sampled(plan, &mut dice, homes);
            for (index, touchpoint) in plan.touchpoints.iter().enumerate() {
                let shift = Shift::drawn(touchpoint, plan, &customer, &mut dice);
                if customer.met[index] {
                    met[index].push((f64::from(customer.weight), shift));
                }
            }
        }
        Self { met }
    }

    /// Weighted mean of `value` over the answers to a touchpoint at `level`.
    fn mean(&self, touchpoint: usize, level: f64, value: impl Fn(u8) -> f64) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (weight, shift) in &self.met[touchpoint] {
            sum += weight * value(shift.answer(level));
            weights += weight;
        }
        sum / weights
    }

    /// The level at which the mean is `points`, to within a thousandth of an answer.
    fn level(&self, touchpoint: usize, points: f64) -> f64 {
        let (mut low, mut high) = (-10.0, 20.0);
        for _ in 0..15 {
            let middle = f64::midpoint(low, high);
            if self.mean(touchpoint, middle, f64::from) < native(points) {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }
}

/// Points as an answer of the scale.
fn native(points: f64) -> f64 {
    let (least, greatest) = (f64::from(SCALE.0), f64::from(SCALE.1));
    least + (greatest - least) * points / 100.0
}
