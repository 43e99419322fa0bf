//! Trends: panels, the largest changes, lines and mixes.

use touchmap::model::{Language, Score, Status, TrendPoint};
use touchmap::report::{View, draw, render, scene};

use super::support::{
    Case, airport, example, home_buying, nothing_moved, options, preview, stress,
};

use crate::shared::oracle;

const LANGUAGES: [&str; 3] = ["en", "zh-Hans", "zh-Hant"];

fn page(case: &Case) -> String {
    render(&case.journey, &case.analysis, &options("en")).unwrap()
}

fn section(html: &str) -> &str {
    let rest = html.split_once("id=\"trend\"").expect("a trend").1;
    rest.split_once("</section>").unwrap().0
}

/// The example with a further wave that nobody compares with, in which the question on the
/// touchpoint `id` was another one.
fn changed_question(id: &str) -> Case {
    let mut case = example();
    for point in &mut case.analysis.trend {
        let later = point.wave == "2025" && point.touchpoint == id;
        point.question_version = if later { 2 } else { 1 };
    }
    for result in case.analysis.touchpoints.iter_mut().filter(|it| it.id == id) {
        result.change = None;
    }
    case
}

#[test]
fn no_text_of_a_trend_overlaps_another_or_leaves_the_picture() {
    let mut cases =
        vec![("example", example()), ("home", home_buying()), ("stress", stress())];
    cases.extend(airport().map(|case| ("airport", case)));
    for (name, case) in cases {
        for tag in LANGUAGES {
            for width in [1240.0, 640.0, 354.0] {
                let options = touchmap::report::ReportOptions { width, ..options(tag) };
                let drawn = scene(View::Trend, &case.journey, &case.analysis, &options);
                assert_eq!(drawn.fault(), None, "{name} {tag} {width}");
            }
            let svg = draw(View::Trend, &case.journey, &case.analysis, &options(tag));
            preview(&format!("{name}-trend.{tag}.svg"), &svg);
            assert!(!svg.contains("var("), "{name} {tag}");
        }
    }
}

#[test]
fn one_wave_makes_no_trend_and_the_report_says_so() {
    let mut case = example();
    let wave = case.analysis.wave.clone();
    case.analysis.waves.retain(|it| *it == wave);
    case.analysis.trend.retain(|it| it.wave == wave);
    case.analysis.baseline = None;
    case.analysis.overall_change = None;
    for result in &mut case.analysis.touchpoints {
        result.change = None;
    }
    let html = page(&case);
    assert!(!html.contains("id=\"trend\"") && !html.contains("href=\"#trend\""));
    assert!(html.contains("There are scores of one wave only."));
    let svg = draw(View::Trend, &case.journey, &case.analysis, &options("en"));
    assert!(svg.contains("There are scores of one wave only."));
}

#[test]
fn a_wave_that_did_not_ask_is_a_gap_and_no_nought() {
    // Fees were first asked in 2024.
    let html = page(&example());
    let table = section(&html).split_once("<caption>Waves</caption>").unwrap().1;
    let row = table.split_once("8.3 Fee transparency</th>").unwrap().1;
    let first = row.split_once("</td>").unwrap().0;
    assert!(first.ends_with(">not asked"), "{first}");
}

#[test]
fn a_line_breaks_where_the_question_changed_and_nothing_is_compared() {
    let lines = |case: &Case| {
        let svg = draw(View::Trend, &case.journey, &case.analysis, &options("en"));
        (svg.matches("class=\"brk\"").count(), svg)
    };
    assert_eq!(lines(&example()).0, 0);
    let (breaks, svg) = lines(&changed_question("leaks"));
    assert_eq!(breaks, 1);
    assert!(svg.contains("not compared: question changed"));
}

#[test]
fn a_title_claims_no_change_that_could_be_chance() {
    let html = page(&example());
    assert!(section(&html).contains(
        "Overall satisfaction is up 2.2 points since 2024. \
         Largest reliable rise: 3.2 Accompanied inspection. \
         Largest reliable fall: 5.2 Repair completed on time."
    ));
    let mut case = example();
    nothing_moved(&mut case.analysis);
    let html = page(&case);
    let trend = section(&html);
    assert!(
        trend.contains("No reliable change of overall satisfaction detected since 2024")
    );
    assert!(trend.contains("No relevant change of a touchpoint detected."));
    assert!(!trend.contains("Largest reliable"));
    assert!(!trend.contains(", beyond chance</text>") && !trend.contains("class=\"mh\""));
}

#[test]
fn every_number_of_the_panels_stands_in_the_table() {
    let case = example();
    let html = page(&case);
    let (pictures, table) =
        section(&html).split_once("<caption>Waves</caption>").unwrap();
    let mut values = 0;
    for style in ["vl", "hl"] {
        for rest in pictures.split(&format!("<text class=\"{style}\"")).skip(1) {
            let text = rest.split_once('>').unwrap().1.split_once('<').unwrap().0;
            assert!(table.contains(&format!(">{text} (")), "{text}");
            values += 1;
        }
    }
    // Overall satisfaction and ten touchpoints, the first and the last value of each.
    assert_eq!(values, 22);
}

