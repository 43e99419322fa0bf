//! Words → what a number is compared with.

use crate::model::{Benchmark, BenchmarkKind};

use super::{
    parse::{Read, Words, listed},
    rule::{Limit, Measure, Subject},
};

impl<'a> Words<'a> {
    pub(super) fn limit(
        &self,
        text: &'a str,
        measure: Measure,
        subject: Subject,
    ) -> Read<Limit> {
        let word = text.split_whitespace().next().unwrap_or_default();
        let in_points = |limit| {
            if measure == Measure::Points && subject != Subject::Recommend {
                return Ok(limit);
            }
            Err(self
                .problem(text, &format!("`{word}` is in points: compare `points`"))
                .into())
        };
        match word {
            "target" if text == word && subject != Subject::Overall => {
                in_points(Limit::Target)
            }
            "target" if text == word => in_points(
                self.journey.rules.target.points().map(Limit::Number).ok_or_else(
                    || Box::new(self.problem(text, "the map has no target in points")),
                )?,
            ),
            "baseline" if text == word => in_points(Limit::Baseline),
            "benchmark" => in_points(self.benchmark(text, text[word.len()..].trim())?),
            _ => self.number(text, measure).map(Limit::Number),
        }
    }

    /// The benchmark whose name is this, or has it in it, or those of the kind that it names;
    /// without a name, the only one.
    fn benchmark(&self, text: &'a str, name: &str) -> Read<Limit> {
        let all = || self.journey.benchmarks.iter().enumerate();
        let names: Vec<&str> = all().flat_map(|(_, it)| it.name.all()).collect();
        let of = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let has = |it: &Benchmark| it.name.all().any(fits);
            all().filter(|(_, it)| has(it)).map(|(at, _)| at).collect()
        };
        let lower = name.to_lowercase();
        let word = if lower == "p50" { "median" } else { &lower };
        let kind = BenchmarkKind::ALL
            .iter()
            .find(|(it, kind)| *it == word && *kind != BenchmarkKind::Competitor);
        if let Some((_, kind)) =
            kind.filter(|(_, kind)| all().any(|(_, it)| it.kind == *kind))
        {
            return Ok(Limit::Kind(*kind));
        }
        let same = of(&|it| it.to_lowercase() == lower);
        let found = if same.is_empty() {
            of(&|it| it.to_lowercase().contains(&lower))
        } else {
            same
        };
        match found.as_slice() {
            [one] => Ok(Limit::Benchmark(*one)),
            [] => {
                let problem =
                    self.problem(text, &format!("no benchmark is called `{name}`"));
                let problem = if names.is_empty() {
                    problem.note("the map has no `benchmarks:`")
                } else {
                    problem.note(format!("expected one of {}", listed(&names)))
                };
                Err(problem.did_you_mean(name, names.iter().copied()).into())
            }
            several => {
                let names: Vec<&str> = several
                    .iter()
                    .filter_map(|at| self.journey.benchmarks.get(*at)?.name.all().next())
                    .collect();
                let message = if name.is_empty() {
                    "which benchmark?".to_owned()
                } else {
                    format!("`{name}` is in the names of several benchmarks")
                };
                Err(self
                    .problem(text, &message)
                    .note(format!("there are {}", listed(&names)))
                    .into())
            }
        }
    }

    fn number(&self, text: &'a str, measure: Measure) -> Read<f64> {
        let (digits, percent) = match text.strip_suffix('%') {
            Some(digits) => (digits.trim(), true),
            None => (text, false),
        };
        let number =
            digits.replace('−', "-").parse::<f64>().ok().filter(|it| it.is_finite());
        let expected = match (measure, percent) {
            (it, _) if it.is_share() => "a share such as `10 %` or `0.1`",
            (Measure::Points, _) => {
                "a number of points, `target`, `baseline` or `benchmark NAME`"
            }
            _ => "a number",
        };
        let value = match (number, percent) {
            (Some(number), true) if measure.is_share() => Some(number / 100.0),
            (_, true) => None,
            (number, false) => number,
        };
        let in_range = |it: f64| match measure {
            it_is if it_is.is_share() => (0.0..=1.0).contains(&it),
            Measure::Points => (0.0..=100.0).contains(&it),
            Measure::Nps | Measure::Change => (-100.0..=100.0).contains(&it),
            _ => true,
        };
        value.filter(|it| in_range(*it)).ok_or_else(|| {
            let words = ["target", "baseline", "benchmark"];
            Box::new(
                self.problem(text, &format!("`{text}` is nothing to compare with"))
                    .note(format!("expected {expected}"))
                    .did_you_mean(text, words),
            )
        })
    }
}
