//! Files made to blow up end in an error, soon and within little memory.

use std::{fmt::Write as _, path::Path, time::Instant};

use touchmap::{
    diag::{Diagnostics, Sources},
    map,
};

/// The codes of the problems of `text`.
fn codes(text: &str) -> Vec<&'static str> {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let path = Path::new("hostile.yaml");
    let journey =
        map::read(path, text.as_bytes(), &mut sources, &mut problems, &mut |_| {
            panic!("no other file is named")
        });
    assert!(journey.unwrap().is_none());
    problems.into_sorted().iter().map(|problem| problem.code.0).collect()
}

/// A megabyte of aliases to aliases, each level ten times the one before.
fn nested_aliases() -> String {
    let mut text = String::from("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1.. {
        let alias = format!("*l{}", level - 1);
        let ten = [alias.as_str(); 10].join(", ");
        writeln!(text, "l{level}: &l{level} [{ten}]").unwrap();
        if text.len() > 1 << 20 {
            return text;
        }
    }
    unreachable!("the loop ends at a megabyte")
}

#[test]
fn a_megabyte_of_nested_aliases_is_refused() {
    assert_eq!(codes(&nested_aliases()), ["TM002"]);
}

#[test]
fn a_megabyte_of_brackets_is_refused() {
    assert_eq!(codes(&"[".repeat(1 << 20)), ["TM002"]);
    assert_eq!(codes(&"- ".repeat(1 << 19)), ["TM002"]);
    assert_eq!(codes(&"{a: ".repeat(1 << 18)), ["TM002"]);
}

#[test]
fn nested_mappings_by_indent_are_refused() {
    let mut text = String::new();
    for depth in 0..1_400 {
        writeln!(text, "{}k:", " ".repeat(depth)).unwrap();
    }
    assert_eq!(codes(&text), ["TM002"]);
}

#[test]
fn a_megabyte_of_distinct_problems_is_told_in_linear_time() {
    let mut text = String::from("id: a\nname: a\n");
    for key in 0..60_000 {
        writeln!(text, "k{key}: {{}}").unwrap();
    }
    let start = Instant::now();
    let found = codes(&text);
    assert_eq!(found.iter().filter(|code| **code == "TM101").count(), 60_000);
    // Far over what a linear pass takes, far under what a quadratic one would.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_file_over_the_size_limit_is_refused_unread() {
    let text = format!("id: a\nname: {}\n", "a".repeat(9 << 20));
    assert_eq!(codes(&text), ["TM002"]);
}

#[test]
fn no_cut_of_a_good_map_panics() {
    let good = include_str!("../cases/unknown-reference-behind-chinese/journey.yaml");
    for end in (0..good.len()).filter(|end| good.is_char_boundary(*end)) {
        let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
        let read = map::read(
            Path::new("cut.yaml"),
            &good.as_bytes()[..end],
            &mut sources,
            &mut problems,
            &mut |_| panic!("no other file is named"),
        );
        for problem in problems.into_sorted() {
            let shown =
                touchmap::diag::render(&problem, &sources, touchmap::diag::Style::Plain);
            assert!(shown.contains(problem.code.0));
        }
        read.unwrap();
    }
}
