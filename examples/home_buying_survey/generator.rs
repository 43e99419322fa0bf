//! Survey rows with a known truth: the same seed gives the same bytes on every machine.
//!
//! No logarithm, no clock and no hash order is involved, only sums, products and comparisons.
//! Tests include this file by its path; it depends on nothing but its neighbours.

#[path = "beside.rs"]
pub(crate) mod beside;
#[path = "customer.rs"]
pub(crate) mod customer;
#[path = "level.rs"]
pub(crate) mod level;
#[path = "plan.rs"]
pub(crate) mod plan;
#[path = "random.rs"]
pub(crate) mod random;
#[path = "staff.rs"]
pub(crate) mod staff;

use customer::Customer;
use level::{Levels, Shift, on_scale};
use plan::{Plan, SCALE, WAVES};
use random::Dice;

/// Share of the cells that should hold an answer and do not.
const BLANK: f64 = 0.02;

/// Standard deviation of what moves the overall answer and is not in the plan.
const OVERALL_NOISE: f64 = 0.4;

/// The responses of one wave.
pub(crate) struct WaveFile {
    pub(crate) year: u16,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl WaveFile {
    /// The column of this name.
    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|it| it == name)
    }

    /// Mean answer of the customers of a city to the question in a column.
    fn mean(&self, city: &str, column: &str) -> f64 {
        let at = |row: &[String], name: &str| {
            self.column(name).and_then(|it| row.get(it).cloned()).unwrap_or_default()
        };
        let (mut sum, mut count) = (0.0, 0.0);
        for row in self.rows.iter().filter(|row| at(row, "city") == city) {
            if let Some(answer) = answer(&at(row, column)) {
                sum += f64::from(answer);
                count += 1.0;
            }
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }
}

/// The answer that a cell holds, if it does.
fn answer(cell: &str) -> Option<u8> {
    cell.parse().ok().filter(|it| (SCALE.0..=SCALE.1).contains(it))
}

/// A survey that can be held again and again, with another seed each time.
pub(crate) struct Survey {
    plan: Plan,
    levels: Levels,
}

impl Survey {
    /// Prepares `plan`; takes longer than holding the survey once.
    pub(crate) fn new(plan: Plan) -> Self {
        let levels = Levels::fitted_to(&plan);
        Self { plan, levels }
    }

    /// The plan behind it.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The responses of all waves.
    pub(crate) fn generate(&self, seed: u64) -> Vec<WaveFile> {
        let waves = WAVES.iter().enumerate();
        waves.map(|(wave, (year, size))| self.wave(seed, wave, *year, *size)).collect()
    }

    fn wave(&self, seed: u64, wave: usize, year: u16, size: u32) -> WaveFile {
        let header = self.header(year);
        let touchpoints = &self.plan.touchpoints;
        let person = |number| {
            let mut dice = Dice::of_person(seed, year, number);
            let mut home = Dice::of_home(seed, year, number);
            let homes = (&self.plan.products[wave], &mut home);
            let customer = Customer::sampled(&self.plan, &mut dice, homes);
            let mut row = profile(&customer, year, number, &mut dice);
            row.extend(self.answers(&customer, wave, year, &mut dice));
            let given = |id: &str| {
                let known = touchpoints.iter().find(|it| it.id == id);
                let name = known.map_or(id, |it| column(it.id, year));
                answer(row.get(header.iter().position(|it| it == name)?)?)
            };
            let mut dice = Dice::of_beside(seed, year, number);
            let about = (wave, self.plan.beside);
            let beside = beside::cells(&customer, about, &given, &mut dice);
            row.extend(beside);
            row
        };
        WaveFile { year, rows: (1..=size).map(person).collect(), header: header.clone() }
    }

    /// The answers of the people inside in the wave of `customers`.
    pub(crate) fn staff(&self, seed: u64, customers: &WaveFile) -> WaveFile {
        let year = customers.year;
        let served = |city: &str| customers.mean(city, column("repair_on_time", year));
        WaveFile {
            year,
            header: staff::HEADER.map(str::to_owned).into(),
            rows: staff::rows((seed, year, self.plan.beside), &served),
        }
    }

    fn header(&self, year: u16) -> Vec<String> {
        let mut header = vec![
            "id",
            "year",
            "interviewer",
            "minutes",
            "city",
            "project",
            "phase",
            "product",
            "weight",
        ];
        let asked = self.plan.touchpoints.iter().filter(|it| it.asked_since <= year);
        header.extend(asked.map(|it| column(it.id, year)));
        header.extend(["overall", "recommend"]);
        header.into_iter().map(str::to_owned).chain(beside::header()).collect()
    }

    /// The cells of the questions, in the order of the header.
    fn answers(
        &self,
        customer: &Customer,
        wave: usize,
        year: u16,
        dice: &mut Dice,
    ) -> Vec<String> {
        let mut cells = Vec::new();
        let mut overall = self.levels.overall + self.plan.mood * customer.mood;
        for (index, touchpoint) in self.plan.touchpoints.iter().enumerate() {
            // Drawn for everyone, so that nobody's later answers hang on whom they met.
            let shift = Shift::drawn(touchpoint, &self.plan, customer, dice);
            let answer = shift.answer(self.levels.of(index, wave));
            if customer.met[index] {
                overall += touchpoint.link.effect(f64::from(answer));
                overall -= self.levels.usual_effect(index);
            }
            let cell = cell(customer.met[index].then_some(answer), dice);
            if touchpoint.asked_since <= year {
                cells.push(cell);
            }
        }
        cells.extend(verdict(overall, customer, dice));
        cells
    }
}

/// Who they are, and what else an export holds that no map needs.
fn profile(customer: &Customer, year: u16, number: u32, dice: &mut Dice) -> Vec<String> {
    vec![
        format!("{year}-{number:04}"),
        year.to_string(),
        format!("I{:02}", 1 + dice.below(24)),
        (8 + dice.below(18)).to_string(),
        customer.city.to_owned(),
        customer.project.to_owned(),
        customer.phase.to_owned(),
        customer.product.to_owned(),
        format!("{}.{:02}", customer.weight / 100, customer.weight % 100),
    ]
}

/// The cell of a question: 98 for those whom it does not concern, and now and then one of the
/// two ways to leave an answer out, an empty cell or 99.
fn cell(answer: Option<u8>, dice: &mut Dice) -> String {
    let (left_out, coded) = (dice.happens(BLANK), dice.happens(0.5));
    match (answer, left_out, coded) {
        (None, _, _) => "98".to_owned(),
        (Some(answer), false, _) => answer.to_string(),
        (Some(_), true, true) => "99".to_owned(),
        (Some(_), true, false) => String::new(),
    }
}

/// The cells of the overall answer and of the recommendation.
fn verdict(overall: f64, customer: &Customer, dice: &mut Dice) -> [String; 2] {
    let felt = overall + OVERALL_NOISE * dice.normal();
    let said = customer.same_answer.unwrap_or_else(|| on_scale(felt, SCALE));
    let likely = on_scale(1.15 * f64::from(said) - 1.2 + 0.9 * dice.normal(), (0, 10));
    let recommend = customer.same_answer.unwrap_or(likely);
    [cell(Some(said), dice), cell(Some(recommend), dice)]
}

/// The name of a question's column: most are named as the touchpoint, one drifted.
fn column(id: &'static str, year: u16) -> &'static str {
    match (id, year) {
        ("hotline", _) => "q11",
        ("repair_on_time", 2025..) => "q5_2_ontime",
        ("repair_on_time", _) => "q52",
        _ => id,
    }
}
