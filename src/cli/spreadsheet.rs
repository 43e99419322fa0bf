//! The analysis as CSV: one row for the overall score and one per touchpoint, unrounded.

use crate::exchange::inert;
use crate::model::{
    Analysis, Change, Journey, Language, Pain, Score, ShareEstimate, TouchpointResult,
};

const HEADER: &[&str] = &[
    "journey",
    "wave",
    "code",
    "id",
    "stage",
    "name",
    "status",
    "n",
    "n_eff",
    "mean",
    "sd",
    "se",
    "ci_low",
    "ci_high",
    "points",
    "points_low",
    "points_high",
    "satisfied",
    "satisfied_low",
    "satisfied_high",
    "dissatisfied",
    "dissatisfied_low",
    "dissatisfied_high",
    "reach",
    "baseline",
    "change",
    "change_low",
    "change_high",
    "change_p",
    "change_q",
    "change_relevant",
    "target",
    "q_mean",
    "q_dissatisfied",
    "guaranteed_gap",
    "severity",
    "shortfall",
    "importance",
    "importance_low",
    "importance_high",
    "importance_q",
    "user_importance",
    "r",
    "asymmetry",
    "contrast",
    "contrast_low",
    "contrast_high",
    "lift",
    "lift_low",
    "lift_high",
    "lift_rank",
    "quadrant",
    "role",
    "labels",
];

/// The table as CSV text.
///
/// # Errors
///
/// None that a vector can give; the type is the writer's.
pub(super) fn csv(
    journey: &Journey,
    analysis: &Analysis,
    language: &Language,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    let overall = Line {
        id: ["", "overall", "", ""].map(str::to_owned),
        score: &analysis.overall,
        reach: None,
        change: analysis.overall_change.as_ref(),
        pain: None,
        result: None,
    };
    writer.write_record(overall.cells(analysis))?;
    for (touchpoint, result) in journey.touchpoints.iter().zip(&analysis.touchpoints) {
        let name = journey.text(&touchpoint.name, language).to_owned();
        let line = Line {
            id: [result.code.clone(), result.id.clone(), result.stage.clone(), name],
            score: &result.score,
            reach: result.reach,
            change: result.change.as_ref(),
            pain: result.pain.as_ref(),
            result: Some(result),
        };
        writer.write_record(line.cells(analysis))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

struct Line<'a> {
    /// Code, id, stage, name.
    id: [String; 4],
    score: &'a Score,
    reach: Option<f64>,
    change: Option<&'a Change>,
    pain: Option<&'a Pain>,
    /// Everything else; there is none of it for overall satisfaction.
    result: Option<&'a TouchpointResult>,
}

impl Line<'_> {
    fn cells(&self, analysis: &Analysis) -> Vec<String> {
        let score = self.score;
        let mut cells = vec![text(&analysis.journey), text(&analysis.wave)];
        cells.extend(self.id.iter().map(|it| text(it)));
        cells.push(word(&score.status));
        cells.push(score.n.map(|n| n.to_string()).unwrap_or_default());
        cells.extend([score.n_eff, score.mean, score.sd, score.se].map(number));
        cells.extend(ends(score.ci));
        cells.push(number(score.points));
        cells.extend(ends(score.points_ci));
        cells.extend(share(score.satisfied.as_ref()));
        cells.extend(share(score.dissatisfied.as_ref()));
        cells.push(number(self.reach));
        cells.extend(change_cells(self.change));
        cells.extend(pain_cells(self.pain));
        cells.extend(driver_cells(self.result));
        let labels = self.result.map(|it| it.labels.as_slice()).unwrap_or_default();
        cells.push(labels.iter().map(word).collect::<Vec<_>>().join(";"));
        cells
    }
}

fn change_cells(change: Option<&Change>) -> [String; 7] {
    let Some(change) = change else { return [const { String::new() }; 7] };
    let [low, high] = ends(change.ci);
    let relevant = change.relevant.to_string();
    let (p, q) = (number(change.p), number(change.q));
    [text(&change.from), number(Some(change.difference)), low, high, p, q, relevant]
}

fn pain_cells(pain: Option<&Pain>) -> [String; 6] {
    let Some(pain) = pain else { return [const { String::new() }; 6] };
    [
        number(Some(pain.target)),
        number(pain.q_mean),
        number(pain.q_dissatisfied),
        number(Some(pain.guaranteed_gap)),
        pain.severity.as_ref().map(word).unwrap_or_default(),
        number(pain.shortfall),
    ]
}

fn driver_cells(result: Option<&TouchpointResult>) -> [String; 16] {
    let importance = result.and_then(|it| it.importance.as_ref());
    let asymmetry = result.and_then(|it| it.asymmetry.as_ref());
    let lift = result.and_then(|it| it.lift.as_ref());
    let position = result.and_then(|it| it.position.as_ref());
    let [share_low, share_high] = ends(importance.and_then(|it| it.ci));
    let [contrast_low, contrast_high] = ends(asymmetry.map(|it| it.contrast_ci));
    let [lift_low, lift_high] = ends(lift.and_then(|it| it.ci));
    [
        number(importance.and_then(|it| it.share)),
        share_low,
        share_high,
        number(importance.and_then(|it| it.q)),
        number(importance.and_then(|it| it.user_share)),
        number(importance.and_then(|it| it.r)),
        asymmetry.map(|it| word(&it.class)).unwrap_or_default(),
        number(asymmetry.map(|it| it.contrast)),
        contrast_low,
        contrast_high,
        number(lift.map(|it| it.overall_points)),
        lift_low,
        lift_high,
        lift.and_then(|it| it.rank).map(|it| it.to_string()).unwrap_or_default(),
        position.map(|it| word(&it.quadrant)).unwrap_or_default(),
        result.and_then(|it| it.role).map(|it| word(&it)).unwrap_or_default(),
    ]
}

/// Words of the map or of the responses, which no spreadsheet takes for a formula.
fn text(words: &str) -> String {
    inert(words).into_owned()
}

fn share(share: Option<&ShareEstimate>) -> [String; 3] {
    let [low, high] = ends(share.map(|it| it.ci));
    [number(share.map(|it| it.share)), low, high]
}

fn ends(interval: Option<[f64; 2]>) -> [String; 2] {
    interval
        .map_or([const { String::new() }; 2], |ends| ends.map(|end| number(Some(end))))
}

fn number(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// The word that JSON uses for it, so that CSV and JSON never differ.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    #[test]
    fn no_wave_is_a_formula() {
        let change = Change { from: "=HYPERLINK(\"x\")".to_owned(), ..Change::default() };
        assert_eq!(change_cells(Some(&change))[0], "'=HYPERLINK(\"x\")");
        let score = Score { status: Status::Unasked, ..Score::default() };
        let line = Line {
            id: ["1.1", "@id", "s", "+name"].map(str::to_owned),
            score: &score,
            reach: None,
            change: None,
            pain: None,
            result: None,
        };
        let analysis = Analysis {
            journey: "j".to_owned(),
            wave: "-2025 (new)".to_owned(),
            ..Analysis::default()
        };
        let cells = line.cells(&analysis);
        assert_eq!(cells[..6], ["j", "'-2025 (new)", "1.1", "'@id", "s", "'+name"]);
    }
}
