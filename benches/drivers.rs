//! What the drivers of satisfaction cost: `cargo bench --bench drivers`.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

use std::hint::black_box;
use std::num::NonZeroUsize;

use touchmap::stats::{
    ComomentRows, Comoments, Correlation, DriverRow, Grouped, Weight, johnson,
    leave_one_out, lmg, lmg_exact, lmg_replicates,
};
use touchmap::stats::{Importance, Level, LevelGram, LevelRow, Matrix, contrasts};

fn main() {
    divan::main();
}

/// Answers from 1 to 5 that share a mood, a tenth of them missing; the first is the outcome.
fn answers(rows: usize, k: usize) -> Vec<Vec<Option<i16>>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        i16::try_from((state >> 33) % n).unwrap_or(0)
    };
    let row = |below: &mut dyn FnMut(u64) -> i16| {
        let mood = below(5) + below(4);
        let answer = |below: &mut dyn FnMut(u64) -> i16| {
            ((mood + below(6) + below(4)) / 3).clamp(1, 5)
        };
        let outcome = Some(answer(below));
        let drivers = (0..k).map(|_| (below(10) > 0).then(|| answer(below)));
        std::iter::once(outcome).chain(drivers.collect::<Vec<_>>()).collect()
    };
    (0..rows).map(|_| row(&mut below)).collect()
}

fn sum(answers: &[Vec<Option<i16>>], weights: &[Weight]) -> Grouped<Comoments> {
    let empty = Comoments::new(&vec![1.0; answers[0].len()]).unwrap();
    let mut rows = ComomentRows::new(100, &empty);
    for (at, row) in answers.iter().enumerate() {
        let (outcome, drivers) = (row[0].unwrap(), &row[1..]);
        let weight = weights[at % weights.len()];
        rows.push(DriverRow { group: (at * 7919) % 100, weight, outcome, drivers })
            .unwrap();
    }
    rows.finish()
}

fn weights(count: u32) -> Vec<Weight> {
    (1..=count).map(|i| Weight::new(0.3 + f64::from(i) / 7.0).unwrap()).collect()
}

fn population(rows: usize, k: usize) -> (Grouped<Comoments>, Correlation) {
    let sums = sum(&answers(rows, k), &[Weight::ONE]);
    let r = Correlation::population(&sums.total().unwrap()).unwrap();
    (sums, r)
}

/// 5,000 rows of 25 drivers, by the number of distinct weights.
#[divan::bench(args = [1, 13, 5000])]
fn comoments(bencher: divan::Bencher, distinct: u32) {
    let (answers, weights) = (answers(5000, 25), weights(distinct));
    bencher.bench(|| sum(black_box(&answers), &weights));
}

/// 200,000 rows of 25 drivers, by the number of distinct weights.
#[divan::bench(args = [1, 13, 5000], sample_count = 5)]
fn comoments_of_many(bencher: divan::Bencher, distinct: u32) {
    let (answers, weights) = (answers(200_000, 25), weights(distinct));
    bencher.bench(|| sum(black_box(&answers), &weights));
}

#[divan::bench(args = [12, 16, 18, 20])]
fn exact(bencher: divan::Bencher, k: usize) {
    let (_, r) = population(5000, k);
    bencher.bench(|| lmg_exact(black_box(&r)));
}

#[divan::bench(args = [25, 40])]
fn sampled(bencher: divan::Bencher, k: usize) {
    let (_, r) = population(5000, k);
    bencher.bench(|| lmg(black_box(&r)));
}

#[divan::bench(args = [12, 16, 18, 20, 25, 40], sample_count = 5)]
fn replicates(bencher: divan::Bencher, k: usize) {
    let (sums, r) = population(5000, k);
    let whole = lmg(&r);
    bencher.bench(|| {
        let rest = leave_one_out(&sums);
        let rs: Vec<_> =
            rest.iter().map(|s| Correlation::population(s).unwrap()).collect();
        lmg_replicates(&r, &whole, &rs, NonZeroUsize::MIN)
    });
}

#[divan::bench]
fn correlations_of_replicates(bencher: divan::Bencher) {
    let (sums, _) = population(5000, 25);
    bencher.bench(|| {
        let rest = leave_one_out(&sums);
        rest.iter().map(|s| Correlation::population(s).unwrap()).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn user_correlations_of_replicates(bencher: divan::Bencher) {
    let (sums, _) = population(5000, 25);
    bencher.bench(|| {
        let rest = leave_one_out(&sums);
        rest.iter().map(|s| Correlation::users_replicate(s).unwrap()).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn relative_weights(bencher: divan::Bencher) {
    let (_, r) = population(5000, 25);
    bencher.bench(|| johnson(black_box(&r)));
}

fn levels(answers: &[Vec<Option<i16>>]) -> Grouped<LevelGram> {
    let mut sums = Grouped::new(100, &LevelGram::new(answers[0].len() - 1, 1.0).unwrap());
    for (at, row) in answers.iter().enumerate() {
        let level = |x: &Option<i16>| match x {
            Some(1 | 2) => Level::Low,
            Some(5) => Level::High,
            Some(_) => Level::Middle,
            None => Level::Absent,
        };
        let levels: Vec<_> = row[1..].iter().map(level).collect();
        let (weight, outcome) = (Weight::ONE, row[0].unwrap());
        let row = LevelRow { group: (at * 7919) % 100, weight, outcome, levels: &levels };
        sums.push(row).unwrap();
    }
    sums
}

#[divan::bench]
fn level_gram(bencher: divan::Bencher) {
    let answers = answers(5000, 25);
    bencher.bench(|| levels(black_box(&answers)));
}

#[divan::bench]
fn contrasts_of_replicates(bencher: divan::Bencher) {
    let sums = levels(&answers(5000, 25));
    bencher.bench(|| leave_one_out(&sums).iter().map(contrasts).collect::<Vec<_>>());
}

/// Importance for all and for users, penalties and rewards, all with the jackknife, from rows.
#[divan::bench(args = [12, 20, 25, 40], sample_count = 10)]
fn a_wave_on_one_core(bencher: divan::Bencher, k: usize) {
    let answers = answers(5000, k);
    bencher.bench(|| {
        let (sums, levels) = (sum(&answers, &[Weight::ONE]), levels(&answers));
        let of =
            |matrix| Importance::of(&sums, matrix, NonZeroUsize::MIN).unwrap().shares();
        let contrasts: Vec<_> = leave_one_out(&levels).iter().map(contrasts).collect();
        (of(Matrix::Population), of(Matrix::Users), contrasts)
    });
}
