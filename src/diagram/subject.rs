//! What pictures are drawn of: a journey with its scores, every text in one language and
//! every number printed. Pictures decide where things go, never what they say.

mod band;
mod channel;

pub use band::{Band, Bands};
pub use channel::Channel;

/// A journey and its scores.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Stages in order.
    pub stages: Vec<StageMark>,
    /// Touchpoints in the order of the map.
    pub marks: Vec<Mark>,
    /// Touchpoints of the people inside, in the order of the map.
    pub inside: Vec<InsideMark>,
    /// Transitions.
    pub links: Vec<Transit>,
    /// The band edges.
    pub bands: Bands,
    /// The target that most touchpoints share, in points, and how it is printed.
    pub target: (f64, String),
    /// Fixed words.
    pub words: Words,
    /// Points that its axes have room for whatever it shows itself: reports that lie side by
    /// side have the same axes.
    pub shared: Option<SharedScale>,
}

/// Lowest and highest points that the axes of several reports have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedScale {
    /// Of scores and their intervals.
    pub scores: [f64; 2],
    /// The same with those of the layers of the map.
    pub layers: [f64; 2],
    /// The same of all waves.
    pub waves: [f64; 2],
}

impl SharedScale {
    /// Room for both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both =
            |[low, high]: [f64; 2], [from, to]: [f64; 2]| [low.min(from), high.max(to)];
        Self {
            scores: both(self.scores, other.scores),
            layers: both(self.layers, other.layers),
            waves: both(self.waves, other.waves),
        }
    }
}

/// A journey of more touchpoints than this is large.
const LARGE: usize = 60;
/// One with more touchpoints in a stage, on average, is large too.
const CROWDED: usize = 6;

impl Subject {
    /// Whether there are too many touchpoints to be read in one picture: pictures then show
    /// stages, and touchpoints in parts.
    #[must_use]
    pub fn is_large(&self) -> bool {
        let (marks, stages) = (self.marks.len(), self.stages.len().max(1));
        marks > LARGE || marks > CROWDED * stages
    }

    /// Only some touchpoints of the stage at position `stage`, which are at `marks`.
    #[must_use]
    pub(crate) fn part(&self, stage: usize, marks: std::ops::Range<usize>) -> Self {
        let own = self.marks.get(marks.clone()).unwrap_or_default();
        let inside =
            self.inside.iter().filter(|it| it.stage == stage).map(|it| InsideMark {
                stage: 0,
                supports: it
                    .supports
                    .iter()
                    .filter(|at| marks.contains(at))
                    .map(|at| at - marks.start)
                    .collect(),
                ..it.clone()
            });
        let inside = inside.collect();
        let stage = self
            .stages
            .get(stage)
            .map(|it| StageMark { marks: 0..own.len(), ..it.clone() });
        Self {
            stages: stage.into_iter().collect(),
            marks: own.iter().map(|mark| Mark { stage: 0, ..mark.clone() }).collect(),
            inside,
            links: Vec::new(),
            bands: self.bands,
            target: self.target.clone(),
            words: self.words.clone(),
            shared: self.shared,
        }
    }

    /// The id of `place`: that of its touchpoint, or `start` or `end`, which no touchpoint has.
    #[must_use]
    pub fn id(&self, place: Place) -> String {
        match place {
            Place::Start => "start".to_owned(),
            Place::At(at) => {
                self.marks.get(at).map_or_else(String::new, |it| it.id.clone())
            }
            Place::End => "end".to_owned(),
        }
    }
}

/// A stage.
#[derive(Clone, Debug)]
pub struct StageMark {
    /// Its number, from 1.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// First and one past the last of its touchpoints.
    pub marks: std::ops::Range<usize>,
    /// Its score.
    pub standing: Standing,
}

