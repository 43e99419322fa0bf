//! Outline → Mermaid `flowchart`.

use std::collections::BTreeSet;

use crate::model::{Language, Node};

use super::label::label;
use super::mermaid::quoted;
use super::outline::Outline;
use super::remark;

/// The text: stages as subgraphs, shares and reasons on the arrows.
pub(super) fn write(outline: &Outline, language: &Language) -> String {
    let names = Names::new(outline);
    let mut lines = vec!["flowchart LR".to_owned()];
    let head = remark::of_map(outline, language);
    lines.push(format!("  %% {}map {head}", remark::MARK));
    let used =
        |end: Node| outline.transitions.iter().any(|it| it.from == end || it.to == end);
    if used(Node::Start) {
        lines.push("  start_of_journey((\" \"))".to_owned());
    }
    let mut at = 0;
    for (number, stage) in (1..).zip(&outline.stages) {
        let told = remark::of_stage(outline, stage, language);
        lines.push(format!("  %% {}stage {told}", remark::MARK));
        let title = quoted(outline.text(&stage.name, language));
        lines.push(format!("  subgraph stage_{number} [{title}]"));
        for it in &stage.touchpoints {
            let told = remark::of_touchpoint(outline, it, language);
            lines.push(format!("    %% {}touchpoint {told}", remark::MARK));
            let name = quoted(outline.text(&it.name, language));
            lines.push(format!("    {}[{name}]", names.touchpoints[at]));
            at += 1;
        }
        lines.push("  end".to_owned());
    }
    if used(Node::End) {
        lines.push("  end_of_journey(((\" \")))".to_owned());
    }
    for it in &outline.transitions {
        let told = remark::of_transition(outline, it, language);
        let why = it.label.as_ref().map(|it| outline.text(it, language));
        let label = label(it.share, why);
        if label.is_some() {
            lines.push(format!("  %% {}transition {told}", remark::MARK));
        }
        let label = label.map(|it| format!("|{}|", quoted(&it))).unwrap_or_default();
        lines.push(format!("  {} -->{label} {}", names.of(it.from), names.of(it.to)));
    }
    lines.join("\n") + "\n"
}

/// Names of nodes that Mermaid takes for nothing else.
struct Names {
    touchpoints: Vec<String>,
}

/// Words that Mermaid reads wherever they stand, or begin a word.
const WORDS: [&str; 14] = [
    "end",
    "graph",
    "flowchart",
    "subgraph",
    "style",
    "linkstyle",
    "class",
    "classdef",
    "click",
    "call",
    "href",
    "default",
    "direction",
    "interpolate",
];

impl Names {
    fn new(outline: &Outline) -> Self {
        let mut taken: BTreeSet<String> =
            ["start_of_journey", "end_of_journey"].map(str::to_owned).into();
        let stages = 1..=outline.stages.len();
        taken.extend(stages.map(|number| format!("stage_{number}")));
        let mut name = |id: &str| {
            let plain = id.replace('-', "_");
            let reserved = WORDS.iter().any(|word| plain.starts_with(word));
            // `o` and `x` behind an arrow are its head; a number is no name of its own.
            let letter = plain.starts_with(|it: char| it.is_ascii_lowercase());
            let stem = if letter && !reserved { plain } else { format!("t_{plain}") };
            let mut name = stem.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{stem}_{number}");
                number += 1;
            }
            name
        };
        Self { touchpoints: outline.touchpoints().map(|it| name(&it.id)).collect() }
    }

    fn of(&self, node: Node) -> &str {
        match node {
            Node::Start => "start_of_journey",
            Node::End => "end_of_journey",
            Node::Touchpoint(at) => self.touchpoints.get(at.0).map_or("", String::as_str),
        }
    }
}
