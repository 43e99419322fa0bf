//! The summary: what it says first, and that it says no more than was tested.

use touchmap::model::{Label, Lift};
use touchmap::report::render;

use super::support::{Case, example, home_buying, nothing_moved, options, preview};

fn summary(case: &Case, tag: &str) -> String {
    let html = render(&case.journey, &case.analysis, &options(tag)).unwrap();
    preview(&format!("example.{tag}.html"), &html);
    let rest = html.split_once("id=\"summary\"").unwrap().1;
    rest.split_once("</section>").unwrap().0.to_owned()
}

fn headings(summary: &str) -> Vec<String> {
    let finds = summary.split_once("<ul class=\"finds\">").unwrap().1;
    let finds = finds.split_once("</ul>").unwrap().0;
    let heads = finds.split("<h2>").skip(1);
    heads.map(|it| it.split_once("</h2>").unwrap().0.to_owned()).collect()
}

#[test]
fn three_findings_of_three_kinds_and_one_of_them_is_good() {
    let html = summary(&example(), "en");
    // Two lifts are too close to be told apart: neither is called the biggest.
    assert_eq!(
        headings(&html),
        [
            "Leaks &amp; damp: a major drag",
            "Repair completed on time has fallen",
            "Accompanied inspection has risen",
        ]
    );
    assert!(html.contains("if the link is causal"));
}

#[test]
fn the_biggest_drag_is_one_whose_interval_no_other_reaches() {
    let mut case = example();
    let lifts = |case: &mut Case, set: &dyn Fn(&mut Lift)| {
        case.analysis
            .touchpoints
            .iter_mut()
            .filter_map(|it| it.lift.as_mut())
            .for_each(set);
    };
    // One standard error apart is not yet apart.
    lifts(&mut case, &|it| {
        if it.rank == Some(1) {
            it.rank_interval = Some([1, 1]);
        }
    });
    let first = |case: &Case| headings(&summary(case, "en")).remove(0);
    assert_eq!(first(&case), "Leaks &amp; damp: a major drag");
    lifts(&mut case, &|it| it.tied_with_leader = it.rank == Some(1));
    assert_eq!(first(&case), "Leaks &amp; damp: the biggest drag");
}

#[test]
fn headings_are_short() {
    // 45 Latin or 18 Chinese characters, where names have no more than 20 or 8 of them.
    for (tag, most, name) in [("en", 45, 20), ("zh-Hans", 18, 8), ("zh-Hant", 18, 8)] {
        for case in [example(), home_buying()] {
            for heading in headings(&summary(&case, tag)) {
                let named =
                    heading.split([':', '：']).next().unwrap().replace("&amp;", "&");
                let more = named.chars().count().saturating_sub(name);
                let length = heading.replace("&amp;", "&").chars().count();
                assert!(length <= most + more, "{heading}");
            }
        }
    }
}

/// Nothing hurts, nothing moved, no group differs.
fn calm() -> Case {
    let mut case = example();
    nothing_moved(&mut case.analysis);
    for result in &mut case.analysis.touchpoints {
        result.lift = None;
        result.labels.retain(|it| *it == Label::DelightPoint);
    }
    case.analysis.findings.clear();
    case.analysis.segments.clear();
    case.analysis.graph.rework.clear();
    case
}

#[test]
fn where_nothing_moved_the_summary_says_so_and_calls_nothing_risen() {
    let case = calm();
    let heads = headings(&summary(&case, "en"));
    assert!(
        heads.contains(&"No relevant change detected since 2024".to_owned()),
        "{heads:?}"
    );
    assert!(
        heads.contains(&"Security &amp; front desk: a bright spot".to_owned()),
        "{heads:?}"
    );
    assert!(heads.iter().all(|it| !it.contains("risen") && !it.contains("fallen")));
}

#[test]
fn nothing_is_said_of_a_change_of_the_whole_that_was_not_tested() {
    let mut case = calm();
    let level = |case: &Case| {
        let html = summary(case, "en");
        html.contains("No relevant change detected since 2024")
            && html.contains(
                "no change since 2024 that is reliable and at least 2 points was detected",
            )
    };
    assert!(level(&case));
    case.analysis.overall_change.as_mut().unwrap().p = None;
    assert!(!level(&case));
}

#[test]
fn without_a_test_for_pain_no_text_denies_that_there_is_any() {
    let mut case = home_buying();
    case.analysis.findings.clear();
    for result in &mut case.analysis.touchpoints {
        result.labels.clear();
    }
    let tested = render(&case.journey, &case.analysis, &options("en")).unwrap();
    assert!(tested.contains("no pain point was detected"));
    assert!(tested.contains("No pain point detected"));
    for result in &mut case.analysis.touchpoints {
        result.pain = None;
    }
    let untested = render(&case.journey, &case.analysis, &options("en")).unwrap();
    assert!(untested.contains("Touchpoints were not tested for pain."));
    assert!(!untested.to_lowercase().contains("no pain point"));
}

#[test]
fn all_waves_stand_beside_the_score() {
    let html = summary(&example(), "en");
    let spark = html.split_once("class=\"spark\"").unwrap().1;
    let spark = spark.split_once("</svg>").unwrap().0;
    for text in [">73.6<", ">73.1<", ">2023<", ">2025<", ">80<", ">74<"] {
        assert!(spark.contains(text), "{text}");
    }
}

#[test]
fn facts_tell_the_base_and_what_weights_leave_of_it() {
    let html = summary(&example(), "en");
    assert!(html.contains("<dd>1,231</dd>"));
    assert!(html.contains("weighted (effective n 1,126)"), "1,125.5 rounded");
}