#[test]
fn a_withheld_wave_is_nowhere() {
    let mut case = example();
    let withheld = |it: &&mut TrendPoint| it.touchpoint == "leaks" && it.wave == "2023";
    let point = case.analysis.trend.iter_mut().find(|it| withheld(it)).unwrap();
    let points = format!("{:.1}", point.score.points.unwrap());
    // Even if the numbers were still there, the status decides.
    point.score = Score { status: Status::Suppressed, ..point.score.clone() };
    let svg = draw(View::Trend, &case.journey, &case.analysis, &options("en"));
    let html = page(&case);
    let rows: Vec<&str> = section(&html).split("4.3 Leaks &amp; damp</th>").collect();
    let first = rows[1].split_once("</td>").unwrap().0;
    assert!(first.ends_with("n\u{a0}&lt;\u{a0}10"), "{first}");
    assert!(!svg.contains(&format!(">{points}<")), "{points}");
}

/// Of overall satisfaction the map has the mean of three years and, of the last, the median, the
/// upper quartile, the best, and one competitor; a mean that was scored otherwise is not drawn.
#[test]
fn others_stand_beside_every_wave_that_has_them() {
    let html = page(&example());
    let trend = section(&html);
    let overall = trend.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
    let count = |class: &str| overall.matches(&format!("class=\"{class}\"")).count();
    assert_eq!(["bm", "bb", "bt", "rv"].map(count), [3, 1, 3, 1]);
    for name in
        ["Industry: mean", "Industry: median, upper quartile, best", "Competitor A"]
    {
        assert!(trend.contains(&format!("</span>{name}</li>")), "{name}");
    }
    assert!(html.contains("Not compared: the points were made otherwise."));
    let mut case = example();
    case.journey.benchmarks.truncate(1);
    let html = page(&case);
    let key = section(&html).split_once("<span class=\"lb\"></span>").unwrap().1;
    assert!(key.starts_with("Industry mean 2025</li>"), "{key:.60}");
}

/// What rose and fell from year to year is what statsmodels finds: q of at most 0.05 (Benjamini and
/// Hochberg, weighted), and two points or more; a step of the scale of five is 25 points.
#[test]
fn the_story_of_the_airport_is_that_of_the_numbers() {
    let (Some(case), Some(wanted)) = (airport(), oracle("sfo_wave_differences.json"))
    else {
        return;
    };
    let html = page(&case);
    let told: Vec<&str> = section(&html)
        .split_once("<ol class=\"said steps\">")
        .unwrap()
        .1
        .split_once("</ol>")
        .unwrap()
        .0
        .split("<li>")
        .skip(1)
        .collect();
    let years = ["2013", "2014", "2015", "2016"];
    assert_eq!((told.len(), case.analysis.steps.len()), (3, 3));
    for ((pair, sentence), step) in years.windows(2).zip(told).zip(&case.analysis.steps) {
        let (from, to) = (pair[0], pair[1]);
        assert!(sentence.starts_with(&format!("{from} to {to}: No reliable change")));
        let all = wanted["pairs"][format!("{to}_minus_{from}")].as_array().unwrap();
        for it in all.iter().filter(|it| it["touchpoint"] != "overall") {
            let id = it["touchpoint"].as_str().unwrap();
            let reference = &it["weighted_ref"];
            let points = 25.0 * reference["diff"].as_f64().unwrap();
            let q = reference["p_bh_statsmodels"].as_f64().unwrap();
            let Some(ours) = step.changes.iter().find(|it| it.touchpoint == id) else {
                continue;
            };
            assert!((ours.points - points).abs() < 1e-9, "{id} {from}: {points}");
            let relevant = q <= 0.05 && points.abs() >= 2.0;
            assert_eq!(ours.relevant, relevant, "{id} {from}: q {q}, {points} points");
            let at = case.journey.touchpoints.iter().position(|it| it.id == id).unwrap();
            let name = case
                .journey
                .text(&case.journey.touchpoints[at].name, &Language::english());
            let sign = if points > 0.0 { "+" } else { "−" };
            let words =
                format!("{name} ({sign}{:.1})", points.abs()).replace('&', "&amp;");
            assert_eq!(sentence.contains(&words), relevant, "{words} in {sentence}");
        }
    }
}

#[test]
fn lines_and_mixes_are_told_in_words_with_their_intervals() {
    let html = page(&example());
    assert!(section(&html).contains("The mix of respondents by city moved by up to"));
    let Some(case) = airport() else { return };
    let html = page(&case);
    // Slope 0.608 (0.296 to 0.921) points a year, p < 0.001: src/stats/trend.rs.
    assert!(section(&html).contains(
        "Overall satisfaction rose by 0.6 points a year from 2013 to 2016 \
         (95% CI +0.3 to +0.9), beyond chance."
    ));
}
