//! The experience map: what customers do, where, how satisfied they are, who is behind it.
//!
//! Stages are columns, lanes are rows; a lane without anything to show is left out.

mod columns;
mod flag_lane;
mod inside_lane;
mod label;
mod operations_lane;
mod range;
mod reach_lane;
mod satisfaction;
mod stage_lane;
mod strip;
mod swarm;
mod text_lane;
mod touchpoint_lane;

use std::ops::Range;

use super::lines::{Space, block};
use super::scene::{Anchor, Form, Item, Scene, shape};
use super::style::LANE;
use super::subject::{Standing, Subject};
use columns::Columns;
use range::Extent;
pub use range::span;
pub use strip::{StageNote, strip};

/// Width of the column that names the lanes.
const NAMES: f64 = 94.0;

/// Other scores of the same touchpoints, to be chosen in place of those of all customers: of
/// a segment, or of an earlier wave.
#[derive(Clone, Debug)]
pub struct Layer {
    /// By touchpoint: its score.
    pub standings: Vec<Standing>,
    /// By touchpoint: everything that is said of it, in words.
    pub labels: Vec<String>,
}

/// What a reader who cannot see the picture is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The finding.
    pub title: &'a str,
    /// How the picture is made.
    pub description: &'a str,
}

/// A lane laid out below a given height.
struct Lane {
    /// What it shows, from the back to the front.
    items: Vec<Item>,
    /// How high it is.
    height: f64,
}

/// The map of `subject`, `width` pixels wide, or wider where its touchpoints need it.
///
/// `layers` are the second and further ones of the picture; the first is that of all
/// customers.
#[must_use]
pub fn map(subject: &Subject, layers: &[Layer], width: f64, told: Told<'_>) -> Scene {
    let columns = Columns::new(subject, layers, width);
    let mut sheet = Sheet::new(&columns);
    sheet.push(&subject.words.stage, Some(stage_lane::lane(subject, &columns)));
    sheet.fill((subject, layers), Extent::new(subject, layers));
    sheet.column_rules();
    sheet.scene(told)
}

/// Which lanes stand below the stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lanes {
    /// What customers think: touchpoints, satisfaction, flags.
    Scores,
    /// What is around it: actions, touchpoints, customers reached, owners.
    Around,
}

/// Some of the lanes of the map, for pages too low for all of them.
#[must_use]
pub fn lanes(subject: &Subject, lanes: Lanes, width: f64, told: Told<'_>) -> Scene {
    let columns = Columns::new(subject, &[], width);
    let mut sheet = Sheet::new(&columns);
    sheet.push(&subject.words.stage, Some(stage_lane::lane(subject, &columns)));
    match lanes {
        Lanes::Scores => {
            sheet.touchpoints(subject);
            sheet.scores((subject, &[]), Extent::new(subject, &[]));
            sheet.flags(subject);
            sheet.operations(subject);
        }
        Lanes::Around => {
            sheet.actions(subject);
            sheet.touchpoints(subject);
            sheet.reached(subject);
            sheet.backstage(subject);
        }
    }
    sheet.column_rules();
    sheet.scene(told)
}

/// The map of a few touchpoints of a stage, both by position, on the axis of all.
///
/// The page names the stage above it.
#[must_use]
pub fn part(
    subject: &Subject,
    (stage, marks): (usize, Range<usize>),
    width: f64,
    told: Told<'_>,
) -> Scene {
    let part = subject.part(stage, marks);
    let columns = Columns::new(&part, &[], width);
    let mut sheet = Sheet { lanes: 1, ..Sheet::new(&columns) };
    sheet.fill((&part, &[]), Extent::new(subject, &[]));
    sheet.scene(told)
}

/// Height of the strip that carries the line of visibility.
const VISIBILITY: f64 = 14.0;
/// Room above and below the content of a lane.
const PAD: f64 = 8.0;

struct Sheet<'a> {
    columns: &'a Columns,
    items: Vec<Item>,
    y: f64,
    /// Lanes so far, the chevrons being the first, which stand there or on the page.
    lanes: usize,
}

impl<'a> Sheet<'a> {
    fn new(columns: &'a Columns) -> Self {
        Self { columns, items: Vec::new(), y: 0.0, lanes: 0 }
    }

