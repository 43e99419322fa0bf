//! Edge statements of DOT: chains of nodes and subgraphs, and their attributes.

use crate::diag::Span;

use super::dot_attributes::told_by;
use super::dot_lexer::Kind;
use super::dot_read::{Attributes, Read, Reader};
use super::draft::EdgeDraft;

/// What an edge begins or ends with.
pub(super) struct Ends {
    pub(super) nodes: Vec<usize>,
}

/// What a statement begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Node,
    Subgraph,
}

impl Reader<'_, '_, '_> {
    pub(super) fn edges_or_attributes(
        &mut self,
        first: Ends,
        what: What,
        start: usize,
    ) -> Read<()> {
        let mut chain = vec![first];
        while let Kind::Arrow { directed } = self.token.kind {
            if directed != self.directed {
                let expected =
                    if self.directed { "`->` in a digraph" } else { "`--` in a graph" };
                return Err(self.expected(expected));
            }
            self.advance()?;
            let subgraph = self.keyword().as_deref() == Some("subgraph") || self.is('{');
            let next = if subgraph {
                self.subgraph()?
            } else {
                let (start, end) = (self.token.start, self.token.end);
                let id = self.id("a node behind the arrow")?;
                Some(self.node(&id, start, end)?)
            };
            chain.extend(next);
        }
        let attributes =
            if self.is('[') { self.attributes()? } else { Attributes::new() };
        let span = self.draft.span(start, self.token.start.max(start + 1));
        if chain.len() > 1 {
            return self.edges(&chain, &attributes, span);
        }
        if let (What::Node, Some([node])) = (what, chain.first().map(|it| &it.nodes[..]))
        {
            self.node_attributes(*node, &attributes);
        }
        Ok(())
    }

    fn edges(&mut self, chain: &[Ends], attributes: &Attributes, span: Span) -> Read<()> {
        if !self.directed && !std::mem::replace(&mut self.told_undirected, true) {
            self.draft.read_as(span, "edges without a direction were read as leading on");
        }
        let (share, label) = told_by(attributes);
        for pair in chain.windows(2) {
            let [from, to] = pair else { continue };
            if from.nodes.len().saturating_mul(to.nodes.len()) > 10_000 {
                return Err(self.expected("at most 10,000 edges at once"));
            }
            let pairs = from
                .nodes
                .iter()
                .flat_map(|from| to.nodes.iter().map(move |to| (from, to)));
            for (from, to) in pairs {
                if self.draft.is_overfull() {
                    return Ok(());
                }
                let (from, to, label) = (*from, *to, label.clone());
                self.draft.edge(EdgeDraft { from, to, share, label, span });
            }
        }
        Ok(())
    }
}
