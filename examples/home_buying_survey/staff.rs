//! The survey of the people inside: those who send the fitters and order the parts.

use super::level::on_scale;
use super::plan::{Beside, SCALE};
use super::random::Dice;

/// Cities, and how many people of each answer in a wave.
const STAFF: [(&str, u32); 4] = [("成都", 32), ("杭州", 29), ("武汉", 24), ("佛山", 21)];

/// The columns.
pub(crate) const HEADER: [&str; 5] = ["id", "year", "city", "dispatch", "spare_parts"];

/// The rows of a wave; `served` is the mean of the customers of a city whom dispatch serves.
pub(crate) fn rows(
    (seed, year, planted): (u64, u16, Beside),
    served: &dyn Fn(&str) -> f64,
) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (city, people) in STAFF {
        for number in 0..people {
            let id = u32::try_from(rows.len()).unwrap_or_default() + 1;
            let mut dice = Dice::of_staff(seed, year, id);
            // Who cannot send anybody knows it before the customer does.
            let level = match planted {
                Beside::Planted => 6.6 + 2.2 * (served(city) - 6.2),
                Beside::Nothing => 7.0,
            };
            let alike = 0.3 * f64::from(number % 2) - 0.15;
            let dispatch = on_scale(level + alike + 1.1 * dice.normal(), SCALE);
            let parts = on_scale(6.9 + 1.4 * dice.normal(), SCALE);
            rows.push(vec![
                format!("S{year}-{id:03}"),
                year.to_string(),
                city.to_owned(),
                dispatch.to_string(),
                parts.to_string(),
            ]);
        }
    }
    rows
}
