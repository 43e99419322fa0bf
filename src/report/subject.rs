//! The journey and its numbers as pictures need them.

mod by_stage;
mod inside;
mod links;
mod marks;
mod standing;

pub(super) use by_stage::by_stage;
pub(super) use standing::{printed, standing, with_base};

use crate::diagram::{Bands, StageMark, Subject, Words};

use super::context::Context;
use super::locale::Locale;
use super::number;

/// A subject without anything in it.
pub(super) fn empty(bands: Bands) -> Subject {
    Subject {
        stages: Vec::new(),
        marks: Vec::new(),
        inside: Vec::new(),
        links: Vec::new(),
        bands,
        target: (0.0, String::new()),
        words: Words::default(),
        shared: None,
    }
}

/// Everything that pictures show of `context`.
pub(super) fn subject(context: &Context<'_>) -> Subject {
    let target = context.target();
    Subject {
        stages: stages(context),
        marks: marks::marks(context),
        inside: inside::inside(context),
        links: links::links(context),
        bands: context.bands(),
        target: (target, number::plain(target)),
        words: words(&context.locale),
        shared: context.subject.shared,
    }
}

fn stages(context: &Context<'_>) -> Vec<StageMark> {
    let stages = context.journey.stages.iter().enumerate();
    stages
        .map(|(at, stage)| {
            let name = context.text(&stage.name).to_owned();
            let score = context
                .analysis
                .stages
                .iter()
                .find(|it| it.id == stage.id)
                .map(|it| &it.score);
            StageMark {
                number: at + 1,
                name,
                marks: stage.touchpoints.clone(),
                standing: standing(context, score, 1),
            }
        })
        .collect()
}

fn words(locale: &Locale) -> Words {
    Words {
        stage: locale.word("lane.stage"),
        actions: locale.word("lane.actions"),
        touchpoints: locale.word("lane.touchpoints"),
        satisfaction: locale.word("lane.satisfaction"),
        reached: locale.word("lane.reached"),
        flags: locale.word("lane.flags"),
        operations: locale.word("lane.operations"),
        inside: locale.word("lane.inside"),
        backstage: locale.word("lane.backstage"),
        visibility: locale.word("lane.visibility"),
        target: locale.word("target"),
        start: locale.word("flow.start"),
        end: locale.word("flow.end"),
        list: locale.word("list.texts"),
    }
}
