//! Mermaid `journey` → draft.

use std::collections::BTreeMap;

use serde_json::Value;

use super::draft::Draft;
use super::journey_write::{one_decimal, plain};
use super::{mermaid, remark};

/// Reads the text, line by line, as Mermaid's own grammar has it: `title`, `section`, and
/// tasks `name: score: actors`.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) {
    let (body, title) = mermaid::prelude(text);
    draft.title = title;
    draft.scale = Some((1.0, 5.0));
    let mut reader = Reader {
        draft,
        pending: Vec::new(),
        flow: Vec::new(),
        actors: Vec::new(),
        described: false,
    };
    let mut at = body;
    for (number, line) in text[body..].split('\n').enumerate() {
        if number == 0 {
            reader.header(at, line);
        } else {
            reader.line(at, line.trim_end_matches('\r'));
        }
        at += line.len() + 1;
    }
    reader.close();
}

struct Reader<'d, 'a> {
    draft: &'d mut Draft<'a>,
    /// Remarks that wait for the line they speak of.
    pending: Vec<(String, Value)>,
    /// Remarks on transitions, and where they stand.
    flow: Vec<(Value, usize)>,
    /// Actors of each node.
    actors: Vec<Vec<String>>,
    /// Whether the lines are those of a description in braces.
    described: bool,
}

impl Reader<'_, '_> {
    fn header(&mut self, at: usize, line: &str) {
        let word = line.trim();
        let is_header =
            word.get(..7).is_some_and(|it| it.eq_ignore_ascii_case("journey"));
        if !is_header || !word[7..].trim().is_empty() {
            let span = self.draft.span(at, at + line.trim_end().len());
            self.draft.wrong(
                span,
                "this is no Mermaid journey",
                "the word `journey` alone",
            );
        }
    }

    fn line(&mut self, at: usize, line: &str) {
        let start = at + line.len() - line.trim_start().len();
        let line = line.trim();
        if self.described {
            self.described = !line.contains('}');
            return;
        }
        if let Some(comment) = line.strip_prefix("%%") {
            if let Some((kind, value)) = remark::parse(comment) {
                self.remark(kind, value, start);
            }
            return;
        }
        // The rest of a line behind `#` or `%%` is a comment.
        let line = line.split('#').next().unwrap_or_default();
        let line = line.split("%%").next().unwrap_or_default().trim_end();
        let Some((word, rest)) = keyword(line) else {
            if !line.is_empty() {
                self.task(start, line);
            }
            return;
        };
        match word {
            "title" => self.draft.title = Some(self.unmarked(rest)),
            "section" => self.section(rest),
            _ => {
                self.described = rest.starts_with('{') && !rest.contains('}');
                let span = self.draft.span(start, start + line.len());
                self.draft.leave_out("a description for screen readers", span);
            }
        }
    }

    fn remark(&mut self, kind: &str, value: Value, at: usize) {
        match kind {
            "map" => {
                let name = remark::text(&value, "name");
                let same = |it: &String| name.is_some_and(|name| plain(name) == *it);
                if self.draft.title.as_ref().is_some_and(same) {
                    self.draft.title = name.map(str::to_owned);
                }
                self.draft.remark = Some(value);
            }
            "transition" => self.flow.push((value, at)),
            kind => self.pending.push((kind.to_owned(), value)),
        }
    }

    /// The remark that waits for a line of this kind, if it speaks of what is named so: a line
    /// may have been put between, or renamed.
    fn told(&mut self, kind: &str, name: &str) -> Option<Value> {
        let waiting = std::mem::take(&mut self.pending);
        let of = |(it, value): &(String, Value)| {
            it == kind && remark::text(value, "name").is_some_and(|it| plain(it) == name)
        };
        waiting.into_iter().rev().find(of).map(|(_, value)| value)
    }

    /// The name as it was before it was made plain, where the remark still says the same.
    fn unmarked(&self, text: &str) -> String {
        let name = self.draft.remark.as_ref().and_then(|it| remark::text(it, "name"));
        name.filter(|it| plain(it) == text).unwrap_or(text).to_owned()
    }

    fn section(&mut self, name: &str) {
        let told = self.told("stage", name);
        let name_told = told.as_ref().and_then(|it| remark::text(it, "name"));
        let shown = name_told.unwrap_or(name).to_owned();
        // Two sections of one name are two stages only where something tells them apart.
        let key = told.as_ref().and_then(|it| remark::text(it, "id")).unwrap_or(name);
        let key = key.to_owned();
        let group = self.draft.group(&key, &shown);
        self.draft.groups[group].remark = told;
        self.draft.current = Some(group);
    }

