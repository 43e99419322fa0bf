//! `match --write`: what a map has afterwards, and that nothing is written where it must not.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::shared::{fed, reference, root, text, touchmap};

/// A copy of a case folder that may be written into.
fn copied(case: &str, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("matching").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(root().join("tests/cases").join(case)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    folder
}

fn map(folder: &Path) -> String {
    fs::read_to_string(folder.join("journey.yaml")).unwrap()
}

#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn an_export_becomes_a_section_and_the_section_a_score() {
    let folder = copied("match-wenjuanxing", "export");
    let before = map(&folder);
    done(&touchmap(&folder, &["match", "journey.yaml", "答卷_按文本.csv", "--write"]));
    let after = map(&folder);
    assert_eq!(
        after.strip_prefix(&before).unwrap(),
        "
survey:
  files:
    - {path: 答卷_按文本.csv, wave: 2025}
  respondent: 序号
  date: 提交答卷时间
  overall: 9、您对我们的总体满意度
  recommend: {column: 10、您有多大可能把我们推荐给亲友？(0-10), scale: [0, 10]}
  scale: [1, 5]
  missing:
    (跳过): not_asked
  segments:
    city: 1、您所在的城市
    # 您属于哪一类业主: 2、您属于哪一类业主？  # perhaps (0.50)
  columns:
    reception: 3、售楼处接待
    show_flat: 3、样板间
    inspection: 4、您对验房时工作人员的陪同满意吗？
    keys: 5、钥匙交接
    repair: 6、報修後維修的及時性
    parking: 7、停车
    # security: 8、您对小区安全秩序的满意度  # perhaps (0.31)
"
    );
    let score = done(&touchmap(&folder, &["score", "journey.yaml", "--format", "csv"]));
    // 售楼处接待 of the 30 rows, counted by hand: 2 × 1, 3 × 2, 5 × 3, 10 × 4, 10 × 5, which
    // is 113 / 30, and (113 / 30 - 1) × 25 points.
    let reception = score.lines().find(|it| it.contains("reception")).unwrap();
    let cells: Vec<&str> = reception.split(',').collect();
    let number = |at: usize| cells[at].parse::<f64>().unwrap();
    assert_eq!(cells[7], "30");
    assert!((number(9) - 113.0 / 30.0).abs() < 1e-12, "{reception}");
    assert!((number(14) - 83.0 / 30.0 * 25.0).abs() < 1e-9, "{reception}");
}

#[test]
fn a_second_run_finds_nothing_to_add() {
    let folder = copied("match-drifted-names", "twice");
    let write = ["match", "journey.yaml", "2024.csv", "2025.csv", "--write"];
    done(&touchmap(&folder, &write));
    let once = map(&folder);
    for arguments in [&write[..], &["match", "journey.yaml", "--write"]] {
        let output = touchmap(&folder, arguments);
        done(&output);
        assert!(
            text(&output.stderr).contains("nothing to add"),
            "{}",
            text(&output.stderr)
        );
        assert_eq!(map(&folder), once);
    }
}

#[test]
fn a_new_year_is_added_to_what_is_there() {
    let folder = copied("match-drifted-names", "year");
    done(&touchmap(&folder, &["match", "journey.yaml", "2024.csv", "--write"]));
    let first = map(&folder);
    done(&touchmap(&folder, &["match", "journey.yaml", "2025.csv", "--write"]));
    let second = map(&folder);
    assert!(second.contains("    - 2024.csv\n    - 2025.csv\n"), "{second}");
    let kept = first.lines().all(|line| second.lines().any(|it| it == line));
    assert!(kept, "{first}\n{second}");
    // Names of last year stay; where the new one differs, it is told what to put in by hand.
    let told = text(&touchmap(&folder, &["match", "journey.yaml"]).stdout);
    assert!(
        told.contains("`2025.csv` has no column `wait`, which the map names"),
        "{told}"
    );
}

