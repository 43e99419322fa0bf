//! Touchpoint cards, the action plan, and the score table that leads to them.

use std::path::Path;

use touchmap::diag::{Diagnostics, Sources};
use touchmap::diagram::trend::{WaveLine, WavePoint, wave_line};
use touchmap::diagram::{Bands, Standing};
use touchmap::map;
use touchmap::model::{
    Action, Analysis, BenchmarkResult, COMPLEMENTARY, Label, Score, SegmentResult,
    SegmentSize, Status, Text, TouchpointIndex, TouchpointResult, TrendPoint, VersusRest,
};
use touchmap::report::render;

use super::support::{Case, home_buying, options, stress};
use crate::shared::root;

/// The journey of the example and its analysis, as the command line makes it.
fn example() -> Case {
    let path = root().join("journeys/home-buying/journey.yaml");
    let bytes = std::fs::read(&path).unwrap();
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let mut load = |path: &Path| std::fs::read(path);
    let journey = map::read(&path, &bytes, &mut sources, &mut problems, &mut load);
    let journey = journey.unwrap().unwrap();
    Case { journey, analysis: crate::home_buying::analysis().clone() }
}

fn page(case: &Case, tag: &str) -> String {
    render(&case.journey, &case.analysis, &options(tag)).unwrap()
}

fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let (_, rest) = html.split_once(&format!(" id=\"{id}\" aria-labelledby=")).unwrap();
    rest.split_once("</section>").unwrap().0
}

/// Code and text of each card, in the order of the page.
fn cards(html: &str) -> Vec<(&str, &str)> {
    let cards = section(html, "cards").split("<details class=\"card").skip(1);
    cards
        .map(|card| {
            let code = card.split_once("id=\"tp-").unwrap().1.split('"').next().unwrap();
            (code, card)
        })
        .collect()
}

/// One decimal, as long as it leaves the score in its band.
fn points(score: &Score) -> String {
    let (points, bands) = (score.points.unwrap(), Bands([70.0, 80.0, 90.0]));
    let text = format!("{points:.1}");
    let same = bands.band(text.parse().unwrap()) == bands.band(points);
    if same { text } else { format!("{points:.2}") }
}

fn interval([low, high]: [f64; 2]) -> String {
    format!("{low:.1}\u{2060}–\u{2060}{high:.1}")
}

fn result<'a>(analysis: &'a Analysis, code: &str) -> &'a TouchpointResult {
    analysis.touchpoints.iter().find(|it| it.code == code).unwrap()
}

#[test]
fn every_touchpoint_has_a_card_with_the_numbers_of_the_analysis() {
    let case = example();
    let html = page(&case, "en");
    let cards = cards(&html);
    assert_eq!(cards.len(), 25);
    for (code, card) in cards {
        let it = result(&case.analysis, code);
        let head = card.split("</summary>").next().unwrap();
        assert!(head.contains(&format!("<b>{}</b>", points(&it.score))), "{code}");
        assert!(head.contains(&interval(it.score.points_ci.unwrap())), "{code}");
        let reach = format!("Reached {:.0}%", it.reach.unwrap() * 100.0);
        assert!(head.contains(&reach), "{code}: {reach}");
        let share = it.importance.as_ref().unwrap().share.unwrap();
        assert!(head.contains(&format!("Importance {:.1}%", share * 100.0)), "{code}");
        let own = case.analysis.trend.iter().filter(|point| point.touchpoint == it.id);
        for point in own.filter(|point| point.score.status == Status::Scored) {
            let cell = format!(
                "<th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td>",
                point.wave,
                thousands(point.score.n.unwrap()),
                points(&point.score),
                interval(point.score.points_ci.unwrap())
            );
            assert!(card.contains(&cell), "{code}: {cell}");
        }
    }
}

fn thousands(n: u64) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
}

