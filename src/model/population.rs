//! How many customers there are, of whom some were asked.

use std::collections::BTreeMap;

use crate::diag::Span;

use super::Wave;

/// The customers of whom the respondents are a sample.
#[derive(Clone, Debug, Default)]
pub struct PopulationPlan {
    /// All of them.
    pub total: Option<Headcount>,
    /// Those of each value of a segment.
    pub segments: Vec<SegmentPopulation>,
    /// Segments, by position in the survey, whose shares weights are raked to.
    pub rake: Vec<usize>,
    /// Whether intervals of scores are those of a finite population.
    pub finite: bool,
    /// Where the map gives it.
    pub span: Option<Span>,
}

/// The customers of each value of a segment.
#[derive(Clone, Debug)]
pub struct SegmentPopulation {
    /// The segment, by position in the survey.
    pub segment: usize,
    /// Values, in the order of the map, and how many customers have them.
    pub values: Vec<(String, Headcount)>,
}

/// How many there are: in every wave, or in each of some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Headcount {
    /// The same in every wave.
    Every(u64),
    /// By wave.
    ByWave(BTreeMap<Wave, u64>),
}

impl Headcount {
    /// How many there are in a wave; `None` where that is not said.
    #[must_use]
    pub fn of(&self, wave: &Wave) -> Option<u64> {
        match self {
            Self::Every(count) => Some(*count),
            Self::ByWave(counts) => counts.get(wave).copied(),
        }
    }
}

impl SegmentPopulation {
    /// The customers of each value in a wave; `None` unless it is said of all.
    #[must_use]
    pub fn of(&self, wave: &Wave) -> Option<Vec<(&str, u64)>> {
        self.values
            .iter()
            .map(|(value, count)| Some((value.as_str(), count.of(wave)?)))
            .collect()
    }

    /// The customers of one value in a wave.
    #[must_use]
    pub fn of_value(&self, value: &str, wave: &Wave) -> Option<u64> {
        self.values.iter().find(|(it, _)| it == value)?.1.of(wave)
    }
}

impl PopulationPlan {
    /// All customers in a wave: as said, or as the values of a segment add up.
    #[must_use]
    pub fn total(&self, wave: &Wave) -> Option<u64> {
        let told = self.total.as_ref().and_then(|it| it.of(wave));
        told.or_else(|| {
            let values = self.segments.iter().find_map(|it| it.of(wave))?;
            Some(values.iter().map(|(_, count)| count).sum())
        })
    }

    /// What is said of a segment.
    #[must_use]
    pub fn segment(&self, position: usize) -> Option<&SegmentPopulation> {
        self.segments.iter().find(|it| it.segment == position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(name: &str) -> Wave {
        Wave::new(name).unwrap()
    }

    #[test]
    fn the_whole_is_as_said_or_the_sum_of_a_segment() {
        let by_wave = [(wave("2024"), 5), (wave("2025"), 7)].into_iter().collect();
        let values = vec![
            ("A".to_owned(), Headcount::ByWave(by_wave)),
            ("B".to_owned(), Headcount::Every(4)),
        ];
        let segments = vec![SegmentPopulation { segment: 2, values }];
        let plan = PopulationPlan { segments, ..PopulationPlan::default() };
        assert_eq!(plan.total(&wave("2024")), Some(9));
        assert_eq!(plan.total(&wave("2025")), Some(11));
        assert_eq!(plan.total(&wave("2026")), None);
        let said = PopulationPlan { total: Some(Headcount::Every(12)), ..plan };
        assert_eq!(said.total(&wave("2024")), Some(12));
        assert_eq!(said.segment(2).unwrap().of_value("A", &wave("2025")), Some(7));
        assert_eq!(said.segment(2).unwrap().of_value("C", &wave("2025")), None);
    }
}
