//! The example journeys of the project with their own responses.

use std::fs;

use super::Case;
use crate::shared::{read_journey, reference, root, text, touchmap};

/// Home buying, with its synthetic responses.
pub(crate) fn example() -> Case {
    let map = root().join("journeys/home-buying/journey.yaml");
    Case {
        journey: read_journey(&fs::read_to_string(map).unwrap()),
        analysis: crate::home_buying::analysis().clone(),
    }
}

/// The airport, with the responses of 2013 to 2016; `None` where they are not beside the
/// project.
pub(crate) fn airport() -> Option<Case> {
    reference("data/sfo/2016.csv")?;
    let path = "journeys/airport/journey.yaml";
    let score = ["score", path, "--wave", "2016", "--format", "json"];
    let output = touchmap(root(), &score);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let journey = read_journey(&fs::read_to_string(root().join(path)).unwrap());
    Some(Case { journey, analysis: serde_json::from_slice(&output.stdout).unwrap() })
}