#[test]
fn the_segments_of_a_flagged_touchpoint_are_all_on_its_card() {
    let case = example();
    let html = page(&case, "en");
    let cards = cards(&html);
    let (_, card) = cards.iter().find(|(code, _)| *code == "5.2").unwrap();
    let own: Vec<&SegmentResult> = case
        .analysis
        .segments
        .iter()
        .filter(|it| it.touchpoint == "repair_on_time")
        .collect();
    assert_eq!(own.len(), 23);
    for it in own {
        let (_, row) =
            card.split_once(&format!("<th scope=\"row\">{}</th>", it.value)).unwrap();
        let row = row.split("</tr>").next().unwrap();
        match it.score.status {
            Status::Scored => {
                assert!(row.contains(&format!("<td>{}<small>", points(&it.score))));
            }
            // Those who wait for the handover have had no repair yet.
            _ => assert!(row.contains("no answers") && !row.contains("<svg"), "{row}"),
        }
    }
}

#[test]
fn flagged_cards_come_first_and_open_by_flag_and_importance() {
    let case = example();
    let html = page(&case, "en");
    let cards = cards(&html);
    let codes: Vec<&str> = cards.iter().map(|(code, _)| *code).collect();
    // Planted: six pain points, two whole moments of truth, one itch point (truth.json);
    // within a kind by derived importance.
    let kinds = [&codes[..6], &codes[6..8], &codes[8..9]];
    let of = |label: Label| -> Vec<&str> {
        let mut found: Vec<&TouchpointResult> = case
            .analysis
            .touchpoints
            .iter()
            .filter(|it| it.labels.contains(&label))
            .filter(|it| {
                label == Label::PainPoint || !it.labels.contains(&Label::PainPoint)
            })
            .collect();
        let share =
            |it: &TouchpointResult| it.importance.as_ref().unwrap().share.unwrap();
        found.sort_by(|a, b| share(b).total_cmp(&share(a)));
        found.into_iter().map(|it| it.code.as_str()).collect()
    };
    let labels = [Label::PainPoint, Label::MomentOfTruth, Label::ItchPoint];
    assert_eq!(kinds.map(<[&str]>::to_vec), labels.map(of));
    assert_eq!(&codes[9..12], ["1.1", "1.2", "1.3"], "the rest in the order of the map");
    for (at, (code, card)) in cards.iter().enumerate() {
        assert_eq!(card.split('>').next().unwrap().ends_with(" open"), at < 9, "{code}");
    }
}

#[test]
fn a_pain_point_that_nothing_is_done_about_says_so() {
    let case = example();
    let html = page(&case, "en");
    let unanswered: Vec<&str> = cards(&html)
        .into_iter()
        .filter(|(_, card)| card.contains("The map names no action for this pain point."))
        .map(|(code, _)| code)
        .collect();
    assert_eq!(unanswered, ["7.2", "5.3", "8.3"]);
    let plan = section(&html, "actions");
    assert!(plan.contains("3 of 6 pain points have an action"));
    assert!(plan.contains(
        "Pain points without an action: 5.3 Follow-up after repair, 7.2 Sound insulation, \
         8.3 Fee transparency."
    ));
}

#[test]
fn actions_come_by_status_then_by_date_in_the_dates_of_the_language() {
    let case = example();
    for (tag, dates) in [
        ("en", ["31 March 2026", "30 June 2026", "31 January 2026"]),
        ("zh-Hans", ["2026年3月31日", "2026年6月30日", "2026年1月31日"]),
    ] {
        let html = page(&case, tag);
        let plan = section(&html, "actions");
        // Under way, planned, done: not by date alone.
        let places = dates.map(|date| plan.find(date).unwrap());
        assert!(places.is_sorted(), "{tag}: {places:?}");
        for code in ["5.2", "4.3", "9.2"] {
            assert!(plan.contains(&format!("href=\"#tp-{code}\"")), "{tag}: {code}");
        }
    }
    // Without a day that counts as today nothing is overdue.
    let html = page(&case, "en");
    assert!(!section(&html, "actions").contains("class=\"late\""));
    let late = |day: &str| {
        let today = touchmap::report::ReportOptions {
            as_of: Some(day.parse().unwrap()),
            ..options("en")
        };
        let html = render(&case.journey, &case.analysis, &today).unwrap();
        section(&html, "actions").matches("class=\"late\"").count()
    };
    // On its day an action is not late yet; what is done never is.
    assert_eq!(["2026-03-31", "2026-04-01", "2026-07-01"].map(late), [0, 1, 2]);
    let plan = section(&html, "actions");
    assert!(plan.contains(
        "Of 3 actions that were to show by wave 2025: 2 moved as expected, 1 without a \
         reliable change."
    ));
    let mut case = example();
    case.journey.actions.clear();
    let html = page(&case, "en");
    assert!(!html.contains("id=\"actions\""));
    assert!(section(&html, "method").contains("The map names no actions."));
}

