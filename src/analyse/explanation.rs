//! The evidence behind the flags of one touchpoint, as data and in plain English.

use crate::model::Interval;
use crate::rule::{RULES, minus, tests};

/// Why a touchpoint is flagged as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Id of the touchpoint.
    pub id: String,
    /// Its code, such as `5.2`.
    pub code: String,
    /// The wave it speaks of.
    pub wave: String,
    /// Every flag that could have been given, whether it was or not.
    pub flags: Vec<Flag>,
}

/// A flag, and the tests that decide on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// The label or rule, such as `pain_point`.
    pub name: &'static str,
    /// Whether it was given.
    pub verdict: Verdict,
    /// In what words the verdict is to be told, where it needs any.
    pub because: Option<String>,
    /// The tests; the flag is given when one of them holds.
    pub tests: Vec<Test>,
}

/// How near a touchpoint comes to a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the flag.
    Holds,
    /// The estimate lies on the side of the flag, but not surely or not far enough.
    JustMisses,
    /// It is far from it.
    Absent,
    /// It could not be tested.
    Untested,
}

/// One test, in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What is tested, such as `mean`.
    pub what: &'static str,
    /// Unit of the values, such as `points`.
    pub unit: &'static str,
    /// The estimate.
    pub value: f64,
    /// Its 95 % interval.
    pub ci: Option<Interval>,
    /// What it is tested against.
    pub against: f64,
    /// Where that comes from, in words.
    pub against_is: String,
    /// Unweighted answers.
    pub n: Option<u64>,
    /// Effective respondents.
    pub n_eff: Option<f64>,
    /// p value on its own.
    pub p: f64,
    /// p value adjusted over the family.
    pub q: f64,
    /// Tests in the family.
    pub family: usize,
    /// The largest p of its own at which it would hold, all other tests being as they are.
    pub largest_p: f64,
    /// Whether it holds.
    pub holds: bool,
    /// What would turn it, each by itself.
    pub flips: Vec<Flip>,
}

/// A value at which a test would just turn, everything else being as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// What would have to be otherwise, such as `mean`.
    pub what: &'static str,
    /// What it is.
    pub is: f64,
    /// Where the test turns.
    pub turns_at: f64,
}

impl Explanation {
    /// For each flag that the touchpoint has, just misses or could not be tested for: the
    /// numbers, and what would turn it.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let shown = self.flags.iter().filter(|flag| flag.verdict != Verdict::Absent);
        let mut lines = vec![format!("{} {} in {}", self.code, self.id, self.wave)];
        for flag in shown {
            lines.extend(flag.lines());
        }
        if lines.len() == 1 {
            lines.push("no flag holds, and none is near".to_owned());
        }
        lines
    }
}

impl Flag {
    fn lines(&self) -> Vec<String> {
        let verdict = match self.verdict {
            Verdict::Holds => "holds",
            Verdict::JustMisses => "just misses",
            Verdict::Absent => "does not hold",
            Verdict::Untested => "not tested",
        };
        let because =
            self.because.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
        let mut lines = vec![format!("{}: {verdict}{because}", self.name)];
        let rule = RULES.iter().map(|rule| rule.doc()).find(|doc| doc.id == self.name);
        lines.extend(rule.map(|doc| format!("  rule {}: {}", doc.code, doc.what)));
        for test in &self.tests {
            lines.push(format!("  {}", test.numbers()));
            lines.extend(test.turning().map(|turning| format!("    {turning}")));
        }
        lines
    }
}

impl Test {
    fn numbers(&self) -> String {
        let short = |number: f64| minus(&format!("{number:.1}"));
        let ci = self
            .ci
            .map(|[low, high]| format!(" (95 % CI {} to {})", short(low), short(high)));
        let n = self.n.map(|n| format!(", n = {n}")).unwrap_or_default();
        let base = self.n_eff.map(|n| format!(", effective {n:.0}")).unwrap_or_default();
        format!(
            "{} {} {}{} against {} ({}){n}{base}; p {}, q {} in a family of {}",
            self.what,
            short(self.value),
            self.unit,
            ci.unwrap_or_default(),
            threshold(self.against),
            self.against_is,
            probability(self.p),
            probability(self.q),
            tests(self.family)
        )
    }

    /// `would hold with …`, or `would not hold with …`; nothing when nothing would do it.
    fn turning(&self) -> Option<String> {
        let ways: Vec<String> = self
            .flips
            .iter()
            .filter(|flip| flip.turns_at.is_finite())
            .map(|flip| flip.way(self.unit))
            .collect();
        let not = if self.holds { "not " } else { "" };
        let joined = ways.join(", or ");
        (!ways.is_empty()).then(|| format!("would {not}hold with {joined}"))
    }
}

impl Flip {
    fn way(&self, unit: &str) -> String {
        let side = if self.turns_at > self.is { "or more" } else { "or less" };
        let article = if self.what.starts_with('a') { "an" } else { "a" };
        let turns_at = minus(&format!("{:.2}", self.turns_at));
        format!("{article} {} of {turns_at} {unit} {side}", self.what)
    }
}

/// `73`, `4.35`: two decimals where there are any.
fn threshold(number: f64) -> String {
    let text = format!("{number:.2}");
    minus(text.trim_end_matches('0').trim_end_matches('.'))
}

/// `= 0.012`, or `< 0.001`.
fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("= {p:.3}") }
}
