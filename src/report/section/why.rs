//! What are customers dissatisfied about?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::Flag;
use crate::model::{CauseResult, CauseShare, ShareEstimate};

use super::super::bar::Bar;
use super::super::context::Context;
use super::super::number;
use super::super::wording::cause;
use super::{Built, LeftOut, value};

/// Causes that are shown of a touchpoint.
const SHOWN: usize = 4;

/// Shares from which a cell is tinted, and tinted more.
const TINTS: [f64; 2] = [0.10, 0.25];

/// A touchpoint and its causes.
#[derive(Serialize)]
struct PlaceView {
    code: String,
    name: String,
    coverage: Option<String>,
    /// How many dissatisfied customers shares are of, and whether they are few.
    base: Option<String>,
    /// Why there are no shares.
    absent: Option<String>,
    rows: Vec<RowView>,
}

/// A cause.
#[derive(Serialize)]
struct RowView {
    name: String,
    /// Whether it is the one that stands out.
    main: bool,
    bar: Value,
    share: String,
    ci: String,
    satisfied: String,
    before: Option<String>,
}

/// A touchpoint in the table of groups.
#[derive(Serialize)]
struct HeatView {
    code: String,
    name: String,
    n: String,
    cells: Vec<CellView>,
}

/// The share of a group.
#[derive(Serialize)]
struct CellView {
    class: &'static str,
    text: String,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let results = cause::reported(context);
    if results.is_empty() {
        return Built::LeftOut(context.locale.word("left_out.why"));
    }
    let most = results
        .iter()
        .flat_map(|it| it.causes.iter().take(SHOWN))
        .filter_map(|it| Some(it.dissatisfied.as_ref()?.ci[1]))
        .fold(0.0, f64::max);
    let mut places: Vec<PlaceView> =
        results.iter().filter_map(|it| place(context, it, most)).collect();
    // What has nothing to show comes last.
    places.sort_by_key(|it| it.rows.is_empty());
    let before = context.analysis.baseline.as_deref();
    let before = before
        .filter(|_| places.iter().flat_map(|it| &it.rows).any(|it| it.before.is_some()));
    let groups = groups(context, &results);
    Built::Shown(context! {
        title => title(context, &results),
        deck => context.locale.word("why.deck"),
        columns => groups.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>(),
        heat => value(heat(context, &results, &groups)),
        tints => TINTS.map(number::share),
        places => value(places),
        before,
    })
}

/// The cause that stands out at the gravest pain point, else the most frequent one that does.
fn title(context: &Context<'_>, results: &[&CauseResult]) -> String {
    let locale = &context.locale;
    let share = |it: &&CauseResult| cause::main(it)?.dissatisfied.clone();
    let rank = |it: &CauseResult| -> (bool, f64) {
        let at = context.index(&it.touchpoint);
        let mark = at.and_then(|at| context.subject.marks.get(at));
        let pains = mark.is_some_and(|mark| mark.flags.contains(&Flag::Pain));
        let result = at.and_then(|at| context.result(at));
        let gap =
            result.and_then(|it| it.pain.as_ref()).map_or(0.0, |it| it.guaranteed_gap);
        (pains, gap)
    };
    let mut known: Vec<(&CauseResult, ShareEstimate)> =
        results.iter().filter_map(|it| Some((*it, share(it)?))).collect();
    known.sort_by(|(a, of_a), (b, of_b)| {
        let (a, b) = (rank(a), rank(b));
        b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(of_b.share.total_cmp(&of_a.share))
    });
    let Some((result, share)) = known.first() else {
        return locale.word("why.title.none");
    };
    let at = context.index(&result.touchpoint).unwrap_or(usize::MAX);
    let (code, name) = context.name(at);
    let main = result.main.as_deref().unwrap_or_default();
    let cause = cause::name(context, main);
    let share = number::share(share.share);
    let gaps =
        [("cause", &*cause), ("code", &*code), ("name", &*name), ("share", &*share)];
    locale.say("why.title", &gaps)
}

