//! Journeys of more touchpoints than one picture can show one by one.

use std::collections::BTreeSet;

use touchmap::diagram::Rect;
use touchmap::model::Status;
use touchmap::report::{View, draw, render, scene};

use super::support::{Case, home_buying, large, options, preview, stress};

fn page(case: &Case) -> String {
    render(&case.journey, &case.analysis, &options("en")).unwrap()
}

fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let start = format!("<section class=\"s s-{id}\"");
    let rest = html.split_once(&start).unwrap_or_else(|| panic!("no section {id}")).1;
    rest.split_once("</section>").unwrap().0
}

#[test]
fn no_text_of_the_strip_overlaps_another_or_leaves_the_picture() {
    let case = large();
    for tag in ["en", "zh-Hans", "zh-Hant"] {
        let scene = scene(View::Map, &case.journey, &case.analysis, &options(tag));
        assert_eq!(scene.fault(), None, "{tag}");
        let svg = draw(View::Map, &case.journey, &case.analysis, &options(tag));
        preview(&format!("large-map.{tag}.svg"), &svg);
    }
}

#[test]
fn the_strip_has_every_score_once_and_in_the_column_of_its_stage() {
    let case = large();
    let record = scene(View::Map, &case.journey, &case.analysis, &options("en")).record();
    let mut columns: Vec<Vec<Rect>> = vec![Vec::new(); case.journey.stages.len()];
    for (touchpoint, result) in
        case.journey.touchpoints.iter().zip(&case.analysis.touchpoints)
    {
        let nodes: Vec<Rect> = record
            .nodes
            .iter()
            .filter(|it| it.id == touchpoint.id)
            .map(|it| Rect::new(it.x, it.y, it.width, it.height))
            .collect();
        let scored = usize::from(result.score.status == Status::Scored);
        assert_eq!(nodes.len(), scored, "{}", touchpoint.id);
        columns[touchpoint.stage.0].extend(nodes);
    }
    for pair in columns.windows(2) {
        let right = pair[0].iter().map(Rect::right).fold(f64::MIN, f64::max);
        assert!(pair[1].iter().all(|it| it.x > right), "columns run into one another");
    }
}

/// Stage 5 has the touchpoints at 91 to 94: the first has 50 points, the others 0, 7 and 1
/// answers, and so no score.
#[test]
fn a_stage_counts_its_bands() {
    let case = large();
    let record = scene(View::Map, &case.journey, &case.analysis, &options("en")).record();
    let told = record.texts.iter().any(|it| it.text == "1 / 0 / 0 / 0; 3 without");
    assert!(told, "{:?}", record.texts);
}

#[test]
fn a_page_shows_every_stage_by_itself() {
    let case = large();
    let html = page(&case);
    preview("large.en.html", &html);
    let map = section(&html, "map");
    for touchpoint in &case.journey.touchpoints {
        let link = format!("href=\"#tp-{}\"", touchpoint.code);
        assert!(map.contains(&link), "{} is in no map", touchpoint.code);
    }
    // 30, 26, 1, 34, 4 and 9 touchpoints in maps of 16 at most: 2, 2, 1, 3, 1, 1.
    assert_eq!(map.matches("<svg class=\"ch").count(), 1 + 10);
    assert_eq!(map.matches("<div class=\"part\">").count(), 6);
}

#[test]
fn the_graph_of_a_page_has_stages_and_its_links_lead_somewhere() {
    let case = large();
    let html = page(&case);
    let flow = section(&html, "flow");
    assert_eq!(flow.matches("class=\"nd").count(), 6);
    for stage in 1..=6 {
        assert!(flow.contains(&format!("href=\"#tp-{stage}\"")), "stage {stage}");
        assert!(html.contains(&format!("id=\"tp-{stage}\"")), "stage {stage}");
    }
    let ids: Vec<&str> =
        html.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
}

#[test]
fn a_long_table_says_how_customers_rated_in_numbers() {
    let picture = "<svg class=\"lk\"";
    assert!(!section(&page(&large()), "scores").contains(picture));
    assert!(section(&page(&home_buying()), "scores").contains(picture));
}

#[test]
fn sixty_touchpoints_are_shown_one_by_one() {
    let case = stress();
    assert_eq!(case.journey.touchpoints.len(), 60);
    let record = scene(View::Map, &case.journey, &case.analysis, &options("en")).record();
    assert_eq!(record.nodes.len(), 60);
}
