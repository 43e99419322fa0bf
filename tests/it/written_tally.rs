//! Tallies as files: what is written, what is read again, and what is refused.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use touchmap::diag::{Code, Diagnostic, Diagnostics};
use touchmap::model::{Journey, MissingClass, Scale, Valid, WeightKind};
use touchmap::stats::{Additive, Comoments, Grouped, LevelGram};
use touchmap::survey::tally::{Distribution, Tally, Variable};
use touchmap::survey::{Counted, ResponseInput, TallyOptions, Weighting, count, sum_up};

use crate::responses::{codes, column, declare_missing, file, journey, plan, segment};
use crate::shared::{text, touchmap};

const HEADER: &str = "year,id,city,w,a,b,c,e,overall\n";

fn survey(kind: WeightKind) -> Journey {
    let mut journey = journey(&[&["a", "b"], &["c"]], 1.0, 5.0);
    let missing = [("6", MissingClass::NotApplicable), ("x", MissingClass::NotAsked)];
    declare_missing(&mut journey, &codes(&missing));
    let plan = plan(&mut journey);
    plan.wave = Some(column(&["year"]));
    plan.respondent = Some(column(&["id"]));
    plan.weight = Some(column(&["w"]));
    plan.weight_kind = kind;
    plan.segments = vec![segment("city")];
    let mut expected = plan.questions[1].clone();
    expected.column = column(&["e"]);
    plan.expectations.insert(1, expected);
    journey
}

fn counted_with(
    journey: &Journey,
    files: &[&[String]],
    options: &TallyOptions,
) -> (Option<Counted>, Vec<Diagnostic>) {
    let texts: Vec<String> =
        files.iter().map(|rows| format!("{HEADER}{}", rows.concat())).collect();
    let file = file("a.csv", None);
    let inputs = texts.iter().map(|text| ResponseInput {
        name: "a.csv",
        file: &file,
        bytes: Box::new(text.as_bytes()),
    });
    let mut problems = Diagnostics::default();
    let counted = count(journey, inputs.collect(), options, &mut problems).unwrap();
    (counted, problems.into_sorted())
}

fn counted(journey: &Journey, files: &[&[String]], threads: usize) -> Counted {
    let threads = NonZeroUsize::new(threads).unwrap();
    let options = TallyOptions { threads, ..TallyOptions::default() };
    let (counted, problems) = counted_with(journey, files, &options);
    assert_eq!(problems, []);
    counted.unwrap()
}

fn written(journey: &Journey, rows: &[String]) -> String {
    unpacked(&counted(journey, &[rows], 1).write(NonZeroUsize::MIN).unwrap())
}

/// What is in a file after its first line: the packed part and, on a line of their own, the
/// integers as hexadecimal digits.
fn unpacked(file: &[u8]) -> String {
    let end = file.iter().position(|byte| *byte == b'\n').unwrap();
    let head: serde_json::Value = serde_json::from_slice(&file[..end]).unwrap();
    let length = usize::try_from(head["bytes"].as_u64().unwrap()).unwrap();
    let (packed, integers) = file[end + 1..].split_at(length);
    let body = miniz_oxide::inflate::decompress_to_vec_zlib(packed).unwrap();
    let mut text = String::from_utf8(body).unwrap() + "\n";
    for byte in integers {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

/// The file that has this in it, of whose packed part it says that it is so long.
fn packed(text: &str, unpacked: Option<usize>) -> Vec<u8> {
    let (body, digits) = text.split_once('\n').unwrap_or((text, ""));
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(body.as_bytes(), 1);
    let digits = digits.as_bytes().chunks(2);
    let integers: Vec<u8> = digits
        .map(|it| u8::from_str_radix(std::str::from_utf8(it).unwrap(), 16).unwrap())
        .collect();
    let rest = [&packed[..], &integers].concat();
    let (check, bytes) = (xxhash_rust::xxh3::xxh3_64(&rest), packed.len());
    let (integers, unpacked) = (integers.len(), unpacked.unwrap_or(body.len()));
    let head = format!(
        "{{\"schema\":\"touchmap.tally/2\",\"xxh3\":\"{check:016x}\",\"bytes\":{bytes},\
         \"unpacked\":{unpacked},\"integers\":{integers}}}\n"
    );
    [head.into_bytes(), rest].concat()
}

fn read(journey: &Journey, text: &str) -> Counted {
    Counted::read("a.tally", &packed(text, None), journey).unwrap()
}

fn tally(journey: &Journey, counted: Counted) -> Tally {
    let mut problems = Diagnostics::default();
    let tally = sum_up(journey, counted, &mut problems);
    assert_eq!(problems.into_sorted(), []);
    tally.unwrap()
}

/// Everything but the id: a wave, a city or none, answers between and on whole numbers.
fn row(weight: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let cell =
        prop::sample::select(vec!["1", "2", "3", "4.5", "5", "", "6", "x", "3.25"]);
    let cells = prop::collection::vec(cell, 5);
    let year = prop::sample::select(vec!["2024", "2025"]);
    let city = prop::sample::select(vec!["北京", "成都", "", " 成都 "]);
    (year, city, weight, cells).prop_map(|(year, city, weight, cells)| {
        format!("{year},ID,{city},{weight},{}\n", cells.join(","))
    })
}

fn sampling() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("0".to_owned()),
        (1_u32..20).prop_map(|it| format!("{}", f64::from(it) / 7.0)),
        (1_u32..1_000_000).prop_map(|it| format!("{}", f64::from(it) * 1e-5)),
    ]
}

