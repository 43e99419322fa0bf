//! The section `flow`: transitions between touchpoints.

use std::collections::BTreeMap;

use crate::{
    diag::{Code, Diagnostic, Span},
    model::{Flow, Node as End, Touchpoint, TouchpointIndex, Transition},
};

use super::{
    decode::{Decoder, Fields},
    ids::Ids,
    yaml::{Node, Value},
};

/// Keys of a transition.
const KEYS: &[&str] = &["from", "to", "share", "label"];

/// Decodes the section `flow`; left out, touchpoints follow one another as written.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    ids: &Ids,
    touchpoints: &[Touchpoint],
) -> Flow {
    let Some(node) = fields.get("flow") else { return as_written(touchpoints) };
    let mut found = Found { ids, transitions: Vec::new(), seen: BTreeMap::new() };
    for item in decoder.list(node, "`flow`") {
        match &item.value {
            Value::Mapping(_) => found.mapping(decoder, item),
            _ => found.chain(decoder, item),
        }
    }
    share_sums(decoder, &found.transitions, touchpoints);
    Flow { transitions: found.transitions, declared: true }
}

/// Touchpoints that follow one another as they are written.
pub(super) fn as_written(touchpoints: &[Touchpoint]) -> Flow {
    let step = |(from, pair): (usize, &[Touchpoint])| Transition {
        from: End::Touchpoint(TouchpointIndex(from)),
        to: End::Touchpoint(TouchpointIndex(from + 1)),
        share: None,
        label: None,
        span: pair[1].span,
    };
    Flow {
        transitions: touchpoints.windows(2).enumerate().map(step).collect(),
        declared: false,
    }
}

struct Found<'a> {
    ids: &'a Ids,
    transitions: Vec<Transition>,
    seen: BTreeMap<(End, End), Span>,
}

impl Found<'_> {
    /// `a -> b -> c`
    fn chain(&mut self, decoder: &mut Decoder<'_>, node: &Node) {
        let Some(text) = decoder.string(node, "a transition") else { return };
        let parts = arrows(text);
        if parts.len() < 2 || parts.iter().any(|(_, id)| id.is_empty()) {
            let message = format!("`{text}` is no transition");
            let problem = Diagnostic::error(Code::BAD_TRANSITION, node.span, message)
                .note("expected `a -> b`, a chain `a -> b -> c`, or `{from: a, to: b, share: 0.2}`");
            decoder.problems.push(problem);
            return;
        }
        let ends: Vec<Option<(End, Span)>> = parts
            .iter()
            .map(|(at, id)| {
                let span = part_of(decoder, node, *at, id);
                Some((self.end(decoder, id, span)?, span))
            })
            .collect();
        for pair in ends.windows(2) {
            if let (Some((from, start)), Some((to, end))) = (pair[0], pair[1]) {
                let span = start.to(end);
                self.push(
                    decoder,
                    Transition { from, to, share: None, label: None, span },
                );
            }
        }
    }

    /// `{from: a, to: b, share: 0.2, label: …}`
    fn mapping(&mut self, decoder: &mut Decoder<'_>, node: &Node) {
        let Some(fields) = decoder.fields(node, "a transition", KEYS) else { return };
        let from = self.named_end(decoder, &fields, "from");
        let to = self.named_end(decoder, &fields, "to");
        let share = fields.get("share").and_then(|node| share(decoder, node));
        let label = decoder.optional_text(&fields, "label");
        if let (Some(from), Some(to)) = (from, to) {
            self.push(decoder, Transition { from, to, share, label, span: node.span });
        }
    }

    fn named_end(
        &mut self,
        decoder: &mut Decoder<'_>,
        fields: &Fields<'_>,
        key: &str,
    ) -> Option<End> {
        let Some(node) = fields.get(key) else {
            decoder.missing(fields, "the transition", key);
            return None;
        };
        let id = decoder.string(node, &format!("`{key}`"))?;
        self.end(decoder, id, node.span)
    }

    /// `start` and `end` are the ends of every journey.
    fn end(&self, decoder: &mut Decoder<'_>, id: &str, span: Span) -> Option<End> {
        match id {
            "start" if !self.ids.has_touchpoint(id) => Some(End::Start),
            "end" if !self.ids.has_touchpoint(id) => Some(End::End),
            _ => self.ids.touchpoint(decoder, id, span).map(End::Touchpoint),
        }
    }

    fn push(&mut self, decoder: &mut Decoder<'_>, transition: Transition) {
        let Transition { from, to, span, .. } = transition;
        if from == End::End || to == End::Start {
            let message = "nothing comes before `start`, and nothing after `end`";
            decoder.problems.push(Diagnostic::error(Code::BAD_TRANSITION, span, message));
            return;
        }
        if let Some(first) = self.seen.insert((from, to), span) {
            let problem = Diagnostic::error(
                Code::DUPLICATE_TRANSITION,
                span,
                "this transition is given a second time",
            )
            .label("second")
            .related(first, "first");
            decoder.problems.push(problem);
            return;
        }
        self.transitions.push(transition);
    }
}

