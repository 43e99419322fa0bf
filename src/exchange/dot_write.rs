//! Outline → DOT.

use crate::model::{Language, Node};

use super::label::label;
use super::mermaid::one_line;
use super::outline::Outline;
use super::remark;

/// The text: stages as clusters, shares and reasons as labels, everything else as the
/// attribute `touchmap`, which Graphviz passes over.
pub(super) fn write(outline: &Outline, language: &Language) -> String {
    let told = |told: String| quoted(&told);
    let mut lines = vec![
        format!("digraph {} {{", quoted(&outline.id)),
        "  rankdir=LR;".to_owned(),
        format!("  label={};", quoted(&one_line(outline.text(&outline.name, language)))),
        format!("  touchmap={};", told(remark::of_map(outline, language))),
    ];
    let used =
        |end: Node| outline.transitions.iter().any(|it| it.from == end || it.to == end);
    for (number, stage) in (1..).zip(&outline.stages) {
        let name = one_line(outline.text(&stage.name, language));
        lines.push(format!("  subgraph cluster_{number} {{"));
        lines.push(format!("    label={};", quoted(&name)));
        lines.push(format!(
            "    touchmap={};",
            told(remark::of_stage(outline, stage, language))
        ));
        for it in &stage.touchpoints {
            let name = one_line(outline.text(&it.name, language));
            lines.push(format!(
                "    {} [shape=box, style=rounded, label={}, touchmap={}];",
                quoted(&it.id),
                quoted(&name),
                told(remark::of_touchpoint(outline, it, language))
            ));
        }
        lines.push("  }".to_owned());
    }
    for (end, key, shape) in [
        (Node::Start, "start_of_journey", "circle"),
        (Node::End, "end_of_journey", "doublecircle"),
    ] {
        if used(end) {
            lines.push(format!("  {key} [label=\"\", shape={shape}];"));
        }
    }
    for it in &outline.transitions {
        let id = |end: Node| match end {
            Node::Start => "start_of_journey".to_owned(),
            Node::End => "end_of_journey".to_owned(),
            Node::Touchpoint(_) => quoted(outline.end_id(end)),
        };
        let why = it.label.as_ref().map(|it| outline.text(it, language));
        let label = label(it.share, why).map(|label| {
            let told = told(remark::of_transition(outline, it, language));
            format!(" [label={}, touchmap={told}]", quoted(&one_line(&label)))
        });
        let label = label.unwrap_or_default();
        lines.push(format!("  {} -> {}{label};", id(it.from), id(it.to)));
    }
    lines.push("}".to_owned());
    lines.join("\n") + "\n"
}

/// A text in quotes. Backslashes are doubled, because labels read escapes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
