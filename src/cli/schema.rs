//! `touchmap schema`.

use clap::{Args, ValueEnum};
use schemars::generate::SchemaSettings;

use crate::diagram::SceneRecord;
use crate::diff::DiffRecord;
use crate::gate::GateRecord;
use crate::map;
use crate::model::{Analysis, Matching, WhatIf};

use super::{
    check_record::CheckRecord,
    failure::{Failure, Outcome},
    terminal::print,
};

/// Print the JSON Schema of a map, or of what touchmap writes.
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
    /// What `check --format json` writes.
    Check,
    /// What `gate --format json` writes.
    Gate,
    /// What `diff --format json` writes.
    Diff,
    /// A journey map, for editors that complete and explain its keys.
    Map,
    /// The section `survey` in a file of its own.
    Survey,
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
            What::Check => generator.into_root_schema_for::<CheckRecord>(),
            What::Gate => generator.into_root_schema_for::<GateRecord>(),
            What::Diff => generator.into_root_schema_for::<DiffRecord>(),
            What::Map => return shown(map::SCHEMA),
            What::Survey => {
                let schema = map::survey_schema().map_err(cannot_write)?;
                return shown(&pretty(&schema)?);
            }
        };
        let text = pretty(&schema)?;
        // Docs speak Rust; readers of JSON know null.
        shown(&text.replace("`None`", "`null`"))
    }
}

fn shown(text: &str) -> Result<Outcome, Failure> {
    print(&format!("{}\n", text.trim_end()))?;
    Ok(Outcome::Done)
}

fn pretty(schema: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(schema).map_err(cannot_write)
}

fn cannot_write(error: serde_json::Error) -> Failure {
    Failure::world(error, "cannot write the schema")
}
