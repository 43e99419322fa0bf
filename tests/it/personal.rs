//! No personal datum of a planted list of three hundred is in anything that is written.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use touchmap::voice::masked;

use crate::shared::{text, touchmap};

/// A datum as it is written, and what of it must be gone.
type Planted = (String, String);

/// Three hundred of them, ten of each kind.
fn planted() -> Vec<Planted> {
    (0..10).flat_map(|n| numbers(n).into_iter().chain(places_and_names(n))).collect()
}

fn plant(said: String, secret: &str) -> Planted {
    assert!(said.contains(secret), "{secret} is not in {said}");
    (said, secret.to_owned())
}

fn whole(said: String) -> Planted {
    (said.clone(), said)
}

fn numbers(n: u32) -> Vec<Planted> {
    let wide = ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'][n as usize];
    vec![
        whole(format!("1380013{:04}", 8000 + n)),
        plant(format!("139 0013 {:04}", 7000 + n), &format!("0013 {:04}", 7000 + n)),
        plant(format!("+86-1370013{:04}", 6000 + n), &format!("0013{:04}", 6000 + n)),
        plant(format!("010-8888{:04}", 5000 + n), &format!("8888{:04}", 5000 + n)),
        plant(format!("+852 9123 {:04}", 4000 + n), &format!("9123 {:04}", 4000 + n)),
        plant(format!("0912-345-{:03}", 300 + n), &format!("345-{:03}", 300 + n)),
        plant(format!("１３６００１３２００{wide}"), "１３６００１３２"),
        plant(format!("owner{n}@example.com"), &format!("owner{n}@example")),
        plant(format!("li.wei{n} @ mail.example.cn"), &format!("li.wei{n}")),
        plant(format!("微信号 weixin_{n}abc"), &format!("weixin_{n}abc")),
        plant(format!("11010119900307{:03}X", 400 + n), &format!("900307{:03}", 400 + n)),
        plant(
            format!("110101 19880212 {:04}", 3000 + n),
            &format!("19880212 {:04}", 3000 + n),
        ),
        plant(format!("A12345{n}(7)"), &format!("12345{n}")),
        plant(format!("F22345678{n}"), &format!("22345678{n}")),
        plant(format!("E1234567{n}"), &format!("1234567{n}")),
    ]
}

const PROVINCES: [&str; 10] =
    ["京", "沪", "粤", "蘇", "浙", "川", "鄂", "渝", "闽", "湘"];
const SURNAMES: [&str; 10] =
    ["王", "李", "張", "陈", "欧阳", "黃", "赵", "周", "司徒", "郑"];
