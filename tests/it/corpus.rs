//! Files made to look like exports of survey tools, institutes and warehouses: each is read
//! as the lines beside it say, which were written by hand (`tests/corpus/README.md`).

use std::{collections::BTreeMap, fs, io::Read, path::Path};

use proptest::prelude::*;
use touchmap::{
    diag::{Diagnostic, Diagnostics, Severity},
    model::{Journey, ResponseFile},
    survey::{
        ResponseInput, TallyOptions, tally,
        tally::{QuestionTally, Tally, Variable},
    },
};

use crate::{
    responses::{counts, file},
    shared::{read_journey, root},
};

/// What a file must be read as.
#[derive(Debug, Default)]
struct Expected {
    map: String,
    wave: String,
    /// Whether a column tells the wave, and not the file.
    by_column: bool,
    sheet: Option<String>,
    rows: Option<u64>,
    /// Answers by question, as many of each as there are.
    answers: Vec<(String, Vec<String>)>,
    /// Codes of warnings, or of errors.
    told: Vec<String>,
    errors: Vec<String>,
    /// What messages must say.
    says: Vec<String>,
}

impl Expected {
    fn read(text: &str) -> Self {
        let mut it = Self { wave: "2025".to_owned(), ..Self::default() };
        for line in text.lines().filter(|line| !line.is_empty()) {
            let (key, rest) = line.split_once(' ').expect("a key and a value");
            let words = || rest.split(' ').map(str::to_owned).collect::<Vec<_>>();
            match key {
                "map" => rest.clone_into(&mut it.map),
                "wave" => rest.clone_into(&mut it.wave),
                "by" => it.by_column = true,
                "sheet" => it.sheet = Some(rest.to_owned()),
                "rows" => it.rows = Some(rest.parse().unwrap()),
                "told" => it.told = words(),
                "error" => it.errors = words(),
                "says" => it.says.push(rest.to_owned()),
                question => it.answers.push((question.to_owned(), words())),
            }
        }
        assert_eq!(it.rows.is_some(), it.errors.is_empty(), "scores or an error");
        it
    }

    fn file(&self, name: &str) -> ResponseFile {
        let wave = (!self.by_column).then_some(self.wave.as_str());
        ResponseFile { sheet: self.sheet.clone(), ..file(name, wave) }
    }

    /// The journey of the map. A file need not have all its columns.
    fn journey(&self) -> Journey {
        let map = root().join(format!("tests/corpus/maps/{}.yaml", self.map));
        let mut journey = read_journey(&fs::read_to_string(map).unwrap());
        let plan = journey.survey.as_mut().unwrap();
        let questions = plan.overall.iter_mut().chain(&mut plan.recommend);
        for question in questions.chain(&mut plan.questions) {
            question.column.span = None;
        }
        let columns = plan.respondent.iter_mut().chain(&mut plan.weight);
        for column in columns.chain(plan.segments.iter_mut().map(|it| &mut it.column)) {
            column.span = None;
        }
        journey
    }
}

/// A file that is read in pieces of these lengths, over and over.
struct Pieces<'a> {
    bytes: &'a [u8],
    lengths: Vec<usize>,
    next: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.lengths[self.next % self.lengths.len()];
        self.next += 1;
        let length = length.min(buffer.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.bytes = later;
        Ok(length)
    }
}

fn read(
    expected: &Expected,
    name: &str,
    bytes: impl Read + Send,
) -> (Journey, Option<Tally>, Vec<Diagnostic>) {
    let (journey, file) = (expected.journey(), expected.file(name));
    let inputs = vec![ResponseInput { name, file: &file, bytes: Box::new(bytes) }];
    let mut problems = Diagnostics::default();
    let read = tally(&journey, inputs, &TallyOptions::default(), &mut problems);
    (journey.clone(), read.unwrap(), problems.into_sorted())
}

/// How often each answer or kind of missing was read.
fn found(question: &QuestionTally) -> BTreeMap<String, u64> {
    let mut found: BTreeMap<_, _> =
        counts(question).into_iter().map(|(level, n)| (level.to_string(), n)).collect();
    let missing = [
        ("na", question.not_applicable.n),
        ("blank", question.blank.n),
        ("asked", question.not_asked.n),
    ];
    found.extend(
        missing.into_iter().filter(|(_, n)| *n > 0).map(|(it, n)| (it.to_owned(), n)),
    );
    found
}

fn variable(journey: &Journey, question: &str) -> Variable {
    match question {
        "overall" => Variable::Overall,
        "recommend" => Variable::Recommend,
        id => Variable::Touchpoint(journey.find(id).unwrap().0),
    }
}

