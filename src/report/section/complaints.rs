//! Who has problems, who complains, and what is it worth to resolve them?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::symbol;
use crate::model::{CaseDifference, CaseResult, ComplaintResult, ShareEstimate, Status};

use super::super::context::Context;
use super::super::{number, subject};
use super::{Built, LeftOut, value};

/// A step from having a problem to having it resolved.
#[derive(Serialize)]
struct StepView {
    share: String,
    ci: String,
    words: String,
}

/// Customers whose problem ended alike.
#[derive(Serialize)]
struct CaseView {
    name: String,
    n: String,
    share: String,
    band: &'static str,
    glyph: Value,
    score: String,
    ci: String,
    nps: String,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let locale = &context.locale;
    let Some(result) = &context.analysis.complaints else {
        // What is assumed is told where complaints are, or nowhere.
        return Built::LeftOut(locale.word("left_out.complaints"));
    };
    if result.problem.is_none() {
        return Built::LeftOut(locale.word("left_out.complaints.few"));
    }
    let cases: Vec<CaseView> = result.cases.iter().map(|it| case(context, it)).collect();
    let worth: Vec<String> = result.worth.iter().map(|it| worth(context, it)).collect();
    let measure = result.cases.first().map(|it| it.recommend.measure.clone());
    let net = measure.is_some_and(|it| it != "NPS");
    Built::Shown(context! {
        title => title(context, result),
        deck => deck(context, result),
        steps => value(steps(context, result)),
        cases => value(cases),
        net => if net { locale.word("fact.net_score") } else { locale.word("fact.nps") },
        worth,
        assumptions => assumptions(context),
    })
}

fn title(context: &Context<'_>, result: &ComplaintResult) -> String {
    let locale = &context.locale;
    let complained = result.complained.as_ref().map(|it| number::share(it.share));
    match (result.silent, complained) {
        (Some(silent), Some(share)) => {
            let gaps = [("silent", &*number::fixed(silent, 1)), ("share", &*share)];
            locale.say("complaints.title", &gaps)
        }
        _ => {
            let share = result.problem.as_ref().map_or(0.0, |it| it.share);
            locale.say("complaints.title.plain", &[("share", &number::share(share))])
        }
    }
}

/// How many stay silent for each who complains, with the interval of the rate.
fn deck(context: &Context<'_>, result: &ComplaintResult) -> String {
    let locale = &context.locale;
    let n = result.n.map_or_else(|| "–".to_owned(), number::count);
    match result.silent_ci {
        Some([Some(low), Some(high)]) => {
            let gaps = [
                ("low", &*number::fixed(low, 1)),
                ("high", &*number::fixed(high, 1)),
                ("n", &*n),
            ];
            locale.say("complaints.deck", &gaps)
        }
        _ => locale.say("complaints.deck.plain", &[("n", &n)]),
    }
}

fn steps(context: &Context<'_>, result: &ComplaintResult) -> Vec<StepView> {
    let locale = &context.locale;
    let step = |it: &Option<ShareEstimate>, key: &str, gaps: &[(&str, &str)]| {
        let it = it.as_ref()?;
        Some(StepView {
            share: number::share(it.share),
            ci: locale.say("complaints.ci", &[("ci", &number::percent_interval(it.ci))]),
            words: locale.say(key, gaps),
        })
    };
    let days = result.within.map(number::plain).unwrap_or_default();
    [
        step(&result.problem, "complaints.problem", &[]),
        step(&result.complained, "complaints.complained", &[]),
        step(&result.resolved, "complaints.resolved", &[]),
        step(&result.in_time, "complaints.in_time", &[("days", &days)]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn name(context: &Context<'_>, case: &str) -> String {
    context.locale.word(&format!("complaints.case.{case}"))
}

fn case(context: &Context<'_>, it: &CaseResult) -> CaseView {
    let none = || "–".to_owned();
    let standing = subject::standing(context, Some(&it.overall), 1);
    let band = match &standing {
        crate::diagram::Standing::Scored { band, .. } => band.id(),
        crate::diagram::Standing::Absent(_) => "none",
    };
    let nps = it.recommend.nps.filter(|_| it.recommend.status == Status::Scored);
    let withheld = || context.locale.word("absent.withheld");
    CaseView {
        name: name(context, &it.case),
        n: it.n.map_or_else(withheld, number::count),
        share: it.share.map_or_else(none, number::share),
        band,
        glyph: Value::from_safe_string(standing.symbol().map(symbol).unwrap_or_default()),
        score: subject::printed(&standing).to_owned(),
        ci: it.overall.points_ci.map_or_else(none, number::interval),
        nps: nps.map_or_else(none, number::change),
    }
}

/// What one case is worth against another, and whether that is beyond chance.
fn worth(context: &Context<'_>, it: &CaseDifference) -> String {
    let sure = it.q <= context.journey.rules.alpha;
    let (case, than) = (name(context, &it.case), name(context, &it.than));
    let gaps = [
        ("case", &*case),
        ("than", &*than),
        ("points", &*number::change(it.points)),
        ("low", &*number::signed(it.ci[0], 1)),
        ("high", &*number::signed(it.ci[1], 1)),
    ];
    let key = if sure { "complaints.worth" } else { "complaints.worth.open" };
    context.locale.say(key, &gaps)
}

/// What the map takes from elsewhere, as that.
fn assumptions(context: &Context<'_>) -> Vec<String> {
    let said = context.journey.assumptions.iter().map(|it| {
        let gaps =
            [("name", context.text(&it.name)), ("source", context.text(&it.source))];
        context.locale.say("complaints.assumption", &gaps)
    });
    said.collect()
}
