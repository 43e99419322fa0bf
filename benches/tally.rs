//! What reading the responses costs: `cargo bench --bench tally`.
//!
//! The budget: 3 waves × 5,000 respondents × 25 touchpoints × 2 segments, joint sums and all,
//! under 60 ms on one core.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;

use divan::counter::ItemsCount;
use touchmap::diag::{Diagnostics, Sources};
use touchmap::model::Journey;
use touchmap::survey::{Drivers, ResponseInput, TallyOptions, tally};

/// Respondents of a wave.
const ROWS: usize = 5_000;
/// Touchpoints of the journey.
const TOUCHPOINTS: usize = 25;

fn main() {
    divan::main();
}

/// A survey of 25 questions in three files, with ids, two segments and, if asked for, weights
/// of so many kinds.
struct Survey {
    journey: Journey,
    texts: Vec<String>,
}

impl Survey {
    fn new(weights: u64) -> Self {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % n
        };
        let texts = (0..3).map(|wave| text(wave, weights, &mut below)).collect();
        Self { journey: journey(weights), texts }
    }

    fn rows(&self) -> ItemsCount {
        ItemsCount::new(self.texts.len() * ROWS)
    }

    fn read(&self, drivers: Drivers, threads: usize) {
        let files = &self.journey.survey.as_ref().unwrap().files;
        let names: Vec<_> = files.iter().map(|it| it.path.to_str().unwrap()).collect();
        let inputs = names.iter().zip(files).zip(&self.texts);
        let inputs = inputs.map(|((name, file), text)| ResponseInput {
            name,
            file,
            bytes: Box::new(text.as_bytes()),
        });
        let threads = NonZeroUsize::new(threads).unwrap();
        let options = TallyOptions { drivers, threads, ..TallyOptions::default() };
        let mut problems = Diagnostics::default();
        let tally = tally(&self.journey, inputs.collect(), &options, &mut problems);
        assert!(tally.unwrap().is_some(), "{:?}", problems.into_sorted());
    }
}

fn journey(weights: u64) -> Journey {
    let mut map = "touchmap: 1\nid: bench\nname: Bench\nstages:\n".to_owned();
    for stage in 0..5 {
        write!(map, "  - id: s{stage}\n    name: S\n    touchpoints:\n").unwrap();
        for touchpoint in 0..TOUCHPOINTS / 5 {
            let id = stage * 5 + touchpoint;
            writeln!(map, "      - {{id: q{id}, name: Q}}").unwrap();
        }
    }
    map += "survey:\n  files: [2023.csv, 2024.csv, 2025.csv]\n  wave: year\n  respondent: id\n";
    map += "  scale: [1, 10]\n  overall: overall\n  missing: {\"99\": not_applicable}\n";
    map += "  segments: {city: city, phase: phase}\n";
    if weights > 0 {
        map += "  weight: w\n";
    }
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let path = Path::new("journey.yaml");
    let journey = touchmap::map::read(
        path,
        map.as_bytes(),
        &mut sources,
        &mut problems,
        &mut |_| Err(std::io::ErrorKind::NotFound.into()),
    );
    let problems = problems.into_sorted();
    journey.unwrap().unwrap_or_else(|| panic!("{problems:?}"))
}

fn text(wave: u64, weights: u64, below: &mut impl FnMut(u64) -> u64) -> String {
    let mut text = "year,id,w,city,phase,overall".to_owned();
    (0..TOUCHPOINTS).for_each(|it| write!(text, ",q{it}").unwrap());
    for row in 0..ROWS {
        let (year, city, phase) = (2023 + wave, below(8), below(4));
        let weight = 1.0 + f64::from(u32::try_from(below(weights.max(1))).unwrap()) / 7.0;
        let mood = 1 + below(6);
        write!(
            text,
            "\n{year},r{wave}-{row},{weight},c{city},p{phase},{}",
            mood + below(5)
        )
        .unwrap();
        for _ in 0..TOUCHPOINTS {
            if below(10) == 0 {
                text.push_str(",99");
            } else {
                write!(text, ",{}", mood + below(5)).unwrap();
            }
        }
    }
    text.push('\n');
    text
}

/// By the number of distinct weights.
#[divan::bench(args = [0, 13, 5000])]
fn with_joint_sums(bencher: divan::Bencher, weights: u64) {
    let survey = Survey::new(weights);
    bencher.counter(survey.rows()).bench(|| survey.read(Drivers::Tally, 1));
}

/// By the number of distinct weights.
#[divan::bench(args = [0, 13, 5000])]
fn without_joint_sums(bencher: divan::Bencher, weights: u64) {
    let survey = Survey::new(weights);
    bencher.counter(survey.rows()).bench(|| survey.read(Drivers::Skip, 1));
}

#[divan::bench]
fn with_joint_sums_in_two_threads(bencher: divan::Bencher) {
    let survey = Survey::new(0);
    bencher.counter(survey.rows()).bench(|| survey.read(Drivers::Tally, 2));
}
