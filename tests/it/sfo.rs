//! The passenger surveys of San Francisco airport, 2013–2016, as a journey and a tally.

use std::collections::BTreeMap;

use serde_json::Value;
use touchmap::model::Journey;
use touchmap::stats::{Histogram, LevelSums};
use touchmap::survey::tally::{
    Distribution, Missing, QuestionTally, RowCounts, Tally, Variable, WaveTally,
};

use crate::shared::{read_journey, reference};

pub(crate) const WAVES: [&str; 4] = ["2013", "2014", "2015", "2016"];

pub(crate) const TOUCHPOINTS: [&str; 23] = [
    "art",
    "food",
    "store",
    "sign",
    "walkways",
    "screens",
    "info_arr",
    "info_dep",
    "wifi",
    "roads",
    "parking",
    "airtrain",
    "lt_parking",
    "rental",
    "cln_boarding",
    "cln_airtrain",
    "cln_rental",
    "cln_food",
    "cln_restroom",
    "safe",
    "get_to",
    "find_way",
    "security",
];

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Weighting {
    Ignored,
    Counted,
}

/// The journey whose touchpoints are those of the survey, all in one stage.
pub(crate) fn journey() -> Journey {
    let touchpoints: Vec<String> =
        TOUCHPOINTS.iter().map(|id| format!("{{id: {id}, name: {id}}}")).collect();
    read_journey(&format!(
        "id: sfo\nname: SFO\nstages:\n  - {{id: airport, name: Airport, touchpoints: [{}]}}\n\
         survey: {{scale: [1, 5], weight: WEIGHT, overall: whole}}\n",
        touchpoints.join(", ")
    ))
}

/// All four waves; `None` when the surveys are not here.
pub(crate) fn tally(weighting: Weighting) -> Option<Tally> {
    let columns: Value = serde_json::from_str(&text("data/sfo/columns.json")?).unwrap();
    let mut tally = Tally::default();
    for wave in WAVES {
        let rows = text(&format!("data/sfo/{wave}.csv"))?;
        let wave_tally = self::wave(&rows, &columns["columns"], wave, weighting);
        tally.waves.insert(wave.to_owned(), wave_tally);
    }
    Some(tally)
}

fn text(path: &str) -> Option<String> {
    Some(std::fs::read_to_string(reference(path)?).unwrap())
}

fn wave(rows: &str, columns: &Value, wave: &str, weighting: Weighting) -> WaveTally {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(rows.as_bytes());
    let headers: Vec<String> =
        reader.headers().unwrap().iter().map(|name| name.trim().to_owned()).collect();
    let position = |name: &str| {
        let column = columns[name][wave].as_str().unwrap();
        headers.iter().position(|header| header == column).unwrap()
    };
    let weight_at = position("weight");
    let mut questions: Vec<(Variable, usize, Cells)> = TOUCHPOINTS
        .iter()
        .enumerate()
        .map(|(at, id)| (Variable::Touchpoint(at), position(id), Cells::default()))
        .collect();
    questions.push((Variable::Overall, position("overall"), Cells::default()));
    let mut used = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        let weight = match weighting {
            Weighting::Ignored => 1.0,
            Weighting::Counted => cell(weight_at).parse().unwrap(),
        };
        used += 1;
        for (_, at, cells) in &mut questions {
            cells.add(cell(*at), weight);
        }
    }
    let weighted = if weighting == Weighting::Counted { used } else { 0 };
    WaveTally {
        rows: Some(RowCounts { read: used, used, weighted, ..RowCounts::default() }),
        questions: questions
            .into_iter()
            .map(|(of, _, cells)| (of, cells.tally()))
            .collect(),
    }
}

#[derive(Default)]
struct Cells {
    levels: BTreeMap<u8, LevelSums>,
    not_applicable: Missing,
    blank: Missing,
    not_asked: Missing,
}

impl Cells {
    fn add(&mut self, cell: &str, weight: f64) {
        let missing = match cell {
            "" => &mut self.not_asked,
            "6" => &mut self.not_applicable,
            "0" | "Blank" | "BLANK" => &mut self.blank,
            answer => {
                let level: u8 = answer.parse().unwrap();
                assert!((1..=5).contains(&level), "{answer}");
                let sums = self.levels.entry(level).or_default();
                sums.value = f64::from(level);
                sums.n += 1;
                sums.w += weight;
                sums.w2 += weight * weight;
                return;
            }
        };
        missing.n += 1;
        missing.w += weight;
    }

    fn tally(self) -> QuestionTally {
        QuestionTally {
            answers: Distribution::Histogram(Histogram::new(
                self.levels.into_values().collect(),
            )),
            not_applicable: self.not_applicable,
            blank: self.blank,
            not_asked: self.not_asked,
        }
    }
}
