//! How the numbers were made: a paragraph for each method that the report uses.

use serde::Serialize;

use crate::model::{Decomposition, Fdr, Rescale};

use super::super::context::Context;
use super::super::number;

/// The heading of how answers are weighted.
const WEIGHTING: &str = "method.weighting";

/// A heading and a paragraph.
#[derive(Serialize)]
pub(in super::super) struct BlockView {
    /// The heading.
    pub(in super::super) heading: String,
    /// The paragraph.
    pub(in super::super) text: String,
}

/// The numbers that the texts are filled with.
pub(in super::super) fn gaps(context: &Context<'_>) -> Vec<(&'static str, String)> {
    let rules = &context.journey.rules;
    let model = context.analysis.model.as_ref();
    let none = || "–".to_owned();
    let correction = match rules.fdr {
        Fdr::BenjaminiHochberg => "Benjamini–Hochberg",
        Fdr::BenjaminiYekutieli => "Benjamini–Yekutieli",
    };
    vec![
        ("target", number::plain(context.target())),
        ("margin", number::plain(rules.min_effect)),
        ("alpha", number::share(rules.alpha)),
        ("most", number::share(rules.max_dissatisfied)),
        ("suppress", number::count(rules.suppress_below)),
        ("low", number::plain(rules.low_base)),
        ("serious", number::plain(rules.severity[0])),
        ("critical", number::plain(rules.severity[1])),
        ("ratio", number::fixed(rules.min_importance_ratio, 2)),
        ("correction", correction.to_owned()),
        ("k", model.map_or_else(none, |it| number::count_of(it.k))),
        ("fair", model.map_or_else(none, |it| number::share(it.fair_share))),
        ("n", model.map_or_else(none, |it| number::count(it.n))),
        ("groups", model.map_or_else(none, |it| number::count_of(it.groups))),
        ("explained", model.map_or_else(none, |it| number::share(it.r_squared))),
    ]
}

/// The paragraphs, in the order of the report; what it does not use has none.
pub(in super::super) fn blocks(context: &Context<'_>) -> Vec<BlockView> {
    let gaps = gaps(context);
    let gaps: Vec<(&str, &str)> =
        gaps.iter().map(|(name, text)| (*name, &**text)).collect();
    let texts = basics(context).into_iter().chain(drivers(context)).chain(rest(context));
    let mut blocks = Vec::new();
    for (heading, text) in texts {
        blocks.push(BlockView {
            heading: context.locale.word(heading),
            text: context.locale.say(&text, &gaps),
        });
        if heading == WEIGHTING {
            blocks.extend(population(context));
        }
    }
    blocks
}

/// What was made of the number of customers.
fn population(context: &Context<'_>) -> Option<BlockView> {
    let (it, locale) = (context.analysis.population.as_ref()?, &context.locale);
    let raked = it.raked.as_ref().map(|raked| {
        let names: Vec<String> =
            raked.segments.iter().map(|it| context.variable(it)).collect();
        let names = names.join(&locale.word("list.names"));
        let Some(factors) = raked.factors else {
            return locale.say("method.population.raked.few", &[("segments", &names)]);
        };
        let gaps = [
            ("segments", &*names),
            ("least", &*number::fixed(factors.least, 2)),
            ("most", &*number::fixed(factors.most, 2)),
            ("effect", &*number::fixed(factors.design_effect, 2)),
        ];
        locale.say("method.population.raked", &gaps)
    });
    let finite = it.finite.then(|| locale.word("method.population.finite"));
    let rate = it.response_rate.zip(it.total).map(|(rate, total)| {
        let gaps = [("rate", &*number::share(rate)), ("total", &*number::count(total))];
        locale.say("method.population.rate", &gaps)
    });
    let sentences: Vec<String> = [rate, raked, finite].into_iter().flatten().collect();
    let text = sentences.join(&locale.word("list.sentences"));
    (!text.is_empty())
        .then(|| BlockView { heading: locale.word("method.population"), text })
}

/// Heading and text, as keys of messages.
type Keys = (&'static str, String);

fn keys(heading: &'static str) -> Keys {
    (heading, format!("{heading}.text"))
}

fn basics(context: &Context<'_>) -> Vec<Keys> {
    let rescale = match context.journey.rules.rescale {
        Rescale::MinMax => "method.score.minmax",
        Rescale::Proportional => "method.score.proportional",
    };
    let weighting = match context.analysis.weighting.as_str() {
        "sampling" => "method.weighting.sampling",
        "frequency" => "method.weighting.frequency",
        _ => "method.weighting.none",
    };
    vec![
        ("method.score", rescale.to_owned()),
        keys("method.uncertainty"),
        keys("method.target"),
        keys("method.change"),
        keys("method.tests"),
        keys("method.base"),
        (WEIGHTING, weighting.to_owned()),
        keys("method.reach"),
        keys("method.rated"),
    ]
}

fn drivers(context: &Context<'_>) -> Vec<Keys> {
    let analysis = context.analysis;
    let Some(model) = analysis.model.as_ref() else {
        return vec![("method.importance", "method.importance.none".to_owned())];
    };
    let importance = match model.decomposition {
        Decomposition::Exact => "method.importance.exact",
        Decomposition::Sampled => "method.importance.sampled",
    };
    let mut found =
        vec![("method.importance", importance.to_owned()), keys("method.truth")];
    if analysis.touchpoints.iter().any(|it| it.asymmetry.is_some()) {
        found.push(keys("method.asymmetry"));
    }
    if analysis.touchpoints.iter().any(|it| it.lift.is_some()) {
        found.push(keys("method.lift"));
    }
    found
}

fn rest(context: &Context<'_>) -> Vec<Keys> {
    let analysis = context.analysis;
    let some = [
        (!analysis.segments.is_empty(), "method.segments"),
        (!analysis.trend_lines.is_empty(), "method.lines"),
        (!analysis.mix.is_empty(), "method.mix"),
        (!analysis.benchmarks.is_empty(), "method.benchmarks"),
        (true, "method.rounding"),
        (true, "method.limits"),
    ];
    some.into_iter().filter(|(used, _)| *used).map(|(_, key)| keys(key)).collect()
}
