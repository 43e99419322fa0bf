//! A table → draft: as [`super::csv_write`] writes it, or a plain list of touchpoints with
//! their stages.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diag::{Code, Diagnostic, Span};

use super::csv_columns::columns_of;
use super::draft::{Draft, EdgeDraft};

/// Reads the table.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|it| (count(char::from(*it)), *it == b','))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let header_span = draft.span(0, first.trim_end().len());
    let Some(columns) = rows.next().and_then(Result::ok) else {
        draft.wrong(
            header_span,
            "the table has no header",
            "names of columns in the first row",
        );
        return;
    };
    let columns = columns_of(&columns, draft, header_span);
    let has = |name: &str| columns.iter().any(|it| it == name);
    if !has("name") && !has("id") {
        draft.wrong(
            header_span,
            "no column names the touchpoints",
            "a column `name` or `touchpoint`, and `stage`; `kind` where rows are of several kinds",
        );
        return;
    }
    let mut table = Table { draft, columns, scores: BTreeMap::new(), last: None };
    for row in rows {
        let Ok(row) = row else { continue };
        let start =
            row.position().map_or(0, |it| usize::try_from(it.byte()).unwrap_or(0));
        let line = text.get(start..).and_then(|it| it.lines().next()).unwrap_or_default();
        let span = table.draft.span(start, start + line.len());
        table.row(&row, span);
    }
    table.close();
}

struct Table<'d, 'a> {
    draft: &'d mut Draft<'a>,
    columns: Vec<String>,
    /// Scores by node and wave.
    scores: BTreeMap<usize, Map<String, Value>>,
    /// The stage of the row before: cells below it may be left empty, as people do.
    last: Option<usize>,
}

impl Table<'_, '_> {
    fn cell<'r>(&self, row: &'r csv::StringRecord, column: &str) -> Option<&'r str> {
        let at = self.columns.iter().position(|it| it == column)?;
        let text = row.get(at)?.trim_matches([' ', '\t']);
        // The apostrophe that keeps a spreadsheet from taking it for a formula.
        let text = match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => {
                rest
            }
            _ => text,
        };
        (!text.is_empty()).then_some(text)
    }

    /// All cells of a row that hold something, by column.
    fn cells(&self, row: &csv::StringRecord) -> BTreeMap<String, String> {
        let cell = |it: &String| Some((it.clone(), self.cell(row, it)?.to_owned()));
        self.columns.iter().filter(|it| !it.is_empty()).filter_map(cell).collect()
    }

    fn number(
        &mut self,
        row: &csv::StringRecord,
        column: &str,
        span: Span,
    ) -> Option<f64> {
        let text = self.cell(row, column)?;
        let percent = text.strip_suffix('%').map(str::trim);
        let number = percent.unwrap_or(text).replace(',', ".").parse::<f64>().ok();
        let number = number.filter(|it| it.is_finite());
        if number.is_none() {
            let message = format!("`{text}` in the column `{column}` is no number");
            self.draft.wrong(span, message, "a number such as `7.9`, or an empty cell");
        }
        number.map(|it| if percent.is_some() { it / 100.0 } else { it })
    }

    fn row(&mut self, row: &csv::StringRecord, span: Span) {
        if row.iter().all(|it| it.trim().is_empty()) {
            return;
        }
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
        let ends = (self.number(row, "from", span), self.number(row, "to", span));
        let scale = ends.0.zip(ends.1).map(|(min, max)| json!([min, max]));
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
        let yes = ["true", "yes", "1", "x", "是"];
        let moment = text("moment_of_truth")
            .is_some_and(|it| yes.contains(&it.to_lowercase().as_str()));
        told.insert("moment_of_truth".to_owned(), Value::from(moment));
        if let Some(target) = self.number(row, "target", span) {
            told.insert("target".to_owned(), json!(target));
        }
        let node = self.draft.node(&key, span);
        let draft = &mut self.draft.nodes[node];
        if key.contains('\u{0}') {
            draft.key.clone_from(&name);
        }
        (draft.name, draft.group, draft.remark) =
            (Some(name), group, Some(Value::Object(told)));
        if self.cell(row, "mean").is_some() {
            self.add_score(node, row, span);
        }
    }

    fn score(&mut self, row: &csv::StringRecord, span: Span) {
        let Some(node) = self.end(row, "id", span) else { return };
        self.add_score(node, row, span);
    }

    fn add_score(&mut self, node: usize, row: &csv::StringRecord, span: Span) {
        let wave = self.cell(row, "wave").unwrap_or(&self.draft.wave).to_owned();
        let Some(mean) = self.number(row, "mean", span) else { return };
        let (n, sd) = (self.number(row, "n", span), self.number(row, "sd", span));
        let mut score = Map::from_iter([("mean".to_owned(), json!(mean))]);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of answers, as just checked"
        )]
        let n = n
            .filter(|it| it.fract() == 0.0 && (0.0..1e15).contains(it))
            .map(|it| it as u64);
        score.extend(n.map(|n| ("n".to_owned(), json!(n))));
        score.extend(sd.map(|sd| ("sd".to_owned(), json!(sd))));
        self.scores.entry(node).or_default().insert(wave, Value::Object(score));
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
    fn end(
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
        let named = |name: &str| {
            self.draft.nodes.iter().position(|it| it.name.as_deref() == Some(name))
        };
        let found = self.draft.find(&id).or_else(|| named(&id));
        if found.is_none() {
            let keys: Vec<String> =
                self.draft.nodes.iter().map(|it| it.key.clone()).collect();
            let message = format!("no touchpoint above has the id or name `{id}`");
            let problem = Diagnostic::error(Code::IMPORT_SYNTAX, span, message);
            let problem = problem.did_you_mean(&id, keys.iter().map(String::as_str));
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
