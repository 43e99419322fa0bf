//! What must hold for the drivers of any survey.

use proptest::prelude::*;
use touchmap::stats::Permutations;
use touchmap::stats::{
    Additive, ComomentRows, Comoments, Correlation, DriverRow, Grouped, Weight, johnson,
    leave_one_out, lmg_exact, lmg_sampled,
};

/// A respondent: group, weight, outcome, answers.
type Row = (usize, f64, i16, Vec<Option<i16>>);

fn sum(rows: &[Row], k: usize) -> Grouped<Comoments> {
    let mut sums = ComomentRows::new(4, &Comoments::new(&vec![1.0; k + 1]).unwrap());
    for (group, weight, outcome, drivers) in rows {
        let weight = Weight::new(*weight).unwrap();
        sums.push(DriverRow { group: *group, weight, outcome: *outcome, drivers })
            .unwrap();
    }
    sums.finish()
}

fn population(rows: &[Row], k: usize) -> Option<Correlation> {
    Correlation::population(&sum(rows, k).total()?).ok()
}

/// Respondents with a mood of their own, so that answers hang together.
fn rows(k: usize, weights: &'static [f64]) -> impl Strategy<Value = Vec<Row>> {
    let answer = prop_oneof![1 => Just(None), 6 => (-2_i16..=2).prop_map(Some)];
    let row = (
        0..4_usize,
        prop::sample::select(weights),
        2..=4_i16,
        -1..=1_i16,
        prop::collection::vec(answer, k),
    );
    let row = row.prop_map(|(group, weight, mood, own, answers)| {
        let score = |x: i16| (mood + x).clamp(1, 5);
        let answers = answers.into_iter().map(|x| x.map(score)).collect();
        (group, weight, score(own), answers)
    });
    prop::collection::vec(row, 60..200)
}

const FEW: &[f64] = &[1.0, 0.284_647, 1.632_96];

/// Weights that are as many as respondents, near enough.
const MANY: &[f64] = &[
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7,
    1.8, 1.9, 2.1, 2.3, 2.7, 3.1, 3.3, 1e-7, 12345.678,
];

fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9)
}

