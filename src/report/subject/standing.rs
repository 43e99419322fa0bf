//! A score as pictures show it: a value, or the reason why there is none.

use crate::diagram::Standing;
use crate::model::{Score, Status};

use super::super::context::Context;
use super::super::number;

/// `score` with `decimals` decimals; `None` is a question that the analysis does not have.
pub(in super::super) fn standing(
    context: &Context<'_>,
    score: Option<&Score>,
    decimals: usize,
) -> Standing {
    let locale = &context.locale;
    let rules = &context.journey.rules;
    let Some(score) = score else {
        return Standing::Absent(locale.word("absent.unasked"));
    };
    let least = number::count(rules.suppress_below);
    let absent = match (score.status, score.points) {
        (Status::Scored, Some(points)) => {
            let low = score.n_eff.is_some_and(|n| n < rules.low_base).then(|| {
                locale.say("low_base", &[("least", &number::plain(rules.low_base))])
            });
            return Standing::Scored {
                points,
                ci: score.points_ci,
                text: number::score(points, decimals, context.bands()),
                band: context.bands().band(points),
                low,
            };
        }
        (Status::Suppressed, _) if score.is_complementary() => {
            locale.word("absent.withheld")
        }
        (Status::Suppressed, _) => locale.say("absent.suppressed", &[("least", &least)]),
        (Status::Unanswered | Status::Scored, _) => locale.word("absent.unanswered"),
        (Status::Unasked, _) => locale.word("absent.unasked"),
    };
    Standing::Absent(absent)
}

/// The score, or why there is none.
pub(in super::super) fn printed(standing: &Standing) -> &str {
    let (Standing::Scored { text, .. } | Standing::Absent(text)) = standing;
    text
}

/// The score and, where its base is low, that it is; or why there is none.
pub(in super::super) fn with_base(context: &Context<'_>, standing: &Standing) -> String {
    match standing {
        Standing::Scored { text, low: Some(low), .. } => {
            context.locale.say("mark.low", &[("score", text), ("low", low)])
        }
        _ => printed(standing).to_owned(),
    }
}
