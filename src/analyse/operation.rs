//! Measures of operations in the waves compared.

use crate::model::{Operation, OperationResult};

use super::view::View;

/// Every measure of the map, in its order.
pub(super) fn results(view: &View<'_>) -> Vec<OperationResult> {
    let journey = view.journey;
    let of = |it: &Operation| {
        let value = it.in_wave(view.waves.reported);
        let before = view.waves.baseline.and_then(|wave| it.in_wave(wave));
        let better = value.zip(before).and_then(|(value, before)| {
            let same = value.total_cmp(&before).is_eq();
            (!same).then(|| it.better.holds(value, before))
        });
        OperationResult {
            touchpoint: journey.touchpoint(it.touchpoint).id.clone(),
            name: journey.text(&it.name, &journey.language).to_owned(),
            on_target: value.and_then(|value| it.on_target(value)),
            target: it.target,
            value,
            before,
            better,
        }
    };
    journey.operations.iter().map(of).collect()
}
