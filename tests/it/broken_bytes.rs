//! A map with any bytes broken is read or refused, and never panics.

use std::path::Path;

use proptest::prelude::*;
use touchmap::{
    diag::{Diagnostics, Severity, Sources, Style, render},
    graph, map,
};

const MAP: &str = include_str!("../../journeys/home-buying/journey.yaml");

/// Pieces that YAML, or our decoding, gives a meaning to.
const PIECES: &[&str] = &[
    ":",
    ": ",
    "-",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "&a",
    "*a",
    "<<",
    "|",
    ">",
    "#",
    "?",
    "!",
    "\n",
    "\t",
    "  ",
    "->",
    "→",
    "~",
    "null",
    "1e999",
    "NaN",
    "-0.0",
    "售",
    "\u{0}",
    "\u{feff}",
    "---",
    "...",
    "%YAML 1.2",
    "start",
    "end",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_edit_of_a_map_makes_it_panic(
        edits in prop::collection::vec((0..MAP.len(), 0..PIECES.len(), 0..8_usize), 1..6)
    ) {
        let mut bytes = MAP.as_bytes().to_vec();
        for (at, piece, length) in edits {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, PIECES[piece].bytes());
        }
        let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
        let journey = map::read(
            Path::new("broken.yaml"),
            &bytes,
            &mut sources,
            &mut problems,
            &mut |_| Err(std::io::Error::other("no other file")),
        );
        if let Ok(Some(journey)) = &journey {
            let graph = graph::JourneyGraph::new(journey);
            graph::check(journey, &graph, &mut problems);
            let measures = graph::measure(journey, &graph);
            prop_assert!(measures.visits.is_none_or(|it| it.iter().all(|it| it.is_finite())));
        }
        let problems = problems.into_sorted();
        for problem in &problems {
            prop_assert!(render(problem, &sources, Style::Plain).contains(problem.code.0));
        }
        let refused = matches!(journey, Ok(None));
        let errors = problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert!(!refused || errors, "a map was refused without a word");
    }
}
