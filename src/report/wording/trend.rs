//! What may be said of waves: changes, lines through them, and who answered.

use crate::model::{Change, Mix, Step, StepChange, TimeUnit, TrendLine};

use super::super::context::Context;
use super::super::number;
use super::super::waves::OVERALL;
use super::change::{self, Verdict};

/// Lines that are put into words.
const LINES: usize = 5;
/// Points of a change that the mix must account for to be told of one touchpoint.
const MIXED: f64 = 0.5;

/// How overall satisfaction went, and the largest reliable changes.
pub(in super::super) fn title(context: &Context<'_>) -> String {
    let touchpoints = touchpoints(context);
    let gaps = [("overall", &*overall(context)), ("touchpoints", &*touchpoints)];
    let whole = context.locale.say("trend.title", &gaps);
    whole.trim().to_owned()
}

fn overall(context: &Context<'_>) -> String {
    let Some(change) = context.analysis.overall_change.as_ref() else {
        return String::new();
    };
    let verdict = change::verdict(change, context.journey.rules.alpha);
    // Where the words do not say the direction, the sign does.
    let by = match verdict {
        Verdict::Rise | Verdict::Fall => number::fixed(change.points.abs(), 1),
        Verdict::Irrelevant | Verdict::Open | Verdict::Untested => {
            number::change(change.points)
        }
    };
    let gaps = [("change", &*by), ("wave", &*change.from)];
    context.locale.say(&format!("trend.overall.{}", verdict.id()), &gaps)
}

fn touchpoints(context: &Context<'_>) -> String {
    let locale = &context.locale;
    let changes = changes(context);
    if !any_tested(context) {
        let key = if changes.is_empty() { "none" } else { "untested" };
        return locale.word(&format!("trend.touchpoints.{key}"));
    }
    let rise = most(&changes, 1.0).map(|at| context.name(at));
    let fall = most(&changes, -1.0).map(|at| context.name(at));
    let key = match (&rise, &fall) {
        (Some(_), Some(_)) => "trend.touchpoints.both",
        (Some(_), None) => "trend.touchpoints.rise",
        (None, Some(_)) => "trend.touchpoints.fall",
        (None, None) => "trend.touchpoints.level",
    };
    let (rise, fall) = (rise.unwrap_or_default(), fall.unwrap_or_default());
    let gaps = [
        ("rise_code", &*rise.0),
        ("rise", &*rise.1),
        ("fall_code", &*fall.0),
        ("fall", &*fall.1),
    ];
    locale.say(key, &gaps)
}

/// Every touchpoint that has a change.
fn changes<'a>(context: &Context<'a>) -> Vec<(usize, &'a Change)> {
    (0..context.journey.touchpoints.len())
        .filter_map(|at| Some((at, context.result(at)?.change.as_ref()?)))
        .collect()
}

/// The touchpoint of the largest reliable and relevant change in the direction of `sign`.
fn most(changes: &[(usize, &Change)], sign: f64) -> Option<usize> {
    let reliable = changes.iter().filter(|(_, it)| it.relevant && it.points * sign > 0.0);
    reliable
        .max_by(|one, other| (one.1.points * sign).total_cmp(&(other.1.points * sign)))
        .map(|(at, _)| *at)
}

/// Lines through four or more waves: overall satisfaction, then the steepest reliable ones.
pub(in super::super) fn lines(context: &Context<'_>) -> Vec<String> {
    let alpha = context.journey.rules.alpha;
    let lines = &context.analysis.trend_lines;
    let mut sure: Vec<&TrendLine> = lines
        .iter()
        .filter(|it| it.touchpoint != OVERALL && it.q.is_some_and(|q| q <= alpha))
        .collect();
    sure.sort_by(|one, other| other.slope.abs().total_cmp(&one.slope.abs()));
    let overall = lines.iter().find(|it| it.touchpoint == OVERALL);
    let told = overall.into_iter().chain(sure.iter().copied().take(LINES));
    let mut words: Vec<String> = told.map(|it| line(context, it)).collect();
    if !lines.is_empty() && sure.is_empty() {
        words.push(context.locale.word("trend.line.no_touchpoint"));
    }
    if sure.len() > LINES {
        let more = sure.len() - LINES;
        let n = number::count_of(more);
        words.push(context.locale.count("trend.line.more", more, &[("n", &n)]));
    }
    words
}