/// R² of a subset by elimination; the textbook definition of LMG, for a few drivers.
fn by_definition(r: &Correlation) -> Vec<f64> {
    let k = r.k();
    let r2 = |subset: usize| {
        let members: Vec<usize> = (0..k).filter(|j| subset >> j & 1 == 1).collect();
        let mut a: Vec<Vec<f64>> = members
            .iter()
            .map(|&i| {
                let mut row: Vec<f64> =
                    members.iter().map(|&j| r.drivers()[(i, j)]).collect();
                row.push(r.outcome()[i]);
                row
            })
            .collect();
        let mut explained = 0.0;
        for p in 0..members.len() {
            let (pivot, y) = (a[p][p], a[p][members.len()]);
            if pivot < 1e-10 {
                continue;
            }
            explained += y * y / pivot;
            for i in p + 1..members.len() {
                let factor = a[i][p] / pivot;
                let row = a[p].clone();
                for (cell, above) in a[i].iter_mut().zip(row).skip(p) {
                    *cell -= factor * above;
                }
            }
        }
        explained
    };
    let factorial =
        |n: usize| f64::from(u32::try_from((1..=n).product::<usize>()).unwrap());
    let gain = |j: usize| {
        let without = (0..1_usize << k).filter(|subset| subset >> j & 1 == 0);
        let part = |subset: usize| {
            let size = subset.count_ones() as usize;
            factorial(size) * factorial(k - size - 1) / factorial(k)
                * (r2(subset | 1 << j) - r2(subset))
        };
        without.map(part).sum()
    };
    (0..k).map(gain).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_and_order_of_the_rows_has_the_same_bits(
        rows in prop_oneof![rows(5, FEW), rows(5, MANY)],
        cut in 0..60_usize,
        turn in 0..60_usize,
    ) {
        let whole = sum(&rows, 5);
        let mut parts = sum(&rows[cut..], 5);
        parts.merge(&sum(&rows[..cut], 5)).unwrap();
        prop_assert_eq!(&parts, &whole);
        let mut turned = rows.clone();
        turned.rotate_left(turn);
        turned.reverse();
        prop_assert_eq!(&sum(&turned, 5), &whole);
    }

    #[test]
    fn leaving_a_group_out_is_never_having_had_it(rows in rows(3, MANY)) {
        let whole = sum(&rows, 3);
        let inhabited = (0..4).filter(|group| rows.iter().any(|row| row.0 == *group));
        for (group, rest) in inhabited.zip(leave_one_out(&whole)) {
            let others: Vec<Row> = rows.iter().filter(|row| row.0 != group).cloned().collect();
            prop_assert_eq!(sum(&others, 3).total().unwrap(), rest);
        }
    }

    #[test]
    fn r_squared_is_divided_by_every_method(rows in rows(5, FEW)) {
        let Some(r) = population(&rows, 5) else { return Ok(()) };
        let r2 = r.r_squared().unwrap();
        for parts in [
            lmg_exact(&r).gains().to_vec(),
            johnson(&r).unwrap(),
            lmg_sampled(&r, Permutations::of(5).first(64)).gains().to_vec(),
        ] {
            prop_assert!((parts.iter().sum::<f64>() - r2).abs() < 1e-9);
            prop_assert!(parts.iter().all(|part| *part >= -1e-12));
        }
    }

    #[test]
    fn all_subsets_give_what_the_definition_says(rows in rows(6, FEW)) {
        let Some(r) = population(&rows, 6) else { return Ok(()) };
        prop_assert!(close(lmg_exact(&r).gains(), &by_definition(&r)));
    }

    #[test]
    fn shares_do_not_depend_on_the_order_of_the_drivers(rows in rows(5, FEW)) {
        let Some(r) = population(&rows, 5) else { return Ok(()) };
        let order = [3, 0, 4, 1, 2];
        let kept = sum(&rows, 5).total().unwrap().keep(&order);
        let turned = lmg_exact(&Correlation::population(&kept).unwrap());
        let expected = order.map(|j| lmg_exact(&r).gains()[j]);
        prop_assert!(close(turned.gains(), &expected));
    }

    #[test]
    fn noise_gains_nothing_and_takes_nothing(rows in rows(4, FEW)) {
        let Some(r) = population(&rows, 4) else { return Ok(()) };
        // Every row once with a low and once with a high answer: noise that no sample bends.
        let noisy: Vec<Row> = rows
            .iter()
            .flat_map(|row| [1, 5].map(|noise| {
                let mut row = row.clone();
                row.3.push(Some(noise));
                row
            }))
            .collect();
        let with_noise = lmg_exact(&population(&noisy, 5).unwrap());
        let (noise, others) = with_noise.gains().split_last().unwrap();
        prop_assert!(noise.abs() < 1e-12);
        prop_assert!(close(lmg_exact(&r).gains(), others));
    }

    #[test]
    fn reversing_a_scale_turns_the_link_and_keeps_the_shares(rows in rows(4, FEW)) {
        let Some(r) = population(&rows, 4) else { return Ok(()) };
        let mut reversed = rows.clone();
        for (_, _, _, drivers) in &mut reversed {
            drivers[2] = drivers[2].map(|x| 6 - x);
        }
        let turned = population(&reversed, 4).unwrap();
        prop_assert!((r.outcome()[2] + turned.outcome()[2]).abs() < 1e-12);
        prop_assert!(close(lmg_exact(&r).gains(), lmg_exact(&turned).gains()));
    }

    #[test]
    fn only_the_proportions_of_weights_matter(rows in rows(4, FEW), factor in 0.01..100.0) {
        let Some(r) = population(&rows, 4) else { return Ok(()) };
        let mut heavier = rows.clone();
        for (_, weight, _, _) in &mut heavier {
            *weight *= factor;
        }
        let other = population(&heavier, 4).unwrap();
        prop_assert!(close(lmg_exact(&r).gains(), lmg_exact(&other).gains()));
    }

    #[test]
    fn weights_of_two_are_rows_twice(rows in rows(3, &[1.0])) {
        let doubled: Vec<Row> = rows.iter().chain(&rows).cloned().collect();
        let mut heavy = rows.clone();
        for (_, weight, _, _) in &mut heavy {
            *weight = 2.0;
        }
        let (doubled, heavy) = (sum(&doubled, 3).total().unwrap(), sum(&heavy, 3).total().unwrap());
        prop_assert!((doubled.product(1, 2) - heavy.product(1, 2)).abs() < 1e-12);
        prop_assert_eq!(doubled.rows(), 2 * heavy.rows());
    }
}
