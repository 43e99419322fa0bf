//! What bands and flags are called.

use crate::diagram::{Band, Flag};

use super::super::context::Context;
use super::super::number;

/// A band with its range: “Watch, 70–79.9”.
pub(in super::super) fn band(context: &Context<'_>, band: Band) -> String {
    let [watch, solid, strong] = context.bands().0;
    let (low, high) = match band {
        Band::Weak => (watch, watch),
        Band::Watch => (watch, solid),
        Band::Solid => (solid, strong),
        Band::Strong => (strong, strong),
    };
    let (low, high) = (number::plain(low), number::plain(high));
    context.locale.say(&format!("band.{}", band.id()), &[("low", &low), ("high", &high)])
}

/// A flag.
pub(in super::super) fn flag(context: &Context<'_>, flag: Flag) -> String {
    context.locale.word(&format!("flag.{}", flag.id()))
}

/// Whether any touchpoint carries `flag`.
pub(in super::super) fn carried(context: &Context<'_>, flag: Flag) -> bool {
    context.subject.marks.iter().any(|mark| mark.flags.contains(&flag))
}
