//! What an analysis costs, from the bytes of three waves: `cargo bench --bench analyse`.
//!
//! 5,000 respondents a wave, two segment variables. The budget of 25 touchpoints is 150 ms on
//! one core, of 40 touchpoints 3 s on two.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::path::Path;

use touchmap::analyse::{AnalyseOptions, analyse};
use touchmap::diag::{Diagnostics, Sources};
use touchmap::model::{Analysis, GraphFacts, Journey};
use touchmap::survey::{DriverWaves, ResponseInput, TallyOptions, tally::Tally};

fn main() {
    divan::main();
}

/// Respondents of a wave.
const ROWS: usize = 5000;

/// A map of `k` touchpoints in stages of five, and three waves of responses to it.
fn survey(k: usize) -> (Journey, Vec<String>) {
    let mut map = String::from("id: bench\nname: Bench\nstages:\n");
    for at in 0..k {
        if at % 5 == 0 {
            writeln!(map, "  - id: s{at}\n    name: S{at}\n    touchpoints:").unwrap();
        }
        writeln!(map, "      - {{id: t{at}, name: T{at}}}").unwrap();
    }
    map += "survey:\n  overall: overall\n  respondent: id\n  segments: {city: city, phase: phase}\n  \
            missing: {\"98\": not_applicable}\n  files:\n";
    for year in 2023..2026 {
        writeln!(map, "    - {{path: {year}.csv, wave: {year}}}").unwrap();
    }
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let path = Path::new("journey.yaml");
    let journey = touchmap::map::read(
        path,
        map.as_bytes(),
        &mut sources,
        &mut problems,
        &mut |_| unreachable!("no other file is named"),
    );
    (journey.unwrap().unwrap(), (0..3).map(|wave| rows(k, wave)).collect())
}

/// Answers that share a mood, a tenth of them not applicable.
fn rows(k: usize, wave: u64) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 + wave;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % n
    };
    let mut text = String::from("id,city,phase,overall");
    for at in 0..k {
        write!(text, ",t{at}").unwrap();
    }
    for row in 0..ROWS {
        let mood = below(10) + below(8);
        let (city, phase) = (below(4), below(4));
        let answer = |noise: u64| ((mood + noise) / 3).clamp(1, 10);
        let overall = answer(below(14) + below(6));
        write!(text, "\n{wave}-{row},c{city},p{phase},{overall}").unwrap();
        for _ in 0..k {
            let noise = below(14) + below(6);
            let cell = if below(10) == 0 { 98 } else { answer(noise) };
            write!(text, ",{cell}").unwrap();
        }
    }
    text
}

fn tally(journey: &Journey, rows: &[String]) -> Tally {
    let files = &journey.survey.as_ref().unwrap().files;
    let inputs = files.iter().zip(rows).map(|(file, rows)| ResponseInput {
        name: "rows",
        file,
        bytes: Box::new(rows.as_bytes()),
    });
    let mut problems = Diagnostics::default();
    // As `score` and `report` do: joint sums of the wave that is reported.
    let options =
        TallyOptions { driver_waves: DriverWaves::Last, ..TallyOptions::default() };
    let tally =
        touchmap::survey::tally(journey, inputs.collect(), &options, &mut problems);
    tally.unwrap().unwrap()
}

fn analysis(journey: &Journey, tally: &Tally, threads: usize) -> Analysis {
    let threads = NonZeroUsize::new(threads).unwrap();
    let options = AnalyseOptions { threads, ..AnalyseOptions::default() };
    analyse(journey, tally, &GraphFacts::default(), None, &options).unwrap()
}

#[divan::bench(args = [25, 40], sample_count = 10)]
fn tally_of_three_waves(bencher: divan::Bencher, k: usize) {
    let (journey, rows) = survey(k);
    bencher.bench(|| tally(&journey, black_box(&rows)));
}

#[divan::bench(args = [12, 25, 40], sample_count = 10)]
fn analysis_on_one_core(bencher: divan::Bencher, k: usize) {
    let (journey, rows) = survey(k);
    let tally = tally(&journey, &rows);
    bencher.bench(|| analysis(&journey, black_box(&tally), 1));
}

#[divan::bench(args = [12, 25, 40], sample_count = 10)]
fn analysis_on_two_cores(bencher: divan::Bencher, k: usize) {
    let (journey, rows) = survey(k);
    let tally = tally(&journey, &rows);
    bencher.bench(|| analysis(&journey, black_box(&tally), 2));
}

/// The budget: from bytes to numbers.
#[divan::bench(args = [25, 40], sample_count = 10)]
fn tally_and_analysis_on_one_core(bencher: divan::Bencher, k: usize) {
    let (journey, rows) = survey(k);
    bencher.bench(|| analysis(&journey, &tally(&journey, black_box(&rows)), 1));
}
