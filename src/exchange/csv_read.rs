//! A table → draft: as [`super::csv_write`] writes it, or a plain list of touchpoints with
//! their stages. What a cell says is taken as it is, or said to be wrong with its place.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Language, Scale, Valid};
use crate::survey::{DecimalMark, number};

use super::csv_columns::columns_of;
use super::csv_rows::Rows;
use super::draft::{Draft, EdgeDraft};
use super::inert::revived;

/// The most names that one mistake is compared with, over all mistakes: more would take the
/// square of the length of a table in which everything is wrong.
const COMPARED: usize = 100_000;

/// Reads the table.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) {
    let Some((mut rows, header, span)) = Rows::open(text, draft) else {
        let span = draft.span(0, text.lines().next().unwrap_or_default().len());
        draft.wrong(span, "the table has no header", "names of columns in the first row");
        return;
    };
    let columns = columns_of(&header, draft, span);
    let has = |name: &str| columns.iter().any(|it| it == name);
    if !has("name") && !has("id") {
        draft.wrong(
            span,
            "no column names the touchpoints",
            "a column `name` or `touchpoint`, and `stage`; `kind` where rows are of several kinds",
        );
        return;
    }
    let mut table = Table {
        draft,
        columns,
        mark: rows.decimal_mark(),
        scores: BTreeMap::new(),
        by_name: BTreeMap::new(),
        last: None,
        compared: 0,
    };
    let mut row = csv::StringRecord::new();
    while let Some(span) = rows.next(&mut row, table.draft) {
        table.row(&row, span);
    }
    table.close();
}

/// What is known of the table while its rows are read.
pub(super) struct Table<'d, 'a> {
    pub(super) draft: &'d mut Draft<'a>,
    columns: Vec<String>,
    /// What may stand before the fraction of a number.
    mark: DecimalMark,
    /// Scores by node and wave.
    pub(super) scores: BTreeMap<usize, Map<String, Value>>,
    /// The stage of the row before: cells below it may be left empty, as people do.
    last: Option<usize>,
    /// Nodes by their names, the first of those that share one.
    by_name: BTreeMap<String, usize>,
    /// Names that mistakes were compared with.
    compared: usize,
}

