//! The golden figures and the properties, in one binary.
#![cfg(test)]
#![expect(clippy::float_cmp, reason = "equal bits are what is asserted")]
#![expect(clippy::cast_precision_loss, reason = "counts of a test are small")]

mod bootstrap;
mod boundaries;
mod changes;
mod confidentiality;
mod coverage;
mod data;
mod designs;
mod draws;
mod estimates;
mod inclusion;
mod modes;
mod properties;
mod publication;
mod quality;
mod ranks;
mod recompute;
mod recompute_bad;
mod recompute_designs;
mod recompute_files;
mod small_areas;
mod stages;
mod tables;
mod weight_properties;
mod weights;
