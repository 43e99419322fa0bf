//! A change in words (METHOD §13).

use crate::model::Change;

use super::super::context::Context;
use super::super::number;

/// What may be said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Verdict {
    /// Better, beyond chance and by enough to matter.
    Rise,
    /// Worse, likewise.
    Fall,
    /// Beyond chance, and too little to matter.
    Irrelevant,
    /// Could be chance.
    Open,
    /// Not tested.
    Untested,
}

impl Verdict {
    /// Its name in message keys and style sheets.
    pub(in super::super) const fn id(self) -> &'static str {
        match self {
            Self::Rise => "rise",
            Self::Fall => "fall",
            Self::Irrelevant => "irrelevant",
            Self::Open => "open",
            Self::Untested => "untested",
        }
    }
}

/// The verdict on `change` at the false-discovery rate `alpha`; the adjusted p value
/// counts where there is one.
pub(in super::super) fn verdict(change: &Change, alpha: f64) -> Verdict {
    match change.q.or(change.p) {
        _ if change.relevant && change.points >= 0.0 => Verdict::Rise,
        _ if change.relevant => Verdict::Fall,
        None => Verdict::Untested,
        Some(p) if p <= alpha => Verdict::Irrelevant,
        Some(_) => Verdict::Open,
    }
}

/// The change and its verdict as a sentence: “+2.3 against 2024, beyond chance”.
pub(in super::super) fn sentence(context: &Context<'_>, change: &Change) -> String {
    let verdict = verdict(change, context.journey.rules.alpha);
    let by = number::change(change.points);
    let key = format!("change.{}", verdict.id());
    context.locale.say(&key, &[("change", &by), ("wave", &change.from)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(points: f64, q: Option<f64>) -> Change {
        let relevant = q.is_some_and(|q| q <= 0.05) && points.abs() >= 2.0;
        Change {
            from: "2024".to_owned(),
            difference: points / 10.0,
            points,
            p: q,
            q,
            relevant,
            ..Change::default()
        }
    }

    #[test]
    fn a_change_that_could_be_chance_is_neither_a_rise_nor_a_fall() {
        assert_eq!(verdict(&change(-5.5, Some(0.06)), 0.05), Verdict::Open);
        assert_eq!(verdict(&change(-5.5, Some(0.01)), 0.05), Verdict::Fall);
        assert_eq!(verdict(&change(1.0, Some(0.001)), 0.05), Verdict::Irrelevant);
        assert_eq!(verdict(&change(9.0, None), 0.05), Verdict::Untested);
    }
}
