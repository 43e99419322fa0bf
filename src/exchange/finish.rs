//! Draft → outline: ids given, ends of the journey found, doubles merged, shares checked.

use std::collections::{BTreeMap, BTreeSet};

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
    let language = told("language");
    let known = language.as_deref().and_then(Language::new);
    if let (Some(unknown), None) = (language, &known) {
        let message = format!("`{unknown}` is no language: English was taken");
        let problem = Diagnostic::warning(Code::NOT_CARRIED_OVER, None, message)
            .note("expected a tag such as `en` or `zh-Hans`");
        draft.problems.push(problem);
    }
    Some(Outline {
        id: Ids::default().give(&id, "journey"),
        name: Text::plain(name),
        language: known.unwrap_or_else(Language::english),
        persona: told("persona").or_else(|| draft.customer.clone()).map(Text::plain),
        transitions: transitions(&mut draft, &place),
        scale,
        stages,
    })
}

/// Which nodes stand for ends of the journey; `None`, said, when all of them do.
fn ends(draft: &mut Draft<'_>) -> Option<Vec<Option<Node>>> {
    let (mut entered, mut left) = (BTreeSet::new(), BTreeSet::new());
    for edge in draft.edges() {
        left.insert(edge.from);
        entered.insert(edge.to);
    }
    let nodes = draft.nodes.iter().enumerate();
    let mut ends: Vec<Option<Node>> = nodes
        .map(|(at, node)| end(node, [entered.contains(&at), left.contains(&at)]))
        .collect();
    // Nothing leads to or from these: what they are said to be does not show.
    for at in std::mem::take(&mut draft.gone) {
        ends[at] = Some(Node::End);
    }
    if ends.iter().all(Option::is_some) {
        let message = "there is no touchpoint to make a map of";
        let problem = Diagnostic::error(Code::NOTHING_TO_IMPORT, None, message)
            .hint("`--format` names the format, where it was taken for another one");
        draft.problems.push(problem);
        return None;
    }
    for (node, _) in draft.nodes.iter().zip(&ends).filter(|(_, end)| end.is_some()) {
        if [STARTS[0], ENDS[0]].contains(&node.key.to_lowercase().as_str()) {
            let message =
                format!("`{}` was read as an end of the journey itself", node.key);
            let problem = Diagnostic::warning(Code::READ_AS, node.span, message);
            draft.problems.push(problem);
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
    let nodes = std::mem::take(&mut draft.nodes);
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
            let fallback = format!("t{number}-{order}");
            let it = touchpoint(draft, &nodes[at], scale, (&mut ids, &fallback));
            touchpoints.push(it);
        }
        stages.push(OutlineStage { id, name: Text::plain(group.name), touchpoints });
    }
    tell_ids(draft, &ids);
    (stages, place)
}

/// Which end of the journey a node stands for, if it does: it is called so, in no stage, and
/// nothing leads to the start, nor from the end.
fn end(node: &NodeDraft, [entered, left]: [bool; 2]) -> Option<Node> {
    if node.group.is_some() || node.remark.is_some() {
        return None;
    }
    let key = node.key.to_lowercase();
    if STARTS.contains(&key.as_str()) && left && !entered {
        return Some(Node::Start);
    }
    (ENDS.contains(&key.as_str()) && entered && !left).then_some(Node::End)
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
    let mut all: Vec<_> = std::mem::take(&mut draft.groups)
        .into_iter()
        .map(|it| (it, Vec::new()))
        .collect();
    for (at, node) in draft.nodes.iter().enumerate().filter(|(at, _)| ends[*at].is_none())
    {
        if let Some((_, members)) = node.group.and_then(|group| all.get_mut(group)) {
            members.push(at);
        }
    }
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
    for off in scores.iter().filter(|it| !fits(it)) {
        let (min, max) = (scale.min(), scale.max());
        let message = format!(
            "the score {} of `{name}` is off the scale from {min} to {max}, and was left out",
            off.mean,
        );
        let problem = Diagnostic::warning(Code::NOT_CARRIED_OVER, node.span, message);
        draft.problems.push(problem);
    }
    scores.retain(fits);
    let target = remark::number(told, "target");
    let in_points = |it: &f64| (0.0..=100.0).contains(it);
    if let Some(off) = target.filter(|it| !in_points(it)) {
        let message = format!("the target {off} of `{name}` was left out");
        let problem = Diagnostic::warning(Code::NOT_CARRIED_OVER, node.span, message)
            .note("expected points from 0 to 100");
        draft.problems.push(problem);
    }
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
        target: target.filter(in_points),
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
    for edge in draft.take_edges() {
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
        one.label = one.label.take().or(edge.label.map(Text::plain));
    }
    let mut sums: BTreeMap<Node, f64> = BTreeMap::new();
    for it in &all {
        *sums.entry(it.from).or_default() += it.share.unwrap_or(0.0);
    }
    sums.retain(|_, sum| *sum > 1.0 + 1e-9);
    for it in all.iter_mut().filter(|it| sums.contains_key(&it.from)) {
        it.share = None;
    }
    for (from, sum) in sums {
        let sum = (sum * 1e6).round() / 1e6;
        let message = format!(
            "the shares out of one touchpoint add up to {sum}, which is over 1: left out"
        );
        let span = spans.get(&from).copied();
        draft.problems.push(Diagnostic::warning(Code::NOT_CARRIED_OVER, span, message));
    }
    all
}
