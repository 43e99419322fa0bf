//! touchmap: a customer journey and the answers of its survey, made into a report.

pub mod diag;
pub mod diagram;
pub mod model;
pub mod report;
pub mod stats;
pub mod survey;
