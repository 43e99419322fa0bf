//! The report and its pictures, on a journey as it is in life and on one that is not kind.

mod by_hand;
mod cards;
mod graph;
mod groups;
mod hostile;
mod languages;
mod large;
mod layered;
mod map;
mod page;
mod priorities;
mod registry;
mod relative;
mod scene;
mod summary;
mod support;
mod waves;
mod ways;