fn place(context: &Context<'_>, result: &CauseResult, most: f64) -> Option<PlaceView> {
    let at = context.index(&result.touchpoint)?;
    let (code, name) = context.name(at);
    let before = cause::before(context, &result.touchpoint);
    let rows = result.causes.iter().filter(|it| it.dissatisfied.is_some()).take(SHOWN);
    let rows: Vec<RowView> =
        rows.filter_map(|it| row(context, result, it, (before, most))).collect();
    let absent = rows.is_empty().then(|| cause::absent(context, result));
    Some(PlaceView {
        base: base(context, result).filter(|_| !rows.is_empty()),
        code,
        name,
        coverage: cause::coverage(context, result),
        absent,
        rows,
    })
}

/// The number of dissatisfied customers who said why; that they are few, where they are.
fn base(context: &Context<'_>, result: &CauseResult) -> Option<String> {
    let n = number::count(result.dissatisfied?);
    let low = context.journey.rules.low_base;
    let share = result.causes.iter().find_map(|it| it.dissatisfied.as_ref());
    let few = share.is_some_and(|it| it.n_star < low);
    let key = if few { "why.base.low" } else { "why.base" };
    let gaps = [("n", &*n), ("least", &*number::plain(low))];
    Some(context.locale.say(key, &gaps))
}

fn row(
    context: &Context<'_>,
    result: &CauseResult,
    it: &CauseShare,
    (before, most): (Option<&CauseResult>, f64),
) -> Option<RowView> {
    let share = it.dissatisfied.as_ref()?;
    let earlier = before.and_then(|before| {
        let same = before.causes.iter().find(|other| other.id == it.id);
        same.map_or(Some(0.0), |it| Some(it.dissatisfied.as_ref()?.share))
            .filter(|_| before.dissatisfied.is_some())
    });
    Some(RowView {
        name: cause::name(context, &it.id),
        main: result.main.as_deref() == Some(&it.id),
        bar: Bar::Thin.draw(share.share, Some(share.ci), most),
        share: number::share(share.share),
        ci: number::percent_interval(share.ci),
        satisfied: it
            .satisfied
            .as_ref()
            .map_or_else(|| "–".to_owned(), |it| number::share(it.share)),
        before: earlier.map(number::share),
    })
}

/// The groups of causes that somebody who is dissatisfied names, by id and name.
fn groups(context: &Context<'_>, results: &[&CauseResult]) -> Vec<(String, String)> {
    let groups = context.journey.causes.groups.iter();
    let named = |id: &str| {
        results.iter().flat_map(|it| &it.groups).any(|it| {
            it.id == id && it.dissatisfied.as_ref().is_some_and(|it| it.share > 0.0)
        })
    };
    groups
        .filter(|it| named(&it.id))
        .map(|it| (it.id.clone(), context.text(&it.name).to_owned()))
        .collect()
}

/// Touchpoints whose dissatisfied customers may be told of, by group.
fn heat(
    context: &Context<'_>,
    results: &[&CauseResult],
    groups: &[(String, String)],
) -> Vec<HeatView> {
    let rows = results.iter().filter_map(|it| {
        let n = it.dissatisfied?;
        let (code, name) = context.name(context.index(&it.touchpoint)?);
        let cells = groups.iter().map(|(id, _)| {
            let share = it.groups.iter().find(|group| group.id == *id);
            cell(share.and_then(|it| it.dissatisfied.as_ref()).map_or(0.0, |it| it.share))
        });
        Some(HeatView { code, name, n: number::count(n), cells: cells.collect() })
    });
    rows.collect()
}

fn cell(share: f64) -> CellView {
    let class = match share {
        _ if share >= TINTS[1] => "c2",
        _ if share >= TINTS[0] => "c1",
        _ => "",
    };
    CellView { class, text: number::share(share) }
}