fn frequency() -> impl Strategy<Value = String> {
    (0_u32..40).prop_map(|it| it.to_string())
}

/// Rows, each of a respondent of its own.
fn rows(row: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<String>> {
    let numbered = |rows: Vec<String>| {
        let with_id = |(at, row): (usize, &String)| row.replace("ID", &format!("r{at}"));
        rows.iter().enumerate().map(with_id).collect()
    };
    let rows = prop::collection::vec(row, 3..60).prop_map(numbered);
    rows.prop_filter("no wave of nobody", |it: &Vec<String>| {
        crate::tally_properties::weigh(it, 3)
    })
}

fn parts(rows: &[String], cuts: [prop::sample::Index; 2]) -> Vec<Vec<String>> {
    let mut cuts = cuts.map(|it| it.index(rows.len()));
    cuts.sort_unstable();
    let parts = [&rows[..cuts[0]], &rows[cuts[0]..cuts[1]], &rows[cuts[1]..]];
    parts.iter().filter(|it| !it.is_empty()).map(|it| it.to_vec()).collect()
}

/// Fails where two texts differ, which are too long to be shown whole.
fn same(one: &str, other: &str, what: &str) -> Result<(), TestCaseError> {
    let Some(at) = one.bytes().zip(other.bytes()).position(|(a, b)| a != b) else {
        prop_assert_eq!(one.len(), other.len());
        return Ok(());
    };
    let around = |text: &str| {
        let bytes = text.as_bytes();
        let end = bytes.len().min(at + 60);
        String::from_utf8_lossy(&bytes[at.saturating_sub(120)..end]).into_owned()
    };
    Err(TestCaseError::fail(format!("{what}: {} is not {}", around(other), around(one))))
}

fn all_ways_agree(
    journey: &Journey,
    rows: &[String],
    cuts: [prop::sample::Index; 2],
) -> Result<(), TestCaseError> {
    let whole = written(journey, rows);
    let mut parts = parts(rows, cuts);
    for _ in 0..2 {
        let files: Vec<&[String]> = parts.iter().map(Vec::as_slice).collect();
        for threads in 1..=3 {
            let again = unpacked(
                &counted(journey, &files, threads).write(NonZeroUsize::MIN).unwrap(),
            );
            same(&whole, &again, "read")?;
        }
        let mut sum: Option<Counted> = None;
        for part in &files {
            let part = read(journey, &written(journey, part));
            match &mut sum {
                Some(sum) => sum.merge("b.tally", part).unwrap(),
                None => sum = Some(part),
            }
        }
        // That nobody of one wave is in the other is seen only where both are read together.
        let nobody = "\"earlier\":{\"2024\":0}";
        let apart = |text: &str| text.replace(nobody, "\"earlier\":{}");
        let sum = unpacked(&sum.unwrap().write(NonZeroUsize::MIN).unwrap());
        same(&apart(&whole), &apart(&sum), "added")?;
        parts.reverse();
    }
    Ok(())
}

/// Means of all questions of all waves, and their n; those of the overall answer last.
fn means(tally: &Tally) -> Vec<(u64, f64)> {
    let questions = tally.waves.values().flat_map(|wave| wave.questions.values());
    let mean = |it: &touchmap::survey::tally::QuestionTally| {
        let Distribution::Histogram(levels) = &it.answers else { panic!("moments") };
        let sum = |of: fn(&touchmap::stats::LevelSums) -> f64| -> f64 {
            levels.levels().iter().map(of).sum()
        };
        let mean = sum(|it| it.w * it.value) / sum(|it| it.w);
        (levels.n(), if levels.n() > 0 { mean } else { 0.0 })
    };
    let drivers = tally.waves.values().filter_map(|wave| wave.drivers.as_ref());
    let joint = |sums: Comoments| {
        (0..sums.variables())
            .map(move |i| (sums.n(i, i), sums.mean(i).unwrap_or_default()))
    };
    let joint = drivers.flat_map(move |it| joint(it.comoments.total().unwrap()));
    questions.map(mean).chain(joint).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn files_threads_and_written_parts_are_the_whole(
        (rows, mixed) in rows(row(sampling())).prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        cuts in any::<[prop::sample::Index; 2]>(),
    ) {
        let journey = survey(WeightKind::Sampling);
        same(&written(&journey, &rows), &written(&journey, &mixed), "in another order")?;
        all_ways_agree(&journey, &mixed, cuts)?;
    }

    #[test]
    fn so_are_those_of_frequencies(
        rows in rows(row(frequency())),
        cuts in any::<[prop::sample::Index; 2]>(),
    ) {
        all_ways_agree(&survey(WeightKind::Frequency), &rows, cuts)?;
    }

    #[test]
    fn what_is_read_again_is_what_was_counted(rows in rows(row(sampling()))) {
        let journey = survey(WeightKind::Sampling);
        let text = written(&journey, &rows);
        let again = read(&journey, &text);
        same(&text, &unpacked(&again.clone().write(NonZeroUsize::MIN).unwrap()), "written again")?;
        let (first, second) = (tally(&journey, counted(&journey, &[&rows], 1)), tally(&journey, again));
        prop_assert!(format!("{first:?}") == format!("{second:?}"), "{first:?}");
    }

    #[test]
    fn twice_as_frequent_is_twice_as_many(rows in rows(row(frequency()))) {
        let journey = survey(WeightKind::Frequency);
        let twice: Vec<_> = rows
            .iter()
            .map(|row| {
                let mut cells: Vec<_> = row.split(',').map(str::to_owned).collect();
                cells[3] = (2 * cells[3].parse::<u64>().unwrap()).to_string();
                cells.join(",")
            })
            .collect();
        let once = means(&tally(&journey, counted(&journey, &[&rows], 1)));
        let twice = means(&tally(&journey, counted(&journey, &[&twice], 1)));
        prop_assert_eq!(once.len(), twice.len());
        for ((n, mean), (m, other)) in once.into_iter().zip(twice) {
            prop_assert_eq!(2 * n, m);
            prop_assert!(near(mean, other), "{} {}", mean, other);
        }
    }

    #[test]
    fn the_unit_of_weights_does_not_show_in_means(
        rows in rows(row(sampling())),
        unit in prop::sample::select(vec![1e-3, 0.37, 12.5, 1e4]),
    ) {
        let journey = survey(WeightKind::Sampling);
        let other: Vec<_> = rows
            .iter()
            .map(|row| {
                let mut cells: Vec<_> = row.split(',').map(str::to_owned).collect();
                cells[3] = (unit * cells[3].parse::<f64>().unwrap()).to_string();
                cells.join(",")
            })
            .collect();
        let mine = means(&tally(&journey, counted(&journey, &[&rows], 1)));
        let other = means(&tally(&journey, counted(&journey, &[&other], 1)));
        prop_assert_eq!(mine.len(), other.len());
        for ((n, mean), (m, other)) in mine.into_iter().zip(other) {
            prop_assert_eq!(n, m);
            prop_assert!(near(mean, other), "{} {}", mean, other);
        }
    }

    #[test]
    fn another_name_of_a_segment_is_only_another_name(rows in rows(row(sampling()))) {
        let journey = survey(WeightKind::Sampling);
        let renamed: Vec<_> = rows.iter().map(|row| row.replace("北京", "Zürich")).collect();
        let mine = tally(&journey, counted(&journey, &[&rows], 1));
        let other = tally(&journey, counted(&journey, &[&renamed], 1));
        for (mine, other) in mine.waves.values().zip(other.waves.values()) {
            prop_assert_eq!(&mine.questions, &other.questions);
            prop_assert_eq!(&mine.drivers, &other.drivers);
            let cell = |wave: &touchmap::survey::tally::WaveTally, name: &str| {
                wave.segments.get(&(0, name.to_owned())).cloned()
            };
            prop_assert_eq!(cell(mine, "北京"), cell(other, "Zürich"));
            prop_assert_eq!(cell(mine, "成都"), cell(other, "成都"));
        }
    }

    #[test]
    fn no_byte_of_a_tally_can_be_changed_unseen(
        rows in rows(row(sampling())),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let journey = survey(WeightKind::Sampling);
        let mut bytes = counted(&journey, &[&rows], 1).write(NonZeroUsize::MIN).unwrap();
        let at = place.index(bytes.len());
        let same = bytes[at] == byte;
        bytes[at] = byte;
        prop_assert_eq!(Counted::read("a.tally", &bytes, &journey).is_ok(), same);
        prop_assert!(Counted::read("a.tally", &bytes[..at], &journey).is_err());
    }
}

/// What is in a tally in which `from` was made `to`.
fn edited(body: &str, from: &str, to: &str) -> String {
    assert!(body.contains(from), "no {from} in {}", &body[..2_000]);
    body.replacen(from, to, 1)
}

/// A million zeros are a thousand bytes, and what unpacks to more than it says is not unpacked.
#[test]
fn a_bomb_does_not_go_off() {
    let journey = survey(WeightKind::Sampling);
    let zeros = "0".repeat(1_000_000);
    for unpacked in [10, 999_999, 1_000_001, usize::MAX] {
        let bomb = packed(&zeros, Some(unpacked));
        assert!(bomb.len() < 6_000, "{}", bomb.len());
        let problem = Counted::read("a.tally", &bomb, &journey).unwrap_err();
        assert_eq!(problem.code.0, "TM416");
        assert_eq!(problem.notes, ["it cannot be unpacked"]);
    }
}

fn sample() -> Vec<String> {
    (0..40)
        .map(|it| {
            let (city, a, b) = (["N", "S"][it % 2], 1 + it % 5, 1 + it % 4);
            format!("2025,r{it},{city},1,{a},{b},3,4,{}\n", 1 + it % 3)
        })
        .collect()
}

#[test]
fn contradictory_counts_are_refused_even_if_their_checksum_is_right() {
    let journey = survey(WeightKind::Sampling);
    let text = written(&journey, &sample());
    read(&journey, &edited(&text, "2025", "2026"));
    let edits = [
        ("\"wave\":\"2025\"", "\"wave\":\" \""),
        ("\"used\":40", "\"used\":41"),
        ("\"straight_liners\":0", "\"straight_liners\":41"),
        ("\"bin\":-4,\"slots\":[0,", "\"bin\":-4,\"slots\":[4000,"),
        ("\"bin\":-4", "\"bin\":900"),
        ("\"n\":[40,", "\"n\":[18446744073709551615,"),
        ("\"segment\":0,\"value\":0", "\"segment\":0,\"value\":7"),
        ("\"steps\":[1.0,", "\"steps\":[-1.0,"),
        ("\"bytes\":", "\"bytes\":1"),
        ("\"gram\":{\"unit\":", "\"gram\":{\"unit\":-"),
        ("\"duplicates\":0", "\"duplicates\":-1"),
        ("\"ids\":40", "\"ids\":40,\"ids\":40"),
    ];
    for (from, to) in edits {
        let edited = edited(&text, from, to);
        let problem =
            Counted::read("a.tally", &packed(&edited, None), &journey).unwrap_err();
        assert_eq!(problem.code.0, "TM416", "{to}");
    }
}

/// Forty answered, twenty of them in the north: a north of more, or two norths of thirty, are
/// no parts of forty.
#[test]
fn cells_that_are_more_than_all_respondents_are_refused() {
    let journey = survey(WeightKind::Sampling);
    let rows: Vec<_> = sample().iter().map(|it| it.replacen(",1,", ",,", 1)).collect();
    let text = written(&journey, &rows);
    let north = text.find("\"segment\":0,\"value\":0").unwrap();
    let edited = |n: &str| {
        let (before, cell) = text.split_at(north);
        assert!(cell.contains("\"n\":[20,"), "{cell}");
        before.to_owned() + &cell.replacen("\"n\":[20,", &format!("\"n\":[{n},"), 1)
    };
    read(&journey, &edited("20"));
    for more in ["21", "41", "9007199254740992"] {
        let text = edited(more);
        let problem =
            Counted::read("a.tally", &packed(&text, None), &journey).unwrap_err();
        assert_eq!(problem.code.0, "TM416", "{more}");
        assert_eq!(problem.notes, ["its counts contradict one another"]);
    }
}

#[test]
fn a_file_that_is_no_tally_is_refused() {
    let journey = survey(WeightKind::Sampling);
    let foreign = [
        "",
        "\n",
        "{}\n",
        "year,id\n2025,1\n",
        "{\"schema\":\"touchmap.tally/2\",\"xxh3\":\"\"}\n{}\n",
    ];
    for text in foreign {
        let problem = Counted::read("a.tally", text.as_bytes(), &journey).unwrap_err();
        assert_eq!(problem.code.0, "TM416", "{text:?}");
    }
}

#[test]
fn a_tally_of_another_map_says_what_differs() {
    let journey = survey(WeightKind::Sampling);
    let bytes = counted(&journey, &[&sample()], 1).write(NonZeroUsize::MIN).unwrap();
    let differences = |change: &dyn Fn(&mut Journey)| {
        let mut other = journey.clone();
        change(&mut other);
        let problem = Counted::read("a.tally", &bytes, &other).unwrap_err();
        assert_eq!(problem.code.0, "TM417");
        problem.notes.join("\n")
    };
    let found = differences(&|it| it.id = "other".to_owned());
    assert_eq!(found, "the journey: `journey` in the tally, `other` in the map");
    let found = differences(&|it| it.touchpoints[1].id = "bb".to_owned());
    assert!(
        found.contains("the touchpoints: `a, b; c` in the tally, `a, bb; c` in the map")
    );
    let found = differences(&|it| {
        plan(it).questions[0].scale = Scale::new(1.0, 10.0, Valid::All).unwrap();
    });
    assert_eq!(found, "the scale of `a`: `[1, 5]` in the tally, `[1, 10]` in the map");
    let found = differences(&|it| plan(it).questions[2].missing = codes(&[]));
    assert!(
        found.starts_with("the missing codes of `c`: `6: not_applicable, x: not_asked`")
    );
    assert!(
        differences(&|it| plan(it).segments.clear()).starts_with("the segments: `city`")
    );
}

#[test]
fn tallies_that_were_made_otherwise_do_not_add_up() {
    let journey = survey(WeightKind::Sampling);
    let options =
        TallyOptions { weighting: Weighting::Unweighted, ..TallyOptions::default() };
    let (other, _) = counted_with(&journey, &[&sample()], &options);
    let mut sum = counted(&journey, &[&sample()], 1);
    let problem = sum.merge("b.tally", other.unwrap()).unwrap_err();
    assert_eq!(problem.code.0, "TM417");
    assert_eq!(problem.notes, ["one counts all respondents the same (`--unweighted`)"]);
}

#[test]
fn nobody_can_be_known_again_from_a_tally() {
    let journey = survey(WeightKind::Sampling);
    let rows: Vec<_> =
        sample().iter().map(|row| row.replace(",r", ",respondent-")).collect();
    let text = written(&journey, &rows);
    assert!(!text.contains("respondent-"));
    for row in 0..40 {
        let id = format!("respondent-{row}");
        let hash = xxhash_rust::xxh3::xxh3_64(id.as_bytes());
        assert!(
            !text.contains(&hash.to_string()) && !text.contains(&format!("{hash:x}"))
        );
    }
}

#[test]
fn duplicates_and_overlaps_survive_the_writing() {
    let journey = survey(WeightKind::Sampling);
    let row = |year: u32, id: &str| format!("{year},{id},N,1,3,3,3,3,3\n");
    let rows =
        [row(2024, "x"), row(2024, "y"), row(2025, "x"), row(2025, "x"), row(2025, "z")];
    let mut problems = Diagnostics::default();
    let again = read(&journey, &written(&journey, &rows));
    let again = sum_up(&journey, again, &mut problems).unwrap();
    let codes: Vec<_> = problems.into_sorted().iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::REPEATED_RESPONDENTS]);
    let wave = again.wave("2025").unwrap();
    assert_eq!(wave.rows.unwrap().duplicate_ids, 1);
    let overlap: Vec<_> = wave.overlap.values().copied().collect();
    assert!(overlap.len() == 1 && near(overlap[0], 0.5));
}

