//! The stages of a large journey one by one, in maps of a few touchpoints each.

use std::ops::Range;

use minijinja::Value;
use serde::Serialize;

use crate::diagram::map::{self, StageNote};
use crate::diagram::{Band, Mark, StageMark, Standing};

use super::context::Context;
use super::{number, picture};

/// Touchpoints of one map: as many as are readable side by side.
const PART: usize = 16;

/// A stage, and its touchpoints in one map or several.
#[derive(Serialize)]
pub(super) struct StageMaps {
    name: String,
    pictures: Vec<PartView>,
}

/// Some touchpoints of the stage.
#[derive(Serialize)]
struct PartView {
    /// The stage and the codes of the first and the last.
    name: String,
    picture: Value,
}

/// The maps of every stage that has touchpoints.
pub(super) fn stage_maps(context: &Context<'_>) -> Vec<StageMaps> {
    let stages = context.subject.stages.iter().enumerate();
    let stages = stages.filter(|(_, stage)| !stage.marks.is_empty());
    stages.map(|(at, stage)| maps(context, at, stage)).collect()
}

fn maps(context: &Context<'_>, at: usize, stage: &StageMark) -> StageMaps {
    let number = stage.number.to_string();
    let gaps = [("number", &*number), ("name", &*stage.name)];
    let name = context.locale.say("map.stage", &gaps);
    let count = stage.marks.len();
    let size = count.div_ceil(count.div_ceil(PART).max(1)).max(1);
    let firsts = stage.marks.clone().step_by(size);
    let pictures = firsts
        .map(|first| {
            let marks = first..(first + size).min(stage.marks.end);
            part(context, &name, (at, marks))
        })
        .collect();
    StageMaps { name, pictures }
}

fn part(
    context: &Context<'_>,
    stage: &str,
    (at, marks): (usize, Range<usize>),
) -> PartView {
    let all = context.subject.marks.get(marks.clone()).unwrap_or_default();
    let code = |mark: Option<&Mark>| mark.map_or("", |it| it.code.as_str()).to_owned();
    let (first, last) = (code(all.first()), code(all.last()));
    let gaps = [("stage", stage), ("first", &*first), ("last", &*last)];
    let name = context.locale.say("map.part", &gaps);
    let description = context.locale.word("map.description");
    let told = map::Told { title: &name, description: &description };
    let id = format!("map-{}", marks.start);
    let scene = map::part(&context.subject, (at, marks), picture::WIDTH, told);
    PartView { picture: context.picture(&scene, &id), name }
}

/// What the strip says of each stage.
pub(super) fn notes(context: &Context<'_>) -> Vec<StageNote> {
    let stages = context.subject.stages.iter();
    let note = |stage: &StageMark| {
        let marks = context.subject.marks.get(stage.marks.clone()).unwrap_or_default();
        StageNote {
            count: context
                .locale
                .say("map.strip.count", &[("n", &number::count_of(marks.len()))]),
            bands: bands(context, marks),
        }
    };
    stages.map(note).collect()
}

/// How many touchpoints are in each band, the worst first, and how many have no score.
fn bands(context: &Context<'_>, marks: &[Mark]) -> String {
    let of = |wanted: Band| {
        let is = |it: &&Mark| matches!(&it.standing, Standing::Scored { band, .. } if *band == wanted);
        number::count_of(marks.iter().filter(is).count())
    };
    let counts = Band::ALL.map(of).join(" / ");
    let absent = marks.iter().filter(|it| it.standing.points().is_none()).count();
    if absent == 0 {
        return counts;
    }
    let gaps = [("bands", &*counts), ("n", &*number::count_of(absent))];
    context.locale.say("map.strip.absent", &gaps)
}
