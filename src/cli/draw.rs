//! `touchmap draw`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::report::{self, View};

use super::{
    failure::{Failure, Outcome},
    input::{self, Loaded},
    look::Look,
    output::Target,
    selection::{Selection, usage},
    terminal::say,
};

/// Draw one picture as SVG.
#[derive(Args, Debug)]
pub(super) struct Draw {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    look: Look,
    /// What to draw.
    #[arg(long, value_name = "VIEW")]
    view: ViewName,
    /// Width in pixels; pictures become wider where their texts need it.
    #[arg(long, value_name = "PX", default_value = "1240", value_parser = width)]
    width: f64,
    /// Where to write it (`.svg`); `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ViewName {
    /// Stages and lanes, with the satisfaction curve.
    Map,
    /// Touchpoints and transitions.
    Graph,
    /// Scores over waves, and the largest changes.
    Trend,
    /// Scores by group of customers.
    Heatmap,
}

impl Draw {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let form = self.output.extension().map(|it| it.to_string_lossy().to_lowercase());
        if let Some(form) = form.filter(|form| form != "svg") {
            let message = format!(
                "this version draws SVG; `.{form}` is not among what it can write"
            );
            return Err(usage(message));
        }
        let Loaded { journey, analysis } = input::analysis(&self.map, &self.selection)?;
        let mut options =
            self.look.options(self.selection.language(&journey.language))?;
        options.width = self.width;
        let view = match self.view {
            ViewName::Map => View::Map,
            ViewName::Graph => View::Graph,
            ViewName::Trend => View::Trend,
            ViewName::Heatmap => View::Heatmap,
        };
        let svg = report::draw(view, &journey, &analysis, &options);
        let target = Target::new(&self.output);
        target.write(svg.as_bytes())?;
        if target != Target::Standard {
            say(&format!("wrote {}", self.output.display()));
        }
        Ok(Outcome::Done)
    }
}

fn width(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if (320.0..=20_000.0).contains(&width) => Ok(width),
        _ => Err("expected a number of pixels from 320 to 20000".to_owned()),
    }
}