/// 30 of the north, 12 of the east, 4 of the south: the south and, as it could be worked out
/// else, the east are withheld; groups of replicates have ten respondents or more.
#[test]
fn what_tells_of_few_respondents_is_left_out_where_asked() {
    let journey = survey(WeightKind::Sampling);
    let rows: Vec<_> = (0..2_000)
        .map(|it| {
            let city = match it {
                0..4 => "S",
                4..16 => "E",
                16..46 => "N",
                _ => "",
            };
            let (a, b) = (1 + it % 5, 1 + it % 4);
            format!("2025,r{it},{city},1,{a},{b},3,4,{}\n", 1 + it % 3)
        })
        .collect();
    let mut counted = counted(&journey, &[&rows], 1);
    counted.suppress(10);
    let text = unpacked(&counted.write(NonZeroUsize::MIN).unwrap());
    let tally = tally(&journey, read(&journey, &text));
    let wave = tally.wave("2025").unwrap();
    let cells: Vec<_> = wave.segments.keys().map(|(_, value)| value.as_str()).collect();
    assert_eq!(cells, ["N"]);
    assert_eq!(wave.rows.unwrap().used, 2_000);
    let drivers = wave.drivers.as_ref().unwrap();
    let sizes = |it: &Grouped<Comoments>| it.inhabited().map(|it| it.n(0, 0)).min();
    assert!(sizes(&drivers.comoments) >= Some(10));
    let levels = |it: &Grouped<LevelGram>| it.inhabited().count();
    assert_eq!(levels(&drivers.levels), drivers.comoments.inhabited().count());
    assert_eq!(drivers.comoments.total().unwrap().n(0, 0), 2_000);
}

