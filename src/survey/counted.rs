//! Responses counted, before they are summed up: what is kept in a file and adds up exactly.

use std::num::NonZeroUsize;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::diag::{Code, Diagnostic};
use crate::model::{Journey, SurveyPlan};

use super::count::Counts;
use super::finish::panels;
use super::options::TallyOptions;
use super::sighting::shown;
use super::terms::Terms;
use super::written::WrittenCounts;

/// What a file of counts calls itself; the number rises when an older version could no longer
/// read it.
pub const TALLY_SCHEMA: &str = "touchmap.tally/2";

/// Responses of a journey, counted. No respondent can be told from it where groups are large
/// enough; see [`Self::suppress`].
///
/// Counts of parts add up to the counts of the whole, to the last bit.
#[derive(Clone, Debug)]
pub struct Counted {
    pub(super) counts: Counts,
    pub(super) terms: Terms,
}

/// The most bytes that a file may have when it is unpacked.
const MOST_UNPACKED: usize = 1 << 28;
/// The fast: what is packed is the least of a file.
const EFFORT: u8 = 1;

/// The first line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    schema: String,
    /// XXH3-64 of the bytes after this line.
    xxh3: String,
    /// How many of them are packed.
    bytes: usize,
    /// How many these are when they are unpacked.
    unpacked: usize,
    /// How many follow them.
    integers: usize,
}

/// As much of the first line as every version has.
#[derive(Debug, Deserialize)]
struct Schema {
    schema: String,
}

/// What is packed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    terms: Terms,
    counts: WrittenCounts,
}

impl Counted {
    /// The counts as the bytes of a file, the same for the same responses in any order, and for
    /// any number of threads to write them with.
    ///
    /// A line of JSON, the schema with a checksum of what follows; the counts, JSON as well,
    /// packed by zlib (RFC 1950); and the integers of the joint sums, which are most of a file
    /// and too many to be packed in little time. All numbers but answers and scales are whole.
    /// Not in it are ids, hashes of ids, the order of rows, and where they stood.
    ///
    /// # Errors
    ///
    /// When the counts cannot be written as JSON.
    pub fn write(self, threads: NonZeroUsize) -> serde_json::Result<Vec<u8>> {
        let panels = panels(&self.counts, self.terms.missing_weight);
        let mut integers = Vec::new();
        let counts = WrittenCounts::of(self.counts, panels, (&mut integers, threads));
        let body = serde_json::to_vec(&Body { terms: self.terms, counts })?;
        let packed = compress_to_vec_zlib(&body, EFFORT);
        let mut check = Xxh3Default::new();
        check.update(&packed);
        for table in &integers {
            check.update(table);
        }
        let size = integers.iter().map(Vec::len).sum();
        let head = Head {
            schema: TALLY_SCHEMA.to_owned(),
            xxh3: format!("{:016x}", check.digest()),
            bytes: packed.len(),
            unpacked: body.len(),
            integers: size,
        };
        let mut file = serde_json::to_vec(&head)?;
        file.push(b'\n');
        file.reserve_exact(packed.len() + size);
        file.extend(packed);
        // Each is given up as soon as it is there: they are large.
        for table in integers {
            file.extend(table);
        }
        Ok(file)
    }

    /// Reads counts that [`Self::write`] wrote for this journey; `name` is that of the file.
    ///
    /// # Errors
    ///
    /// A problem that says what is wrong when the file holds no counts, was damaged or
    /// written by another version, or counts for a map that differs in ids, scales, missing
    /// codes or segments.
    pub fn read(
        name: &str,
        bytes: &[u8],
        journey: &Journey,
    ) -> Result<Self, Box<Diagnostic>> {
        let (body, integers) = body(name, bytes)?;
        let by_ids =
            SurveyPlan::by_ids(journey.touchpoints.iter().map(|it| it.id.as_str()));
        let plan = journey.survey.as_ref().unwrap_or(&by_ids);
        let map = Terms::of(journey, plan, &TallyOptions::default());
        let differences = body.terms.differences_of_map(&map);
        if !differences.is_empty() {
            let message = format!(
                "`{name}` is the tally of another map, or of another state of it"
            );
            let problem = Diagnostic::error(Code::OTHER_TALLY, None, message);
            return Err(Box::new(
                differences.into_iter().fold(problem, Diagnostic::note),
            ));
        }
        let counts = body.counts.counts(plan, integers);
        let counts =
            counts.ok_or_else(|| damaged(name, "its counts contradict one another"))?;
        Ok(Self { counts, terms: body.terms })
    }

