//! What was read of the responses, and what a reader should look at: the quality of the data.

use std::fmt::Write as _;

use minijinja::Value;
use serde::Serialize;

use crate::model::{
    Amount, CheckKind, CheckStatus, FieldworkQuality, QualityCheck, QuestionQuality,
    WaveQuality,
};

use super::context::Context;
use super::date;
use super::number;
use super::quality::{CheckView, Checked};

/// What a wave says of a fact.
type Tell = fn(&Context<'_>, &WaveQuality) -> Option<String>;

/// A fact of the waves: its name, and a cell for each wave.
type Fact = (String, Vec<String>);

/// What was read, wave by wave.
#[derive(Serialize)]
pub(super) struct WavesView {
    /// Names of the waves: the one compared with, the one reported.
    heads: Vec<String>,
    rows: Vec<Fact>,
}

/// What was read of each question in the wave reported.
#[derive(Serialize)]
pub(super) struct QuestionsView {
    wave: String,
    rows: Vec<QuestionView>,
    /// Whether there are so many that they are shown on demand.
    many: bool,
}

#[derive(Serialize)]
struct QuestionView {
    code: String,
    name: String,
    column: String,
    n: String,
    not_applicable: String,
    blank: String,
    not_asked: String,
    /// Bars of the levels, if they may be shown.
    bars: Option<Value>,
    /// The lowest and the highest answer of the scale.
    scale: String,
    /// The bars in words.
    levels: String,
    /// Why there are none.
    reason: Option<String>,
}

/// The waves that are reported: the one compared with, and the one of the report.
fn waves<'a>(context: &Context<'a>) -> Vec<&'a WaveQuality> {
    let analysis = context.analysis;
    let names = [analysis.baseline.as_deref(), Some(analysis.wave.as_str())];
    let Some(quality) = &analysis.quality else { return Vec::new() };
    let find = |name: &str| quality.waves.iter().find(|it| it.wave == name);
    names.into_iter().flatten().filter_map(find).collect()
}

/// The checks of the wave reported, those of all waves behind them.
pub(super) fn checks(context: &Context<'_>) -> Option<Vec<CheckView>> {
    let quality = context.analysis.quality.as_ref()?;
    let wave = quality.waves.iter().find(|it| it.wave == context.analysis.wave)?;
    wave.rows.as_ref()?;
    let checks = wave.checks.iter().chain(&quality.checks);
    Some(checks.map(|it| check(context, it)).collect())
}

fn check(context: &Context<'_>, check: &QualityCheck) -> CheckView {
    let key = format!("quality.{}", check.check.id());
    let wrong = check.status != CheckStatus::Ok;
    let limits = wrong.then(|| limits(context, check));
    CheckView {
        name: context.locale.word(&key),
        result: result(context, check),
        status: match check.status {
            CheckStatus::Ok => Checked::Pass,
            CheckStatus::Look => Checked::Look,
            CheckStatus::Bad => Checked::Bad,
        },
        word: String::new(),
        limits,
        advice: wrong.then(|| context.locale.word(&format!("{key}.do"))),
    }
}

/// The number that decides, and the questions that it is of.
fn result(context: &Context<'_>, check: &QualityCheck) -> String {
    let share = shown(context, check.check, check.value);
    let more = check.questions.len().saturating_sub(1);
    let Some(worst) = check.questions.first() else { return share };
    let code = code(context, &worst.question);
    let n = number::count_of(more);
    let gaps = [("share", &*share), ("code", &*code), ("n", &*n)];
    let key = if more > 0 { "quality.result.more" } else { "check.blank.result" };
    context.locale.say(key, &gaps)
}

fn limits(context: &Context<'_>, check: &QualityCheck) -> String {
    let [look, bad] = [check.look, check.bad.unwrap_or_default()]
        .map(|limit| shown(context, check.check, limit));
    let gaps = [("look", &*look), ("bad", &*bad)];
    let key = if check.bad.is_some() { "quality.limits" } else { "quality.limit" };
    context.locale.say(key, &gaps)
}

/// A number of a check, as it is read.
fn shown(context: &Context<'_>, check: CheckKind, value: f64) -> String {
    match check {
        CheckKind::DesignEffect => number::fixed(value, 1),
        CheckKind::LongFieldwork | CheckKind::WavesOverlap => {
            let days = number::whole(value);
            context.locale.say("quality.days", &[("n", &days)])
        }
        _ => number::share(value),
    }
}

/// The code of a touchpoint, or the name of another question.
fn code(context: &Context<'_>, id: &str) -> String {
    context.index(id).map_or_else(|| name(context, id), |at| context.name(at).0)
}

fn name(context: &Context<'_>, id: &str) -> String {
    match id {
        "overall" => context.locale.word("summary.overall"),
        "recommend" => context.locale.word("quality.recommend"),
        _ => context.index(id).map_or_else(|| id.to_owned(), |at| context.name(at).1),
    }
}

