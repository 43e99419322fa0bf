//! A map without a target: touchpoints are compared with one another, and nothing in the
//! report speaks of a target of the whole.

use touchmap::model::{Relative, Target};
use touchmap::report::render;

use super::support::{Case, example, options};

fn relative() -> Case {
    let mut case = example();
    case.journey.rules.target = Target::Relative;
    for touchpoint in &mut case.journey.touchpoints {
        touchpoint.target = None;
    }
    case.analysis.target = Some(79.4);
    case
}

#[test]
fn no_text_speaks_of_a_target_but_to_say_that_there_is_none() {
    for (tag, word, none) in [
        ("en", "target", "The map sets no target:"),
        ("zh-Hans", "目标", "地图没有设定目标："),
        ("zh-Hant", "目標", "地圖沒有設定目標："),
    ] {
        let case = relative();
        let html = render(&case.journey, &case.analysis, &options(tag)).unwrap();
        let body = html.split_once("<body").unwrap().1.split_once("<script").unwrap().0;
        assert!(body.contains(none), "{tag}");
        let rest = body.replacen(none, "", 1).to_lowercase();
        let found: Vec<&str> = rest
            .match_indices(word)
            .map(|(at, _)| {
                let start = rest[..at].char_indices().rev().nth(40).map_or(0, |it| it.0);
                let end =
                    rest[at..].char_indices().nth(40).map_or(rest.len(), |it| at + it.0);
                &rest[start..end]
            })
            .collect();
        assert!(found.is_empty(), "{tag}: {found:#?}");
    }
}

#[test]
fn below_the_others_is_a_matter_of_the_interval_of_the_difference() {
    let mut case = relative();
    let differences = [[-5.0, -1.0], [-5.0, 0.5], [-9.0, -2.0]];
    let pains = case.analysis.touchpoints.iter_mut().filter_map(|it| it.pain.as_mut());
    for (pain, ci) in pains.zip(differences) {
        pain.relative = Some(Relative { difference: -3.0, ci, ..Relative::default() });
    }
    let html = render(&case.journey, &case.analysis, &options("en")).unwrap();
    assert!(html.contains("; 2 are reliably below them"));
}
