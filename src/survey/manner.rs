//! How a respondent answered, whatever the answers are.

use super::lexicon::Answer;

/// How a respondent answered the touchpoints (METHOD §1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Fewer than three of them.
    Few,
    /// Four or more, all alike.
    Straight,
    /// In any other way.
    Plain,
}

impl Manner {
    /// Of the answers by touchpoint.
    pub(super) fn of(answers: &[Option<Answer>]) -> Self {
        let mut given = answers.iter().flatten();
        let Some(first) = given.next() else { return Self::Few };
        let (mut count, mut alike) = (1_usize, true);
        for answer in given {
            count += 1;
            alike &= answer.native.total_cmp(&first.native).is_eq();
        }
        match count {
            0..=2 => Self::Few,
            4.. if alike => Self::Straight,
            _ => Self::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(natives: &[f64]) -> Manner {
        let answer = |native: &f64| Some(Answer::of_native(*native));
        let mut answers: Vec<_> = natives.iter().map(answer).collect();
        answers.insert(answers.len() / 2, None);
        Manner::of(&answers)
    }

    #[test]
    fn four_equal_answers_are_a_straight_line_and_three_are_not() {
        assert_eq!(answered(&[4.0; 4]), Manner::Straight);
        assert_eq!(answered(&[4.0; 3]), Manner::Plain);
        assert_eq!(answered(&[4.0, 4.0, 4.0, 5.0]), Manner::Plain);
    }

    #[test]
    fn two_answers_are_few() {
        assert_eq!(answered(&[4.0, 5.0]), Manner::Few);
        assert_eq!(answered(&[]), Manner::Few);
        assert_eq!(answered(&[1.0, 2.0, 3.0]), Manner::Plain);
    }
}