    /// All lanes below that of the stages.
    fn fill(&mut self, (subject, layers): (&Subject, &[Layer]), extent: Extent) {
        self.actions(subject);
        self.touchpoints(subject);
        self.scores((subject, layers), extent);
        self.reached(subject);
        self.flags(subject);
        self.operations(subject);
        self.backstage(subject);
    }

    fn actions(&mut self, subject: &Subject) {
        let lane = text_lane::actions(subject, self.columns, self.top());
        self.push(&subject.words.actions, lane);
    }

    fn touchpoints(&mut self, subject: &Subject) {
        let lane = touchpoint_lane::lane(subject, self.columns, self.top());
        self.push(&subject.words.touchpoints, Some(lane));
    }

    fn scores(&mut self, (subject, layers): (&Subject, &[Layer]), extent: Extent) {
        let places = (extent, self.top());
        let lane = satisfaction::lane(subject, layers, self.columns, places);
        self.push(&subject.words.satisfaction, lane);
    }

    fn reached(&mut self, subject: &Subject) {
        let lane = reach_lane::lane(subject, self.columns, self.top());
        self.push(&subject.words.reached, lane);
    }

    fn flags(&mut self, subject: &Subject) {
        let lane = flag_lane::lane(subject, self.columns, self.top());
        self.push(&subject.words.flags, lane);
    }

    fn operations(&mut self, subject: &Subject) {
        let lane = operations_lane::lane(subject, self.columns, self.top());
        self.push(&subject.words.operations, lane);
    }

    /// Who is behind it, below the line of visibility.
    fn backstage(&mut self, subject: &Subject) {
        let visibility = self.y + VISIBILITY / 2.0;
        let places = (self.top() + VISIBILITY, visibility);
        let inside = inside_lane::lane(subject, self.columns, places);
        if inside.is_some() {
            self.line_of_visibility(&subject.words.visibility);
            self.push(&subject.words.inside, inside);
            let lane = text_lane::backstage(subject, self.columns, self.top());
            self.push(&subject.words.backstage, lane);
            return;
        }
        let lane = text_lane::backstage(subject, self.columns, self.top() + VISIBILITY);
        if lane.is_some() {
            self.line_of_visibility(&subject.words.visibility);
            self.push(&subject.words.backstage, lane);
        }
    }

    fn scene(self, told: Told<'_>) -> Scene {
        Scene {
            origin: (0.0, 0.0),
            width: self.columns.width,
            height: (self.y + 4.0).ceil(),
            title: told.title.to_owned(),
            description: told.description.to_owned(),
            items: self.items,
        }
    }

    /// Where the content of the next lane begins.
    fn top(&self) -> f64 {
        if self.lanes == 0 { 0.0 } else { self.y + PAD }
    }

    fn push(&mut self, name: &str, lane: Option<Lane>) {
        let Some(lane) = lane else { return };
        let top = self.top();
        if self.lanes > 1 {
            self.rule("sep", self.y, self.columns.width);
        }
        // The chevrons carry their own height; their name stands beside their middle.
        let offset = if self.lanes == 0 { 14.0 } else { 0.0 };
        let name = block(
            name,
            LANE,
            Space {
                at: (0.0, top + offset),
                anchor: Anchor::Start,
                width: NAMES - 8.0,
                lines: 3,
            },
        );
        self.y = top
            + lane.height.max(name.height + offset)
            + if self.lanes == 0 { 0.0 } else { PAD };
        self.items.extend(name.items);
        self.items.extend(lane.items);
        self.lanes += 1;
    }

    fn rule(&mut self, class: &'static str, y: f64, to: f64) {
        self.items.insert(0, shape(class, Form::Line((0.0, y), (to, y))));
    }

    fn line_of_visibility(&mut self, name: &str) {
        let y = self.y + VISIBILITY / 2.0;
        let label =
            super::Label::new((self.columns.width, y + 4.0), super::style::TICK, name)
                .anchored(Anchor::End);
        self.rule("vis", y, label.rect().x - 8.0);
        self.items.push(label.into());
        self.y += VISIBILITY;
        // The dashed line takes the place of the rule between two lanes.
        self.lanes = 1;
    }

    /// Dotted lines between the stages, behind everything.
    fn column_rules(&mut self) {
        let bottom = self.y;
        let top = stage_lane::HEIGHT;
        let rules = self.columns.stages.iter().skip(1).map(|stage| {
            shape("col", Form::Line((stage.x - 2.0, top), (stage.x - 2.0, bottom)))
        });
        self.items.splice(0..0, rules);
    }
}