fn line(context: &Context<'_>, line: &TrendLine) -> String {
    let locale = &context.locale;
    let name = subject(context, &line.touchpoint);
    let alpha = context.journey.rules.alpha;
    let sure = line.q.unwrap_or(line.p) <= alpha;
    let [low, high] = line.ci;
    let slope = if sure {
        number::fixed(line.slope.abs(), 1)
    } else {
        number::change(line.slope)
    };
    let gaps = [
        ("name", &*name),
        ("first", line.waves.first().map_or("", String::as_str)),
        ("last", line.waves.last().map_or("", String::as_str)),
        ("slope", &*slope),
        ("low", &*number::change(low)),
        ("high", &*number::change(high)),
    ];
    let way = match (sure, line.slope < 0.0) {
        (true, true) => "fall",
        (true, false) => "rise",
        (false, _) => "open",
    };
    let per = if is_by_year(line) { "year" } else { "wave" };
    let key = format!("trend.line.{per}.{way}");
    let words = locale.say(&key, &gaps);
    if line.p_lack_of_fit <= alpha {
        return locale.say("trend.line.bent", &[("line", &words)]);
    }
    words
}

/// Whether waves are named by numbers that are years.
fn is_by_year(line: &TrendLine) -> bool {
    let is_year =
        |it: &String| it.parse().is_ok_and(|it: u32| (1900..2200).contains(&it));
    line.per == TimeUnit::Number && line.waves.iter().all(is_year)
}

/// Overall satisfaction, or a touchpoint by code and name.
fn subject(context: &Context<'_>, id: &str) -> String {
    let Some(at) = context.index(id) else {
        return context.locale.word("summary.overall");
    };
    context.named(at)
}

/// What changed from each wave to the next: overall satisfaction, and the touchpoints that rose
/// or fell beyond chance and by enough to matter.
pub(in super::super) fn steps(context: &Context<'_>) -> Vec<String> {
    context.analysis.steps.iter().map(|it| step(context, it)).collect()
}

fn step(context: &Context<'_>, step: &Step) -> String {
    let locale = &context.locale;
    let (alpha, changes) = (context.journey.rules.alpha, &step.changes);
    let overall = changes.iter().find(|it| it.touchpoint == OVERALL).map(|it| {
        let way = match (it.relevant, it.p) {
            (true, _) if it.points > 0.0 => "rise",
            (true, _) => "fall",
            (false, None) => "untested",
            (false, Some(p)) if p <= alpha => "irrelevant",
            (false, Some(_)) => "open",
        };
        let by = if it.relevant {
            number::fixed(it.points.abs(), 1)
        } else {
            number::change(it.points)
        };
        locale.say(&format!("trend.step.overall.{way}"), &[("change", &by)])
    });
    let moved = |sign: f64| {
        let mut moved: Vec<&StepChange> = changes
            .iter()
            .filter(|it| {
                it.touchpoint != OVERALL && it.relevant && it.points * sign > 0.0
            })
            .collect();
        moved.sort_by(|one, other| other.points.abs().total_cmp(&one.points.abs()));
        moved
    };
    let named = |key: &str, moved: &[&StepChange]| {
        let told = moved.iter().take(LINES).map(|it| {
            let name = subject(context, &it.touchpoint);
            let gaps = [("name", &*name), ("change", &*number::change(it.points))];
            locale.say("trend.step.change", &gaps)
        });
        let mut told: Vec<String> = told.collect();
        if let Some(more) = moved.len().checked_sub(LINES).filter(|more| *more > 0) {
            let n = number::count_of(more);
            told.push(locale.count("trend.step.more", more, &[("n", &n)]));
        }
        let names = told.join(&locale.word("list.names"));
        (!moved.is_empty()).then(|| locale.say(key, &[("names", &names)]))
    };
    let risen = named("trend.step.risen", &moved(1.0));
    let fallen = named("trend.step.fallen", &moved(-1.0));
    let level = (risen.is_none() && fallen.is_none())
        .then(|| locale.word("trend.touchpoints.level"));
    let sentences: Vec<String> =
        [overall, risen, fallen, level].into_iter().flatten().collect();
    let text = sentences.join(&locale.word("list.sentences"));
    let gaps = [("from", &*step.from), ("to", &*step.to), ("text", &*text)];
    locale.say("trend.step", &gaps)
}

