//! touchmap: a customer journey and the answers of its survey, made into a report.

pub mod analyse;
pub mod cli;
pub mod diag;
pub mod diagram;
pub mod exchange;
pub mod graph;
pub mod map;
pub mod model;
pub mod report;
pub mod rule;
pub mod stats;
pub mod survey;