/// What was read of the two waves; facts that neither has are left out.
pub(super) fn by_wave(context: &Context<'_>) -> Option<WavesView> {
    let waves = waves(context);
    waves.iter().find(|it| it.rows.is_some())?;
    let facts: [(&str, Tell); 8] = [
        ("quality.wave.read", |_, it| Some(number::count(it.rows.as_ref()?.read))),
        ("quality.wave.used", |_, it| Some(number::count(it.rows.as_ref()?.used))),
        ("quality.wave.without_id", |_, it| {
            let rows = it.rows.as_ref()?.without_id?;
            (rows > 0).then(|| number::count(rows))
        }),
        ("quality.wave.weights", |_, it| Some(number::whole(it.weights.as_ref()?.sum))),
        ("quality.wave.effective", |_, it| {
            Some(number::whole(it.weights.as_ref()?.n_eff))
        }),
        ("quality.wave.first", |context, it| day(context, it, |it| it.first)),
        ("quality.wave.last", |context, it| day(context, it, |it| it.last)),
        ("quality.wave.undated", |_, it| {
            Some(number::count(it.fieldwork.as_ref()?.undated))
        }),
    ];
    let row = |(key, fact): &(&str, Tell)| {
        let cells: Vec<_> = waves.iter().map(|it| fact(context, it)).collect();
        cells.iter().any(Option::is_some).then(|| {
            let none = || "–".to_owned();
            let cells = cells.iter().map(|it| it.clone().unwrap_or_else(none));
            (context.locale.word(key), cells.collect())
        })
    };
    let heads = waves.iter().map(|it| it.wave.clone()).collect();
    Some(WavesView { heads, rows: facts.iter().filter_map(row).collect() })
}

fn day(
    context: &Context<'_>,
    wave: &WaveQuality,
    of: fn(&FieldworkQuality) -> Option<crate::model::Day>,
) -> Option<String> {
    let day = of(wave.fieldwork.as_ref()?)?;
    Some(date::day(&context.locale, &day.to_string()))
}

/// What was read of each question in the wave reported.
pub(super) fn by_question(context: &Context<'_>) -> Option<QuestionsView> {
    let wave = waves(context).pop()?;
    let rows: Vec<_> = wave.questions.iter().map(|it| question(context, it)).collect();
    let many = context.subject.is_large();
    (!rows.is_empty()).then(|| QuestionsView { wave: wave.wave.clone(), rows, many })
}

fn question(context: &Context<'_>, it: &QuestionQuality) -> QuestionView {
    let share = |amount: Option<Amount>| {
        amount.map_or_else(|| "–".to_owned(), |it| number::share(it.share))
    };
    let levels = it.levels.as_deref().unwrap_or_default();
    let words: Vec<String> = levels
        .iter()
        .map(|at| format!("{}: {}", at.level.0, number::count(at.n)))
        .collect();
    let bars = (!levels.is_empty()).then(|| bars(it));
    let withheld = context.locale.word("quality.withheld");
    let [min, max] = it.scale;
    QuestionView {
        code: context
            .index(&it.question)
            .map_or_else(String::new, |at| context.name(at).0),
        name: name(context, &it.question),
        column: it.columns.join(", "),
        n: it.valid.map_or_else(|| "–".to_owned(), |it| number::count(it.n)),
        not_applicable: share(it.not_applicable),
        blank: share(it.blank),
        not_asked: share(it.not_asked),
        reason: bars.is_none().then_some(withheld),
        bars,
        scale: number::between(&number::plain(min), &number::plain(max)),
        levels: words.join(" · "),
    }
}

/// Width and height of the bars of a question.
const BARS: (f64, f64) = (100.0, 20.0);

/// A bar for each level, where it lies on the scale, as high as its share of the greatest.
fn bars(question: &QuestionQuality) -> Value {
    let levels = question.levels.as_deref().unwrap_or_default();
    let (width, height) = BARS;
    let [min, max] = question.scale;
    let most = levels.iter().map(|it| it.share).fold(f64::MIN_POSITIVE, f64::max);
    // Levels one apart fill the width; halves and tenths stand closer.
    let step = levels
        .windows(2)
        .map(|it| it[1].level.0 - it[0].level.0)
        .fold(max - min, f64::min);
    let slot = width * step / (max - min + step);
    let mut path = String::new();
    for it in levels.iter().filter(|it| it.n > 0) {
        let left = width * (it.level.0 - min) / (max - min + step) + slot * 0.1;
        // Whoever gave an answer is seen, be they one of thousands.
        let tall = (height * it.share / most).max(1.0);
        let _ =
            write!(path, "M{left:.1} {height}v-{tall:.1}h{:.1}v{tall:.1}z", slot * 0.8);
    }
    Value::from_safe_string(path)
}
