//! The page.

use touchmap::report::render;

use crate::support::{dark, home_buying, options, preview, stress};

#[test]
fn the_page_asks_for_nothing_else() {
    let case = home_buying();
    for tag in ["en", "zh-Hans", "zh-Hant"] {
        let html = render(&case.journey, &case.analysis, &options(tag)).unwrap();
        preview(&format!("report.{tag}.html"), &html);
        assert!(!html.contains("http:") && !html.contains("https:"), "{tag}");
        assert!(!html.contains(" style="), "the policy forbids style attributes: {tag}");
    }
    let html = render(&case.journey, &case.analysis, &dark("en")).unwrap();
    preview("report.en.dark.html", &html);
    let case = stress();
    let html = render(&case.journey, &case.analysis, &options("en")).unwrap();
    preview("stress.en.html", &html);
}
