//! How far can the numbers be trusted?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::{Band, Flag, Symbol, symbol};

use super::super::context::Context;
use super::super::quality;
use super::super::read;
use super::super::wording::method::{self, BlockView};
use super::super::wording::{legend, note, title};
use super::{Built, LeftOut, value};

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
        blocks => value(method::blocks(context)),
        definitions => value(definitions(context)),
        samples => value(quality::samples(context)),
        checks => value(quality::checks(context)),
        waves => value(read::by_wave(context)),
        questions => value(read::by_question(context)),
        notes => notes,
        left_out => value(left_out),
        source => title::source(context),
    })
}

fn definitions(context: &Context<'_>) -> Vec<DefinitionView> {
    let gaps = method::gaps(context);
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
