//! Draft → outline: ids given, ends of the journey found, doubles merged, shares checked.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{InlineScore, Language, Node, Scale, Text, TouchpointIndex, Valid};

use super::draft::{Draft, NodeDraft};
use super::make_id::Ids;
use super::mermaid::one_line;
use super::outline::{Outline, OutlineStage, OutlineTouchpoint, OutlineTransition};
use super::remark;

/// Keys of nodes that stand for the world before the journey, and after.
const STARTS: [&str; 2] = ["start", "start_of_journey"];
const ENDS: [&str; 2] = ["end", "end_of_journey"];

/// The outline; `None`, said, when there is no touchpoint.
pub(super) fn finish(mut draft: Draft<'_>) -> Option<Outline> {
    draft.tell_left_out();
    if draft.problems.has_errors() {
        return None;
    }
    let ends = ends(&mut draft)?;
    let head = draft.remark.clone().unwrap_or(Value::Null);
    let told = |key: &str| remark::text(&head, key).map(str::to_owned);
    let scale = scale(&draft, &head);
    // A title that was only made to fit its format is the name of the remark.
    let same = |name: &String| {
        let shown = draft.title.as_deref().map(one_line);
        shown.is_none_or(|it| it == one_line(name))
    };
    let name = told("name").filter(same).or_else(|| draft.title.clone());
    let name = name.unwrap_or_else(|| "Imported journey".to_owned());
    let id = told("id").unwrap_or_else(|| name.clone());
    let (stages, place) = stages(&mut draft, &ends, &scale);
    Some(Outline {
        id: Ids::default().give(&id, "journey"),
        name: Text::plain(name),
        language: told("language")
            .and_then(|it| Language::new(&it))
            .unwrap_or_else(Language::english),
        persona: told("persona").or_else(|| draft.customer.clone()).map(Text::plain),
        transitions: transitions(&mut draft, &place),
        scale,
        stages,
    })
}

/// Which nodes stand for ends of the journey; `None`, said, when all of them do.
fn ends(draft: &mut Draft<'_>) -> Option<Vec<Option<Node>>> {
    let mut ends: Vec<Option<Node>> =
        (0..draft.nodes.len()).map(|at| end(draft, at)).collect();
    // Nothing leads to or from these: what they are said to be does not show.
    for at in draft.gone.clone() {
        ends[at] = Some(Node::End);
    }
    if ends.iter().all(Option::is_some) {
        let message = "there is no touchpoint to make a map of";
        let problem = Diagnostic::error(Code::NOTHING_TO_IMPORT, None, message)
            .hint("`--format` names the format, where it was taken for another one");
        draft.problems.push(problem);
        return None;
    }
    for (node, _) in
        draft.nodes.clone().iter().zip(&ends).filter(|(_, end)| end.is_some())
    {
        if [STARTS[0], ENDS[0]].contains(&node.key.to_lowercase().as_str()) {
            let message =
                format!("`{}` was read as an end of the journey itself", node.key);
            draft.read_as(node.span, message);
        }
    }
    Some(ends)
}

/// The stages with their touchpoints, and what each node has become.
fn stages(
    draft: &mut Draft<'_>,
    ends: &[Option<Node>],
    scale: &Scale,
) -> (Vec<OutlineStage>, Vec<Node>) {
    let groups = groups(draft, ends);
    let mut ids = Ids::default();
    let mut place: Vec<Node> =
        ends.iter().map(|end| end.unwrap_or(Node::Start)).collect();
    let (mut stages, mut count) = (Vec::new(), 0);
    for (number, (group, members)) in (1..).zip(groups) {
        let wanted = group.remark.as_ref().and_then(|it| remark::text(it, "id"));
        let wanted = wanted.unwrap_or(&group.key).to_owned();
        let id = ids.give(&wanted, &format!("stage-{number}"));
        let mut touchpoints = Vec::new();
        for (order, at) in (1..).zip(members) {
            place[at] = Node::Touchpoint(TouchpointIndex(count));
            count += 1;
            let node = draft.nodes[at].clone();
            let fallback = format!("t{number}-{order}");
            touchpoints.push(touchpoint(draft, &node, scale, (&mut ids, &fallback)));
        }
        stages.push(OutlineStage { id, name: Text::plain(group.name), touchpoints });
    }
    tell_ids(draft, &ids);
    (stages, place)
}

/// Which end of the journey a node stands for, if it does: it is called so, in no stage, and
/// nothing leads to the start, nor from the end.
fn end(draft: &Draft<'_>, at: usize) -> Option<Node> {
    let node =
        draft.nodes.get(at).filter(|it| it.group.is_none() && it.remark.is_none())?;
    let key = node.key.to_lowercase();
    let linked = draft.edges.iter().any(|it| it.from == at || it.to == at);
    let entered = draft.edges.iter().any(|it| it.to == at);
    let left = draft.edges.iter().any(|it| it.from == at);
    if STARTS.contains(&key.as_str()) && linked && !entered {
        return Some(Node::Start);
    }
    (ENDS.contains(&key.as_str()) && linked && !left).then_some(Node::End)
}

fn scale(draft: &Draft<'_>, head: &Value) -> Scale {
    let ends = head.get("scale").and_then(Value::as_array);
    let ends = ends.and_then(|it| Some((it.first()?.as_f64()?, it.get(1)?.as_f64()?)));
    let scale = ends.or(draft.scale);
    let scale = scale.and_then(|(min, max)| Scale::new(min, max, Valid::All));
    scale.unwrap_or_else(Scale::one_to_ten)
}

