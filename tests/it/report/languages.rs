//! A page in several languages, of which one is shown.

use std::collections::BTreeSet;

use touchmap::model::Language;
use touchmap::report::{Paper, ReportOptions, TEMPLATES, render};

use super::support::{home_buying, options};

fn page(tags: &[&str]) -> String {
    let case = home_buying();
    let further = tags[1..].iter().map(|tag| Language::new(tag).unwrap()).collect();
    let options = ReportOptions { further, ..options(tags[0]) };
    render(&case.journey, &case.analysis, &options).unwrap()
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn each_language_has_a_whole_report_and_the_first_is_the_page_s() {
    let html = page(&["zh-Hans", "en"]);
    assert!(html.contains("<html lang=\"zh-Hans\""));
    assert_eq!(html.matches("<main").count(), 2);
    assert_eq!(html.matches("class=\"l l0\" lang=\"zh-Hans\"").count(), 1);
    assert_eq!(html.matches("class=\"l l1\" lang=\"en\"").count(), 1);
    assert!(html.contains("痛点") && html.contains("Pain point"));
    assert!(html.contains("href=\"#summary\">跳到报告正文"));
    assert!(html.contains("href=\"#en-summary\">Skip to the report"));
    assert_eq!(html.matches("id=\"g-weak\"").count(), 1, "definitions are shared");
}

#[test]
fn ids_of_two_languages_are_unique_and_links_stay_in_theirs() {
    let html = page(&["en", "zh-Hans", "zh-Hant"]);
    let ids = values(&html, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for link in values(&html, "href") {
        assert!(unique.contains(&link[1..]), "{link}");
    }
    let (_, hant) = html.rsplit_once("<div class=\"l l2\"").unwrap();
    let own = values(hant, "href")
        .iter()
        .filter(|link| !["#g-", "#f-", "#i-"].contains(&&link[..3]))
        .all(|link| link.starts_with("#zh-Hant-"));
    assert!(own, "a link leads into another language");
}

#[test]
fn the_style_sheet_shows_one_language_without_the_script() {
    let html = page(&["zh-Hans", "en"]);
    for at in [0, 1] {
        let rule =
            format!(":root:has(#lang-{at}:checked) .l:not(.l{at}){{display:none}}");
        assert!(html.contains(&rule));
    }
    assert_eq!(html.matches("type=\"radio\" name=\"lang\"").count(), 2);
    assert_eq!(html.matches(" checked>").count(), 1);
    assert!(!page(&["en"]).contains("name=\"lang\""), "one language needs no switch");
}

#[test]
fn a_rule_for_chinese_holds_in_a_page_that_begins_in_english() {
    for (name, text) in TEMPLATES.iter().filter(|(name, _)| name.starts_with("style/")) {
        assert!(!text.contains("body:lang("), "{name}: use .l:lang(zh) or .it:lang(zh)");
        // The ids of a further language have a prefix, which no rule can know.
        for rule in text.lines().filter(|line| !line.contains("url(#")) {
            let selectors = rule.split('{').next().unwrap_or_default();
            assert!(!selectors.contains('#'), "{name}: use .s-map, not #map: {rule}");
        }
    }
}

#[test]
fn the_paper_decides_the_sheet() {
    let case = home_buying();
    let on = |paper| {
        let options = ReportOptions { paper, ..options("en") };
        render(&case.journey, &case.analysis, &options).unwrap()
    };
    let (a4, slides) = (on(Paper::A4), on(Paper::Slides));
    assert!(a4.contains("@page{size:A4 landscape;margin:9mm 11mm 11mm;"));
    assert!(slides.contains("@page{size:13.333in 7.5in;margin:.32in .5in .4in;"));
    assert!(slides.contains("data-paper=\"slides\""));
    assert!(a4.contains("counter(page) \" / \" counter(pages)"));
}

#[test]
fn a_usual_segment_variable_has_a_name_in_every_language() {
    let case = super::support::example();
    let html = |tag| render(&case.journey, &case.analysis, &options(tag)).unwrap();
    assert!(case.analysis.segment_sizes.iter().any(|it| it.segment == "city"));
    assert!(html("zh-Hans").contains(">城市<") && html("zh-Hant").contains(">城市<"));
    assert!(html("en").contains(">city<"));
    let mut other = super::support::example();
    for size in &mut other.analysis.segment_sizes {
        size.segment = size.segment.replace("city", "Stadtteil");
    }
    for result in &mut other.analysis.segments {
        result.segment = result.segment.replace("city", "Stadtteil");
    }
    let html = render(&other.journey, &other.analysis, &options("zh-Hans")).unwrap();
    assert!(html.contains(">Stadtteil<") && !html.contains(">城市<"));
}