/// What differs from what is expected; empty when nothing does.
fn differences(expected: &Expected, name: &str, bytes: &[u8]) -> Vec<String> {
    let (journey, tally, problems) = read(expected, name, bytes);
    let mut differ = Vec::new();
    let codes = |severity| {
        let codes = problems.iter().filter(|it| it.severity == severity);
        codes.map(|it| it.code.0.to_owned()).collect::<Vec<_>>()
    };
    let mut compare = |what: &str, expected: String, found: String| {
        if expected != found {
            differ.push(format!("{what}: expected {expected}, found {found}"));
        }
    };
    let (errors, told) = (codes(Severity::Error), codes(Severity::Warning));
    compare("errors", format!("{:?}", expected.errors), format!("{errors:?}"));
    if expected.errors.is_empty() {
        compare("told", format!("{:?}", expected.told), format!("{told:?}"));
    }
    let wave = tally.as_ref().and_then(|it| it.wave(&expected.wave));
    let rows = wave.and_then(|it| it.rows).map(|rows| rows.read);
    compare("rows", format!("{:?}", expected.rows), format!("{rows:?}"));
    for (question, answers) in &expected.answers {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for answer in answers {
            *counts.entry(answer.clone()).or_default() += 1;
        }
        let read = wave.and_then(|it| it.questions.get(&variable(&journey, question)));
        compare(
            question,
            format!("{:?}", Some(counts)),
            format!("{:?}", read.map(found)),
        );
    }
    for words in &expected.says {
        let said = format!("{problems:?}");
        let said = said.replace("\\\"", "\"");
        if !said.contains(words.as_str()) {
            differ.push(format!("nothing says `{words}`: {problems:#?}"));
        }
    }
    if !differ.is_empty() {
        differ.push(format!("{problems:#?}"));
    }
    differ
}

/// Every file of the corpus, with what is expected of it.
fn corpus() -> Vec<(String, Vec<u8>, Expected)> {
    let folder = root().join("tests/corpus/files");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_none_or(|it| it != "expected"))
        .collect();
    names.sort();
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        let mut expected =
            fs::read_to_string(folder.join(format!("{name}.expected"))).unwrap();
        if bytes.starts_with(b"PAR1") && cfg!(not(feature = "parquet")) {
            expected = refused_parquet(&expected);
        }
        (name, bytes, Expected::read(&expected))
    };
    names.into_iter().map(read).collect()
}

/// What is said of any Parquet file where none is read, instead of what is `expected`.
fn refused_parquet(expected: &str) -> String {
    let of_map = |line: &&str| line.starts_with("map ") || line.starts_with("by ");
    let kept = expected.lines().filter(of_map);
    let said = [
        "error TM413",
        "says is a Parquet file, which this version cannot read",
        "says cargo install --path . --features parquet",
        "says COPY 'x.parquet' TO 'x.csv'",
        "says polars.read_parquet(",
    ];
    kept.chain(said).collect::<Vec<_>>().join("\n")
}

/// Whether a case reads a workbook, which is done only with the feature.
fn needs_workbooks(name: &str, bytes: &[u8]) -> bool {
    let workbook = bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF");
    workbook && cfg!(not(feature = "xlsx")) && !name.is_empty()
}

#[test]
fn every_file_of_the_corpus_is_read_right_or_refused_with_what_to_do() {
    let corpus = corpus();
    assert!(corpus.len() >= 40, "the corpus is gone");
    let mut wrong = Vec::new();
    for (name, bytes, expected) in corpus {
        if needs_workbooks(&name, &bytes) {
            eprintln!("skipped without the feature `xlsx`: {name}");
            continue;
        }
        let differ = differences(&expected, &name, &bytes);
        if !differ.is_empty() {
            wrong.push(format!("{name}\n  {}", differ.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} files differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_refusal_says_what_to_do() {
    for (name, bytes, expected) in corpus() {
        if needs_workbooks(&name, &bytes) || expected.errors.is_empty() {
            continue;
        }
        let (_, _, problems) = read(&expected, &name, bytes.as_slice());
        for it in problems.iter().filter(|it| it.severity == Severity::Error) {
            let empty = it.code.0 == "TM409";
            let helps = !it.hints.is_empty() || !it.notes.is_empty();
            assert!(helps || empty, "{name}: {it:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the bytes of a file come, the same is read out of it.
    #[test]
    fn any_split_into_reads_gives_the_same(lengths in prop::collection::vec(1_usize..700, 1..6)) {
        for (name, bytes, expected) in corpus() {
            // Bombs are slow, and about something else.
            if name.starts_with("bomb") || needs_workbooks(&name, &bytes) {
                continue;
            }
            let (_, whole, said) = read(&expected, &name, bytes.as_slice());
            let pieces = Pieces { bytes: &bytes, lengths: lengths.clone(), next: 0 };
            let (_, split, said_then) = read(&expected, &name, pieces);
            prop_assert_eq!(format!("{whole:?}"), format!("{split:?}"), "{}", name);
            prop_assert_eq!(said, said_then, "{}", name);
        }
    }

    /// A workbook, or a packed table, with bytes changed or cut off is read, or refused: it
    /// never panics.
    #[test]
    fn no_damage_to_a_file_makes_it_panic(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let corpus: Vec<_> = corpus()
            .into_iter()
            .filter(|(name, bytes, _)| !name.contains("bomb") && !bytes.is_empty())
            .collect();
        let (name, bytes, expected) = which.get(&corpus);
        let mut bytes = bytes.clone();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let (journey, file) = (expected.journey(), expected.file(name));
        let inputs = vec![ResponseInput { name, file: &file, bytes: Box::new(bytes.as_slice()) }];
        let _ = tally(&journey, inputs, &TallyOptions::default(), &mut Diagnostics::default());
    }
}
