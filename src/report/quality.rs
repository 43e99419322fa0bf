//! How good the data are: who answered, and what was checked.

use serde::Serialize;

use crate::diag::Code;
use crate::model::{Answers, SegmentSize, Status};

use super::context::Context;
use super::heat;
use super::number;
use super::read;

/// Values of a segment variable that are listed.
const VALUES: usize = 20;

/// A check of the data.
#[derive(Serialize)]
pub(super) struct CheckView {
    /// What was checked.
    pub(super) name: String,
    /// What was found.
    pub(super) result: String,
    /// What came of it.
    pub(super) status: Checked,
    /// The same in a word, which [`checks`] fills in.
    pub(super) word: String,
    /// From where on it asks for a look.
    pub(super) limits: Option<String>,
    /// What it means, and what to do about it.
    pub(super) advice: Option<String>,
}

impl CheckView {
    fn of(name: String, result: String, status: Checked) -> Self {
        let word = String::new();
        Self { name, result, status, word, limits: None, advice: None }
    }
}

/// What came of a check.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Checked {
    /// Nothing to note.
    Pass,
    /// A reader should know.
    Note,
    /// May be right, and should be looked at.
    Look,
    /// Not to be relied on before it is explained.
    Bad,
}

impl Checked {
    fn key(self) -> &'static str {
        match self {
            Self::Pass => "check.pass",
            Self::Note => "check.note",
            Self::Look => "check.look",
            Self::Bad => "check.bad",
        }
    }
}

/// The values of a segment variable.
#[derive(Serialize)]
pub(super) struct SampleView {
    /// Its name.
    name: String,
    /// Value, respondents, and share of all; where customers are counted also how many there
    /// are, and how many of them answered.
    rows: Vec<Vec<String>>,
    /// Whether customers are counted.
    covered: bool,
    /// Values that are not listed.
    more: Option<String>,
}

/// Respondents by value of each segment variable.
pub(super) fn samples(context: &Context<'_>) -> Vec<SampleView> {
    let locale = &context.locale;
    let variables = heat::variables(context).into_iter();
    variables
        .map(|(name, values)| {
            let more = values.len().saturating_sub(VALUES);
            let rows = values.iter().take(VALUES).map(|it| {
                let n =
                    it.n.map_or_else(|| heat::respondents(context, it), number::count);
                let share = it.share.map_or_else(|| "–".to_owned(), number::share);
                let mut row = vec![it.value.clone(), n, share];
                row.extend(covered(context, name, &it.value));
                row
            });
            let mut rows: Vec<Vec<String>> = rows.collect();
            rows.extend(nobody(context, name, &values));
            SampleView {
                name: context.variable(name),
                covered: rows.iter().any(|it| it.len() > 3),
                rows,
                more: (more > 0).then(|| {
                    let n = number::count_of(more);
                    locale.count("sample.more", more, &[("n", &n)])
                }),
            }
        })
        .collect()
}

/// Customers of a value and how many of them answered, where the map counts those of any.
fn covered(context: &Context<'_>, segment: &str, value: &str) -> Vec<String> {
    let Some(population) = &context.analysis.population else { return Vec::new() };
    if population.coverage.is_empty() {
        return Vec::new();
    }
    let mut coverage = population.coverage.iter();
    let it = coverage.find(|it| it.segment == segment && it.value == value);
    let none = || "–".to_owned();
    let customers = it.map_or_else(none, |it| number::count(it.customers));
    let rate = it.and_then(|it| it.response_rate).map_or_else(none, number::share);
    vec![customers, rate]
}

/// Values of which there are customers, and nobody answered.
fn nobody(
    context: &Context<'_>,
    segment: &str,
    known: &[&SegmentSize],
) -> Vec<Vec<String>> {
    let population = context.analysis.population.iter();
    let coverage = population.flat_map(|it| &it.coverage);
    coverage
        .filter(|it| {
            it.segment == segment && !known.iter().any(|of| of.value == it.value)
        })
        .map(|it| {
            let mut row = vec![it.value.clone(), number::count(0), number::share(0.0)];
            row.extend(covered(context, segment, &it.value));
            row
        })
        .collect()
}

/// Every check that these data allow.
pub(super) fn checks(context: &Context<'_>) -> Vec<CheckView> {
    let of_rows = || {
        let checks = [
            straight_lining(context),
            few_answers(context),
            weights(context),
            blanks(context),
        ];
        checks.into_iter().flatten().collect()
    };
    // Analyses of earlier versions do not tell of the quality of the data.
    let of_data = read::checks(context).unwrap_or_else(of_rows);
    let of_scores =
        [asked(context), compared(context), low_bases(context), withheld(context)];
    let of_scores = of_scores.into_iter().flatten();
    let all = rows(context).into_iter().chain(of_data).chain(of_scores);
    let named =
        |it: CheckView| CheckView { word: context.locale.word(it.status.key()), ..it };
    all.map(named).collect()
}

/// Whether the analysis notes `code`: from where on it does is for it to say.
fn noted(context: &Context<'_>, code: Code) -> bool {
    context.analysis.notes.iter().any(|it| it.code == code.0)
}

/// A check that found nothing to note.
fn passed(context: &Context<'_>, key: &str, result: String) -> CheckView {
    let name = context.locale.word(key);
    CheckView::of(name, result, Checked::Pass)
}

