//! Outline → `GraphML` (graphml.graphdrawing.org).

use crate::model::{Language, Node};

use super::outline::{Outline, OutlineTouchpoint};

/// Attributes: id, of what, type.
const KEYS: &[(&str, &str, &str)] = &[
    ("journey", "graph", "string"),
    ("scale_min", "graph", "double"),
    ("scale_max", "graph", "double"),
    ("name", "node", "string"),
    ("stage", "node", "string"),
    ("stage_name", "node", "string"),
    ("channel", "node", "string"),
    ("owner", "node", "string"),
    ("moment_of_truth", "node", "boolean"),
    ("target", "node", "double"),
    ("wave", "node", "string"),
    ("score", "node", "double"),
    ("n", "node", "long"),
    ("sd", "node", "double"),
    ("share", "edge", "double"),
    ("label", "edge", "string"),
];

/// The text: a node per touchpoint with the score of its last wave, an edge per transition;
/// `start` and `end` are nodes where transitions name them.
pub(super) fn write(outline: &Outline, language: &Language) -> String {
    let mut lines = vec![
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
            .to_owned(),
    ];
    // An attribute may be of nodes and edges at once: ids of keys are unique over both.
    for (name, of, kind) in KEYS {
        lines.push(format!(
            "  <key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        ));
    }
    lines.push(format!(
        "  <graph id=\"{}\" edgedefault=\"directed\">",
        escaped(&outline.id)
    ));
    let name = outline.text(&outline.name, language);
    lines.extend(datum("graph", "journey", Some(name.to_owned()), 4));
    lines.extend(datum("graph", "scale_min", Some(outline.scale.min().to_string()), 4));
    lines.extend(datum("graph", "scale_max", Some(outline.scale.max().to_string()), 4));
    for (end, id) in [(Node::Start, "start"), (Node::End, "end")] {
        if outline.transitions.iter().any(|it| it.from == end || it.to == end) {
            lines.push(format!("    <node id=\"{id}\"/>"));
        }
    }
    for stage in &outline.stages {
        for it in &stage.touchpoints {
            lines.push(format!("    <node id=\"{}\">", escaped(&it.id)));
            let stage = [stage.id.as_str(), outline.text(&stage.name, language)];
            lines.extend(node(outline, it, stage, language));
            lines.push("    </node>".to_owned());
        }
    }
    for (number, it) in (1..).zip(&outline.transitions) {
        let (from, to) =
            (escaped(outline.end_id(it.from)), escaped(outline.end_id(it.to)));
        let label = it.label.as_ref().map(|it| outline.text(it, language).to_owned());
        let open =
            format!("    <edge id=\"e{number}\" source=\"{from}\" target=\"{to}\"");
        let mut data = Vec::new();
        data.extend(datum("edge", "share", it.share.map(|it| it.to_string()), 6));
        data.extend(datum("edge", "label", label, 6));
        if data.is_empty() {
            lines.push(format!("{open}/>"));
        } else {
            lines.push(format!("{open}>"));
            lines.append(&mut data);
            lines.push("    </edge>".to_owned());
        }
    }
    lines.extend(["  </graph>".to_owned(), "</graphml>".to_owned()]);
    lines.join("\n") + "\n"
}

fn node(
    outline: &Outline,
    it: &OutlineTouchpoint,
    [stage, stage_name]: [&str; 2],
    language: &Language,
) -> Vec<String> {
    let text = |it: &Option<crate::model::Text>| {
        it.as_ref().map(|it| outline.text(it, language).to_owned())
    };
    let last = it.scores.last();
    let data = [
        ("name", Some(outline.text(&it.name, language).to_owned())),
        ("stage", Some(stage.to_owned())),
        ("stage_name", Some(stage_name.to_owned())),
        ("channel", text(&it.channel)),
        ("owner", text(&it.owner)),
        ("moment_of_truth", it.moment_of_truth.then(|| "true".to_owned())),
        ("target", it.target.map(|it| it.to_string())),
        ("wave", last.map(|it| it.wave.clone())),
        ("score", last.map(|it| it.mean.to_string())),
        ("n", last.and_then(|it| it.n).map(|n| n.to_string())),
        ("sd", last.and_then(|it| it.sd).map(|sd| sd.to_string())),
    ];
    data.into_iter().filter_map(|(key, value)| datum("node", key, value, 6)).collect()
}

fn datum(of: &str, key: &str, value: Option<String>, indent: usize) -> Option<String> {
    let value = escaped(&value?);
    Some(format!("{}<data key=\"{of}_{key}\">{value}</data>", " ".repeat(indent)))
}

/// A text in XML; letters that XML 1.0 has no room for become the replacement character.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\t' | '\n' => safe.push(letter),
            '\r' => safe.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}
