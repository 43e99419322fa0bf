//! Why customers are dissatisfied, what they expect, and what they call important.

use crate::model::{CauseSource, Need};

use super::super::super::number;
use super::super::cause;
use super::{Case, Reason};

impl Case<'_> {
    /// The cause that stands out among the dissatisfied.
    pub(super) fn cause(&self) -> Option<Reason> {
        let result = cause::of(self.context, &self.result.id)?;
        let main = cause::main(result)?;
        let share = main.dissatisfied.as_ref()?;
        let than = main.satisfied.as_ref().map(|it| number::share(it.share));
        let gaps = [
            ("cause", &*cause::name(self.context, &main.id)),
            ("share", &*number::share(share.share)),
            ("ci", &*number::percent_interval(share.ci)),
            ("than", than.as_deref().unwrap_or_default()),
        ];
        let key = if than.is_some() { "evidence.cause" } else { "evidence.cause.alone" };
        // What keywords find is a first and rough coding, and says so.
        let note = match result.source {
            CauseSource::Comments => cause::coverage(self.context, result),
            CauseSource::Coded | CauseSource::Ticked => None,
        };
        let heading = self.context.locale.word("evidence.cause.heading");
        Some(Reason { heading, text: self.say(key, &gaps), note })
    }

    /// That far more is expected here than elsewhere.
    pub(super) fn over_promised(&self) -> Option<Reason> {
        let it = self.result.expectation.as_ref().filter(|it| it.over_promised)?;
        let over = number::fixed(it.over_others?, 1);
        let heading = self.context.locale.word("evidence.promise.heading");
        let text = self.say("evidence.promise", &[("over", &over)]);
        Some(Reason { heading, text, note: None })
    }

    /// What customers call important, beside what moves them.
    pub(super) fn stated(&self) -> Option<Reason> {
        let stated = self.result.stated.as_ref()?;
        let points = number::fixed(stated.points?, 1);
        let key = match stated.need? {
            Need::SaidAndMoves => "need.said_and_moves.text",
            Need::OnlySaid => "need.only_said.text",
            Need::OnlyMoves => "need.only_moves.text",
            Need::Neither => "need.neither.text",
        };
        let note = stated.points_ci.map(|ci| {
            let gaps = [("points", &*points), ("ci", &*number::interval(ci))];
            self.say("need.stated", &gaps)
        });
        let heading = self.context.locale.word("need.heading");
        Some(Reason { heading, text: self.context.locale.word(key), note })
    }
}
