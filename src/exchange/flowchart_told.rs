//! What a flowchart tells of nodes and transitions, beside its shapes: labels and remarks.

use serde_json::Value;

use crate::diag::Span;

use super::draft::EdgeDraft;
use super::flowchart_lexer::{Link, LinkKind};
use super::flowchart_read::Reader;
use super::label::{label, parse};
use super::{mermaid, remark};

impl Reader<'_, '_, '_> {
    pub(super) fn comment(&mut self) {
        let rest = self.cursor.rest();
        if rest.starts_with("%%{") {
            self.cursor.at += rest.find("}%%").map_or(rest.len(), |end| end + 3);
            return;
        }
        let line = self.cursor.line();
        if let Some((kind, value)) = remark::parse(line.trim_start_matches('%')) {
            if kind == "map" {
                let name = remark::text(&value, "name").map(str::to_owned);
                self.draft.title = self.draft.title.take().or(name);
                self.draft.remark = Some(value);
            } else {
                self.pending.push((kind.to_owned(), value));
            }
        }
    }

    pub(super) fn told(&mut self, kind: &str) -> Option<Value> {
        let waiting = std::mem::take(&mut self.pending);
        waiting.into_iter().rev().find(|(it, _)| it == kind).map(|(_, value)| value)
    }

    pub(super) fn named(&mut self, node: usize, text: &str) {
        let key = self.draft.nodes[node].key.clone();
        let told = self.told("touchpoint").filter(|it| {
            remark::text(it, "id").is_some_and(|id| key.contains(&id.replace('-', "_")))
        });
        let shown = |name: &&str| mermaid::one_line(name) == text;
        let name = told.as_ref().and_then(|it| remark::text(it, "name")).filter(shown);
        let name = name.unwrap_or(text).to_owned();
        let draft = &mut self.draft.nodes[node];
        draft.name = Some(name);
        draft.remark = draft.remark.take().or(told);
    }

    pub(super) fn link(&mut self, from: &[usize], to: &[usize], link: &Link, span: Span) {
        if link.kind == LinkKind::Invisible {
            self.draft.leave_out("an invisible link", span);
            return;
        }
        let text = link.label.as_deref().map(mermaid::shown);
        let told = self.told("transition");
        let (share, why) = told
            .and_then(|it| same_label(&it, text.as_deref()))
            .unwrap_or_else(|| text.as_deref().map(parse).unwrap_or_default());
        if link.kind == LinkKind::Line {
            self.draft.read_as(span, "a link without a head was read as leading on");
        }
        if from.len().saturating_mul(to.len()) > 10_000 {
            self.draft.wrong(
                span,
                "this line has too many links",
                "at most 10,000 of them",
            );
            return;
        }
        for (from, to) in
            from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)))
        {
            if self.draft.is_overfull() {
                return;
            }
            self.draft.edge(EdgeDraft { from, to, share, label: why.clone(), span });
            if link.kind == LinkKind::Both {
                let (from, to, label) = (to, from, why.clone());
                self.draft.edge(EdgeDraft { from, to, share: None, label, span });
            }
        }
    }
}

/// Share and reason of a remark, if the arrow still shows them.
fn same_label(
    told: &Value,
    shown: Option<&str>,
) -> Option<(Option<f64>, Option<String>)> {
    let share = remark::number(told, "share").filter(|it| (0.0..=1.0).contains(it));
    let why = remark::text(told, "label");
    let label = label(share, why).map(|it| mermaid::one_line(&it));
    (label.as_deref() == shown).then(|| (share, why.map(str::to_owned)))
}