/// 150 of the north, 90 of the east, and so many who say no city.
fn with_few_nowhere(nowhere: usize) -> Vec<String> {
    let journey = survey(WeightKind::Sampling);
    let rows: Vec<_> = (0..240 + nowhere)
        .map(|it| {
            let city = match it {
                0..150 => "N",
                150..240 => "E",
                _ => "",
            };
            format!("2025,r{it},{city},1,3,3,3,4,3\n")
        })
        .collect();
    let mut counted = counted(&journey, &[&rows], 1);
    counted.suppress(10);
    let text = unpacked(&counted.write(NonZeroUsize::MIN).unwrap());
    let tally = tally(&journey, read(&journey, &text));
    let wave = tally.wave("2025").unwrap();
    wave.segments.keys().map(|(_, value)| value.clone()).collect()
}

#[test]
fn few_without_a_value_are_a_cell_that_others_must_hide() {
    assert_eq!(with_few_nowhere(3), ["N"]);
    assert_eq!(with_few_nowhere(0), ["E", "N"]);
    assert_eq!(with_few_nowhere(10), ["E", "N"]);
}

/// Three of 2,000 give no overall answer. Their joint sums are left out; were those of all
/// others there, the scores less these would be theirs.
#[test]
fn joint_sums_less_scores_tell_of_nobody_either() {
    let journey = survey(WeightKind::Sampling);
    let row = |it: usize| {
        let overall = if it < 3 { String::new() } else { (1 + it % 3).to_string() };
        format!("2025,r{it},N,1,{},{},3,4,{overall}\n", 1 + it % 5, 1 + it % 4)
    };
    let rows: Vec<_> = (0..2_000).map(row).collect();
    let mut counted = counted(&journey, &[&rows], 1);
    counted.suppress(10);
    let text = unpacked(&counted.write(NonZeroUsize::MIN).unwrap());
    let tally = tally(&journey, read(&journey, &text));
    let wave = tally.wave("2025").unwrap();
    let drivers = wave.drivers.as_ref().unwrap();
    let n = |variable: Variable| match &wave.questions[&variable].answers {
        Distribution::Histogram(histogram) => histogram.n(),
        _ => panic!("answers by level"),
    };
    let with = drivers.comoments.total().unwrap();
    assert_eq!(n(Variable::Overall), 1_997);
    let hidden = n(Variable::Overall) - with.n(0, 0);
    assert!((10..40).contains(&hidden), "{hidden}");
    assert_eq!(drivers.levels.total().unwrap().rows(), with.n(0, 0));
    let touchpoints = drivers.among(&[0]).total().unwrap();
    assert_eq!(n(Variable::Touchpoint(0)) - touchpoints.n(0, 0), hidden + 3);
}

