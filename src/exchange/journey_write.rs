//! Outline → Mermaid `journey`.

use crate::model::Language;

use super::mermaid::one_line;
use super::outline::{Outline, OutlineTouchpoint};
use super::remark;

/// The text. Mermaid's faces go from 1 to 5; a touchpoint without a score has 3, which is
/// neither glad nor sad, and no score in its remark.
pub(super) fn write(outline: &Outline, language: &Language) -> String {
    let mut lines = vec!["journey".to_owned()];
    let title = outline.text(&outline.name, language);
    lines.push(format!("    title {}", plain(title)));
    let head = remark::of_map(outline, language);
    lines.push(format!("    %% {}map {head}", remark::MARK));
    for stage in &outline.stages {
        let told = remark::of_stage(outline, stage, language);
        lines.push(format!("    %% {}stage {told}", remark::MARK));
        lines.push(format!("    section {}", plain(outline.text(&stage.name, language))));
        for it in &stage.touchpoints {
            let told = remark::of_touchpoint(outline, it, language);
            lines.push(format!("      %% {}touchpoint {told}", remark::MARK));
            let name = plain(outline.text(&it.name, language));
            let actors: Vec<String> = actors(outline, it, language);
            let faces = one_decimal(face(outline, it).unwrap_or(3.0));
            lines.push(format!("      {name}: {faces}: {}", actors.join(", ")));
        }
    }
    for it in &outline.transitions {
        let told = remark::of_transition(outline, it, language);
        lines.push(format!("    %% {}transition {told}", remark::MARK));
    }
    lines.join("\n") + "\n"
}

/// The last score from 1 to 5, rounded to a tenth.
fn face(outline: &Outline, it: &OutlineTouchpoint) -> Option<f64> {
    let score = it.scores.last()?;
    Some(1.0 + 4.0 * outline.scale.minmax_points(score.mean) / 100.0)
}

pub(super) fn one_decimal(face: f64) -> String {
    format!("{face:.1}").trim_end_matches(".0").to_owned()
}

/// Who takes part: the customer, and who answers for the touchpoint.
fn actors(outline: &Outline, it: &OutlineTouchpoint, language: &Language) -> Vec<String> {
    let customer =
        outline.persona.as_ref().map_or("Customer", |it| outline.text(it, language));
    let owner = it.owner.as_ref().map(|it| outline.text(it, language));
    let all = std::iter::once(customer).chain(owner);
    all.map(|it| plain(it).replace(',', "，")).collect()
}

/// A text in a format without escapes: its marks as their wide forms, which look alike.
pub(super) fn plain(text: &str) -> String {
    let text = one_line(text)
        .replace('#', "＃")
        .replace(':', "：")
        .replace(';', "；")
        .replace("%%", "％％");
    let lower = text.to_lowercase();
    // Mermaid takes these for what they say, wherever a line begins with them.
    let words = ["journey", "title", "section", "acctitle", "accdescr"];
    if words.iter().any(|it| lower.starts_with(it)) { format!("· {text}") } else { text }
}
