//! Files as the world sends them. Whatever they hold, nothing panics, and a file that says
//! the same says the same in every encoding and dialect.

use encoding_rs::{BIG5, GB18030};
use proptest::prelude::*;
use touchmap::model::{Journey, Language};
use touchmap::survey::TallyOptions;
use touchmap::survey::tally::Variable;

use super::responses::{
    codes_of, column, counts, file, journey, levels, plan, question, read, segment,
};

fn home() -> Journey {
    let mut journey = journey(&[&["a", "b"]], 1.0, 10.0);
    journey.language = Language::new("zh-Hans").unwrap();
    let plan = plan(&mut journey);
    plan.questions[0].column = column(&["接待"]);
    plan.questions[1].column = column(&["签约"]);
    plan.weight = Some(column(&["权重"]));
    plan.segments = vec![segment("城市")];
    journey
}

const TEXT: &str = "接待,签约,权重,城市\n7,8,0.5,成都\n9,,1.5,北京\n７,8.0,1,成都\n";

/// Reads `bytes`, which say what [`TEXT`] says.
fn says_the_same(bytes: &[u8], how: &str) {
    let file = file("a.csv", Some("2025"));
    let (tally, problems) = read(&home(), &[(&file, bytes)], &TallyOptions::default());
    assert_eq!(problems, [], "{how}");
    let tally = tally.unwrap();
    let reception = question(&tally, "2025", Variable::Touchpoint(0));
    let sums: Vec<_> =
        levels(reception).iter().map(|it| (it.value, it.n, it.w)).collect();
    assert_eq!(sums, [(7.0, 2, 1.5), (9.0, 1, 1.5)], "{how}");
    let contract = question(&tally, "2025", Variable::Touchpoint(1));
    assert_eq!((counts(contract), contract.blank.n), (vec![(8.0, 2)], 1), "{how}");
    let cities: Vec<_> = tally.wave("2025").unwrap().segments.keys().cloned().collect();
    assert_eq!(cities, [(0, "北京".to_owned()), (0, "成都".to_owned())], "{how}");
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_encoding_says_the_same() {
    says_the_same(TEXT.as_bytes(), "UTF-8");
    let marked = format!("\u{feff}{TEXT}");
    says_the_same(marked.as_bytes(), "UTF-8 with a mark");
    says_the_same(&utf_16(&marked, u16::to_le_bytes), "UTF-16LE with a mark");
    says_the_same(&utf_16(&marked, u16::to_be_bytes), "UTF-16BE with a mark");
    says_the_same(&utf_16(TEXT, u16::to_le_bytes), "UTF-16LE");
    says_the_same(&utf_16(TEXT, u16::to_be_bytes), "UTF-16BE");
    says_the_same(&GB18030.encode(TEXT).0, "GB18030");
}

#[test]
fn traditional_chinese_in_big5_is_read() {
    let mut journey = home();
    journey.language = Language::new("zh-TW").unwrap();
    let plan = plan(&mut journey);
    plan.questions[1].column = column(&["簽約"]);
    plan.weight = None;
    plan.segments = Vec::new();
    let (bytes, ..) = BIG5.encode("接待,簽約,備註\n7,8,服務很好\n9,9,謝謝\n");
    let file = file("a.csv", Some("2025"));
    let (tally, problems) =
        read(&journey, &[(&file, &bytes[..])], &TallyOptions::default());
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    let contract = question(&tally, "2025", Variable::Touchpoint(1));
    assert_eq!(counts(contract), [(8.0, 1), (9.0, 1)]);
}

#[test]
fn every_dialect_says_the_same() {
    for separator in [";", "\t", "|"] {
        let text = TEXT.replace(',', separator);
        says_the_same(text.as_bytes(), separator);
        says_the_same(text.replace('.', ",").as_bytes(), "decimal commas");
        says_the_same(text.replace('\n', "\r\n").as_bytes(), "CRLF");
    }
    says_the_same(TEXT.replace('\n', "\r").as_bytes(), "CR");
    says_the_same(TEXT.trim_end().as_bytes(), "no last line end");
    let quoted = TEXT.trim_end().replace(',', "\",\"").replace('\n', "\"\n\"");
    let quoted = format!("\"{quoted}\"\n");
    says_the_same(quoted.as_bytes(), "quotes");
    let quoted = format!("\u{feff}{}", quoted.replacen("接待", "\u{feff}接待", 1));
    says_the_same(quoted.as_bytes(), "a mark in the quoted header");
    let semicolons = format!("sep=;\r\n{}", TEXT.replace(',', ";"));
    says_the_same(semicolons.as_bytes(), "a line that names the separator");
}

#[test]
fn line_breaks_in_quotes_are_part_of_a_cell() {
    let text = "接待,备注,签约,权重,城市\n7,\"好\n很好,\n\"\"谢谢\"\"\",8,0.5,成都\n\
        9,,,1.5,北京\n7,\"\r\n\",8,1,成都\n";
    says_the_same(text.as_bytes(), "line breaks in quotes");
}

#[test]
fn files_with_nothing_in_them_are_empty() {
    let journey = journey(&[&["a"]], 1.0, 5.0);
    let files: [&[u8]; 7] =
        [b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"a,b\n", b"a,b", b"a,b\n,\n"];
    for bytes in files {
        assert_eq!(codes_of(&journey, bytes), ["TM409"], "{bytes:?}");
    }
}

#[test]
fn ragged_rows_are_refused() {
    let journey = journey(&[&["a"]], 1.0, 5.0);
    assert_eq!(codes_of(&journey, b"a,b\n1,1\n1\n1,1\n"), ["TM404"]);
    let wide = format!("a,b\n1,1\n{}\n1,1\n", "1,".repeat(100_000));
    assert_eq!(codes_of(&journey, wide.as_bytes()), ["TM404"]);
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_rest_unseen() {
    let journey = journey(&[&["a"]], 1.0, 5.0);
    assert_eq!(codes_of(&journey, b"a,b\n1,1\n1,\"1\n1,1\n1,1\n"), ["TM404"]);
    assert_eq!(codes_of(&journey, b"a,\"b\n1,1\n1,1\n"), ["TM404"]);
    // One that is closed may end the file, line breaks and all.
    let file = file("a.csv", Some("2025"));
    let text: &[u8] = b"a,b\n1,1\n1,\"x\n\n\"";
    assert_eq!(read(&journey, &[(&file, text)], &TallyOptions::default()).1, []);
}

#[test]
fn a_hundred_thousand_columns_are_only_columns() {
    let mut journey = journey(&[&["a"]], 1.0, 5.0);
    plan(&mut journey).questions[0].column = column(&["c99999"]);
    let header: Vec<_> = (0..100_000).map(|it| format!("c{it}")).collect();
    let row = vec!["3"; 100_000];
    let text = format!("{}\n{}\n", header.join(","), row.join(","));
    let file = file("a.csv", Some("2025"));
    let files = [(&file, text.as_bytes())];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert_eq!(problems, []);
    let a = question(tally.as_ref().unwrap(), "2025", Variable::Touchpoint(0)).clone();
    assert_eq!(counts(&a), [(3.0, 1)]);
}

#[test]
fn null_bytes_are_values_like_others() {
    let journey = journey(&[&["a"]], 1.0, 5.0);
    assert_eq!(codes_of(&journey, b"a,b\n1,1\n\0,1\n1,\0\n\0\0,1\n"), ["TM401"]);
    // Nothing but nulls is a header of one odd name and no rows.
    assert_eq!(codes_of(&journey, &[0; 11]), ["TM409"]);
}

#[test]
fn what_is_no_text_is_refused() {
    let journey = journey(&[&["a"]], 1.0, 5.0);
    let picture: Vec<u8> = (0..=255_u8).cycle().skip(3).step_by(7).take(4096).collect();
    assert_eq!(codes_of(&journey, &picture), ["TM408"]);
    assert_eq!(codes_of(&journey, b"%PDF-1.7"), ["TM413"]);
    assert_eq!(codes_of(&journey, b"PAR1\x15\x04"), ["TM413"]);
    // A text that stops being one, far behind the beginning.
    let mut late = b"a,b\n".to_vec();
    late.extend(b"1,1\n".repeat(600_000));
    late.extend(b"1,\xff\n");
    assert_eq!(codes_of(&journey, &late), ["TM408"]);
    // UTF-16 that is cut in the middle of a character.
    let mut cut = utf_16("\u{feff}a,b\n1,1\n", u16::to_le_bytes);
    cut.push(0x31);
    assert_eq!(codes_of(&journey, &cut), ["TM408"]);
}

#[test]
fn no_beginning_of_a_file_panics() {
    let file = file("a.csv", Some("2025"));
    let bytes = GB18030.encode(TEXT).0.into_owned();
    for text in [TEXT.as_bytes(), &utf_16(TEXT, u16::to_le_bytes), &bytes] {
        for end in 0..text.len() {
            let files = [(&file, &text[..end])];
            let (tally, problems) = read(&home(), &files, &TallyOptions::default());
            assert!(tally.is_some() || !problems.is_empty(), "{end}");
        }
    }
}

/// Pieces that files go wrong by.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"a",
        b"b",
        b"1",
        b"5",
        b",",
        b";",
        b"\t",
        b"|",
        b"\n",
        b"\r",
        b"\r\n",
        b"\"",
        b"\"\"",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b" ",
        b".5",
        b"-1",
        b"1e400",
        b"nan",
        b"touchpoint",
        b"n,mean,wave",
        b"sep=;",
        "年".as_bytes(),
        "７".as_bytes(),
        b"\xff",
        b"\xc4\xea",
        b"w",
        b"city",
    ];
    prop_oneof![
        9 => prop::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic_and_none_are_lost_without_a_word(
        header in prop::sample::select(vec!["", "a,b,w,city\n", "a;b;w\n", "touchpoint,wave,n,1,5\n"]),
        pieces in prop::collection::vec(piece(), 0..40),
    ) {
        let mut journey = journey(&[&["a", "b"]], 1.0, 5.0);
        plan(&mut journey).weight = Some(touchmap::model::Column::named("w"));
        plan(&mut journey).segments = vec![segment("city")];
        let bytes = [header.as_bytes(), &pieces.concat()].concat();
        let file = file("a.csv", Some("2025"));
        let (tally, problems) = read(&journey, &[(&file, &bytes)], &TallyOptions::default());
        prop_assert!(tally.is_some() || !problems.is_empty());
    }
}