/// Per segment variable whose mix moved: what the largest effect of that on a change is.
pub(in super::super) fn mixes(context: &Context<'_>) -> Vec<String> {
    let mut variables: Vec<&str> = Vec::new();
    for mix in &context.analysis.mix {
        if !variables.contains(&mix.segment.as_str()) {
            variables.push(&mix.segment);
        }
    }
    // What the mix turns round comes first.
    let rules = &context.journey.rules;
    let turned = |segment: &str| {
        context.analysis.mix.iter().any(|it| it.segment == segment && it.turns(rules))
    };
    variables.sort_by_key(|it| !turned(it));
    variables.into_iter().filter_map(|it| mix(context, it)).collect()
}

fn mix(context: &Context<'_>, segment: &str) -> Option<String> {
    let of_it = || context.analysis.mix.iter().filter(|it| it.segment == segment);
    let largest = |one: &&Mix, other: &&Mix| {
        one.mix_points.abs().total_cmp(&other.mix_points.abs())
    };
    // What the mix turns round is told before what it adds most to.
    let turned = of_it().filter(|it| it.turns(&context.journey.rules)).max_by(largest);
    let told = turned.or_else(|| of_it().max_by(largest))?;
    let moved = of_it().map(|it| it.largest_move).fold(0.0, f64::max);
    let moved = number::fixed(moved * 100.0, 0);
    let name = subject(context, &told.touchpoint);
    let total = number::change(told.rate_points + told.mix_points);
    let rate = number::change(told.rate_points);
    // Rounded up: a bound that is said must hold.
    let most = number::fixed((told.mix_points.abs() * 10.0).ceil() / 10.0, 1);
    let variable = context.variable(segment);
    let gaps = [("segment", &*variable), ("moved", &*moved), ("wave", &*told.from)];
    if turned.is_some() {
        let gaps = turned_gaps(context, told);
        let gaps: Vec<(&str, &str)> =
            gaps.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let key = format!("trend.mix.{}", way(told));
        return Some(context.locale.say(&key, &gaps));
    }
    if told.mix_points.abs() < MIXED {
        let gaps = [gaps.as_slice(), &[("most", &*most)]].concat();
        return Some(context.locale.say("trend.mix.none", &gaps));
    }
    let told = [("name", &*name), ("total", &*total), ("rate", &*rate)];
    let gaps = [gaps.as_slice(), told.as_slice()].concat();
    Some(context.locale.say("trend.mix", &gaps))
}

fn way(mix: &Mix) -> &'static str {
    if mix.mix_points > 0.0 { "hides_fall" } else { "hides_rise" }
}

fn turned_gaps(context: &Context<'_>, mix: &Mix) -> Vec<(&'static str, String)> {
    vec![
        ("segment", context.variable(&mix.segment)),
        ("name", subject(context, &mix.touchpoint)),
        ("wave", mix.from.clone()),
        ("total", number::fixed((mix.rate_points + mix.mix_points).abs(), 1)),
        ("rate", number::fixed(mix.rate_points.abs(), 1)),
        ("moved", number::fixed(mix.largest_move * 100.0, 0)),
    ]
}

/// That the change of a touchpoint is the work of who answered, if it is.
pub(in super::super) fn turned(context: &Context<'_>, id: &str) -> Option<String> {
    let mut of_it = context.analysis.mix.iter().filter(|it| it.touchpoint == id);
    let mix = of_it.find(|it| it.turns(&context.journey.rules))?;
    let gaps = turned_gaps(context, mix);
    let gaps: Vec<(&str, &str)> =
        gaps.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Some(context.locale.say(&format!("evidence.mix.{}", way(mix)), &gaps))
}

/// Whether the change of any touchpoint was tested.
pub(in super::super) fn any_tested(context: &Context<'_>) -> bool {
    changes(context).iter().any(|(_, it)| it.p.is_some())
}

/// Whether any change is reliable and relevant, of the whole or of a touchpoint.
pub(in super::super) fn any_reliable(context: &Context<'_>) -> bool {
    let overall = context.analysis.overall_change.as_ref();
    let touchpoints = changes(context);
    overall.into_iter().chain(touchpoints.into_iter().map(|(_, it)| it)).any(|it| {
        let verdict = change::verdict(it, context.journey.rules.alpha);
        matches!(verdict, Verdict::Rise | Verdict::Fall)
    })
}