/// Stages with the positions of their nodes, in order; those without a stage have one of
/// their own, where the first of them stands.
fn groups(
    draft: &mut Draft<'_>,
    ends: &[Option<Node>],
) -> Vec<(super::draft::Group, Vec<usize>)> {
    let loose = |it: &NodeDraft| it.group.is_none();
    let without: Vec<usize> = (0..draft.nodes.len())
        .filter(|at| ends[*at].is_none() && loose(&draft.nodes[*at]))
        .collect();
    if let Some(first) = without.first() {
        let (name, alone) = ("Journey", draft.groups.is_empty());
        let span = draft.nodes[*first].span;
        let own = draft.groups.len();
        let key = if alone { "journey" } else { "without_stage" };
        let name = if alone { name } else { "Without a stage" };
        draft.groups.push(super::draft::Group {
            key: key.to_owned(),
            name: name.to_owned(),
            remark: None,
        });
        for at in &without {
            draft.nodes[*at].group = Some(own);
        }
        let message = match without.len() {
            1 => "a touchpoint has no stage, and was put into one of its own".to_owned(),
            n => format!(
                "{n} touchpoints have no stage, and were put into one of their own"
            ),
        };
        draft.read_as(span, message);
    }
    let of = |group: usize| -> Vec<usize> {
        let members = (0..draft.nodes.len()).filter(|at| ends[*at].is_none());
        members.filter(|at| draft.nodes[*at].group == Some(group)).collect()
    };
    let mut all: Vec<_> =
        draft.groups.iter().cloned().enumerate().map(|(at, it)| (it, of(at))).collect();
    all.retain(|(_, members)| !members.is_empty());
    all
}

fn touchpoint(
    draft: &mut Draft<'_>,
    node: &NodeDraft,
    scale: &Scale,
    (ids, fallback): (&mut Ids, &str),
) -> OutlineTouchpoint {
    let nothing = Value::Null;
    let told = node.remark.as_ref().unwrap_or(&nothing);
    let text = |key: &str| remark::text(told, key).map(Text::plain);
    let shown = node.name.clone().filter(|it| !it.trim().is_empty());
    let name = shown.unwrap_or_else(|| node.key.clone());
    let wanted = remark::text(told, "id").unwrap_or(&node.key);
    let mut scores = remark::scores(told);
    if let Some(mean) = node.score {
        scores.retain(|it| it.wave != draft.wave);
        scores.push(InlineScore { wave: draft.wave.clone(), mean, n: None, sd: None });
    }
    let fits = |it: &InlineScore| {
        let spread = it.sd.is_none_or(|sd| (0.0..=scale.width()).contains(&sd));
        (scale.min()..=scale.max()).contains(&it.mean) && spread
    };
    if let Some(off) = scores.iter().find(|it| !fits(it)) {
        let message = format!(
            "the score {} of `{}` is off the scale from {} to {}, and was left out",
            off.mean,
            name,
            scale.min(),
            scale.max()
        );
        draft.problems.push(Diagnostic::warning(
            Code::NOT_CARRIED_OVER,
            node.span,
            message,
        ));
    }
    scores.retain(fits);
    OutlineTouchpoint {
        id: ids.give(wanted, fallback),
        name: Text::plain(name),
        channel: text("channel"),
        owner: text("owner").or_else(|| node.owner.clone().map(Text::plain)),
        action: text("action"),
        backstage: text("backstage"),
        moment_of_truth: told
            .get("moment_of_truth")
            .is_some_and(|it| it == &Value::Bool(true)),
        target: remark::number(told, "target").filter(|it| (0.0..=100.0).contains(it)),
        scores,
    }
}

fn tell_ids(draft: &mut Draft<'_>, ids: &Ids) {
    let Some((first, made)) = ids.made.first() else { return };
    let count = ids.made.len();
    let more = match count {
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    let message =
        format!("ids were made for what cannot be one: `{made}` for `{first}`{more}");
    let problem = Diagnostic::warning(Code::ID_MADE, None, message)
        .note("ids are made of a–z, digits, `_` and `-`, and differ from one another");
    draft.problems.push(problem);
}

/// Transitions; those given twice are one, with their shares added up.
fn transitions(draft: &mut Draft<'_>, place: &[Node]) -> Vec<OutlineTransition> {
    let mut all: Vec<OutlineTransition> = Vec::new();
    let mut seen: BTreeMap<(Node, Node), usize> = BTreeMap::new();
    let mut spans: BTreeMap<Node, Span> = BTreeMap::new();
    for edge in draft.edges.clone() {
        let (from, to) = (place[edge.from], place[edge.to]);
        spans.insert(from, edge.span);
        let Some(first) = seen.get(&(from, to)).copied() else {
            seen.insert((from, to), all.len());
            let label = edge.label.map(Text::plain);
            all.push(OutlineTransition { from, to, share: edge.share, label });
            continue;
        };
        draft.read_as(edge.span, "two transitions between the same ends were made one");
        let one = &mut all[first];
        one.share = match (one.share, edge.share) {
            (Some(one), Some(other)) => Some(one + other),
            (one, other) => one.or(other),
        };
        one.label = one.label.clone().or(edge.label.map(Text::plain));
    }
    let mut sums: BTreeMap<Node, f64> = BTreeMap::new();
    for it in &all {
        *sums.entry(it.from).or_default() += it.share.unwrap_or(0.0);
    }
    for (from, sum) in sums.into_iter().filter(|(_, sum)| *sum > 1.0 + 1e-9) {
        all.iter_mut().filter(|it| it.from == from).for_each(|it| it.share = None);
        let sum = (sum * 1e6).round() / 1e6;
        let message = format!(
            "the shares out of one touchpoint add up to {sum}, which is over 1: left out"
        );
        let span = spans.get(&from).copied();
        draft.problems.push(Diagnostic::warning(Code::NOT_CARRIED_OVER, span, message));
    }
    all
}
