//! `touchmap draw`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::diagram::graph::{Engine, LAYOUT_RS_MOST};
use crate::report::{self, View};

use super::{
    failure::{Failure, Outcome},
    input::{self, Loaded},
    look::Look,
    output::Target,
    selection::{Selection, usage},
    terminal::tell,
    unscored::{is_without_scores, unscored},
};

/// Draw one picture as SVG, or write what it shows and where as JSON.
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
    /// What orders the touchpoints of a graph.
    #[arg(long, value_name = "ENGINE", default_value = "stages")]
    engine: EngineName,
    /// Where to write it: `.svg`, or `.json` for the scene; `-` is SVG on standard output.
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
    /// Importance against score.
    Drivers,
    /// Scores over waves, and the largest changes.
    Trend,
    /// Scores by group of customers.
    Heatmap,
}

/// What orders the touchpoints of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EngineName {
    /// Stages as columns, in rows as wide as the picture.
    Stages,
    /// The layers of the crate layout-rs, to compare with; for up to 200 touchpoints.
    LayoutRs,
}

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Svg,
    /// The scene: what is shown, and where.
    Json,
}

impl Draw {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let format = format(&self.output)?;
        let Loaded { journey, analysis } = self.loaded()?;
        let target = Target::new(&self.output);
        let inputs = self.selection.inputs(&self.map, &journey);
        target.spare(inputs.iter().map(PathBuf::as_path))?;
        if self.view == ViewName::Drivers && analysis.model.is_none() {
            let why = analysis.reasons.get("model").map_or("", String::as_str);
            return Err(usage(format!("there is no derived importance to draw: {why}")));
        }
        let mut options =
            self.look.options(self.selection.language(&journey.language))?;
        options.width = self.width;
        options.engine = self.engine(journey.touchpoints.len())?;
        let view = match self.view {
            ViewName::Map => View::Map,
            ViewName::Graph => View::Graph,
            ViewName::Drivers => View::Drivers,
            ViewName::Trend => View::Trend,
            ViewName::Heatmap => View::Heatmap,
        };
        let text = match format {
            Format::Svg => report::draw(view, &journey, &analysis, &options),
            Format::Json => {
                let scene = report::scene(view, &journey, &analysis, &options);
                let text = serde_json::to_string_pretty(&scene.record())
                    .map_err(|error| Failure::world(error, "cannot write the scene"))?;
                text + "\n"
            }
        };
        target.write(text.as_bytes())?;
        if target != Target::Standard {
            tell(&format!("wrote {}", self.output.display()));
        }
        Ok(Outcome::Done)
    }
}

impl Draw {
    /// The journey and its numbers; the map and the flow can be drawn before there are any.
    fn loaded(&self) -> Result<Loaded, Failure> {
        if !matches!(self.view, ViewName::Map | ViewName::Graph) {
            return input::analysis(&self.map, &self.selection);
        }
        input::telling(&self.map, |sources, problems| {
            let journey = input::journey(&self.map, sources, problems)?;
            let Some(journey) = journey else { return Ok(None) };
            if is_without_scores(&journey, &self.selection) {
                return unscored(journey).map(Some);
            }
            input::analysed(journey, &self.selection, problems)
        })
    }

    fn engine(&self, touchpoints: usize) -> Result<Engine, Failure> {
        match self.engine {
            EngineName::Stages => Ok(Engine::Stages),
            EngineName::LayoutRs if self.view != ViewName::Graph => {
                Err(usage("`--engine` orders a graph; this view has none".to_owned()))
            }
            EngineName::LayoutRs if touchpoints > LAYOUT_RS_MOST => Err(usage(format!(
                "layout-rs takes minutes for {touchpoints} touchpoints: expected \
                 {LAYOUT_RS_MOST} at most, or `--engine stages`"
            ))),
            EngineName::LayoutRs => Ok(Engine::LayoutRs),
        }
    }
}

/// As the ending of the file says; without one, SVG.
fn format(output: &Path) -> Result<Format, Failure> {
    let ending = output.extension().map(|it| it.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        None | Some("svg") => Ok(Format::Svg),
        Some("json") => Ok(Format::Json),
        Some(other) => {
            let message = format!(
                "this version draws SVG and JSON; `.{other}` is not among what it can write"
            );
            Err(usage(message))
        }
    }
}

fn width(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if (320.0..=20_000.0).contains(&width) => Ok(width),
        _ => Err("expected a number of pixels from 320 to 20000".to_owned()),
    }
}
