//! What a scenario on the command line says, with everything that is wrong with it.

use petgraph::graph::EdgeIndex;

use crate::{
    analyse::SetScore,
    diag::nearest,
    graph::{Impossible, JourneyGraph, Step},
    model::{Journey, Node, TouchpointIndex},
};

/// A scenario as it is typed.
pub(super) struct Asked<'a> {
    pub(super) set: &'a [String],
    pub(super) drop: &'a [String],
    pub(super) share: &'a [String],
}

/// A scenario that refers to what there is.
pub(super) struct Scenario {
    pub(super) set: Vec<SetScore>,
    pub(super) steps: Vec<Step>,
    /// Edges that change, and the ids of their ends.
    pub(super) edges: Vec<(EdgeIndex, String, String)>,
}

impl Scenario {
    /// Resolves what is asked for.
    ///
    /// # Errors
    /// All problems in one text.
    pub(super) fn new(
        asked: &Asked<'_>,
        journey: &Journey,
        graph: &JourneyGraph,
    ) -> Result<Self, String> {
        let reader = Reader { journey, graph };
        let mut problems = Vec::new();
        let mut found = Self { set: Vec::new(), steps: Vec::new(), edges: Vec::new() };
        for text in asked.set {
            match reader.set(text) {
                Ok((at, _)) if found.set.iter().any(|(other, _)| *other == at) => {
                    problems.push(format!("`{text}` sets a score that is set already"));
                }
                Ok(set) => found.set.push(set),
                Err(problem) => problems.push(problem),
            }
        }
        let mut step = |step: Result<(Step, Named), String>| match step {
            Ok((step, named)) => {
                found.steps.push(step);
                found.edges.push(named);
            }
            Err(problem) => problems.push(problem),
        };
        for text in asked.drop {
            step(reader.transition(text).map(|named| (Step::Drop(named.0), named)));
        }
        for text in asked.share {
            step(reader.share(text));
        }
        if found.set.is_empty() && found.steps.is_empty() && problems.is_empty() {
            problems.push(
                "a scenario needs at least one of `--set`, `--drop` and `--share`"
                    .to_owned(),
            );
        }
        if problems.is_empty() { Ok(found) } else { Err(problems.join("\nerror: ")) }
    }

    /// Why the flow cannot be changed so, in words.
    pub(super) fn impossible(
        &self,
        why: &Impossible,
        journey: &Journey,
        graph: &JourneyGraph,
    ) -> String {
        let id = |node| {
            let at: Option<TouchpointIndex> = graph.touchpoint(node);
            at.map_or_else(|| "start".to_owned(), |at| journey.touchpoint(at).id.clone())
        };
        match why {
            Impossible::Twice(edge) => {
                let named = self.edges.iter().find(|it| it.0 == *edge);
                let way = named.map(|(_, from, to)| format!("`{from} -> {to}`"));
                format!("{} is changed twice", way.unwrap_or_default())
            }
            Impossible::TooMuch(node, sum) => {
                let sum = (sum * 1e6).round() / 1e6;
                format!(
                    "the shares set out of `{}` add up to {sum}, which is over 1",
                    id(*node)
                )
            }
            Impossible::NoOtherWay(node) => format!(
                "`{0}` has no other way out, and nobody leaves the journey there: give the way a \
                 smaller share instead, and the rest leave",
                id(*node)
            ),
            Impossible::Trap(nodes) => {
                let ids: Vec<String> =
                    nodes.iter().map(|it| format!("`{}`", id(*it))).collect();
                format!("customers who come to {} could never leave", ids.join(", "))
            }
        }
    }
}

/// An edge and the ids of its ends.
type Named = (EdgeIndex, String, String);

struct Reader<'a> {
    journey: &'a Journey,
    graph: &'a JourneyGraph,
}

