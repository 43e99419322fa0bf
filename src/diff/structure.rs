//! Two maps → what changed.

use std::collections::BTreeMap;

use crate::model::{Journey, Language, Node, Stage, Touchpoint};

use super::record::{Kind, Structural, Thing};

/// The ids that touchpoints of `new` had in `old`, by their ids now: the same, or what `was:`
/// says of those that `old` does not know.
#[must_use]
pub fn earlier_ids(old: &Journey, new: &Journey) -> BTreeMap<String, Vec<String>> {
    let known = |id: &str| old.touchpoints.iter().any(|it| it.id == id);
    let of = |it: &Touchpoint| {
        if known(&it.id) {
            return vec![it.id.clone()];
        }
        it.was.iter().filter(|id| known(id)).cloned().collect()
    };
    new.touchpoints.iter().map(|it| (it.id.clone(), of(it))).collect()
}

/// How many touchpoints were the one with this id, or a part of it.
pub(super) fn claims(earlier: &BTreeMap<String, Vec<String>>, id: &str) -> usize {
    earlier.values().filter(|it| it.iter().any(|one| one == id)).count()
}

/// Every change of the map: stages, touchpoints, transitions.
#[must_use]
pub fn structure(old: &Journey, new: &Journey, language: &Language) -> Vec<Structural> {
    let earlier = earlier_ids(old, new);
    let diff = Diff { old, new, language, earlier };
    let mut changes = diff.stages();
    changes.extend(diff.touchpoints());
    changes.extend(diff.orders());
    changes.extend(diff.transitions());
    changes
}

struct Diff<'a> {
    old: &'a Journey,
    new: &'a Journey,
    language: &'a Language,
    earlier: BTreeMap<String, Vec<String>>,
}

/// What changes are told of.
struct About {
    thing: Thing,
    id: String,
    code: Option<String>,
    name: String,
}

impl About {
    fn change(&self, kind: Kind, from: Option<String>, to: Option<String>) -> Structural {
        Structural {
            thing: self.thing,
            kind,
            id: self.id.clone(),
            code: self.code.clone(),
            name: self.name.clone(),
            from,
            to,
        }
    }

    /// A change of a value, if it is one.
    fn changed(
        &self,
        kind: Kind,
        from: Option<String>,
        to: Option<String>,
    ) -> Option<Structural> {
        (from != to).then(|| self.change(kind, from, to))
    }
}

