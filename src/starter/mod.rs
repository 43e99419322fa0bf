//! Starter projects: a commented map, synthetic responses, a README, in the languages asked
//! for. A new starter: a folder in `templates/new`, and its entry in [`STARTERS`].

mod draw;
mod plan;
mod words;

use std::path::Path;

use crate::diag::{Diagnostics, Sources};
use crate::map;
use crate::model::Language;

use plan::Plan;
use words::Words;

/// A journey to start from.
#[derive(Debug)]
pub struct Starter {
    /// What it is called on the command line.
    pub id: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    journey: &'static str,
    plan: &'static str,
}

macro_rules! starter {
    ($id:literal, $about:literal) => {
        Starter {
            id: $id,
            about: $about,
            journey: include_str!(concat!("../../templates/new/", $id, "/journey.yaml")),
            plan: include_str!(concat!("../../templates/new/", $id, "/plan.txt")),
        }
    };
}

/// Every starter; the first is the one that is written unless another is asked for.
pub const STARTERS: &[Starter] = &[
    starter!("blank", "three stages and six touchpoints, to be renamed"),
    starter!(
        "home-buying",
        "sales, signing, handover, house quality, repairs, living there"
    ),
    starter!("airport", "a departing passenger, from the road to the gate"),
    starter!("clinic", "a visit to a doctor, from booking to follow-up"),
    starter!("retail-store", "a purchase in a store, with advice, checkout and returns"),
    starter!("software-subscription", "trial, onboarding, daily use, support, renewal"),
];

/// Languages that starters are written in.
pub const LANGUAGES: [&str; 3] = ["en", "zh-Hans", "zh-Hant"];

const COMMENTS: &str = include_str!("../../templates/new/comments.txt");
const README: &str = include_str!("../../templates/new/README.md");

/// A file of a starter project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarterFile {
    /// Its path, seen from the folder of the project, with `/` between the parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// A starter that cannot be written, which is a fault of this program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the starter `{starter}` is broken: {why}")]
pub struct BrokenStarter {
    starter: &'static str,
    why: String,
}

/// The position of `language` among those that starters are written in; another Chinese is
/// that of its script.
#[must_use]
pub fn language(language: &Language) -> Option<usize> {
    LANGUAGES.iter().position(|tag| *tag == language.tag())
}

impl Starter {
    /// The files of a project in the languages at these positions of [`LANGUAGES`], of which
    /// the first is that of comments and responses.
    ///
    /// # Errors
    ///
    /// When the starter is not what its test holds it to.
    pub fn files(&self, languages: &[usize]) -> Result<Vec<StarterFile>, BrokenStarter> {
        let broken = |why: &dyn std::fmt::Display| BrokenStarter {
            starter: self.id,
            why: why.to_string(),
        };
        let words = Words::new(languages);
        let map = words.map(self.journey, COMMENTS).map_err(|why| broken(&why))?;
        let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
        let path = Path::new("journey.yaml");
        // A starter's map is one file.
        let mut load = |_: &Path| Err(std::io::ErrorKind::NotFound.into());
        let journey =
            map::read(path, map.as_bytes(), &mut sources, &mut problems, &mut load)
                .map_err(|why| broken(&why))?;
        let journey = journey.ok_or_else(|| {
            let first = problems.into_sorted().into_iter().next();
            broken(&first.map(|it| it.message).unwrap_or_default())
        })?;
        let plan = words.data(self.plan);
        let plan = Plan::read(&plan, &journey).map_err(|why| broken(&why))?;
        let readme = words.prose(README).map_err(|why| broken(&why))?;
        let own = journey.language.clone();
        let file = |path: &str, text: String| StarterFile { path: path.to_owned(), text };
        let mut files = vec![
            file("README.md", readme.replace("@name", journey.text(&journey.name, &own))),
            file("journey.yaml", map),
            file("map.schema.json", map::SCHEMA.to_owned()),
        ];
        files.extend(plan.waves.iter().map(|wave| {
            file(
                &format!("responses/{}.csv", wave.name),
                draw::responses(&journey, &plan, wave),
            )
        }));
        Ok(files)
    }
}
