//! Who is asked: a walk through the flow, a home, a mood, and the chance to be sampled.

use super::plan::{Plan, Visits, WAYS};
use super::random::Dice;

/// Cities, and the share of all customers who bought there.
const CITIES: [(&str, f64); 4] =
    [("成都", 0.34), ("杭州", 0.28), ("武汉", 0.22), ("佛山", 0.16)];

/// Projects of each city; all names are invented.
const PROJECTS: [[&str; 3]; 4] = [
    ["锦澜里", "浣云台", "青岑苑"],
    ["听潮里", "栖桐轩", "望屿台"],
    ["江渚里", "樱序苑", "楚岸轩"],
    ["岭悦里", "荷汀苑", "禅风台"],
];

/// Phases of ownership; nobody in the first one has the keys.
const PHASES: [&str; 4] = ["准业主", "磨合期", "稳定期", "老业主"];

/// Shares of the other three phases among those who have the keys.
const SHARES_WITH_KEYS: [f64; 3] = [0.33, 0.31, 0.36];

/// What was bought: a first home, a larger one, or one of the best.
pub(crate) const PRODUCTS: [&str; 3] = ["刚需", "改善", "高端"];

/// Weights in hundredths, by city and phase. The sample holds too few of the large cities
/// and too many of the new owners; the weight puts that right.
const WEIGHTS: [[u32; 4]; 4] =
    [[151, 120, 134, 165], [124, 99, 110, 136], [97, 77, 86, 106], [78, 62, 69, 85]];

/// The least weight, which belongs to those who are always sampled.
const LEAST_WEIGHT: u32 = 62;

/// The answers that straight-liners tick, and how many of them tick each.
const STRAIGHT_ANSWERS: [(u8, f64); 4] = [(7, 0.15), (8, 0.40), (9, 0.25), (10, 0.20)];

/// Someone who takes part in the survey.
pub(crate) struct Customer {
    pub(crate) city: &'static str,
    pub(crate) project: &'static str,
    pub(crate) phase: &'static str,
    /// What was bought.
    pub(crate) product: &'static str,
    /// How many customers this one stands for, times 100.
    pub(crate) weight: u32,
    /// Whether they met each touchpoint, in the order of the plan.
    pub(crate) met: Vec<bool>,
    /// How kindly they answer everything, in standard deviations.
    pub(crate) mood: f64,
    /// The one answer they tick everywhere, if they are that kind.
    pub(crate) same_answer: Option<u8>,
}

impl Customer {
    /// Draws customers until the survey reaches one: the heavier the weight, the rarer.
    /// `products` are the shares of what is bought, and `home` says which of it.
    pub(crate) fn sampled(
        plan: &Plan,
        dice: &mut Dice,
        (products, home): (&[f64; 3], &mut Dice),
    ) -> Self {
        let product = PRODUCTS[home.pick(products)];
        loop {
            let customer = Self::drawn(plan, dice);
            if dice.happens(f64::from(LEAST_WEIGHT) / f64::from(customer.weight)) {
                return Self { product, ..customer };
            }
        }
    }

    fn drawn(plan: &Plan, dice: &mut Dice) -> Self {
        let city = dice.pick(&CITIES.map(|(_, share)| share));
        let project = PROJECTS[city][dice.pick(&[0.4, 0.35, 0.25])];
        let walk = Walk::through(plan, dice);
        let phase =
            if walk.awaits_handover { 0 } else { 1 + dice.pick(&SHARES_WITH_KEYS) };
        let mood = dice.normal();
        let straight = dice.happens(plan.straight_liners);
        let answer = STRAIGHT_ANSWERS[dice.pick(&STRAIGHT_ANSWERS.map(|(_, it)| it))].0;
        Self {
            city: CITIES[city].0,
            project,
            phase: PHASES[phase],
            product: PRODUCTS[0],
            weight: WEIGHTS[city][phase],
            met: walk.met,
            mood,
            same_answer: straight.then_some(answer),
        }
    }

    /// Whether this is the customer's city, phase or product.
    pub(crate) fn belongs_to(&self, value: &str) -> bool {
        [self.city, self.phase, self.product].contains(&value)
    }
}

/// One way through the flow.
struct Walk {
    met: Vec<bool>,
    awaits_handover: bool,
}

impl Walk {
    fn through(plan: &Plan, dice: &mut Dice) -> Self {
        let everything = plan.visits == Visits::Everyone;
        let mut met = vec![everything; plan.touchpoints.len()];
        let (mut at, mut last) = ("start", "start");
        while at != "end" {
            last = at;
            at = next(at, dice);
            if let Some(index) = plan.touchpoints.iter().position(|it| it.id == at) {
                met[index] = true;
            }
        }
        Self { met, awaits_handover: last == "progress" }
    }
}

/// Where someone at `at` goes next.
fn next(at: &str, dice: &mut Dice) -> &'static str {
    let ways: Vec<_> = WAYS.iter().filter(|(from, _, _)| *from == at).collect();
    let shares: Vec<f64> = ways.iter().map(|(_, _, share)| *share).collect();
    ways.get(dice.pick(&shares)).map_or("end", |(_, to, _)| to)
}