impl Diff<'_> {
    fn stage(&self, journey: &Journey, at: usize, stage: &Stage) -> About {
        About {
            thing: Thing::Stage,
            id: stage.id.clone(),
            code: Some((at + 1).to_string()),
            name: journey.text(&stage.name, self.language).to_owned(),
        }
    }

    fn touchpoint(&self, journey: &Journey, it: &Touchpoint) -> About {
        About {
            thing: Thing::Touchpoint,
            id: it.id.clone(),
            code: Some(it.code.clone()),
            name: journey.text(&it.name, self.language).to_owned(),
        }
    }

    fn stages(&self) -> Vec<Structural> {
        let mut changes = Vec::new();
        for (at, stage) in self.new.stages.iter().enumerate() {
            let about = self.stage(self.new, at, stage);
            match self.old.stages.iter().find(|it| it.id == stage.id) {
                None => changes.push(about.change(Kind::Added, None, None)),
                Some(old) => {
                    let before = self.old.text(&old.name, self.language).to_owned();
                    let now = Some(about.name.clone());
                    changes.extend(about.changed(Kind::Name, Some(before), now));
                }
            }
        }
        for (at, stage) in self.old.stages.iter().enumerate() {
            if !self.new.stages.iter().any(|it| it.id == stage.id) {
                let about = self.stage(self.old, at, stage);
                changes.push(about.change(Kind::Removed, None, None));
            }
        }
        changes
    }

    fn touchpoints(&self) -> Vec<Structural> {
        let mut changes = Vec::new();
        for it in &self.new.touchpoints {
            let about = self.touchpoint(self.new, it);
            let earlier = self.earlier.get(&it.id).map_or(&[][..], Vec::as_slice);
            match earlier {
                [] => changes.push(about.change(Kind::Added, None, None)),
                [one] => {
                    changes.extend(self.origin(&about, one));
                    if let Some(old) =
                        self.old.touchpoints.iter().find(|it| it.id == *one)
                    {
                        changes.extend(self.facts(&about, old, it));
                    }
                }
                several => {
                    let from = Some(several.join(", "));
                    changes.push(about.change(Kind::Merged, from, None));
                }
            }
        }
        let claimed = |id: &String| self.earlier.values().any(|it| it.contains(id));
        for it in self.old.touchpoints.iter().filter(|it| !claimed(&it.id)) {
            let about = self.touchpoint(self.old, it);
            changes.push(about.change(Kind::Removed, None, None));
        }
        changes
    }

    /// That a touchpoint has another id, or is one of several that were one.
    fn origin(&self, about: &About, earlier: &str) -> Option<Structural> {
        if claims(&self.earlier, earlier) > 1 && about.id != earlier {
            return Some(about.change(Kind::Split, Some(earlier.to_owned()), None));
        }
        about.changed(Kind::Renamed, Some(earlier.to_owned()), Some(about.id.clone()))
    }

    fn facts(
        &self,
        about: &About,
        old: &Touchpoint,
        new: &Touchpoint,
    ) -> Vec<Structural> {
        let name = |journey: &Journey, it: &Touchpoint| {
            Some(journey.text(&it.name, self.language).to_owned())
        };
        let owner = |journey: &Journey, it: &Touchpoint| {
            let owner = it.owner.as_ref()?;
            Some(journey.text(owner, self.language).to_owned())
        };
        let stage = |journey: &Journey, it: &Touchpoint| {
            let stage = journey.stages.get(it.stage.0)?;
            Some((stage.id.clone(), journey.text(&stage.name, self.language).to_owned()))
        };
        let target = |journey: &Journey, it: &Touchpoint| {
            journey.target(it).points().map(|points| format!("{points}"))
        };
        let declared = |it: &Touchpoint| {
            Some(if it.moment_of_truth { "yes" } else { "no" }.to_owned())
        };
        let (before, now) = (stage(self.old, old), stage(self.new, new));
        let elsewhere = before.as_ref().map(|it| &it.0) != now.as_ref().map(|it| &it.0);
        let moved = elsewhere.then(|| {
            about.change(Kind::Stage, before.map(|it| it.1), now.map(|it| it.1))
        });
        [
            about.changed(Kind::Name, name(self.old, old), name(self.new, new)),
            moved,
            about.changed(Kind::Owner, owner(self.old, old), owner(self.new, new)),
            about.changed(Kind::Target, target(self.old, old), target(self.new, new)),
            about.changed(Kind::Declared, declared(old), declared(new)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Stages whose touchpoints stand in another order, of those that it had and has.
    fn orders(&self) -> Vec<Structural> {
        let mut changes = Vec::new();
        for (at, stage) in self.new.stages.iter().enumerate() {
            let Some(old) = self.old.stages.iter().find(|it| it.id == stage.id) else {
                continue;
            };
            let of = |journey: &Journey, stage: &Stage| -> Vec<String> {
                let own = journey.touchpoints.get(stage.touchpoints.clone());
                own.unwrap_or_default().iter().map(|it| it.id.clone()).collect()
            };
            // What was split or merged has no one place to come from.
            let earlier = |id: &String| match self.earlier.get(id)?.as_slice() {
                [one] if claims(&self.earlier, one) == 1 => Some(one.clone()),
                _ => None,
            };
            let (before, after) = (of(self.old, old), of(self.new, stage));
            let after: Vec<String> = after.iter().filter_map(earlier).collect();
            let common = |one: &[String], other: &[String]| -> Vec<String> {
                one.iter().filter(|it| other.contains(it)).cloned().collect()
            };
            let (was, is) = (common(&before, &after), common(&after, &before));
            let about = self.stage(self.new, at, stage);
            let listed = |ids: &[String]| Some(ids.join(", "));
            changes.extend(about.changed(Kind::Order, listed(&was), listed(&is)));
        }
        changes
    }

    fn transitions(&self) -> Vec<Structural> {
        // A flow that is left out is the order of the map, which is told as such.
        if !self.old.flow.declared && !self.new.flow.declared {
            return Vec::new();
        }
        let now_of = |id: &str| -> String {
            // Whoever has the id is it; of parts of a split one, the first.
            if self.earlier.contains_key(id) {
                return id.to_owned();
            }
            let found =
                self.earlier.iter().find(|(_, was)| was.as_slice() == [id.to_owned()]);
            found.map_or_else(|| id.to_owned(), |(now, _)| now.clone())
        };
        let ways = |journey: &Journey, rename: &dyn Fn(&str) -> String| {
            let end = |node: Node| match node {
                Node::Start => "start".to_owned(),
                Node::End => "end".to_owned(),
                Node::Touchpoint(at) => {
                    let id =
                        journey.touchpoints.get(at.0).map_or("", |it| it.id.as_str());
                    rename(id)
                }
            };
            let ways = journey.flow.transitions.iter();
            ways.map(|it| (format!("{} -> {}", end(it.from), end(it.to)), it.share))
                .collect::<Vec<_>>()
        };
        let before = ways(self.old, &now_of);
        let after = ways(self.new, &|id| id.to_owned());
        let about = |id: &str| About {
            thing: Thing::Transition,
            id: id.to_owned(),
            code: None,
            name: String::new(),
        };
        let find = |ways: &[(String, Option<f64>)], id: &str| {
            ways.iter().find(|it| it.0 == id).map(|it| it.1)
        };
        let share = |share: Option<f64>| share.map(|it| format!("{it}"));
        let mut changes = Vec::new();
        for (id, now) in &after {
            match find(&before, id) {
                None => changes.push(about(id).change(Kind::Added, None, share(*now))),
                Some(before) => {
                    let it = about(id).changed(Kind::Share, share(before), share(*now));
                    changes.extend(it);
                }
            }
        }
        for (id, was) in &before {
            if find(&after, id).is_none() {
                changes.push(about(id).change(Kind::Removed, share(*was), None));
            }
        }
        changes
    }
}
