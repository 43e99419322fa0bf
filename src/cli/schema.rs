//! `touchmap schema`.

use clap::{Args, ValueEnum};
use schemars::generate::SchemaSettings;

use crate::diagram::SceneRecord;
use crate::model::{Analysis, Matching, WhatIf};

use super::{
    failure::{Failure, Outcome},
    terminal::print,
};

/// Print the JSON Schema of what touchmap writes, for programs that read it.
#[derive(Args, Debug)]
pub(super) struct Schema {
    /// What to describe.
    #[arg(value_name = "WHAT", default_value = "analysis")]
    what: What,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// What `score --format json` writes and `--from-analysis` reads.
    Analysis,
    /// What `draw -o FILE.json` writes.
    Scene,
    /// What `whatif --format json` writes.
    Whatif,
    /// What `match --format json` writes.
    Match,
}

impl Schema {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        // As it is written: every key is there, and what cannot be had is null.
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let schema = match self.what {
            What::Analysis => generator.into_root_schema_for::<Analysis>(),
            What::Scene => generator.into_root_schema_for::<SceneRecord>(),
            What::Whatif => generator.into_root_schema_for::<WhatIf>(),
            What::Match => generator.into_root_schema_for::<Matching>(),
        };
        let text = serde_json::to_string_pretty(&schema)
            .map_err(|error| Failure::world(error, "cannot write the schema"))?;
        // Docs speak Rust; readers of JSON know null.
        print(&(text.replace("`None`", "`null`") + "\n"))?;
        Ok(Outcome::Done)
    }
}