/// A segment of which nothing may be told, and a wave likewise, each with numbers that only
/// the test knows.
fn withheld() -> Case {
    let mut case = home_buying();
    let known = case.analysis.touchpoints[0].score.clone();
    let secret = Score {
        status: Status::Suppressed,
        n: Some(7),
        n_eff: Some(6.4),
        points: Some(3.37),
        points_ci: Some([1.23, 5.51]),
        ..Score::default()
    };
    let versus =
        VersusRest { points: -77.77, relevant: true, q: 0.0, ..VersusRest::default() };
    for (value, score) in [("North", known), ("South", secret.clone())] {
        case.analysis.segments.push(SegmentResult {
            segment: "region".to_owned(),
            value: value.to_owned(),
            touchpoint: "t1-1".to_owned(),
            vs_rest: (score.status != Status::Scored).then(|| versus.clone()),
            score,
            reason: None,
        });
    }
    case.analysis.waves.insert(0, "2023".to_owned());
    case.analysis.trend.push(TrendPoint {
        touchpoint: "t1-1".to_owned(),
        wave: "2023".to_owned(),
        question_version: 1,
        score: secret,
    });
    case
}

#[test]
fn a_withheld_segment_or_wave_is_nowhere_in_the_file_and_moves_nothing() {
    let mut case = withheld();
    let html = page(&case, "en");
    // Axes of other pictures have numbers of their own.
    let told = [section(&html, "cards"), section(&html, "scores")].concat();
    for trace in ["3.37", ">3.4<", ">1.2\u{2060}", "−77.8", "n\u{a0}=\u{a0}7<", ">7<"] {
        assert!(!told.contains(trace), "{trace}");
    }
    for trace in ["3.37", "−77.8"] {
        assert!(!html.contains(trace), "{trace}");
    }
    // Elsewhere 7 is the number of a stage, or passages per 100 customers.
    for id in ["cards", "segments", "trend", "method"] {
        let shown = html.contains(&format!(" id=\"{id}\" aria-labelledby="));
        assert!(!shown || !section(&html, id).contains(">7<"), "{id}");
    }
    let cards = cards(&html);
    let (_, card) = cards.iter().find(|(code, _)| *code == "1.1").unwrap();
    let (_, row) = card.split_once("<th scope=\"row\">South</th>").unwrap();
    assert!(row.starts_with("<td colspan=\"3\">n\u{a0}&lt;\u{a0}10</td>"), "{row:.80}");
    // Other hidden numbers, same bytes: no axis and no order hangs on them.
    for it in &mut case.analysis.segments {
        if it.score.status == Status::Suppressed {
            it.score.points = Some(99.0);
            it.score.points_ci = Some([98.0, 99.9]);
            it.score.n = Some(3);
        }
    }
    for it in &mut case.analysis.trend {
        if it.score.status == Status::Suppressed {
            it.score.points = Some(99.0);
            it.score.points_ci = Some([98.0, 99.9]);
        }
    }
    assert_eq!(section(&html, "cards"), section(&page(&case, "en"), "cards"));
}

