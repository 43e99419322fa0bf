//! From where on a check asks for a look, or calls data bad. Each limit has its reason here.

use crate::model::{CheckKind, CheckStatus};

/// The greatest value that is in order, and the greatest that is not yet bad.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) look: f64,
    pub(super) bad: Option<f64>,
}

/// One row twice is one too many; from 1 in 100 on, variances are visibly too small
/// (K. M. Slomczynski, P. Powałko & T. Krauze, “Non-unique records in international survey
/// projects”, Survey Research Methods 11(1), 2017: any such record needs an explanation).
const REPEATED: Limit = Limit { look: 0.0, bad: Some(0.01) };

/// 10 to 12 % of the respondents of a long questionnaire answer without care (A. W. Meade &
/// S. B. Craig, “Identifying careless responses in survey data”, Psychological Methods 17(3),
/// 2012); 30 % is where METHOD §1.9 warns of flat importance.
const STRAIGHT_LINING: Limit = Limit { look: 0.10, bad: Some(0.30) };

/// Where the note `few_answers` begins: two answers say little of a journey.
const FEW_ANSWERS: Limit = Limit { look: 0.20, bad: None };

/// That rows were left out is for the reader to know, however few they are.
const ZERO_WEIGHT: Limit = Limit { look: 0.0, bad: None };
const WITHOUT_WEIGHT: Limit = Limit { look: 0.0, bad: Some(0.05) };

/// At 2 the sample tells as much as half of it would unweighted, at 4 as a quarter
/// (L. Kish, “Weighting for unequal `P_i`”, Journal of Official Statistics 8(2), 1992, for
/// 1 + cv²).
const DESIGN_EFFECT: Limit = Limit { look: 2.0, bad: Some(4.0) };

/// A date that one row in twenty lacks tells of an export that lost some; with half of them
/// missing, first and last day tell nothing.
const UNDATED: Limit = Limit { look: 0.05, bad: Some(0.5) };

/// A wave longer than a year is two waves, or a date is mistyped.
const LONG_FIELDWORK: Limit = Limit { look: 366.0, bad: None };

/// One day may be the last of one wave and the first of the next.
const WAVES_OVERLAP: Limit = Limit { look: 1.0, bad: None };

/// Over 10 % missing, results are likely to be biased (D. A. Bennett, “How can I deal with
/// missing data in my study?”, Australian and New Zealand Journal of Public Health 25(5),
/// 2001), which is also where the note `many_blanks` begins; bad is twice that.
const BLANK: Limit = Limit { look: 0.10, bad: Some(0.20) };

/// A jump by as much as is tolerable in all: something changed about the questionnaire.
const BLANK_JUMP: Limit = Limit { look: 0.10, bad: None };

/// Where most did not meet a touchpoint, its score is that of a minority.
const NOT_APPLICABLE: Limit = Limit { look: 0.50, bad: None };

/// 95 % is where packages drop a variable as near-constant (`caret::nearZeroVar`: 95/5); a
/// question with one answer measures nothing.
const ONE_ANSWER: Limit = Limit { look: 0.95, bad: Some(0.999_999) };

/// Answers that leave half of the scale unused are often on another one, such as 1–5 on a
/// scale declared as 1–10.
const UNUSED_SCALE: Limit = Limit { look: 0.499_999, bad: None };

/// Values that nobody declared were passed over; over 5 % they are no slips any more.
const UNDECLARED: Limit = Limit { look: 0.0, bad: Some(0.05) };

impl Limit {
    /// Of a check.
    pub(super) fn of(check: CheckKind) -> Self {
        match check {
            CheckKind::RepeatedRespondents => REPEATED,
            CheckKind::StraightLining => STRAIGHT_LINING,
            CheckKind::FewAnswers => FEW_ANSWERS,
            CheckKind::ZeroWeight => ZERO_WEIGHT,
            CheckKind::WithoutWeight => WITHOUT_WEIGHT,
            CheckKind::DesignEffect => DESIGN_EFFECT,
            CheckKind::Undated => UNDATED,
            CheckKind::LongFieldwork => LONG_FIELDWORK,
            CheckKind::WavesOverlap => WAVES_OVERLAP,
            CheckKind::Blank => BLANK,
            CheckKind::BlankJump => BLANK_JUMP,
            CheckKind::NotApplicable => NOT_APPLICABLE,
            CheckKind::OneAnswer => ONE_ANSWER,
            CheckKind::UnusedScale => UNUSED_SCALE,
            CheckKind::Undeclared => UNDECLARED,
        }
    }

    /// What a value is.
    pub(super) fn status(self, value: f64) -> CheckStatus {
        if self.bad.is_some_and(|bad| value > bad) {
            CheckStatus::Bad
        } else if value > self.look {
            CheckStatus::Look
        } else {
            CheckStatus::Ok
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_at_a_limit_is_still_in_order() {
        let status = |value| Limit::of(CheckKind::Blank).status(value);
        assert_eq!(status(0.10), CheckStatus::Ok);
        assert_eq!(status(0.11), CheckStatus::Look);
        assert_eq!(status(0.20), CheckStatus::Look);
        assert_eq!(status(0.21), CheckStatus::Bad);
    }
}
