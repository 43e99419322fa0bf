//! What the synthetic responses of a starter are drawn from, a line for each fact:
//!
//! ```text
//! scale 1 5                      lowest and highest answer
//! skip 9                         code of those who never met a touchpoint
//! wave 2025 500                  a wave, and its respondents
//! segment region North South     a segment, and its values
//! touchpoint help 70 61 .26      points in the earlier and the later wave; weight in the whole
//! lower region South help 10     points that a segment scores a touchpoint lower
//! ```

use crate::model::Journey;

/// What responses are drawn from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) scale: (f64, f64),
    pub(super) skip: String,
    pub(super) waves: Vec<PlannedWave>,
    pub(super) segments: Vec<(String, Vec<String>)>,
    /// By touchpoint: points in each wave, and weight in the whole.
    pub(super) touchpoints: Vec<([f64; 2], f64)>,
    pub(super) lower: Vec<Lower>,
}

/// A wave.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlannedWave {
    pub(super) name: String,
    pub(super) respondents: u32,
    /// Whether it is the earlier or the later one.
    pub(super) at: usize,
}

/// A segment that scores a touchpoint lower.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lower {
    pub(super) segment: String,
    pub(super) value: String,
    pub(super) touchpoint: usize,
    pub(super) points: f64,
}

impl Plan {
    /// Reads the plan for `journey`, which has its touchpoints in this order.
    pub(super) fn read(text: &str, journey: &Journey) -> Result<Self, String> {
        let mut plan = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let wrong = || format!("`{line}` is no line of a plan");
            plan.line(&words, journey).ok_or_else(wrong)?;
        }
        if plan.touchpoints.len() != journey.touchpoints.len() {
            return Err("the plan lacks touchpoints".to_owned());
        }
        Ok(plan)
    }

    fn line(&mut self, words: &[&str], journey: &Journey) -> Option<()> {
        let number = |word: &str| word.parse::<f64>().ok();
        match *words {
            ["scale", low, high] => self.scale = (number(low)?, number(high)?),
            ["skip", code] => code.clone_into(&mut self.skip),
            ["wave", name, respondents] => self.waves.push(PlannedWave {
                name: name.to_owned(),
                respondents: respondents.parse().ok()?,
                at: self.waves.len(),
            }),
            ["segment", name, ref values @ ..] => {
                let values = values.iter().map(|it| (*it).to_owned()).collect();
                self.segments.push((name.to_owned(), values));
            }
            ["touchpoint", id, before, now, weight] => {
                journey
                    .touchpoints
                    .get(self.touchpoints.len())
                    .filter(|it| it.id == id)?;
                self.touchpoints.push(([number(before)?, number(now)?], number(weight)?));
            }
            ["lower", segment, value, touchpoint, points] => self.lower.push(Lower {
                segment: segment.to_owned(),
                value: value.to_owned(),
                touchpoint: journey.find(touchpoint)?.0,
                points: number(points)?,
            }),
            _ => return None,
        }
        Some(())
    }
}
