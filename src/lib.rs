//! touchmap: a customer journey and the answers of its survey, made into a report.

pub mod analyse;
pub mod cli;
pub mod diag;
pub mod diagram;
pub mod diff;
pub mod exchange;
pub mod gate;
pub mod graph;
pub mod lint;
pub mod map;
pub mod model;
pub mod questionnaire;
pub mod report;
pub mod rule;
pub mod starter;
pub mod stats;
pub mod survey;
pub mod voice;
