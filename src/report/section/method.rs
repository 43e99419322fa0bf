//! How far can the numbers be trusted?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::{Band, Flag, Symbol, symbol};
use crate::model::Rescale;

use super::super::context::Context;
use super::super::number;
use super::super::wording::{legend, note, title};
use super::{Built, LeftOut, value};

/// A heading and a paragraph.
#[derive(Serialize)]
struct BlockView {
    heading: String,
    text: String,
}

/// A symbol, its name and its definition.
#[derive(Serialize)]
struct DefinitionView {
    symbol: Value,
    name: String,
    text: String,
}

pub(super) fn build(context: &Context<'_>, left_out: &[LeftOut]) -> Built {
    let notes: Vec<String> =
        context.analysis.notes.iter().map(|it| note::note(context, it)).collect();
    let left_out: Vec<BlockView> = left_out
        .iter()
        .map(|it| BlockView {
            heading: context.locale.word(&format!("{}.name", it.section)),
            text: it.why.clone(),
        })
        .collect();
    Built::Shown(context! {
        title => context.locale.word("method.title"),
        blocks => value(blocks(context)),
        definitions => value(definitions(context)),
        notes => notes,
        left_out => value(left_out),
        source => title::source(context),
    })
}

/// The numbers that the texts below are filled with.
fn gaps(context: &Context<'_>) -> Vec<(&'static str, String)> {
    let rules = &context.journey.rules;
    vec![
        ("target", number::plain(context.target())),
        ("margin", number::plain(rules.min_effect)),
        ("alpha", number::share(rules.alpha)),
        ("most", number::share(rules.max_dissatisfied)),
        ("suppress", number::count(rules.suppress_below)),
        ("low", number::plain(rules.low_base)),
        ("serious", number::plain(rules.severity[0])),
        ("critical", number::plain(rules.severity[1])),
    ]
}

fn blocks(context: &Context<'_>) -> Vec<BlockView> {
    let gaps = gaps(context);
    let gaps: Vec<(&str, &str)> =
        gaps.iter().map(|(name, text)| (*name, &**text)).collect();
    let rescale = match context.journey.rules.rescale {
        Rescale::MinMax => "method.score.minmax",
        Rescale::Proportional => "method.score.proportional",
    };
    let weighting = match context.analysis.weighting.as_str() {
        "sampling" => "method.weighting.sampling",
        "frequency" => "method.weighting.frequency",
        _ => "method.weighting.none",
    };
    let texts = [
        ("method.score", rescale),
        ("method.uncertainty", "method.uncertainty.text"),
        ("method.target", "method.target.text"),
        ("method.change", "method.change.text"),
        ("method.base", "method.base.text"),
        ("method.weighting", weighting),
        ("method.reach", "method.reach.text"),
        ("method.rated", "method.rated.text"),
        ("method.rounding", "method.rounding.text"),
    ];
    texts
        .into_iter()
        .map(|(heading, text)| BlockView {
            heading: context.locale.word(heading),
            text: context.locale.say(text, &gaps),
        })
        .collect()
}

fn definitions(context: &Context<'_>) -> Vec<DefinitionView> {
    let gaps = gaps(context);
    let gaps: Vec<(&str, &str)> =
        gaps.iter().map(|(name, text)| (*name, &**text)).collect();
    let bands = Band::ALL.iter().rev().map(|band| DefinitionView {
        symbol: Value::from_safe_string(symbol(Symbol::Band(*band))),
        name: legend::band(context, *band),
        text: context.locale.word(&format!("band.{}.means", band.id())),
    });
    let flags = Flag::ALL.iter().map(|flag| DefinitionView {
        symbol: Value::from_safe_string(symbol(Symbol::Flag(*flag))),
        name: legend::flag(context, *flag),
        text: context.locale.say(&format!("flag.{}.means", flag.id()), &gaps),
    });
    let low = DefinitionView {
        symbol: Value::from_safe_string(symbol(Symbol::Hollow(Band::Solid))),
        name: context.locale.word("flag.low_base"),
        text: context.locale.say("flag.low_base.means", &gaps),
    };
    bands.chain(flags).chain([low]).collect()
}
