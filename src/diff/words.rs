//! Words and numbers that all written forms share.

use crate::model::signed;
use crate::model::{Label, Score, Status};

use super::record::{Kind, Moved, Structural, Thing};

/// Why there is no score.
pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Scored => "scored",
        Status::Suppressed => "withheld",
        Status::Unanswered => "nobody answered",
        Status::Unasked => "not asked",
    }
}

/// The id of a flag, which is that of its rule.
pub(super) const fn label_id(label: Label) -> &'static str {
    match label {
        Label::PainPoint => "pain_point",
        Label::MomentOfTruth => "moment_of_truth",
        Label::NicheMomentOfTruth => "niche_moment_of_truth",
        Label::DeclaredMomentOfTruth => "declared_moment_of_truth",
        Label::BrokenMomentOfTruth => "broken_moment_of_truth",
        Label::DelightPoint => "delight_point",
        Label::ItchPoint => "itch_point",
        Label::LowBase => "low_base",
    }
}

/// A flag as people say it.
pub(super) fn label(label: Label) -> String {
    label_id(label).replace('_', " ")
}

/// `75.2 points (74.3 to 76.1)`, or why there are none.
pub(super) fn score(score: &Score) -> String {
    let Some(points) = score.points.filter(|_| score.status == Status::Scored) else {
        return score.reason.clone().unwrap_or_else(|| status(score.status).to_owned());
    };
    let ci = score.points_ci.map(|[low, high]| format!(" ({low:.1} to {high:.1})"));
    format!("{points:.1} points{}", ci.unwrap_or_default())
}

/// `0.012`, or `< 0.001`.
pub(super) fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
}

/// `+2.1 (+0.8 to +3.4)`
pub(super) fn change(moved: &Moved) -> String {
    let Some(points) = moved.points else { return "–".to_owned() };
    let ci =
        moved.ci.map(|[low, high]| format!(" ({} to {})", signed(low), signed(high)));
    signed(points) + &ci.unwrap_or_default()
}

/// Code and name of what moved.
pub(super) fn named(code: Option<&str>, id: &str, name: Option<&str>) -> String {
    match (code, name) {
        (None, None) if id == "overall" => "Overall".to_owned(),
        (None, name) => name.unwrap_or(id).to_owned(),
        (Some(code), name) => format!("{code} {}", name.unwrap_or(id)),
    }
}

/// The sign, what changed, and how.
pub(super) fn structural(it: &Structural) -> (char, String, String) {
    let thing = match it.thing {
        Thing::Stage => "stage",
        Thing::Touchpoint => "touchpoint",
        Thing::Transition => "transition",
    };
    let code = it.code.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
    let name = if it.name.is_empty() || it.name == it.id {
        String::new()
    } else {
        format!(" “{}”", it.name)
    };
    let what = format!("{thing}{code} {}{name}", it.id);
    let or_none = |text: &Option<String>| {
        text.as_ref().map_or("none".to_owned(), |it| format!("“{it}”"))
    };
    let pair = |what: &str| format!("{what} {} → {}", or_none(&it.from), or_none(&it.to));
    let plain = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let (from, to) = (plain(&it.from), plain(&it.to));
    let sign = match it.kind {
        Kind::Added => '+',
        Kind::Removed => '\u{2212}',
        _ => '~',
    };
    let how = match it.kind {
        Kind::Added => it.to.as_ref().map(|it| format!("share {it}")).unwrap_or_default(),
        Kind::Removed => String::new(),
        Kind::Renamed => format!("was {from}"),
        Kind::Merged => format!("merged from {from}"),
        Kind::Split => format!("split from {from}"),
        Kind::Name => pair("name"),
        Kind::Stage => pair("stage"),
        Kind::Owner => pair("owner"),
        Kind::Order => format!("order {from} → {to}"),
        Kind::Target => format!("target {from} → {to}"),
        Kind::Declared => format!("declared moment of truth {from} → {to}"),
        Kind::Share => format!("share {from} → {to}"),
    };
    (sign, what, how)
}

/// Touchpoints that were not tested, together where the reason is the same; those whose number
/// is the same as before are only counted.
pub(super) fn untested(touchpoints: &[Moved]) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    let mut same = 0_usize;
    for it in touchpoints.iter().filter(|it| !it.relevant) {
        let Some(reason) = it.reason.as_deref() else { continue };
        if it.points.is_some_and(|points| points.abs() < 0.05) {
            same += 1;
            continue;
        }
        let code = it.code.as_deref().unwrap_or(&it.touchpoint);
        let moved = it.points.map(|points| format!(" {}", signed(points)));
        let told = format!("{code}{}", moved.unwrap_or_default());
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, codes)) => codes.push(told),
            None => reasons.push((reason, vec![told])),
        }
    }
    let line = |(reason, codes): (&str, Vec<String>)| {
        format!("not tested, {reason}: {}", codes.join(", "))
    };
    let mut lines: Vec<String> = reasons.into_iter().map(line).collect();
    if same > 0 {
        lines.push(format!("the same as before: {same}"));
    }
    lines
}