impl Reader<'_> {
    /// `reception=85`
    fn set(&self, text: &str) -> Result<SetScore, String> {
        let Some((id, points)) = text.rsplit_once('=') else {
            return Err(format!("`{text}` sets no score: expected `touchpoint=points`"));
        };
        let at = self.touchpoint(id.trim())?;
        match points.trim().parse::<f64>() {
            Ok(points) if (0.0..=100.0).contains(&points) => Ok((at, points)),
            _ => Err(format!(
                "`{}` is no score in points: expected a number from 0 to 100",
                points.trim()
            )),
        }
    }

    /// `a->b=0.4`
    fn share(&self, text: &str) -> Result<(Step, Named), String> {
        let Some((way, share)) = text.rsplit_once('=') else {
            return Err(taken_by_the_shell(text).unwrap_or_else(|| {
                format!("`{text}` gives no share: expected `from->to=0.4`")
            }));
        };
        let named = self.transition(way)?;
        let share = share.trim();
        match share.parse::<f64>() {
            Ok(share) if (0.0..=1.0).contains(&share) => {
                Ok((Step::Share(named.0, share), named))
            }
            Ok(percent) if (1.0..=100.0).contains(&percent) => Err(format!(
                "the share {share} is not from 0 to 1; for {share} % write {}",
                percent / 100.0
            )),
            _ => Err(format!("`{share}` is no share: expected a number from 0 to 1")),
        }
    }

    /// `a->b`
    fn transition(&self, text: &str) -> Result<Named, String> {
        let ends = text.split_once("->").or_else(|| text.split_once('→'));
        let Some((from, to)) = ends.filter(|(_, to)| !to.trim().is_empty()) else {
            return Err(taken_by_the_shell(text).unwrap_or_else(|| {
                format!("`{text}` is no transition: expected `from->to`")
            }));
        };
        let (from, to) =
            (self.end(from.trim(), Node::Start), self.end(to.trim(), Node::End));
        let (from, to) = match (from, to) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(one), Err(other)) => return Err(format!("{one}\nerror: {other}")),
            (Err(problem), _) | (_, Err(problem)) => return Err(problem),
        };
        let (from_id, to_id) = (self.id(from), self.id(to));
        match self.graph.edge(from, to) {
            Some(edge) => Ok((edge, from_id, to_id)),
            None => Err(self.no_transition(from, &from_id, &to_id)),
        }
    }

    fn no_transition(&self, from: Node, from_id: &str, to_id: &str) -> String {
        let next = self.graph.inner().neighbors(self.graph.index(from));
        let mut next: Vec<String> = next
            .map(|node| {
                let at = self.graph.touchpoint(node);
                self.id(at.map_or(Node::End, Node::Touchpoint))
            })
            .collect();
        next.sort_unstable();
        let hint = nearest(to_id, next.iter().map(String::as_str));
        let hint = hint.map(|it| format!("; did you mean `{from_id} -> {it}`?"));
        let ways: Vec<String> = next.iter().map(|it| format!("`{it}`")).collect();
        format!(
            "no transition leads from `{from_id}` to `{to_id}`{}; from there they lead to {}",
            hint.unwrap_or_default(),
            ways.join(", ")
        )
    }

    /// A touchpoint, or the end of the world that may stand at this side of an arrow.
    fn end(&self, id: &str, world: Node) -> Result<Node, String> {
        match (id, world) {
            ("start", Node::Start) => Ok(Node::Start),
            ("end", Node::End) => Ok(Node::End),
            _ => self.touchpoint(id).map(Node::Touchpoint),
        }
    }

    fn touchpoint(&self, id: &str) -> Result<TouchpointIndex, String> {
        self.journey.find(id).ok_or_else(|| {
            let ids = self.journey.touchpoints.iter().map(|it| it.id.as_str());
            let hint = nearest(id, ids).map(|it| format!("; did you mean `{it}`?"));
            format!("no touchpoint has the id or code `{id}`{}", hint.unwrap_or_default())
        })
    }

    fn id(&self, node: Node) -> String {
        match node {
            Node::Start => "start".to_owned(),
            Node::End => "end".to_owned(),
            Node::Touchpoint(at) => self.journey.touchpoint(at).id.clone(),
        }
    }
}

/// `a->b` without quotes is `a-` and a redirection: what is left of it ends with the dash.
fn taken_by_the_shell(text: &str) -> Option<String> {
    text.trim_end().ends_with('-').then(|| {
        format!("`{text}` is no transition: the shell took the `>` for itself; quote it: '{text}>…'")
    })
}