#[test]
fn what_is_withheld_for_another_s_sake_is_not_said_to_have_few_answers() {
    let mut case = withheld();
    for it in &mut case.analysis.segments {
        if it.score.status == Status::Suppressed {
            it.score.reason = Some(COMPLEMENTARY.to_owned());
        }
    }
    // A layer of its own on the map: the small group differs elsewhere.
    let shown = case.analysis.touchpoints[1].score.clone();
    case.analysis.segment_sizes.push(SegmentSize {
        segment: "region".to_owned(),
        value: "South".to_owned(),
        n: Some(40),
        share: None,
        reason: None,
    });
    case.analysis.segments.push(SegmentResult {
        segment: "region".to_owned(),
        value: "South".to_owned(),
        touchpoint: "t1-2".to_owned(),
        score: shown,
        vs_rest: Some(VersusRest {
            points: -9.0,
            relevant: true,
            ..VersusRest::default()
        }),
        reason: None,
    });
    for (tag, word) in
        [("en", "withheld"), ("zh-Hans", "不予显示"), ("zh-Hant", "不予顯示")]
    {
        let html = page(&case, tag);
        let cards = cards(&html);
        let (_, card) = cards.iter().find(|(code, _)| *code == "1.1").unwrap();
        let (_, row) = card.split_once("<th scope=\"row\">South</th>").unwrap();
        assert!(row.starts_with(&format!("<td colspan=\"3\">{word}</td>")), "{row:.80}");
        let map = section(&html, "map");
        let layer = map.matches(&format!("<td>{word}</td>")).count();
        assert!(layer >= 1, "{tag}: the table of the layers");
    }
}

#[test]
fn a_low_base_is_not_reliably_below_its_target() {
    let mut case = home_buying();
    let below = |case: &Case| {
        let html = page(case, "en");
        let title = section(&html, "scores").split_once(" reliably below").unwrap().0;
        let words: Vec<&str> = title.rsplit(' ').take(2).collect();
        words[1].parse::<usize>().expect("how many")
    };
    let before = below(&case);
    let is_below = |it: &&mut TouchpointResult| {
        let high = it.score.points_ci.map_or(100.0, |[_, high]| high);
        it.score.n_eff.is_some_and(|n| n >= 30.0) && high < 75.0
    };
    let result = case.analysis.touchpoints.iter_mut().find(is_below).unwrap();
    result.score.n_eff = Some(12.0);
    assert_eq!(below(&case) + 1, before);
}

#[test]
fn what_is_withheld_has_nothing_to_sort_by() {
    let html = page(&home_buying(), "en");
    // 9.1 has seven answers.
    let rows = section(&html, "scores");
    let (_, row) = rows.split_once("href=\"#tp-9.1\"").unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(!row.contains("data-v"), "{row}");
    let (_, row) = rows.split_once("href=\"#tp-1.1\"").unwrap();
    assert!(row.split("</tr>").next().unwrap().contains("data-v=\"82.1000\""));
}

#[test]
fn hostile_names_stay_names() {
    let evil =
        "</details><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 1 }}";
    let mut case = withheld();
    for it in &mut case.analysis.segments {
        it.segment = evil.to_owned();
        it.value = evil.to_owned();
    }
    case.analysis.waves[0] = evil.to_owned();
    case.journey.actions.push(Action {
        id: "a".to_owned(),
        touchpoint: Some(TouchpointIndex(0)),
        name: Text::plain(evil),
        owner: Some(Text::plain(evil)),
        due: Some(evil.to_owned()),
        status: Some(Text::plain(evil)),
        expected: None,
        wave: None,
        span: case.journey.touchpoints[0].span,
    });
    case.analysis.benchmarks.push(BenchmarkResult {
        benchmark: 9,
        name: evil.to_owned(),
        kind: touchmap::model::BenchmarkKind::Mean,
        touchpoint: "t1-1".to_owned(),
        points: 80.0,
        difference: Some(2.1),
        ci: None,
        df: None,
        p: None,
        q: None,
        relevant: false,
        test: String::new(),
        reason: None,
    });
    for touchpoint in &mut case.journey.touchpoints {
        touchpoint.name = Text::plain(evil);
        touchpoint.channel = Some(Text::plain(evil));
    }
    let html = page(&case, "en");
    assert_eq!(html.matches("<script>").count(), 1);
    assert!(!html.contains("<img") && html.contains("{{ 1 }}"));
    let cards = section(&html, "cards");
    assert_eq!(cards.matches("<details").count(), cards.matches("</details>").count());
    assert!(section(&html, "actions").contains("&lt;script&gt;"));
}

