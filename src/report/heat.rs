//! Scores by group of customers, as the heat map shows them.

use std::collections::BTreeMap;

use crate::diagram::Standing;
use crate::diagram::heatmap::{
    Differs, Heat, HeatCell, HeatColumn, HeatGroup, HeatRow, HeatTable,
};
use crate::model::{Score, SegmentResult, SegmentSize, Status};

use super::context::Context;
use super::waves::OVERALL;
use super::{number, subject};

/// Values of one variable that are shown; the largest of more.
pub(super) const VALUES: usize = 12;
/// Columns of one table, beside that of all respondents.
const COLUMNS: usize = 12;

/// The heat map and what it leaves out.
pub(super) struct Shown {
    /// The tables.
    pub(super) heat: Heat,
    /// Variables of which only the largest values are shown, and how many values they have.
    pub(super) capped: Vec<(String, usize)>,
    /// Touchpoints shown, where not all are.
    pub(super) rows: Option<usize>,
}

type Cells<'a> = BTreeMap<(&'a str, &'a str, &'a str), &'a SegmentResult>;

/// `None` when the survey has no segments.
pub(super) fn heat(context: &Context<'_>) -> Option<Shown> {
    let cells: Cells<'_> = context
        .analysis
        .segments
        .iter()
        .map(|it| ((&*it.segment, &*it.value, &*it.touchpoint), it))
        .collect();
    let variables = variables(context);
    if cells.is_empty() || variables.is_empty() {
        return None;
    }
    let capped = variables
        .iter()
        .filter(|(_, all)| all.len() > VALUES)
        .map(|(name, all)| ((*name).to_owned(), all.len()))
        .collect();
    let shown: Vec<(&str, Vec<&SegmentSize>)> =
        variables.into_iter().map(|(name, all)| (name, largest(all))).collect();
    let rows = rows(context);
    let all = context.journey.touchpoints.len();
    let tables = packed(&shown).into_iter();
    let tables = tables.map(|part| table(context, part, &cells, &rows)).collect();
    let total = HeatColumn {
        name: context.locale.word("segments.total"),
        n: context.analysis.rows.as_ref().map_or_else(
            || "–".to_owned(),
            |rows| context.locale.say("segments.n", &[("n", &number::count(rows.used))]),
        ),
    };
    Some(Shown {
        heat: Heat { tables, total },
        capped,
        rows: (rows.len() < all).then_some(rows.len()),
    })
}

/// Segment variables and their values, in the order of the analysis.
pub(super) fn variables<'a>(
    context: &Context<'a>,
) -> Vec<(&'a str, Vec<&'a SegmentSize>)> {
    let mut variables: Vec<(&str, Vec<&SegmentSize>)> = Vec::new();
    let analysis = context.analysis;
    for size in &analysis.segment_sizes {
        match variables.last_mut() {
            Some((name, values)) if *name == size.segment => values.push(size),
            _ => variables.push((&size.segment, vec![size])),
        }
    }
    // The one value that the report is restricted to is everybody.
    variables.retain(|(name, values)| {
        values.len() > 1 || !analysis.restricted.contains_key(*name)
    });
    variables
}

/// The largest values of a variable, in their order.
fn largest(values: Vec<&SegmentSize>) -> Vec<&SegmentSize> {
    let mut sizes: Vec<u64> = values.iter().filter_map(|it| it.n).collect();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    let least = sizes.get(VALUES - 1).copied().unwrap_or_default();
    let fits = values.len() <= VALUES;
    let large = |it: &&SegmentSize| fits || it.n.is_some_and(|n| n >= least);
    values.into_iter().filter(large).take(VALUES).collect()
}

/// Variables side by side while there is room, else in a table of their own.
fn packed<'a, 'b>(
    variables: &'b [(&'a str, Vec<&'a SegmentSize>)],
) -> Vec<&'b [(&'a str, Vec<&'a SegmentSize>)]> {
    let mut tables = Vec::new();
    let (mut start, mut columns) = (0, 0);
    for (at, (_, values)) in variables.iter().enumerate() {
        if at > start && columns + values.len() > COLUMNS {
            tables.extend(variables.get(start..at));
            (start, columns) = (at, 0);
        }
        columns += values.len();
    }
    tables.extend(variables.get(start..).filter(|it| !it.is_empty()));
    tables
}

