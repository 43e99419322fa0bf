//! Answer scales and missing codes: what a cell of the responses means.

use std::collections::BTreeMap;

/// Points from which an answer is satisfied (METHOD §1.7).
const SATISFIED: f64 = 75.0;
/// Points up to which an answer is dissatisfied.
const DISSATISFIED: f64 = 25.0;
/// Room for decimals that have no exact binary form, such as steps of 0.1.
pub(super) const SLACK: f64 = 1e-9;

/// The answers a question takes: numbers from `min` to `max`, more is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    min: f64,
    max: f64,
    valid: Valid,
}

/// Which numbers between the ends of a scale are answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Valid {
    /// Every number.
    All,
    /// The lowest answer plus whole multiples of this step.
    Step(f64),
    /// These numbers only, rising.
    Levels(Vec<f64>),
}

impl Scale {
    /// `None` unless both ends are finite, `min` < `max`, and `valid` fits between them.
    #[must_use]
    pub fn new(min: f64, max: f64, valid: Valid) -> Option<Self> {
        let fits = match &valid {
            Valid::All => true,
            Valid::Step(step) => *step > 0.0 && *step <= max - min,
            Valid::Levels(levels) => {
                levels.len() > 1 && levels.iter().all(|level| (min..=max).contains(level))
            }
        };
        (min.is_finite() && max.is_finite() && min < max && fits).then_some(Self {
            min,
            max,
            valid,
        })
    }

    /// The scale 1–10, used where a map names none.
    #[must_use]
    pub fn one_to_ten() -> Self {
        Self { min: 1.0, max: 10.0, valid: Valid::All }
    }

    /// The scale of points, 0–100.
    #[must_use]
    pub fn points() -> Self {
        Self { min: 0.0, max: 100.0, valid: Valid::All }
    }

    /// Lowest answer.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.min
    }

    /// Highest answer.
    #[must_use]
    pub fn max(&self) -> f64 {
        self.max
    }

    /// Which numbers between the ends are answers.
    #[must_use]
    pub fn valid(&self) -> &Valid {
        &self.valid
    }

    /// Distance between the ends, in native units.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.max - self.min
    }

    /// Whether `value` is an answer on this scale.
    #[must_use]
    pub fn accepts(&self, value: f64) -> bool {
        if !(self.min..=self.max).contains(&value) {
            return false;
        }
        match &self.valid {
            Valid::All => true,
            // A step such as 0.1 has no exact binary form, hence the tolerance.
            Valid::Step(step) => {
                let steps = (value - self.min) / step;
                (steps - steps.round()).abs() < 1e-6
            }
            Valid::Levels(levels) => {
                levels.iter().any(|level| (level - value).abs() < 1e-9)
            }
        }
    }

    /// `value` on 0–100, the lowest answer being 0 (METHOD §1.6, the ACSI/ECSI convention).
    #[must_use]
    pub fn minmax_points(&self, value: f64) -> f64 {
        100.0 * (value - self.min) / self.width()
    }

    /// Whether an answer is satisfied (METHOD §1.7), unless the question has a set of its own.
    #[must_use]
    pub fn is_satisfied(&self, value: f64) -> bool {
        self.minmax_points(value) >= SATISFIED - SLACK
    }

    /// Whether an answer is dissatisfied, unless the question has a set of its own.
    #[must_use]
    pub fn is_dissatisfied(&self, value: f64) -> bool {
        self.minmax_points(value) <= DISSATISFIED + SLACK
    }

    /// Whether this is the 0–10 scale, the only one on which NPS is defined.
    #[must_use]
    pub fn is_zero_to_ten(&self) -> bool {
        self.min.abs() < f64::EPSILON && (self.max - 10.0).abs() < f64::EPSILON
    }

    /// Whether two questions may be compared: same ends.
    #[must_use]
    pub fn same_ends(&self, other: &Self) -> bool {
        (self.min - other.min).abs() < f64::EPSILON
            && (self.max - other.max).abs() < f64::EPSILON
    }
}

