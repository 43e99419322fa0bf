//! Ids: their spelling, their uniqueness, and what they lead to.

use std::collections::BTreeMap;

use crate::{
    diag::{Code, Diagnostic, Span},
    model::TouchpointIndex,
};

use super::{
    decode::{Decoder, Fields, unknown_touchpoint},
    yaml::Node,
};

/// Ids that mean something else where ids are written.
const RESERVED: [&str; 4] = ["overall", "recommend", "start", "end"];

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Stage,
    Touchpoint(TouchpointIndex),
    /// A touchpoint that customers do not see.
    Internal,
    Action,
}

/// Every id of the map.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeMap<String, (Named, Span)>);

impl Ids {
    /// Enters an id; says so when it is taken.
    pub(super) fn enter(
        &mut self,
        decoder: &mut Decoder<'_>,
        (id, span): (&str, Span),
        named: Named,
    ) {
        if let Some((_, first)) = self.0.get(id) {
            let problem = Diagnostic::error(
                Code::DUPLICATE_ID,
                span,
                format!("the id `{id}` is taken"),
            )
            .label("second")
            .related(*first, "first")
            .hint("ids are unique over the whole map: rename one of the two");
            decoder.problems.push(problem);
            return;
        }
        self.0.insert(id.to_owned(), (named, span));
    }

    /// The touchpoint that `id` names; if none, says so at `span`.
    pub(super) fn touchpoint(
        &self,
        decoder: &mut Decoder<'_>,
        id: &str,
        span: Span,
    ) -> Option<TouchpointIndex> {
        match self.0.get(id) {
            Some((Named::Touchpoint(index), _)) => return Some(*index),
            Some((Named::Stage, _)) => {
                let message = format!("`{id}` is a stage; a touchpoint is expected here");
                decoder.problems.push(
                    Diagnostic::error(Code::UNKNOWN_REFERENCE, span, message)
                        .hint("name one of its touchpoints"),
                );
            }
            Some((Named::Internal, _)) => {
                let message = format!("`{id}` is internal: customers do not meet it");
                let problem = Diagnostic::error(Code::UNKNOWN_REFERENCE, span, message);
                decoder.problems.push(problem.hint(
                    "name a touchpoint of customers, or take `audience: internal` away",
                ));
            }
            _ => {
                decoder.problems.push(unknown_touchpoint(id, span, self.touchpoints()));
            }
        }
        None
    }

    /// Whether the map uses `id` for a touchpoint.
    pub(super) fn has_touchpoint(&self, id: &str) -> bool {
        matches!(self.0.get(id), Some((Named::Touchpoint(_), _)))
    }

    fn touchpoints(&self) -> impl Iterator<Item = &str> + Clone {
        self.0
            .iter()
            .filter(|(_, (named, _))| matches!(named, Named::Touchpoint(_)))
            .map(|(id, _)| id.as_str())
    }
}

impl Decoder<'_> {
    /// The id of `what`, with its place; says so when it is missing or misspelt.
    pub(super) fn required_id(
        &mut self,
        fields: &Fields<'_>,
        what: &str,
    ) -> Option<(String, Span)> {
        match fields.get("id") {
            Some(node) => self.id(node, what),
            None => {
                self.missing(fields, what, "id");
                None
            }
        }
    }

    fn id(&mut self, node: &Node, what: &str) -> Option<(String, Span)> {
        let id = self.string(node, &format!("`id` of {what}"))?;
        let spelt = |byte: u8| {
            byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || byte == b'_'
                || byte == b'-'
        };
        if !id.bytes().all(spelt) {
            let mut problem = Diagnostic::error(
                Code::BAD_ID,
                node.span,
                format!("`{id}` cannot be an id"),
            )
            .note("expected lower-case letters a–z, digits, `_` and `-`");
            if let Some(better) = spelling(id) {
                problem =
                    problem.hint(format!("write `{better}`; `name:` may hold any text"));
            }
            self.problems.push(problem);
            return Some((id.to_owned(), node.span));
        }
        if RESERVED.contains(&id) && what != "the map" {
            let message = format!("the id `{id}` has a meaning of its own");
            let problem = Diagnostic::error(Code::RESERVED_ID, node.span, message)
                .note("reserved: `overall`, `recommend`, `start` and `end`");
            self.problems.push(problem);
        }
        Some((id.to_owned(), node.span))
    }
}

/// `id` with the letters that ids are made of, if that leaves anything.
fn spelling(id: &str) -> Option<String> {
    let mut better = String::new();
    for letter in id.trim().to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' | '_' | '-' => better.push(letter),
            ' ' | '.' | '/' => better.push('_'),
            _ => {}
        }
    }
    let better = better.trim_matches('_').to_owned();
    better.bytes().any(|byte| byte.is_ascii_alphanumeric()).then_some(better)
}
