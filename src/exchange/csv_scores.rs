//! The scores of a table: of a row of their own, or of the row of their touchpoint.

use serde_json::{Map, Value, json};

use crate::diag::Span;
use crate::model::Wave;

use super::csv_read::Table;

impl Table<'_, '_> {
    pub(super) fn score(&mut self, row: &csv::StringRecord, span: Span) {
        let Some(node) = self.end(row, "id", span) else { return };
        self.add_score(node, row, span);
    }

    pub(super) fn add_score(&mut self, node: usize, row: &csv::StringRecord, span: Span) {
        let wave = self.cell(row, "wave").unwrap_or(&self.draft.wave).to_owned();
        if Wave::new(&wave).is_none() {
            let message = format!("`{wave}` in the column `wave` is no name of a wave");
            self.draft.wrong(span, message, "a name such as `2025`");
        }
        if self.cell(row, "mean").is_none() {
            self.draft.wrong(
                span,
                "this is a score without its mean",
                "a number in `mean`",
            );
        }
        let Some(mean) = self.number(row, "mean", span) else { return };
        let (n, sd) = (self.answers(row, span), self.number(row, "sd", span));
        let mut score = Map::from_iter([("mean".to_owned(), json!(mean))]);
        score.extend(n.map(|n| ("n".to_owned(), json!(n))));
        score.extend(sd.map(|sd| ("sd".to_owned(), json!(sd))));
        let scores = self.scores.entry(node).or_default();
        if scores.insert(wave.clone(), Value::Object(score)).is_some() {
            let message = format!("this is a second score of wave `{wave}`");
            self.draft.wrong(span, message, "one score for each touchpoint and wave");
        }
    }

    /// How many answers a score rests on.
    fn answers(&mut self, row: &csv::StringRecord, span: Span) -> Option<u64> {
        let n = self.number(row, "n", span)?;
        if n.fract() != 0.0 || !(0.0..1e15).contains(&n) {
            let message = format!("`{n}` in the column `n` is no number of answers");
            self.draft.wrong(span, message, "a whole number, or an empty cell");
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of answers, as just checked"
        )]
        Some(n as u64)
    }
}
