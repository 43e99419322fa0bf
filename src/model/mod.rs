//! The nouns of the field. No I/O, no statistics.
//!
//! A **journey** has **stages**, a stage has **touchpoints**; **transitions** lead from one
//! touchpoint to the next. A **survey** asks in **waves**; a **segment** is a group of its
//! respondents. A **score** is the mean answer on the native **scale**; **points** are the
//! same from 0 to 100. Docs and messages use these words and no others.

mod action;
mod action_result;
mod analysis;
mod benchmark;
mod cause_result;
mod codebook;
mod comparison;
mod complaint_result;
mod day;
mod driver;
mod expectation;
mod finding;
mod flow;
mod gate;
mod inside_result;
mod journey;
mod label;
mod matching;
mod number;
mod operation;
mod population;
mod population_result;
mod quality;
mod questionnaire;
mod quote;
mod reason;
mod rules;
mod scale;
mod score;
mod survey;
mod text;
mod wave;
mod what_if;
mod withheld;

pub use action::ActionPhase;
pub use action_result::{ActionOutcome, ActionResult};
pub use analysis::{
    Analysis, Answers, GraphFacts, Pain, Relative, Rows, SCHEMA, StageResult,
    TouchpointResult, TrendPoint,
};
pub use benchmark::{Benchmark, BenchmarkKind, BenchmarkScore};
pub use cause_result::{CauseResult, CauseShare, CauseSource, ShareDifference};
pub use codebook::{Cause, CauseGroup, Codebook};
pub use comparison::{
    BenchmarkResult, Change, Gap, Mix, SegmentResult, SegmentSize, ShareChange, Step,
    StepChange, TimeUnit, TrendLine, VersusRest,
};
pub use complaint_result::{CaseDifference, CaseResult, ComplaintResult};
pub use day::Day;
pub use driver::{
    Asymmetry, AsymmetryClass, Decomposition, DriverLink, DriverModel, Importance,
    LeftOut, Lift, Position, PositionQuadrant, Role, UserModel,
};
pub use expectation::{
    Expectation, ExpectationSource, Need, OperationResult, StatedImportance,
};
pub use finding::{Fact, Finding, Label, Note, Severity};
pub use flow::{HandOff, JourneyPath, Leaving, PathScore, Paths, Return, Rework};
pub use gate::GateLine;
pub use inside_result::{InsideResult, SupportLink};
pub use journey::{
    Action, Flow, InlineScore, Inside, Journey, Node, Persona, Stage, StageIndex,
    Touchpoint, TouchpointIndex, Transition,
};
pub use label::Labels;
pub use matching::{
    CodeFound, ConfidenceLevel, MATCH_SCHEMA, MatchedFile, Matching, OwnColumn, Placing,
    PlacingStatus, Purpose, RunnerUp, ScaleFound, UnplacedColumn, WaveFound,
};
pub(crate) use number::signed;
pub use operation::{Assumption, Better, LevelsOf, Operation, ServiceLevels};
pub use population::{Headcount, PopulationPlan, SegmentPopulation};
pub use population_result::{Coverage, PopulationResult, RakedFactors, RakedResult};
pub use quality::{
    Amount, CheckKind, CheckStatus, FieldworkQuality, LevelAmount, Quality, QualityCheck,
    QuestionCheck, QuestionQuality, RowQuality, UndeclaredValue, UndeclaredValues,
    WaveQuality, WeightQuality,
};
pub use questionnaire::{QuestionnairePlan, SegmentQuestion, Wording};
pub use quote::{MASK_KINDS, Quote};
pub use reason::{ComplaintPlan, ReasonColumns, ReasonPlan, YesNo};
pub use rules::{Fdr, Rescale, Rules, Target};
pub use scale::{MissingClass, MissingCodes, Scale, Valid};
pub use score::{
    COMPLEMENTARY, Estimate, Interval, Level, RecommendScore, Score, ShareEstimate,
    Status,
};
pub use survey::{
    Column, FileOverrides, Measure, PhaseDay, PhasePlan, Question, ResponseFile,
    SegmentPlan, SurveyPlan, WeightKind,
};
pub use text::{Language, Text};
pub use wave::Wave;
pub use what_if::{
    JointLift, LiftPart, ScenarioChange, VisitsChange, WHAT_IF_SCHEMA, WhatIf,
};