#[test]
fn paths_are_those_of_the_file_that_has_the_section() {
    let folder = copied("match-qualtrics", "elsewhere");
    for inner in ["maps", "data"] {
        fs::create_dir_all(folder.join(inner)).unwrap();
    }
    fs::write(
        folder.join("maps/clinic.yaml"),
        map(&folder) + "survey: parts/survey.yaml\n",
    )
    .unwrap();
    fs::create_dir_all(folder.join("maps/parts")).unwrap();
    fs::write(folder.join("maps/parts/survey.yaml"), "# How we asked.\nscale: [1, 5]\n")
        .unwrap();
    fs::rename(folder.join("Clinic+2025.csv"), folder.join("data/2025.csv")).unwrap();
    let map = fs::read_to_string(folder.join("maps/clinic.yaml")).unwrap();
    done(&touchmap(&folder, &["match", "maps/clinic.yaml", "data/2025.csv", "--write"]));
    assert_eq!(fs::read_to_string(folder.join("maps/clinic.yaml")).unwrap(), map);
    let section = fs::read_to_string(folder.join("maps/parts/survey.yaml")).unwrap();
    assert!(
        section.starts_with(
            "# How we asked.\nscale: [1, 5]\nfiles:\n  - {path: ../../data/2025.csv, wave: 2025}\n"
        ),
        "{section}"
    );
    done(&touchmap(&folder, &["check", "maps/clinic.yaml"]));
}

#[test]
fn a_map_from_standard_input_is_the_same_map() {
    let folder = root().join("tests/cases/match-with-declared-columns");
    let from_file = touchmap(&folder, &["match", "journey.yaml"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchmap"));
    command.args(["match", "-"]).current_dir(&folder).env("NO_COLOR", "1");
    let piped = fed(&mut command, map(&folder).as_bytes());
    assert_eq!(done(&piped), done(&from_file));
    assert!(done(&piped).contains("scale: 1–7 (the map says so)"));
}

#[test]
fn a_map_that_cannot_be_added_to_is_left_as_it_is() {
    let folder = copied("match-qualtrics", "refused");
    let own = map(&folder);
    let files = || fs::read_dir(&folder).unwrap().count();
    let left = |map_text: &str, arguments: &[&str], code: i32, word: &str| {
        fs::write(folder.join("journey.yaml"), map_text).unwrap();
        let before = files();
        let output = touchmap(&folder, arguments);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains(word), "{told}");
        assert_eq!(map(&folder), map_text);
        assert_eq!(files(), before, "no other file");
    };
    let write = ["match", "journey.yaml", "Clinic+2025.csv", "--write"];
    let shared =
        format!("{own}survey: &s\n  scale: [1, 5]\n  columns: &c {{booking: Q2_1}}\n");
    let aliased =
        shared.replace("columns: &c {booking: Q2_1}", "labels: &l {a: 1}\n  columns: *l");
    left(&aliased, &write, 2, "error[");
    left(&own, &["match", "journey.yaml", "none.csv", "--write"], 3, "none.csv");
    left("id: [\n", &write, 2, "error[");
    left(&own, &["match", "-", "Clinic+2025.csv", "--write"], 2, "needs a map in a file");
    fs::write(folder.join("empty.csv"), "").unwrap();
    left(&own, &["match", "journey.yaml", "empty.csv", "--write"], 2, "is empty");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_rights_stay_as_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = copied("match-qualtrics", "link");
    let (real, link) = (folder.join("real.yaml"), folder.join("journey.yaml"));
    fs::rename(&link, &real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yaml", &link).unwrap();
    done(&touchmap(&folder, &["match", "journey.yaml", "Clinic+2025.csv", "--write"]));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&real).unwrap().contains("booking: Q2_1"));
}

/// The column that the map names for what a placing is of.
fn by_hand(
    journey: &touchmap::model::Journey,
    plan: &touchmap::model::SurveyPlan,
    it: &serde_json::Value,
) -> Option<touchmap::model::Column> {
    let id = it["id"].as_str().unwrap_or_default();
    let at = || journey.touchpoints.iter().position(|it| it.id == id).unwrap();
    match it["purpose"].as_str().unwrap() {
        "wave" => plan.wave.clone(),
        "respondent" => plan.respondent.clone(),
        "date" => plan.date.clone(),
        "weight" => plan.weight.clone(),
        "overall" => plan.overall.as_ref().map(|it| it.column.clone()),
        "recommend" => plan.recommend.as_ref().map(|it| it.column.clone()),
        "touchpoint" => Some(plan.questions[at()].column.clone()),
        "comment" => plan.comments.get(&at()).cloned(),
        "expectation" => plan.expectations.get(&at()).map(|it| it.column.clone()),
        "segment" => {
            plan.segments.iter().find(|it| it.id == id).map(|it| it.column.clone())
        }
        other => panic!("nobody mapped {other}: {it}"),
    }
}