/// The words between the arrows of `text`, with the byte at which each begins.
fn arrows(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some((at, arrow)) = next_arrow(&text[from..]) {
        parts.push(word(text, from, from + at));
        from += at + arrow;
    }
    parts.push(word(text, from, text.len()));
    parts
}

/// Where the next arrow stands, and its bytes.
fn next_arrow(text: &str) -> Option<(usize, usize)> {
    ["->", "→"].iter().filter_map(|arrow| Some((text.find(arrow)?, arrow.len()))).min()
}

/// The word in `text[from..to]` without the blanks around it.
fn word(text: &str, from: usize, to: usize) -> (usize, &str) {
    let part = &text[from..to];
    let blanks = part.len() - part.trim_start().len();
    (from + blanks, part.trim())
}

/// The bytes of a part of a scalar: exact unless quoting or folding changed the text.
fn part_of(decoder: &Decoder<'_>, node: &Node, at: usize, part: &str) -> Span {
    let written = node.span.end - node.span.start;
    let text = node.scalar().map_or(0, str::len);
    // A quoted scalar without escapes is its text and two quotes.
    let quote = match written.checked_sub(text) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return node.span,
    };
    let start = node.span.start + quote + at;
    Span { source: decoder.source, start, end: start + part.len() }
}

fn share(decoder: &mut Decoder<'_>, node: &Node) -> Option<f64> {
    let share = decoder.number(node, "`share`")?;
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    let message = format!("the share {share} is not from 0 to 1");
    let mut problem = Diagnostic::error(Code::BAD_SHARE, node.span, message).note(
        "expected the share of the customers at `from` who go this way, from 0 to 1",
    );
    if (2.0..=100.0).contains(&share) {
        problem = problem.hint(format!("for {share} % write {}", share / 100.0));
    }
    decoder.problems.push(problem);
    None
}

/// Shares out of one touchpoint are parts of the same customers.
fn share_sums(
    decoder: &mut Decoder<'_>,
    transitions: &[Transition],
    touchpoints: &[Touchpoint],
) {
    let mut sums: BTreeMap<End, (f64, Span)> = BTreeMap::new();
    for transition in transitions {
        if let Some(share) = transition.share {
            let entry = sums.entry(transition.from).or_insert((0.0, transition.span));
            *entry = (entry.0 + share, transition.span);
        }
    }
    for (from, (sum, last)) in sums {
        // Decimal shares such as 0.7 + 0.2 + 0.1 add up to a hair over 1.
        if sum > 1.0 + 1e-9 {
            let who = match from {
                End::Touchpoint(index) => format!("`{}`", touchpoints[index.0].id),
                End::Start | End::End => "`start`".to_owned(),
            };
            let sum = (sum * 1e6).round() / 1e6;
            let message =
                format!("the shares out of {who} add up to {sum}, which is over 1");
            let problem = Diagnostic::error(Code::SHARE_SUM, last, message)
                .label("the last of them")
                .note(
                    "together they are the customers who leave the touchpoint: at most 1",
                );
            decoder.problems.push(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::arrows;

    #[test]
    fn a_chain_splits_at_its_arrows_and_keeps_its_places() {
        assert_eq!(arrows("a -> b→ c"), [(0, "a"), (5, "b"), (10, "c")]);
        assert_eq!(arrows("alone"), [(0, "alone")]);
        assert_eq!(arrows("a -> "), [(0, "a"), (5, "")]);
    }
}