#[test]
fn joint_sums_of_too_few_respondents_are_left_out_where_asked() {
    let journey = survey(WeightKind::Sampling);
    let mut counted = counted(&journey, &[&sample()], 1);
    counted.suppress(10);
    let text = unpacked(&counted.write(NonZeroUsize::MIN).unwrap());
    let tally = tally(&journey, read(&journey, &text));
    assert!(tally.wave("2025").unwrap().drivers.is_none());
}

const MAP: &str = "touchmap: 1\nid: small\nname: Small\nstages:\n  - id: s\n    name: S\n    \
    touchpoints: [{id: a, name: A}, {id: b, name: B}]\nsurvey:\n  files: [one.csv, two.csv]\n  \
    wave: year\n  respondent: id\n  overall: overall\n  scale: [1, 5]\n  segments: {city: city}\n";

/// A folder with a map and two files of 60 respondents.
fn project(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("journey.yaml"), MAP).unwrap();
    for (file, from) in [("one.csv", 0), ("two.csv", 60)] {
        let row = |it: usize| {
            let (year, city) = (2024 + it % 2, ["N", "S"][it % 3 % 2]);
            format!("{year},r{it},{city},{},{},{}\n", 1 + it % 5, 1 + it % 4, 1 + it % 3)
        };
        let rows: String = (from..from + 60).map(row).collect();
        fs::write(folder.join(file), format!("year,id,city,a,b,overall\n{rows}"))
            .unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = touchmap(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    output.stdout
}

#[test]
fn scores_from_tallies_are_scores_from_responses() {
    let folder = project("tally-score");
    for (file, tally) in [("one.csv", "one.tally"), ("two.csv", "two.tally")] {
        run(&folder, &["tally", "journey.yaml", "--responses", file, "-o", tally]);
    }
    let score = |more: &[&str]| {
        let all = [&["score", "journey.yaml", "--format", "json"], more].concat();
        text(&run(&folder, &all))
    };
    let whole = score(&[]);
    assert_eq!(whole, score(&["--from-tally", "one.tally", "two.tally"]));
    assert_eq!(whole, score(&["--threads", "2"]));
    let sum = run(
        &folder,
        &["tally", "journey.yaml", "--from-tally", "two.tally", "one.tally"],
    );
    assert_eq!(sum, run(&folder, &["tally", "journey.yaml"]));
    run(&folder, &["tally", "journey.yaml", "--where", "city=N", "-o", "n.tally"]);
    assert_eq!(score(&["--where", "city=N"]), score(&["--from-tally", "n.tally"]));
    run(&folder, &["explain", "a", "--map", "journey.yaml", "--from-tally", "n.tally"]);
}

#[test]
fn a_wrong_tally_ends_with_two_and_an_absent_one_with_three() {
    let folder = project("tally-wrong");
    let code = |arguments: &[&str]| touchmap(&folder, arguments).status.code();
    let score = ["score", "journey.yaml", "--from-tally"];
    assert_eq!(code(&[&score[..], &["one.csv"]].concat()), Some(2));
    assert_eq!(code(&[&score[..], &["absent.tally"]].concat()), Some(3));
    assert_eq!(code(&[&score[..], &["one.csv", "--where", "city=N"]].concat()), Some(2));
    fs::write(folder.join("sums.csv"), "touchpoint,wave,n,mean\na,2025,5,3\n").unwrap();
    let tally = touchmap(&folder, &["tally", "journey.yaml", "--responses", "sums.csv"]);
    assert_eq!(tally.status.code(), Some(2));
    assert!(text(&tally.stderr).contains("TM418"), "{}", text(&tally.stderr));
}
