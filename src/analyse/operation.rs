//! Measures of operations in the waves compared.

use crate::model::{OperationResult, Wave};

use super::view::View;

/// Every measure of the map, in its order.
pub(super) fn results(view: &View<'_>) -> Vec<OperationResult> {
    let journey = view.journey;
    let of = |it: &crate::model::Operation| {
        let at = |wave: &str| {
            let wave = Wave::new(wave)?;
            let mut values = it.values.iter();
            values
                .find(|(name, _)| Wave::new(name).as_ref() == Some(&wave))
                .map(|(_, it)| *it)
        };
        let (value, before) = (at(view.waves.reported), view.waves.baseline.and_then(at));
        let better = value.zip(before).and_then(|(value, before)| {
            let same = value.total_cmp(&before).is_eq();
            (!same).then(|| it.better.holds(value, before))
        });
        OperationResult {
            touchpoint: journey.touchpoint(it.touchpoint).id.clone(),
            name: journey.text(&it.name, &journey.language).to_owned(),
            on_target: value
                .zip(it.target)
                .map(|(value, target)| it.better.holds(value, target)),
            target: it.target,
            value,
            before,
            better,
        }
    };
    journey.operations.iter().map(of).collect()
}
