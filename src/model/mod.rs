//! The nouns of the field. No I/O, no statistics.
//!
//! A **journey** has **stages**, a stage has **touchpoints**; **transitions** lead from one
//! touchpoint to the next. A **survey** asks in **waves**; a **segment** is a group of its
//! respondents. A **score** is the mean answer on the native **scale**; **points** are the
//! same from 0 to 100. Docs and messages use these words and no others.

mod analysis;
mod comparison;
mod day;
mod driver;
mod finding;
mod flow;
mod journey;
mod label;
mod matching;
mod quality;
mod rules;
mod scale;
mod score;
mod survey;
mod text;
mod wave;
mod what_if;
mod withheld;

pub use analysis::{
    Analysis, Answers, GraphFacts, Pain, Relative, Rows, SCHEMA, StageResult,
    TouchpointResult, TrendPoint,
};
pub use comparison::{
    BenchmarkResult, Change, Gap, Mix, SegmentResult, SegmentSize, ShareChange, TimeUnit,
    TrendLine, VersusRest,
};
pub use day::Day;
pub use driver::{
    Asymmetry, AsymmetryClass, Decomposition, DriverLink, DriverModel, Importance,
    LeftOut, Lift, Position, PositionQuadrant, Role, UserModel,
};
pub use finding::{Fact, Finding, Label, Note, Severity};
pub use flow::{HandOff, JourneyPath, Leaving, PathScore, Paths, Return, Rework};
pub use journey::{
    Action, Benchmark, Flow, InlineScore, Journey, Node, Persona, Stage, StageIndex,
    Touchpoint, TouchpointIndex, Transition,
};
pub use label::Labels;
pub use matching::{
    CodeFound, ConfidenceLevel, MATCH_SCHEMA, MatchedFile, Matching, OwnColumn, Placing,
    PlacingStatus, Purpose, RunnerUp, ScaleFound, UnplacedColumn, WaveFound,
};
pub use quality::{
    Amount, CheckKind, CheckStatus, FieldworkQuality, LevelAmount, Quality, QualityCheck,
    QuestionCheck, QuestionQuality, RowQuality, UndeclaredValue, UndeclaredValues,
    WaveQuality, WeightQuality,
};
pub use rules::{Fdr, Rescale, Rules, Target};
pub use scale::{MissingClass, MissingCodes, Scale, Valid};
pub use score::{
    COMPLEMENTARY, Estimate, Interval, Level, RecommendScore, Score, ShareEstimate,
    Status,
};
pub use survey::{
    Column, FileOverrides, Question, ResponseFile, SegmentPlan, SurveyPlan, WeightKind,
};
pub use text::{Language, Text};
pub use wave::Wave;
pub use what_if::{
    JointLift, LiftPart, ScenarioChange, VisitsChange, WHAT_IF_SCHEMA, WhatIf,
};
