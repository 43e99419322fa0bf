//! Facts of operations at a touchpoint, on its card and in the lane of the map.

use serde::Serialize;

use crate::diagram::Measured;
use crate::model::{Better, Operation, TouchpointIndex};

use super::super::context::Context;
use super::super::number;

/// A measure of operations.
#[derive(Serialize)]
pub(in super::super) struct OperationView {
    name: String,
    value: String,
    before: Option<String>,
    /// `good`, `bad` or nothing: whether it is on its target.
    class: &'static str,
    verdict: Option<String>,
}

/// Measures of operations at the touchpoint.
pub(in super::super) fn operations(
    context: &Context<'_>,
    at: usize,
) -> Vec<OperationView> {
    own(context, at).filter_map(|it| operation(context, it)).collect()
}

/// The same as the map shows them.
pub(in super::super) fn measured(context: &Context<'_>, at: usize) -> Vec<Measured> {
    let measured = |it: &Operation| {
        let value = it.in_wave(&context.analysis.wave)?;
        Some(Measured {
            name: context.text(&it.name).to_owned(),
            value: printed(context, it, value),
            on_target: it.on_target(value),
        })
    };
    own(context, at).filter_map(measured).collect()
}

fn own<'c>(context: &'c Context<'_>, at: usize) -> impl Iterator<Item = &'c Operation> {
    let of_touchpoint = move |it: &&Operation| it.touchpoint == TouchpointIndex(at);
    context.journey.operations.iter().filter(of_touchpoint)
}

fn operation(context: &Context<'_>, it: &Operation) -> Option<OperationView> {
    let locale = &context.locale;
    let value = it.in_wave(&context.analysis.wave)?;
    let before = context.analysis.baseline.as_deref();
    let before = before.and_then(|wave| Some((wave, it.in_wave(wave)?)));
    let before = before.map(|(wave, value)| {
        let value = printed(context, it, value);
        locale.say("operation.before", &[("wave", wave), ("value", &value)])
    });
    let verdict = it.target.map(|target| {
        let key = match it.better {
            Better::Lower => "operation.most",
            Better::Higher => "operation.least",
        };
        locale.say(key, &[("target", &printed(context, it, target))])
    });
    Some(OperationView {
        name: context.text(&it.name).to_owned(),
        value: printed(context, it, value),
        before,
        class: match it.on_target(value) {
            Some(true) => "good",
            Some(false) => "bad",
            None => "",
        },
        verdict,
    })
}

/// A value with the unit of its measure: a percent sign stands close.
fn printed(context: &Context<'_>, it: &Operation, value: f64) -> String {
    let value = number::plain(value);
    match it.unit.as_ref().map(|it| context.text(it)) {
        None => value,
        Some("%") => format!("{value}%"),
        Some(unit) => {
            context.locale.say("operation.value", &[("value", &value), ("unit", unit)])
        }
    }
}