    fn task(&mut self, at: usize, line: &str) {
        let span = self.draft.span(at, at + line.len());
        let mut parts = line.splitn(2, ':');
        let name = parts.next().unwrap_or_default().trim();
        let Some(rest) = parts.next() else {
            let message = format!("`{name}` has no score");
            self.draft.wrong(
                span,
                message,
                "`name: score: actors`, with a score from 1 to 5",
            );
            return;
        };
        let mut parts = rest.split(':');
        let score = parts.next().unwrap_or_default().trim();
        let actors = parts.next().unwrap_or_default();
        // `inf` and `NaN` are numbers to Rust, and scores to nobody.
        let face = score.parse::<f64>().ok().filter(|it| it.is_finite());
        let Some(face) = face else {
            let from = at + line.len() - rest.len();
            let span = self.draft.span(from, at + line.len());
            let message = format!("`{score}` is no score");
            self.draft.wrong(span, message, "a number, such as `5` in `Make tea: 5: Me`");
            return;
        };
        let told = self.told("touchpoint", name);
        let name_told = told.as_ref().and_then(|it| remark::text(it, "name"));
        let shown = name_told.unwrap_or(name).to_owned();
        let key = format!("{}\u{0}{}", self.draft.nodes.len(), shown);
        let node = self.draft.node(&key, span);
        let score = self.own_score(told.as_ref(), face);
        let group = self.draft.current;
        let draft = &mut self.draft.nodes[node];
        (draft.key, draft.name, draft.group) = (shown.clone(), Some(shown), group);
        (draft.remark, draft.score) = (told, score);
        let actors = actors.split(',').map(|it| it.trim().to_owned());
        self.actors.push(actors.filter(|it| !it.is_empty()).collect());
    }

    /// The score that a face tells, unless it is that of the remark.
    fn own_score(&self, told: Option<&Value>, face: f64) -> Option<f64> {
        let Some(told) = told else { return Some(face) };
        let scale = self
            .draft
            .remark
            .as_ref()
            .and_then(|it| it.get("scale")?.as_array().cloned());
        let ends =
            scale.and_then(|it| Some((it.first()?.as_f64()?, it.get(1)?.as_f64()?)));
        let (min, max) = ends.filter(|(min, max)| min < max).unwrap_or((1.0, 5.0));
        let last = remark::scores(told).pop();
        let shown = last.map_or(3.0, |it| 1.0 + 4.0 * (it.mean - min) / (max - min));
        if one_decimal(shown) == one_decimal(face) {
            return None;
        }
        Some(min + (max - min) * (face - 1.0) / 4.0)
    }

    /// Actors and transitions, when all tasks are known.
    fn close(self) {
        let Self { draft, flow, actors, .. } = self;
        let told_all = draft.nodes.iter().all(|it| it.remark.is_some());
        if !told_all {
            owners(draft, &actors);
        }
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        for (at, node) in draft.nodes.iter().enumerate() {
            let id = node.remark.as_ref().and_then(|it| remark::text(it, "id"));
            if let Some(id) = id {
                ids.entry(id.to_owned()).or_insert(at);
            }
        }
        for (value, at) in flow {
            transition(draft, &ids, &value, at);
        }
    }
}

/// The word that a line begins with, if Mermaid knows it, and what follows.
fn keyword(line: &str) -> Option<(&str, &str)> {
    let end = line.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(line.len());
    let rest = line[end..].trim_start();
    let spaced = line[end..].starts_with(char::is_whitespace);
    match line[..end].to_ascii_lowercase().as_str() {
        "title" if spaced => Some(("title", rest)),
        "section" if spaced => Some(("section", rest)),
        "acctitle" if rest.starts_with(':') => Some(("accTitle", rest)),
        "accdescr" if rest.starts_with([':', '{']) => Some(("accDescr", rest)),
        _ => None,
    }
}

/// Actors as persona and owners: the one who takes part in every task is the customer, the
/// others answer for it.
fn owners(draft: &mut Draft<'_>, actors: &[Vec<String>]) {
    let everywhere = actors.first().and_then(|it| it.first()).cloned();
    let everywhere = everywhere.filter(|it| actors.iter().all(|all| all.contains(it)));
    let Some(first) = draft.nodes.iter().find(|it| it.remark.is_none()).map(|it| it.span)
    else {
        return;
    };
    let mut any = false;
    for (node, actors) in draft.nodes.iter_mut().zip(actors) {
        let others: Vec<&str> = actors
            .iter()
            .filter(|it| Some(*it) != everywhere.as_ref())
            .map(String::as_str)
            .collect();
        if node.remark.is_none() && !others.is_empty() {
            node.owner = Some(others.join(", "));
            any = true;
        }
    }
    draft.customer.clone_from(&everywhere);
    let customer =
        everywhere.map(|it| format!("`{it}` as the customer")).unwrap_or_default();
    let message = match (customer.is_empty(), any) {
        (true, false) => return,
        (true, true) => "the actors were read as owners of the touchpoints".to_owned(),
        (false, false) => format!("the actors were read: {customer}"),
        (false, true) => {
            format!("the actors were read: {customer}, all others as owners")
        }
    };
    draft.read_as(first, message);
}

/// A transition between touchpoints that are still there; others went with them.
fn transition(
    draft: &mut Draft<'_>,
    ids: &BTreeMap<String, usize>,
    value: &Value,
    at: usize,
) {
    let span = draft.span(at, at);
    let end = |draft: &mut Draft<'_>, key: &str, world: &str| {
        let id = remark::text(value, key)?;
        if id == world {
            let key = format!("{world}_of_journey");
            return Some(draft.node(&key, span));
        }
        ids.get(id).copied()
    };
    let (from, to) = (end(draft, "from", "start"), end(draft, "to", "end"));
    let Some((from, to)) = from.zip(to) else { return };
    let share = remark::number(value, "share").filter(|it| (0.0..=1.0).contains(it));
    let label = remark::text(value, "label").map(str::to_owned);
    draft.edge(super::draft::EdgeDraft { from, to, share, label, span });
}