    /// Adds the counts of other responses of the same journey; `name` is that of their file.
    ///
    /// # Errors
    ///
    /// A problem that says what differs when the two were not made alike.
    pub fn merge(&mut self, name: &str, other: Self) -> Result<(), Box<Diagnostic>> {
        let differences = self.terms.differences_of_making(&other.terms);
        if differences.is_empty() {
            self.counts.merge(other.counts);
            return Ok(());
        }
        let message = format!("`{name}` cannot be added to the tallies before it");
        let problem = Diagnostic::error(Code::OTHER_TALLY, None, message);
        Err(Box::new(differences.into_iter().fold(problem, Diagnostic::note)))
    }

    /// Leaves out what tells of fewer than `below` respondents.
    ///
    /// That are segment cells, with the next-smallest where one alone is left out, or few have
    /// no value, and could be worked out from the total; and joint sums of small replicate
    /// groups, which are joined until each has as many, or left out. So few without an overall
    /// answer that their joint sums are left out take some of the others with them.
    pub fn suppress(&mut self, below: u64) {
        self.counts.suppress(below);
    }

    /// How the responses were read, as far as it shows in the counts.
    #[must_use]
    pub fn options(&self) -> TallyOptions {
        TallyOptions {
            weighting: self.terms.weighting,
            missing_weight: self.terms.missing_weight,
            restriction: self.terms.restriction.clone(),
            drivers: self.terms.drivers,
            groups: self.terms.groups,
            ..TallyOptions::default()
        }
    }
}

/// The packed part of a file, and what follows it.
fn body<'a>(name: &str, bytes: &'a [u8]) -> Result<(Body, &'a [u8]), Box<Diagnostic>> {
    let no_tally = || {
        let message = format!("`{name}` is no tally");
        let problem = Diagnostic::error(Code::BAD_TALLY, None, message)
            .note(format!("expected the first line to name `{TALLY_SCHEMA}`"))
            .hint("write one with `touchmap tally`");
        Box::new(problem)
    };
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or_else(no_tally)?;
    let (head, rest) = bytes.split_at(end);
    let Schema { schema } = serde_json::from_slice(head).map_err(|_| no_tally())?;
    if schema != TALLY_SCHEMA {
        return Err(other_version(name, &schema));
    }
    let head: Head = serde_json::from_slice(head).map_err(|_| no_tally())?;
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    let said = head.bytes.saturating_add(head.integers);
    if rest.len() < said {
        return Err(damaged(name, "its end is missing"));
    }
    let parts = rest.split_at_checked(head.bytes).filter(|_| rest.len() == said);
    let Some((packed, integers)) =
        parts.filter(|_| format!("{:016x}", xxh3_64(rest)) == head.xxh3)
    else {
        return Err(damaged(name, "its checksum is another"));
    };
    // However far a few bytes would unpack, no more is taken than was said, and than is sane.
    let body =
        decompress_to_vec_zlib_with_limit(packed, head.unpacked.min(MOST_UNPACKED))
            .ok()
            .filter(|body| body.len() == head.unpacked)
            .ok_or_else(|| damaged(name, "it cannot be unpacked"))?;
    let body = serde_json::from_slice(&body);
    let body = body.map_err(|error| damaged(name, &error.to_string()))?;
    Ok((body, integers))
}

fn other_version(name: &str, schema: &str) -> Box<Diagnostic> {
    let message = format!("`{name}` is `{}`", shown(schema));
    let problem = Diagnostic::error(Code::BAD_TALLY, None, message)
        .note(format!("expected `{TALLY_SCHEMA}`"))
        .hint("write it again with this version, from the responses");
    Box::new(problem)
}

fn damaged(name: &str, why: &str) -> Box<Diagnostic> {
    let problem =
        Diagnostic::error(Code::BAD_TALLY, None, format!("`{name}` is damaged"))
            .note(why)
            .hint("write it again with `touchmap tally`, from the responses");
    Box::new(problem)
}
