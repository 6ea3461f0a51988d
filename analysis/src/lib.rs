//! What the answers mean: draws, weights, estimates, tables.
//!
//! Frames in, tables out. There is no clock, disk, network, database or chance in this crate; the seed of a draw
//! and the bytes of a file are arguments.
//!
//! | Module | Holds |
//! |---|---|
//! | [`frame`] | the two inputs and their only door in: who could be asked, and what was answered |
//! | [`boundary`] | figures of new places from answers given in old ones |
//! | [`confidentiality`] | what a table may tell without telling what single people said |
//! | [`design`] | strata, stages, methods, how many to draw, and how strata share them |
//! | [`draw`] | seed + frame + design → units, order, exact probability, reserve list; and its verification |
//! | [`mode`] | how people answered, and whether that moved what they said |
//! | [`preview`] | what a design would draw from a frame, how exact it would be, and what to mind |
//! | [`estimate`] | means, shares, totals and their differences with the variance and interval of the design |
//! | [`index`] | method version → item, factor, domain and overall index |
//! | [`quality`] | forms that look too fast, alike, copied…: against what honest answering would show |
//! | [`rank`] | league tables: the set of ranks that a sample allows, tiers |
//! | [`rates`] | response, cooperation, refusal and contact rates |
//! | [`recompute`] | figures from a table of answers and a design file, as `sipas analyse` gives them |
//! | [`self_test`] | whether this program on this machine still gives the figures of R |
//! | [`small_area`] | figures of communes from a model, labelled as such |
//! | [`table`] | every indicator for the nation and its groups, one row per figure |
//! | [`weights`] | from the draw to the final weight: response, calibration, trimming |

pub mod boundary;
pub mod confidentiality;
pub mod design;
pub mod draw;
pub mod estimate;
pub mod frame;
pub mod index;
mod linear;
pub mod mode;
pub mod preview;
pub mod quality;
pub mod rank;
pub mod rates;
pub mod recompute;
pub mod self_test;
pub mod small_area;
pub mod table;
pub mod weights;