fn of(context: &Context<'_>, part: usize, all: usize) -> String {
    let (n, all) = (number::count_of(part), number::count_of(all));
    context.locale.say("check.of", &[("n", &n), ("all", &all)])
}

fn rows(context: &Context<'_>) -> Option<CheckView> {
    let rows = context.analysis.rows.as_ref()?;
    let gaps = [("n", &*number::count(rows.used)), ("all", &*number::count(rows.read))];
    let result = context.locale.say("check.of", &gaps);
    Some(CheckView {
        status: if rows.used < rows.read { Checked::Note } else { Checked::Pass },
        ..passed(context, "check.rows", result)
    })
}

fn straight_lining(context: &Context<'_>) -> Option<CheckView> {
    let share = context.analysis.rows.as_ref()?.straight_lining?;
    Some(CheckView {
        status: if noted(context, Code::STRAIGHT_LINING) {
            Checked::Note
        } else {
            Checked::Pass
        },
        ..passed(context, "check.straight", number::share(share))
    })
}

fn few_answers(context: &Context<'_>) -> Option<CheckView> {
    let share = context.analysis.rows.as_ref()?.few_answers?;
    Some(CheckView {
        status: if noted(context, Code::FEW_ANSWERS) {
            Checked::Note
        } else {
            Checked::Pass
        },
        ..passed(context, "check.few", number::share(share))
    })
}

fn weights(context: &Context<'_>) -> Option<CheckView> {
    let overall = &context.analysis.overall;
    if context.analysis.weighting != "sampling" {
        return None;
    }
    let (n, effective) = overall.n.zip(overall.n_eff)?;
    let gaps = [("n", &*number::count(n)), ("effective", &*number::whole(effective))];
    let result = context.locale.say("check.weights.result", &gaps);
    Some(CheckView {
        status: if noted(context, Code::ZERO_WEIGHT) {
            Checked::Note
        } else {
            Checked::Pass
        },
        ..passed(context, "check.weights", result)
    })
}

/// The question that most of those who should have answered left blank.
fn blanks(context: &Context<'_>) -> Option<CheckView> {
    let share = |answers: &Answers| {
        let cells = answers.valid + answers.not_applicable + answers.blank;
        (answers.valid > 0).then(|| exact(answers.blank) / exact(cells))
    };
    let touchpoints = 0..context.journey.touchpoints.len();
    let shares = touchpoints
        .filter_map(|at| Some((share(context.result(at)?.answers.as_ref()?)?, at)));
    let (most, at) = shares.max_by(|one, other| one.0.total_cmp(&other.0))?;
    let (code, _) = context.name(at);
    let gaps = [("share", &*number::share(most)), ("code", &*code)];
    let result = context.locale.say("check.blank.result", &gaps);
    Some(CheckView {
        status: if noted(context, Code::MANY_BLANKS) {
            Checked::Note
        } else {
            Checked::Pass
        },
        ..passed(context, "check.blank", result)
    })
}

fn exact(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "answers to a question")]
    let count = count as f64;
    count
}

fn asked(context: &Context<'_>) -> Option<CheckView> {
    let results = &context.analysis.touchpoints;
    let asked = results.iter().filter(|it| it.score.status != Status::Unasked).count();
    let result = of(context, asked, results.len());
    (!results.is_empty()).then(|| CheckView {
        status: if asked < results.len() { Checked::Note } else { Checked::Pass },
        ..passed(context, "check.asked", result)
    })
}

fn compared(context: &Context<'_>) -> Option<CheckView> {
    let wave = context.analysis.baseline.as_deref()?;
    let results = &context.analysis.touchpoints;
    let compared = results.iter().filter(|it| it.change.is_some()).count();
    let name = context.locale.say("check.compared", &[("wave", wave)]);
    let result = of(context, compared, results.len());
    let status = if compared < results.len() { Checked::Note } else { Checked::Pass };
    Some(CheckView::of(name, result, status))
}

fn low_bases(context: &Context<'_>) -> Option<CheckView> {
    let rules = &context.journey.rules;
    let scores = context.analysis.touchpoints.iter().map(|it| &it.score);
    let shown = scores.filter(|it| it.status == Status::Scored);
    let all = shown.clone().count();
    let low = shown.filter(|it| it.n_eff.is_some_and(|n| n < rules.low_base)).count();
    let gaps = [("low", &*number::plain(rules.low_base))];
    let name = context.locale.say("check.low", &gaps);
    let result = of(context, low, all);
    let status = if low > 0 { Checked::Note } else { Checked::Pass };
    (all > 0).then(|| CheckView::of(name, result, status))
}

/// Scores of touchpoints and of groups that are withheld.
fn withheld(context: &Context<'_>) -> Option<CheckView> {
    let touchpoints = context.analysis.touchpoints.iter().map(|it| it.score.status);
    let segments = context.analysis.segments.iter().map(|it| it.score.status);
    let all: Vec<Status> = touchpoints.chain(segments).collect();
    let withheld = all.iter().filter(|it| **it == Status::Suppressed).count();
    let result = of(context, withheld, all.len());
    (!all.is_empty()).then(|| CheckView {
        status: if withheld > 0 { Checked::Note } else { Checked::Pass },
        ..passed(context, "check.withheld", result)
    })
}
