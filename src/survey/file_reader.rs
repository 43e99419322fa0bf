//! A file whose rows are no respondents: aggregates and long rows.

use crate::model::{Journey, ResponseFile, SurveyPlan};

use super::sighting::Site;

/// What is known of a file before its rows are read.
#[derive(Clone, Copy)]
pub(super) struct FileReader<'a> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// What the map says of the survey.
    pub(super) plan: &'a SurveyPlan,
    /// What it says of the file.
    pub(super) file: &'a ResponseFile,
    /// The file.
    pub(super) site: Site<'a>,
}
