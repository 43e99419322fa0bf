//! The heat map of customer groups.

use touchmap::model::{SegmentResult, SegmentSize, Status};
use touchmap::report::{View, draw, render, scene};

use super::support::{Case, airport, example, home_buying, options, preview, stress};

const LANGUAGES: [&str; 3] = ["en", "zh-Hans", "zh-Hant"];

fn section(case: &Case) -> String {
    let html = render(&case.journey, &case.analysis, &options("en")).unwrap();
    let rest = html.split_once("id=\"segments\"").expect("a heat map").1;
    rest.split_once("</section>").unwrap().0.to_owned()
}

/// A journey whose respondents are of `count` projects with long names, each cell scored as
/// the touchpoint is.
fn projects(mut case: Case, count: usize) -> Case {
    let long = "Residences by the river, phase two and three";
    for at in 0..count {
        let value =
            if at % 2 == 0 { format!("{long} {at}") } else { format!("楼盘{at}") };
        case.analysis.segment_sizes.push(SegmentSize {
            segment: "project".to_owned(),
            value: value.clone(),
            n: Some(100 + at as u64),
            share: Some(0.01),
            reason: None,
        });
        for result in &case.analysis.touchpoints {
            case.analysis.segments.push(SegmentResult {
                segment: "project".to_owned(),
                value: value.clone(),
                touchpoint: result.id.clone(),
                score: result.score.clone(),
                vs_rest: None,
                reason: None,
            });
        }
    }
    case
}

#[test]
fn no_text_of_a_heat_map_overlaps_another_or_leaves_the_picture() {
    let mut cases = vec![
        ("example", example()),
        ("projects", projects(home_buying(), 60)),
        ("stress", projects(stress(), 9)),
    ];
    cases.extend(airport().map(|case| ("airport", case)));
    for (name, case) in cases {
        for tag in LANGUAGES {
            let drawn =
                scene(View::Heatmap, &case.journey, &case.analysis, &options(tag));
            assert_eq!(drawn.fault(), None, "{name} {tag}");
            let svg = draw(View::Heatmap, &case.journey, &case.analysis, &options(tag));
            preview(&format!("{name}-heatmap.{tag}.svg"), &svg);
            assert!(!svg.contains("var("), "{name} {tag}");
        }
    }
}

#[test]
fn the_title_is_the_largest_reliable_gap() {
    // The generator planted a lower score of layouts for those who bought a first home.
    let title =
        "“刚需” scores 7.1 Layout &amp; storage 14.2 points lower than all others";
    assert!(section(&example()).contains(title));
    let mut case = example();
    for result in &mut case.analysis.segments {
        if let Some(versus) = &mut result.vs_rest {
            versus.relevant = false;
        }
    }
    let html = section(&case);
    assert!(
        html.contains("No relevant difference between a group and all others detected")
    );
    assert!(!html.contains("lower than all others (") && !html.contains(" x\""));
}

#[test]
fn no_cell_is_blank_and_none_of_few_is_shown() {
    let case = example();
    let html = section(&case);
    for cell in html.split("<td class=\"").skip(1) {
        let inside = cell.split_once('>').unwrap().1.split_once("</td>").unwrap().0;
        assert!(!inside.trim().is_empty(), "{cell:.80}");
    }
    let status = |wanted: Status| {
        case.analysis.segments.iter().filter(|it| it.score.status == wanted).count()
    };
    let withheld = html.matches(">n\u{a0}&lt;\u{a0}10</td>").count()
        + html.matches(">withheld</td>").count();
    assert_eq!(withheld, status(Status::Suppressed));
    // A screen reader hears why there is a dash.
    let dashes = html.matches(
        "<span aria-hidden=\"true\">–</span><span class=\"sr\">no answers</span>",
    );
    assert_eq!(dashes.count(), status(Status::Unanswered));
    let marked = case.analysis.segments.iter();
    let marked = marked.filter(|it| it.vs_rest.as_ref().is_some_and(|it| it.relevant));
    assert_eq!(
        html.matches(" x\"").count() + html.matches(" x o\"").count(),
        marked.count() + 1,
        "and the key"
    );
}

#[test]
fn a_withheld_score_leaves_no_trace_even_if_its_numbers_are_there() {
    let mut case = example();
    let is_it =
        |it: &&mut SegmentResult| it.value == "武汉" && it.touchpoint == "parking";
    let result = case.analysis.segments.iter_mut().find(is_it).unwrap();
    result.score.status = Status::Suppressed;
    result.score.points = Some(12.34);
    result.vs_rest = None;
    let svg = draw(View::Heatmap, &case.journey, &case.analysis, &options("en"));
    assert!(!section(&case).contains(">12<") && !svg.contains(">12<"));
}

#[test]
fn of_many_values_the_largest_are_shown_and_the_rest_are_counted() {
    let html = section(&projects(home_buying(), 60));
    assert!(html.contains(
        "Of project, the 12 values with the most respondents are shown; it has 60."
    ));
    assert!(html.contains("楼盘59") && !html.contains("楼盘41"));
    assert_eq!(html.matches("<table").count(), 1);
    // Two variables of four stand side by side, one of twelve by itself.
    assert_eq!(section(&example()).matches("<table").count(), 2);
}

#[test]
fn a_survey_without_groups_has_no_heat_map() {
    let case = home_buying();
    let html = render(&case.journey, &case.analysis, &options("en")).unwrap();
    assert!(!html.contains("id=\"segments\""));
    assert!(html.contains("The survey has no groups of customers."));
}