/// Why a cell holds no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingClass {
    /// Never used, not visited, cannot say: the customer did not meet the touchpoint.
    NotApplicable,
    /// Should have been answered and was not.
    Blank,
    /// Was not asked of this respondent.
    NotAsked,
}

impl MissingClass {
    /// Every class, as maps write it.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("not_applicable", Self::NotApplicable),
        ("blank", Self::Blank),
        ("not_asked", Self::NotAsked),
    ];
}

/// The declared missing codes of a column. Compared trimmed, without case, as text and as
/// number, so that `6` also stands for `6.0` and `Blank` for `BLANK` (METHOD §1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingCodes(BTreeMap<String, MissingClass>);

impl MissingCodes {
    /// Declares `code`; the class it had before, if it had one.
    pub fn declare(&mut self, code: &str, class: MissingClass) -> Option<MissingClass> {
        self.0.insert(Self::normal(code), class)
    }

    /// The class of a cell; an empty cell is blank unless declared otherwise.
    #[must_use]
    pub fn class(&self, cell: &str) -> Option<MissingClass> {
        let normal = Self::normal(cell);
        let declared = self.0.get(&normal).copied();
        if normal.is_empty() { declared.or(Some(MissingClass::Blank)) } else { declared }
    }

    /// The codes, in their normal form, with their classes, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, MissingClass)> {
        self.0.iter().map(|(code, class)| (code.as_str(), *class))
    }

    /// These codes without those that are answers on `scale`: what a column with a scale of
    /// its own inherits, so that a default of 0 for “not applicable” spares a 0–10 question.
    #[must_use]
    pub fn off(&self, scale: &Scale) -> Self {
        let keep = |code: &String| {
            code.parse::<f64>().map_or(true, |value| !scale.accepts(value))
        };
        Self(
            self.0
                .iter()
                .filter(|(code, _)| keep(code))
                .map(|(c, m)| (c.clone(), *m))
                .collect(),
        )
    }

    /// A code as it is compared: trimmed, lower case, numbers in their shortest form.
    #[must_use]
    pub fn normal(code: &str) -> String {
        let code = code.trim();
        match code.parse::<f64>() {
            Ok(number) if number.is_finite() => number.to_string(),
            _ => code.to_lowercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_and_six_point_nought_are_the_same_code() {
        let mut codes = MissingCodes::default();
        codes.declare("6", MissingClass::NotApplicable);
        codes.declare("Blank", MissingClass::Blank);
        assert_eq!(codes.class(" 6.0 "), Some(MissingClass::NotApplicable));
        assert_eq!(codes.class("BLANK"), Some(MissingClass::Blank));
        assert_eq!(codes.class(""), Some(MissingClass::Blank));
        assert_eq!(codes.class("5"), None);
    }

    #[test]
    fn a_default_code_spares_a_question_on_whose_scale_it_is_an_answer() {
        let mut codes = MissingCodes::default();
        codes.declare("0", MissingClass::NotApplicable);
        codes.declare("99", MissingClass::Blank);
        let recommend = Scale::new(0.0, 10.0, Valid::All).unwrap();
        assert_eq!(codes.off(&recommend).class("0"), None);
        assert_eq!(codes.off(&recommend).class("99"), Some(MissingClass::Blank));
    }

    #[test]
    fn points_run_from_nought_to_a_hundred() {
        // METHOD §1.6: a mean of 7.640 on 1–10 is 73.78 points.
        assert!(
            (Scale::one_to_ten().minmax_points(7.640) - 73.777_777_777_777_77).abs()
                < 1e-9
        );
    }

    #[test]
    fn half_steps_are_answers_only_where_declared() {
        let halves = Scale::new(1.0, 5.0, Valid::Step(0.5)).unwrap();
        assert!(halves.accepts(3.5) && !halves.accepts(3.25) && !halves.accepts(5.5));
    }
}