/// A touchpoint.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Its id.
    pub id: String,
    /// Its code, such as `5.2`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Position of its stage.
    pub stage: usize,
    /// Where customers meet it.
    pub channel: Option<Channel>,
    /// Its score.
    pub standing: Standing,
    /// Its flags, in the order they are shown.
    pub flags: Vec<Flag>,
    /// A few words beside the flags.
    pub remark: Option<String>,
    /// Points it should reach, where that is not the target that most share.
    pub own_target: Option<f64>,
    /// Points in the wave compared with.
    pub baseline: Option<f64>,
    /// Share of customers who meet it, 0–1, and how it is printed.
    pub reach: Option<(f64, String)>,
    /// What the customer does.
    pub action: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What happens behind the line of visibility.
    pub backstage: Option<String>,
    /// What most of the dissatisfied name, where a cause stands out.
    pub cause: Option<String>,
    /// What operations measure here.
    pub operations: Vec<Measured>,
    /// Everything that is known of it, in words.
    pub label: String,
}

/// A measure of operations.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What is measured.
    pub name: String,
    /// Its value with its unit, as printed.
    pub value: String,
    /// Whether it is on its target, where it has one.
    pub on_target: Option<bool>,
}

/// A touchpoint of the people inside.
#[derive(Clone, Debug)]
pub struct InsideMark {
    /// Its code, such as `5.a`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Position of its stage.
    pub stage: usize,
    /// Its score.
    pub standing: Standing,
    /// Touchpoints of customers that it supports, by position.
    pub supports: Vec<usize>,
}

/// Where a score stands, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// There is a score.
    Scored {
        /// Points, 0–100.
        points: f64,
        /// Its interval, in points.
        ci: Option<[f64; 2]>,
        /// As it is printed.
        text: String,
        /// Its band.
        band: Band,
        /// Whether the base is low, and then in which words.
        low: Option<String>,
    },
    /// There is none, for the reason said in a word or two.
    Absent(String),
}

impl Standing {
    /// The points, if there is a score.
    #[must_use]
    pub fn points(&self) -> Option<f64> {
        match self {
            Self::Scored { points, .. } => Some(*points),
            Self::Absent(_) => None,
        }
    }

    /// The interval of the score, if it has one.
    #[must_use]
    pub fn ci(&self) -> Option<[f64; 2]> {
        match self {
            Self::Scored { ci, .. } => *ci,
            Self::Absent(_) => None,
        }
    }

    /// The symbol of its band: hollow for a low base.
    #[must_use]
    pub fn symbol(&self) -> Option<super::glyph::Symbol> {
        use super::glyph::Symbol;
        match self {
            Self::Scored { band, low: None, .. } => Some(Symbol::Band(*band)),
            Self::Scored { band, low: Some(_), .. } => Some(Symbol::Hollow(*band)),
            Self::Absent(_) => None,
        }
    }
}

/// What a touchpoint is flagged as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Pain point.
    Pain,
    /// Moment of truth, declared or derived.
    Truth,
    /// Itch point.
    Itch,
    /// Bright spot.
    Bright,
}

impl Flag {
    /// Every flag, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Pain, Self::Truth, Self::Itch, Self::Bright];

    /// Its name in style sheets and message keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::Truth => "truth",
            Self::Itch => "itch",
            Self::Bright => "bright",
        }
    }
}

/// An end of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Where customers come in.
    Start,
    /// A touchpoint, by position.
    At(usize),
    /// Where they leave.
    End,
}

/// A transition.
#[derive(Clone, Debug, PartialEq)]
pub struct Transit {
    /// Where customers come from.
    pub from: Place,
    /// Where they go.
    pub to: Place,
    /// Passages per customer of the whole journey, where they are known.
    pub volume: Option<f64>,
    /// Words and share, as printed.
    pub label: String,
    /// Whether the label has words, and not only a share.
    pub worded: bool,
}

/// Fixed words of the pictures, in the language of the reader.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Lane: stages.
    pub stage: String,
    /// Lane: customer actions.
    pub actions: String,
    /// Lane: touchpoints.
    pub touchpoints: String,
    /// Lane: satisfaction.
    pub satisfaction: String,
    /// Lane: customers reached.
    pub reached: String,
    /// Lane: flags.
    pub flags: String,
    /// Lane: operations.
    pub operations: String,
    /// Lane: the people inside.
    pub inside: String,
    /// Lane: owner and backstage.
    pub backstage: String,
    /// The line of visibility.
    pub visibility: String,
    /// The target.
    pub target: String,
    /// Where customers come in.
    pub start: String,
    /// Where they leave.
    pub end: String,
    /// Between the parts of a list within a sentence, such as `; `.
    pub list: String,
}
