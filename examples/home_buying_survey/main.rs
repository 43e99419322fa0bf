//! Writes the synthetic responses of `journeys/home-buying`, and the truth planted in them.
//!
//! `cargo run --example home_buying_survey -- --out journeys/home-buying`

#[path = "generator.rs"]
mod generator;
mod truth;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;

use generator::plan::Plan;
use generator::{Survey, WaveFile};
use truth::Truth;

/// Years whose file starts with a byte order mark, as spreadsheets write it.
const WITH_MARK: [u16; 1] = [2024];

/// Write a synthetic home-buyer survey with a known truth.
#[derive(Parser)]
struct Options {
    /// Folder of the journey; gets `responses/*.csv` and `truth.json`
    #[arg(long, value_name = "DIR", default_value = "journeys/home-buying")]
    out: PathBuf,
    /// Another seed gives other people of the same kind
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Plant nothing: no pain, equal importance, no change, no segment effect
    #[arg(long)]
    null: bool,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let survey =
        Survey::new(if options.null { Plan::nothing() } else { Plan::planted() });
    let responses = options.out.join("responses");
    fs::create_dir_all(&responses)
        .with_context(|| format!("cannot create {}", responses.display()))?;
    for wave in survey.generate(options.seed) {
        let staff = survey.staff(options.seed, &wave);
        write(&responses.join(format!("{}.csv", wave.year)), &csv(&wave))?;
        write(&responses.join(format!("staff-{}.csv", wave.year)), &csv(&staff))?;
    }
    let truth = Truth::of(survey.plan(), options.seed);
    let json = serde_json::to_string_pretty(&truth)? + "\n";
    write(&options.out.join("truth.json"), &json)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The file as text. No cell holds a comma or a quote, so none needs quoting.
fn csv(wave: &WaveFile) -> String {
    let mark = if WITH_MARK.contains(&wave.year) { "\u{feff}" } else { "" };
    let mut text = format!("{mark}{}\n", wave.header.join(","));
    for row in &wave.rows {
        text.push_str(&row.join(","));
        text.push('\n');
    }
    text
}
