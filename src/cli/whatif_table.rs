//! A scenario as text for the terminal. Numbers are rounded here, and only here.

use unicode_width::UnicodeWidthStr;

use crate::model::{JointLift, Journey, Language, LiftPart, WhatIf};

use crate::model::signed;

/// Least change of visits per customer that is shown.
const LEAST: f64 = 0.0005;

/// Everything that `whatif` shows by default.
pub(super) fn table(journey: &Journey, what_if: &WhatIf, language: &Language) -> String {
    let name = journey.text(&journey.name, language);
    let wave =
        what_if.wave.as_ref().map(|wave| format!(", wave {wave}")).unwrap_or_default();
    let mut lines = vec![format!("{name}{wave}: what if"), String::new()];
    lines.extend(
        asked(journey, what_if, language).into_iter().map(|it| format!("  {it}")),
    );
    lines.push(String::new());
    lines.extend(visits(journey, what_if, language));
    let parts = what_if.lift.as_ref().map(|it| lift(journey, it, language));
    lines.extend(parts.into_iter().flatten());
    if let Some(why) = what_if.reasons.get("lift") {
        lines.push(format!("The lift of overall satisfaction is not known: {why}"));
    }
    if what_if.lift.is_some() {
        lines.push(format!("  {}", what_if.condition));
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// What is changed.
fn asked(journey: &Journey, what_if: &WhatIf, language: &Language) -> Vec<String> {
    let set = what_if.lift.iter().flat_map(|it| &it.parts).map(|it| {
        let name = name(journey, &it.touchpoint, language);
        format!(
            "{name} scores {:.1} points instead of {:.1} (of those who rated the whole, too)",
            it.after, it.before
        )
    });
    let flow = what_if.flow.iter().map(|it| {
        let [before, after] = it.share.map(|share| {
            share.map_or_else(|| "an unknown share".to_owned(), |it| percent(100.0 * it))
        });
        format!("{} -> {} is taken by {after} instead of {before}", it.from, it.to)
    });
    set.chain(flow).collect()
}

fn visits(journey: &Journey, what_if: &WhatIf, language: &Language) -> Vec<String> {
    if what_if.flow.is_empty() {
        return Vec::new();
    }
    let Some([before, after]) = what_if.completion else {
        let why = what_if.reasons.get("visits").map(String::as_str).unwrap_or_default();
        return vec![
            format!("Visits and completion are not known: {why}"),
            String::new(),
        ];
    };
    let mut lines = vec![format!(
        "Completion: {} instead of {} ({} percentage points)",
        percent(100.0 * after),
        percent(100.0 * before),
        signed(100.0 * (after - before)),
    )];
    let moved: Vec<_> = what_if
        .visits
        .iter()
        .filter(|it| (it.after - it.before).abs() >= LEAST)
        .collect();
    if moved.is_empty() {
        lines.push("Expected visits stay as they are.".to_owned());
    } else {
        lines.push("Expected visits per customer, where they change:".to_owned());
    }
    let names: Vec<String> =
        moved.iter().map(|it| name(journey, &it.touchpoint, language)).collect();
    let width = names.iter().map(|it| it.width()).max().unwrap_or_default();
    for (it, name) in moved.iter().zip(&names) {
        let pad = " ".repeat(width - name.width());
        let change = crate::rule::minus(&format!("{:+.3}", it.after - it.before));
        lines.push(format!(
            "  {name}{pad}  {:.3} instead of {:.3} ({change})",
            it.after, it.before
        ));
    }
    lines.push(String::new());
    lines
}

fn lift(journey: &Journey, lift: &JointLift, language: &Language) -> Vec<String> {
    let mut lines = vec![format!(
        "Overall satisfaction: {} points{}",
        signed(lift.overall_points),
        interval(lift.ci)
    )];
    let of = |it: &LiftPart| {
        let why = it.reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!(
            "  {} adds {}{}{why}",
            name(journey, &it.touchpoint, language),
            signed(it.overall_points),
            interval(it.ci)
        )
    };
    if lift.parts.len() > 1 || lift.parts.iter().any(|it| it.reason.is_some()) {
        lines.extend(lift.parts.iter().map(of));
    }
    lines
}

fn interval(ci: Option<[f64; 2]>) -> String {
    ci.map_or_else(String::new, |[low, high]| {
        format!(" (95 % CI {} to {})", signed(low), signed(high))
    })
}

/// `14 %`, `86.4 %`: a decimal where there is one.
fn percent(percent: f64) -> String {
    let shown = format!("{percent:.1}");
    format!("{} %", shown.strip_suffix(".0").unwrap_or(&shown))
}

/// `5.2 Repair completed on time`
fn name(journey: &Journey, id: &str, language: &Language) -> String {
    journey.find(id).map_or_else(
        || id.to_owned(),
        |at| {
            let it = journey.touchpoint(at);
            format!("{} {}", it.code, journey.text(&it.name, language))
        },
    )
}