/// Positions of the touchpoints that are shown: of a large journey those that are flagged or
/// differ.
fn rows(context: &Context<'_>) -> Vec<usize> {
    let marks = &context.subject.marks;
    if !context.subject.is_large() {
        return (0..marks.len()).collect();
    }
    let differs = |at: usize| {
        let id = context.journey.touchpoints.get(at).map(|it| it.id.as_str());
        let of_it = |it: &&SegmentResult| Some(it.touchpoint.as_str()) == id;
        let mut results = context.analysis.segments.iter().filter(of_it);
        results.any(|it| it.differs().is_some())
    };
    let flagged = |at: usize| marks.get(at).is_some_and(|mark| !mark.flags.is_empty());
    (0..marks.len()).filter(|at| flagged(*at) || differs(*at)).collect()
}

fn table(
    context: &Context<'_>,
    variables: &[(&str, Vec<&SegmentSize>)],
    cells: &Cells<'_>,
    rows: &[usize],
) -> HeatTable {
    let group = |(name, values): &(&str, Vec<&SegmentSize>)| HeatGroup {
        name: context.variable(name),
        columns: values.iter().map(|it| column(context, it)).collect(),
    };
    let across = |id: &str| -> Vec<Vec<HeatCell>> {
        let of = |(name, values): &(&str, Vec<&SegmentSize>)| {
            let cell = |it: &&SegmentSize| {
                cell(context, cells.get(&(*name, it.value.as_str(), id)).copied())
            };
            values.iter().map(cell).collect()
        };
        variables.iter().map(of).collect()
    };
    let overall = HeatRow {
        code: None,
        name: context.locale.word("summary.overall"),
        opens: false,
        total: scored(context, Some(&context.analysis.overall)),
        groups: across(OVERALL),
    };
    let mut before = None;
    let touchpoints = rows.iter().filter_map(|at| {
        let mark = context.subject.marks.get(*at)?;
        let id = &context.journey.touchpoints.get(*at)?.id;
        let opens = before.replace(mark.stage) != Some(mark.stage);
        Some(HeatRow {
            code: Some(mark.code.clone()),
            name: mark.name.clone(),
            opens,
            total: scored(context, context.result(*at).map(|it| &it.score)),
            groups: across(id),
        })
    });
    let touchpoints: Vec<HeatRow> = touchpoints.collect();
    let known = context.analysis.overall.status != Status::Unasked;
    let overall = known.then_some(overall);
    HeatTable {
        groups: variables.iter().map(group).collect(),
        rows: overall.into_iter().chain(touchpoints).collect(),
    }
}

fn column(context: &Context<'_>, size: &SegmentSize) -> HeatColumn {
    HeatColumn { name: size.value.clone(), n: respondents(context, size) }
}

/// How many respondents a value has, or that they are too few to say.
pub(super) fn respondents(context: &Context<'_>, size: &SegmentSize) -> String {
    let locale = &context.locale;
    match size.n {
        Some(n) => locale.say("segments.n", &[("n", &number::count(n))]),
        None if size.is_complementary() => locale.word("absent.withheld"),
        None => {
            let least = number::count(context.journey.rules.suppress_below);
            locale.say("absent.suppressed", &[("least", &least)])
        }
    }
}

fn cell(context: &Context<'_>, result: Option<&SegmentResult>) -> HeatCell {
    let Some(result) = result else { return scored(context, None) };
    let cell = scored(context, Some(&result.score));
    match (cell, result.differs()) {
        (HeatCell::Scored { text, band, .. }, Some(versus)) => {
            let better = versus.points > 0.0;
            let key = if better { "segments.better" } else { "segments.worse" };
            let [low, high] = versus.points_ci;
            let gaps = [
                ("points", &*number::fixed(versus.points.abs(), 1)),
                ("low", &*number::change(low)),
                ("high", &*number::change(high)),
            ];
            let sentence = context.locale.say(key, &gaps);
            HeatCell::Scored { text, band, differs: Some(Differs { better, sentence }) }
        }
        (cell, _) => cell,
    }
}

fn scored(context: &Context<'_>, score: Option<&Score>) -> HeatCell {
    match subject::standing(context, score, 0) {
        Standing::Scored { text, low: Some(few), .. } => HeatCell::Low { text, few },
        Standing::Scored { text, band, .. } => {
            HeatCell::Scored { text, band, differs: None }
        }
        Standing::Absent(why) => match score.map(|it| it.status) {
            Some(Status::Suppressed) => HeatCell::Words(why),
            _ => HeatCell::Dash(why),
        },
    }
}
