//! How the answers to a question are read: as points, as satisfied, as dissatisfied.

use crate::model::{Question, Rescale, Scale};

/// Room for decimals that have no exact binary form, such as steps of 0.1.
const SLACK: f64 = 1e-9;

/// Reads the answers to one question.
#[derive(Clone, Debug)]
pub(super) struct Ruler {
    scale: Scale,
    top: Option<Vec<f64>>,
    bottom: Option<Vec<f64>>,
    rescale: Rescale,
}

impl Ruler {
    /// For a question, or for the default scale where the map describes none.
    pub(super) fn new(question: Option<&Question>, rescale: Rescale) -> Self {
        Self {
            scale: question.map_or_else(Scale::one_to_ten, |it| it.scale.clone()),
            top: question.and_then(|it| it.top.clone()),
            bottom: question.and_then(|it| it.bottom.clone()),
            rescale,
        }
    }

    /// For values that are points already.
    pub(super) fn points_themselves() -> Self {
        Self { scale: Scale::points(), top: None, bottom: None, rescale: Rescale::MinMax }
    }

    pub(super) fn scale(&self) -> &Scale {
        &self.scale
    }

    /// A native value as points.
    pub(super) fn points(&self, value: f64) -> f64 {
        match self.rescale {
            Rescale::Proportional if self.scale.max() > 0.0 => {
                100.0 * value / self.scale.max()
            }
            // Without a positive end there is nothing to be proportional to.
            Rescale::MinMax | Rescale::Proportional => self.scale.minmax_points(value),
        }
    }

    /// Points as a native value, which no answer need have.
    pub(super) fn native(&self, points: f64) -> f64 {
        let low = self.scale.min();
        low + (points - self.points(low)) / self.points_per_unit()
    }

    /// Points per native unit: what a difference or a standard error is multiplied by.
    pub(super) fn points_per_unit(&self) -> f64 {
        let (low, high) = (self.scale.min(), self.scale.max());
        (self.points(high) - self.points(low)) / self.scale.width()
    }

    /// Whether a native answer is satisfied.
    pub(super) fn satisfied(&self, value: f64) -> bool {
        self.top
            .as_ref()
            .map_or_else(|| self.scale.is_satisfied(value), |set| contains(set, value))
    }

    /// Whether a native answer is dissatisfied.
    pub(super) fn dissatisfied(&self, value: f64) -> bool {
        self.bottom
            .as_ref()
            .map_or_else(|| self.scale.is_dissatisfied(value), |set| contains(set, value))
    }
}

fn contains(set: &[f64], value: f64) -> bool {
    set.iter().any(|level| (level - value).abs() < SLACK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Valid;

    fn ruler(min: f64, max: f64, rescale: Rescale) -> Ruler {
        let scale = Scale::new(min, max, Valid::All).unwrap();
        Ruler { scale, top: None, bottom: None, rescale }
    }

    fn whole(from: i32, to: i32, belongs: impl Fn(f64) -> bool) -> Vec<i32> {
        (from..=to).filter(|level| belongs(f64::from(*level))).collect()
    }

    #[test]
    fn boxes_are_those_of_the_method_on_every_usual_scale() {
        // METHOD §1.7.
        for (min, max, top, bottom) in [
            (1, 5, vec![4, 5], vec![1, 2]),
            (1, 7, vec![6, 7], vec![1, 2]),
            (1, 10, vec![8, 9, 10], vec![1, 2, 3]),
            (0, 10, vec![8, 9, 10], vec![0, 1, 2]),
        ] {
            let ruler = ruler(f64::from(min), f64::from(max), Rescale::Proportional);
            assert_eq!(whole(min, max, |x| ruler.satisfied(x)), top);
            assert_eq!(whole(min, max, |x| ruler.dissatisfied(x)), bottom);
        }
    }

    #[test]
    fn explicit_boxes_take_the_place_of_the_usual_ones() {
        let mut ruler = ruler(1.0, 10.0, Rescale::MinMax);
        ruler.top = Some(vec![9.0, 10.0]);
        assert_eq!(whole(1, 10, |x| ruler.satisfied(x)), [9, 10]);
    }

    #[test]
    fn proportional_points_start_above_nought() {
        let ruler = ruler(1.0, 5.0, Rescale::Proportional);
        assert!((ruler.points(5.0) - 100.0).abs() < 1e-12);
        assert!((ruler.points(4.0) - 80.0).abs() < 1e-12);
        assert!((ruler.points_per_unit() - 20.0).abs() < 1e-12);
        assert!((ruler.native(80.0) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_unit_of_five_levels_is_twenty_five_points() {
        let ruler = ruler(1.0, 5.0, Rescale::MinMax);
        assert!((ruler.points(4.0) - 75.0).abs() < 1e-12);
        assert!((ruler.points_per_unit() - 25.0).abs() < 1e-12);
    }
}
