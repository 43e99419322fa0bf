//! The guest surveys of San Francisco airport, 2013–2016, read as a user would read them:
//! the project's own map, and the rows that lie beside the project.

use std::fs::{self, File};

use touchmap::diag::{Diagnostics, Sources};
use touchmap::model::Journey;
use touchmap::survey::{ResponseInput, TallyOptions, Weighting, tally::Tally};

use crate::shared::{reference, root};

pub(crate) const WAVES: [&str; 4] = ["2013", "2014", "2015", "2016"];

/// How many touchpoints the survey has.
pub(crate) const TOUCHPOINTS: usize = 23;

/// The airport's map.
pub(crate) fn journey() -> Journey {
    let path = root().join("journeys/airport/journey.yaml");
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let bytes = fs::read(&path).unwrap();
    let journey =
        touchmap::map::read(&path, &bytes, &mut sources, &mut problems, &mut |path| {
            fs::read(path)
        });
    let problems = problems.into_sorted();
    assert!(problems.is_empty(), "{problems:?}");
    journey.unwrap().unwrap()
}

/// All four waves; `None` when the surveys are not here.
pub(crate) fn tally(weighting: Weighting) -> Option<Tally> {
    tally_with(&TallyOptions { weighting, ..TallyOptions::default() })
}

/// All four waves as the options say; `None` when the surveys are not here.
pub(crate) fn tally_with(options: &TallyOptions) -> Option<Tally> {
    reference("data/sfo/2016.csv")?;
    let journey = journey();
    let files = &journey.survey.as_ref().unwrap().files;
    let names: Vec<String> =
        files.iter().map(|file| file.path.display().to_string()).collect();
    let inputs = files.iter().zip(&names).map(|(file, name)| ResponseInput {
        name,
        file,
        bytes: Box::new(File::open(&file.path).unwrap()),
    });
    let mut problems = Diagnostics::default();
    let tally =
        touchmap::survey::tally(&journey, inputs.collect(), options, &mut problems)
            .unwrap();
    let problems = problems.into_sorted();
    assert!(problems.is_empty(), "{problems:?}");
    tally
}