#[test]
fn a_large_map_has_cards_for_flagged_touchpoints_only_and_every_link_still_leads_somewhere()
 {
    let mut case = stress();
    // The sixty-first touchpoint, in the last stage.
    let mut touchpoint = case.journey.touchpoints[59].clone();
    let mut result = case.analysis.touchpoints[59].clone();
    (touchpoint.id, touchpoint.code) = ("more".to_owned(), "11.3".to_owned());
    (result.id, result.code) = (touchpoint.id.clone(), touchpoint.code.clone());
    result.labels.clear();
    case.journey.touchpoints.push(touchpoint);
    case.journey.stages.last_mut().unwrap().touchpoints.end = 61;
    case.analysis.touchpoints.push(result);
    let html = page(&case, "en");
    let flagged = case.analysis.touchpoints.iter().filter(|it| {
        it.labels.contains(&Label::PainPoint)
            || it.labels.contains(&Label::DeclaredMomentOfTruth)
    });
    let flagged = flagged.count();
    assert!((10..40).contains(&flagged));
    assert_eq!(cards(&html).len(), flagged);
    assert!(
        section(&html, "cards").contains(&format!("Of 61 touchpoints {flagged} are"))
    );
    for link in html.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

fn scored(points: f64, half: f64) -> Standing {
    Standing::Scored {
        points,
        ci: Some([(points - half).max(0.0), (points + half).min(100.0)]),
        text: format!("{points:.1}"),
        band: Bands([70.0, 80.0, 90.0]).band(points),
        low: None,
    }
}

/// Names of waves that begin with `name`, and the scores in them.
fn waves(name: &str, standings: &[Standing]) -> (Vec<String>, Vec<WavePoint>) {
    let points = standings.iter().enumerate();
    points
        .map(|(at, standing)| {
            let (standing, version) = (standing.clone(), u64::from(at > 2));
            (format!("{name}{at}"), WavePoint { standing, version })
        })
        .unzip()
}

#[test]
fn no_text_of_a_trend_overlaps_or_leaves_the_picture() {
    let gone = || Standing::Absent("n < 10".to_owned());
    let courses: Vec<Vec<Standing>> = vec![
        vec![scored(80.0, 1.0), scored(80.0, 1.0)],
        vec![scored(100.0, 0.4), scored(0.0, 0.4)],
        vec![scored(0.0, 12.0), gone(), scored(100.0, 12.0)],
        vec![gone(), scored(78.0, 9.0), scored(83.0, 9.0), scored(79.0, 9.0), gone()],
        (0..24).map(|at| scored(f64::from(at) * 4.0, 3.0)).collect(),
    ];
    for (range, target) in
        [([0.0, 100.0], 80.0), ([70.0, 90.0], 75.0), ([0.0, 100.0], 100.0)]
    {
        for name in ["20", "二〇二五年第三季度入住客户", "Wave of the autumn of 20", "W"]
        {
            for course in &courses {
                let inside = |it: &Standing| {
                    it.points().is_none_or(|it| it >= range[0] && it <= range[1])
                };
                if !course.iter().all(inside) {
                    continue;
                }
                let (waves, points) = waves(name, course);
                let scene = wave_line(&WaveLine {
                    waves,
                    points,
                    range,
                    target: (target, format!("Target {target}")),
                    title: String::new(),
                    description: String::new(),
                });
                assert_eq!(scene.fault(), None, "{name} {range:?} {course:?}");
            }
        }
    }
}

#[test]
fn the_line_breaks_where_the_question_changed_or_nobody_was_counted() {
    let lines = |standings: &[Standing]| {
        let (waves, points) = waves("20", standings);
        let scene = wave_line(&WaveLine {
            waves,
            points,
            range: [0.0, 100.0],
            target: (80.0, String::new()),
            title: String::new(),
            description: String::new(),
        });
        format!("{:?}", scene.items).matches("class: \"curve\"").count()
    };
    let score = || scored(50.0, 2.0);
    let gone = || Standing::Absent(String::new());
    assert_eq!(lines(&[score(), score(), score()]), 1);
    assert_eq!(lines(&[score(), score(), score(), score(), score()]), 2, "version 2");
    assert_eq!(lines(&[score(), gone(), score()]), 0);
}