/// What people mapped by hand, proposed without their mapping: everything that is proposed
/// as sure has to be what they wrote.
#[track_caller]
fn agrees(journey: &Path, least: usize) {
    let map = fs::read_to_string(journey).unwrap();
    let section = map.find("\nsurvey:").unwrap();
    let end = map[section + 1..]
        .lines()
        .skip(1)
        .find(|it| it.starts_with(|first: char| first.is_alphabetic() || first == '#'));
    let end =
        end.map_or(map.len(), |line| line.as_ptr() as usize - map.as_ptr() as usize);
    let bare = format!("{}\n{}", &map[..section], &map[end..]);
    let folder = journey.parent().unwrap();
    let name = folder.file_name().unwrap().to_str().unwrap();
    let own =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("matching-{name}.yaml"));
    fs::write(&own, bare).unwrap();
    let plan = crate::shared::read_journey(&map).survey.unwrap();
    let mut arguments = vec!["match".to_owned(), own.display().to_string()];
    arguments
        .extend(plan.files.iter().map(|it| folder.join(&it.path).display().to_string()));
    arguments.extend(["--format".to_owned(), "json".to_owned()]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let found: serde_json::Value =
        serde_json::from_str(&done(&touchmap(root(), &arguments))).unwrap();
    let journey = crate::shared::read_journey(&map);
    let declared = |it: &serde_json::Value| by_hand(&journey, &plan, it);
    let mut right = 0;
    for placing in found["placings"].as_array().unwrap() {
        if !["proposed", "declared"].contains(&placing["status"].as_str().unwrap()) {
            continue;
        }
        let Some(declared) = declared(placing) else { continue };
        for column in placing["columns"].as_array().unwrap() {
            let column = column.as_str().unwrap().to_owned();
            assert!(
                declared.names.contains(&column),
                "{placing}\nthe map says {declared:?}"
            );
        }
        right += 1;
    }
    assert!(right >= least, "{right} of at least {least}: {found:#}");
}

#[test]
fn what_people_mapped_by_hand_is_found_again() {
    agrees(&root().join("journeys/home-buying/journey.yaml"), 31);
    if reference("data/sfo").is_some() {
        agrees(&root().join("journeys/airport/journey.yaml"), 13);
    }
}

/// A starter has responses of its own; those of a survey take their place, and what the map
/// says of scales, codes and groups stays.
#[test]
fn a_survey_takes_the_place_of_made_up_responses() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("matching/replace");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    done(&touchmap(&folder, &["new", "clinic", "--template", "clinic"]));
    fs::copy(root().join("docs/guide/src/files/export.xlsx"), folder.join("export.xlsx"))
        .unwrap();
    let project = folder.join("clinic");
    let before = map(&project);
    let scores = ["score", "clinic/journey.yaml", "--format", "csv"];
    let own = done(&touchmap(&folder, &scores));

    let beside = touchmap(&folder, &["match", "clinic/journey.yaml", "export.xlsx"]);
    assert!(text(&beside.stderr).contains("with `--replace`, these take their place"));
    assert!(done(&beside).contains("as the map says, but no file has it"));

    let write = ["match", "clinic/journey.yaml", "export.xlsx", "--replace", "--write"];
    done(&touchmap(&folder, &write));
    let after = map(&project);
    for line in [
        "  files: [../export.xlsx]\n",
        "  wave: Year\n",
        "  recommend: {column: Q13. How likely are you to recommend us? (0-10), scale: [0, 10]}\n",
        "    age: {column: Age group, order: [under-40, 40-64, 65-and-over]}\n",
        "  missing: {\"9\": not_applicable}\n",
        "    results: Q10. Results by phone or app\n",
    ] {
        assert!(after.contains(line), "{line}{after}");
    }
    let rest = |map: &str| {
        let (head, tail) = map.split_once("\nsurvey:\n").unwrap();
        let tail = &tail[tail.find("\n# What `touchmap questionnaire`").unwrap()..];
        format!("{head}{tail}")
    };
    assert_eq!(rest(&after), rest(&before), "something else changed");

    // The workbook holds the same answers.
    fs::remove_dir_all(project.join("responses")).unwrap();
    assert_eq!(done(&touchmap(&folder, &scores)), own);
    let again = touchmap(&folder, &write);
    assert!(text(&again.stderr).contains("nothing to add"), "{}", text(&again.stderr));
}