const GIVEN: [&str; 10] = ["伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "洋"];
const ENGLISH: [&str; 10] = [
    "Smith", "Wong", "Chan", "O'Neill", "Patel", "Brown", "Lee", "Garcia", "Novak", "Kim",
];

fn places_and_names(n: u32) -> Vec<Planted> {
    let at = n as usize;
    let (province, surname, given, name) =
        (PROVINCES[at], SURNAMES[at], GIVEN[at], ENGLISH[at]);
    vec![
        plant(format!("{province}B·1234{n}"), &format!("1234{n}")),
        plant(format!("{province}AD1234{n}"), &format!("D1234{n}")),
        whole(format!("AB 123{n}")),
        whole(format!("ABC-123{n}")),
        plant(format!("{}栋2单元50{n}", n + 3), &format!("2单元50{n}")),
        plant(format!("{}號樓120{n}", n + 2), &format!("樓120{n}")),
        plant(format!("{}-2-60{n}", n + 1), &format!("-2-60{n}")),
        plant(format!("B座18{n}室"), &format!("18{n}室")),
        plant(format!("Flat {}C, 12/F", n + 1), &format!("Flat {}C", n + 1)),
        whole(format!("unit 14{n}")),
        whole(format!("{surname}先生")),
        plant(format!("{surname}{given}女士"), &format!("{surname}{given}")),
        plant(format!("女士：{surname}{given}"), &format!("{surname}{given}")),
        plant(format!("Mr. {name}"), &format!(" {name}")),
        plant(format!("Ms Jane {name}"), &format!("Jane {name}")),
    ]
}

fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

const MAP: &str = "id: m\nname: M\n\
    stages: [{id: s, name: S, touchpoints: [{id: repair, name: Repair}, {id: fees, name: Fees}]}]\n\
    survey:\n  files: r.csv\n  wave: year\n  overall: overall\n  segments: {city: city}\n  \
    comments: {repair: c}\n  reasons: {fees: why}\n";

/// A survey with a datum in each of the comments.
fn survey(folder: &Path, code: &str) {
    let mut rows = String::from("year,city,overall,repair,c,fees,why\n");
    for (at, (said, _)) in planted().iter().enumerate() {
        let answer = 1 + at % 10;
        let before =
            ["态度很差，找", "排队太久 call ", "请联系", "Slow response "][at % 4];
        rows.push_str(&format!(
            "2025,北京,{answer},{answer},\"{before}{said} 谢谢，等了很久\",{answer},{code}\n"
        ));
    }
    fs::write(folder.join("r.csv"), rows).unwrap();
    fs::write(folder.join("m.yaml"), MAP).unwrap();
}

/// Everything that `folder` has besides the survey itself, and what the commands say.
fn outputs(folder: &Path) -> String {
    let commands: &[&[&str]] = &[
        &["report", "m.yaml", "--language", "en,zh-Hans,zh-Hant", "-o", "out.html"],
        &["report", "m.yaml", "--split", "city", "-o", "cards"],
        &["score", "m.yaml", "--format", "json", "--quotes", "-o", "out.json"],
        &["score", "m.yaml", "--format", "csv", "--table", "findings", "-o", "out.csv"],
        &["score", "m.yaml"],
        &["tally", "m.yaml", "-o", "out.tally"],
        &["draw", "m.yaml", "--view", "map", "-o", "out.svg"],
        &["check", "m.yaml", "--format", "json"],
        &["explain", "repair", "--map", "m.yaml"],
        &["match", "m.yaml"],
        &["export", "m.yaml", "--format", "csv", "--scores"],
    ];
    let mut all = String::new();
    for command in commands {
        let output = touchmap(folder, command);
        all += &String::from_utf8_lossy(&output.stdout);
        all += &String::from_utf8_lossy(&output.stderr);
    }
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !["r.csv", "m.yaml"].iter().any(|it| path.ends_with(it)) {
                all += &String::from_utf8_lossy(&fs::read(path).unwrap());
            }
        }
    }
    all
}

#[test]
fn none_of_three_hundred_planted_data_survives_into_any_output() {
    let folder = fixture("personal");
    survey(&folder, "");
    let all = outputs(&folder);
    assert_eq!(planted().len(), 300);
    let quoted = ["[phone]", "[name]", "[plate]", "[address]", "[id]", "[email]"];
    assert!(quoted.iter().any(|it| all.contains(it)), "no quote has a mask");
    let survived: Vec<String> =
        planted().into_iter().map(|it| it.1).filter(|it| all.contains(it)).collect();
    assert!(survived.is_empty(), "{survived:?}");
}

#[test]
fn what_stands_in_the_wrong_column_is_not_told_by_problems() {
    let folder = fixture("personal-codes");
    survey(&folder, "王先生 13800138000");
    let output = touchmap(&folder, &["check", "m.yaml"]);
    let said = text(&output.stderr) + &text(&output.stdout);
    assert!(said.contains("cannot be understood"), "{said}");
    assert!(!said.contains("13800138000") && !said.contains("王先生"), "{said}");
}

#[test]
fn quotes_are_shown_only_where_they_may_be() {
    let folder = fixture("personal-quotes");
    survey(&folder, "");
    let run = |arguments: &[&str]| text(&touchmap(&folder, arguments).stdout);
    let json = run(&["score", "m.yaml", "--format", "json"]);
    assert!(!json.contains("\"quotes\""), "quotes without being asked for");
    assert!(
        run(&["score", "m.yaml", "--format", "json", "--quotes"]).contains("\"quotes\"")
    );
    assert!(run(&["report", "m.yaml", "-o", "-"]).contains("<blockquote"));
    let without = run(&["report", "m.yaml", "--no-quotes", "-o", "-"]);
    assert!(!without.contains("<blockquote") && without.contains("</html>"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Wherever it stands in a comment, a datum is gone.
    #[test]
    fn a_datum_is_masked_wherever_it_stands(
        at in 0_usize..300,
        before in "(|我的|请打|call |ok, |（|房子漏水，)",
        after in "(|。|，谢谢| please|!| 等了很久|）)",
    ) {
        let (said, secret) = planted().swap_remove(at);
        let comment = format!("{before}{said}{after}");
        let shown = masked(&comment);
        prop_assert!(!shown.contains(&secret), "{comment} → {shown}");
    }
}