impl Table<'_, '_> {
    pub(super) fn cell<'r>(
        &self,
        row: &'r csv::StringRecord,
        column: &str,
    ) -> Option<&'r str> {
        let at = self.columns.iter().position(|it| it == column)?;
        let text = row.get(at)?.trim_matches([' ', '\t']);
        let text = revived(text);
        (!text.is_empty()).then_some(text)
    }

    /// All cells of a row that hold something, by column.
    fn cells(&self, row: &csv::StringRecord) -> BTreeMap<String, String> {
        let cell = |it: &String| Some((it.clone(), self.cell(row, it)?.to_owned()));
        self.columns.iter().filter(|it| !it.is_empty()).filter_map(cell).collect()
    }

    pub(super) fn number(
        &mut self,
        row: &csv::StringRecord,
        column: &str,
        span: Span,
    ) -> Option<f64> {
        let text = self.cell(row, column)?;
        let percent = text.strip_suffix(['%', '％']).filter(|_| column == "share");
        let found = number(percent.unwrap_or(text), self.mark);
        if found.is_none() {
            let message = format!("`{text}` in the column `{column}` is no number");
            let expected = "a number such as `7.9`, without separators of thousands, or an empty cell";
            self.draft.wrong(span, message, expected);
        }
        found.map(|it| if percent.is_some() { it / 100.0 } else { it })
    }

    fn row(&mut self, row: &csv::StringRecord, span: Span) {
        let kinds = ["touchpoint", "score", "transition", "journey"];
        match self.cell(row, "kind").unwrap_or("touchpoint").to_lowercase().as_str() {
            "touchpoint" => self.touchpoint(row, span),
            "score" => self.score(row, span),
            "transition" => self.transition(row, span),
            "journey" => self.journey(row, span),
            kind => {
                let problem = Diagnostic::error(
                    Code::IMPORT_SYNTAX,
                    span,
                    format!("`{kind}` is no kind of row"),
                )
                .note(format!("expected one of `{}`", kinds.join("`, `")));
                self.draft.problems.push(problem.did_you_mean(kind, kinds));
            }
        }
    }

    fn journey(&mut self, row: &csv::StringRecord, span: Span) {
        let text = |column: &str| self.cell(row, column).map(str::to_owned);
        let (id, name) = (text("id"), text("name"));
        let (persona, language) = (text("owner"), text("label"));
        if self.draft.remark.is_some() {
            self.draft.wrong(span, "this is a second journey", "one row `journey`");
        }
        if let Some(tag) = language.as_deref().filter(|it| Language::new(it).is_none()) {
            let message = format!("`{tag}` in the column `label` is no language");
            self.draft.wrong(span, message, "a tag such as `en` or `zh-Hans`");
        }
        let ends = (self.number(row, "from", span), self.number(row, "to", span));
        let scale = match ends {
            (Some(min), Some(max)) => {
                Scale::new(min, max, Valid::All).map(|_| [min, max])
            }
            _ => None,
        };
        if scale.is_none() && ends != (None, None) {
            let expected = "its lowest answer in the column `from`, its highest in `to`";
            self.draft.wrong(span, "these are no ends of a scale", expected);
        }
        let scale = scale.map(|ends| json!(ends));
        self.draft.title.clone_from(&name);
        self.draft.remark = Some(json!({
            "id": id, "name": name, "language": language, "persona": persona, "scale": scale,
        }));
    }

    fn touchpoint(&mut self, row: &csv::StringRecord, span: Span) {
        let cells = self.cells(row);
        let text = |column: &str| cells.get(column).cloned();
        let Some(name) = text("name").or_else(|| text("id")) else {
            self.draft.wrong(span, "the row names no touchpoint", "its name or its id");
            return;
        };
        let key = text("id")
            .unwrap_or_else(|| format!("{}\u{0}{name}", self.draft.nodes.len()));
        if self.draft.find(&key).is_some() {
            let message = format!("the touchpoint `{key}` is there already");
            self.draft.wrong(
                span,
                message,
                "a row for each touchpoint, and ids that differ",
            );
            return;
        }
        let stage = text("stage").or_else(|| text("stage_name"));
        let stage_name = text("stage_name").or_else(|| stage.clone());
        let group = stage
            .zip(stage_name)
            .map(|(key, name)| self.draft.group(&key, &name))
            .or(self.last);
        self.last = group;
        let keys = ["channel", "owner", "action", "backstage"];
        let mut told: Map<String, Value> = keys
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), Value::from(text(key)?))))
            .collect();
        let moment = self.moment(text("moment_of_truth").as_deref(), span);
        told.insert("moment_of_truth".to_owned(), Value::from(moment));
        let target = self.number(row, "target", span);
        if target.is_some_and(|it| !(0.0..=100.0).contains(&it)) {
            let message = format!("the target of `{name}` is off the scale of points");
            self.draft.wrong(span, message, "points from 0 to 100");
        }
        told.extend(target.map(|it| ("target".to_owned(), json!(it))));
        let node = self.draft.node(&key, span);
        let draft = &mut self.draft.nodes[node];
        if key.contains('\u{0}') {
            draft.key.clone_from(&name);
        }
        self.by_name.entry(name.clone()).or_insert(node);
        (draft.name, draft.group, draft.remark) =
            (Some(name), group, Some(Value::Object(told)));
        if ["mean", "n", "sd"].iter().any(|it| self.cell(row, it).is_some()) {
            self.add_score(node, row, span);
        }
    }

    fn moment(&mut self, text: Option<&str>, span: Span) -> bool {
        let Some(text) = text else { return false };
        let word = text.to_lowercase();
        let yes = ["true", "yes", "1", "x", "是"].contains(&word.as_str());
        if !yes && !["false", "no", "0", "否"].contains(&word.as_str()) {
            let message =
                format!("`{text}` in the column `moment_of_truth` is neither yes nor no");
            self.draft.wrong(span, message, "`true`, `false`, or an empty cell");
        }
        yes
    }

    fn transition(&mut self, row: &csv::StringRecord, span: Span) {
        let (from, to) = (self.end(row, "from", span), self.end(row, "to", span));
        let share = self.number(row, "share", span);
        if share.is_some_and(|it| !(0.0..=1.0).contains(&it)) {
            self.draft.wrong(span, "the share is not from 0 to 1", "`0.19` for 19 %");
        }
        let label = self.cell(row, "label").map(str::to_owned);
        if let Some((from, to)) = from.zip(to) {
            self.draft.edge(EdgeDraft { from, to, share, label, span });
        }
    }

    /// The touchpoint that a cell names, by its id or its name.
    pub(super) fn end(
        &mut self,
        row: &csv::StringRecord,
        column: &str,
        span: Span,
    ) -> Option<usize> {
        let Some(id) = self.cell(row, column).map(str::to_owned) else {
            let message = format!("the column `{column}` is empty");
            self.draft.wrong(span, message, "the id of a touchpoint");
            return None;
        };
        let world = [("from", "start"), ("to", "end")];
        if world.iter().any(|(at, it)| *at == column && *it == id)
            && self.draft.find(&id).is_none()
        {
            let key = format!("{id}_of_journey");
            return Some(self.draft.node(&key, span));
        }
        let found = self.draft.find(&id).or_else(|| self.by_name.get(&id).copied());
        if found.is_none() {
            self.compared += self.draft.nodes.len();
            let nodes =
                if self.compared > COMPARED { &[] } else { &self.draft.nodes[..] };
            let keys = nodes.iter().map(|it| it.key.as_str());
            let message = format!("no touchpoint above has the id or name `{id}`");
            let problem = Diagnostic::error(Code::IMPORT_SYNTAX, span, message);
            let problem = problem.did_you_mean(&id, keys);
            self.draft.problems.push(problem);
        }
        found
    }

    fn close(self) {
        for (node, scores) in self.scores {
            let draft = &mut self.draft.nodes[node];
            if let Some(Value::Object(told)) = &mut draft.remark {
                told.insert("scores".to_owned(), Value::Object(scores));
            }
        }
    }
}
