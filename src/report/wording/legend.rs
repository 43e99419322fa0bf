//! What bands and flags are called.

use crate::diagram::{Band, Flag};

use super::super::context::Context;
use super::super::number;

/// A band with its edge: “Watch, from 70”.
pub(in super::super) fn band(context: &Context<'_>, band: Band) -> String {
    let [watch, solid, strong] = context.bands().0;
    let edge = match band {
        Band::Weak | Band::Watch => watch,
        Band::Solid => solid,
        Band::Strong => strong,
    };
    let key = format!("band.{}", band.id());
    context.locale.say(&key, &[("low", &number::plain(edge))])
}

/// A flag.
pub(in super::super) fn flag(context: &Context<'_>, flag: Flag) -> String {
    context.locale.word(&format!("flag.{}", flag.id()))
}

/// Whether any touchpoint carries `flag`.
pub(in super::super) fn carried(context: &Context<'_>, flag: Flag) -> bool {
    context.subject.marks.iter().any(|mark| mark.flags.contains(&flag))
}
