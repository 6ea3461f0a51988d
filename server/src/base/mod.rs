//! Plumbing that knows no slice.

pub mod assets;
pub mod bar;
pub mod blocking;
pub mod chance;
pub mod clock;
pub mod db;
pub mod envelope;
pub mod font;
#[cfg(test)]
mod gallery;
pub mod gateway;
pub mod keys;
pub mod listed;
pub mod log;
pub mod mail;
pub mod message;
pub mod metrics;
pub mod migrations;
pub mod notice;
pub mod page;
pub mod paper;
pub mod parts;
pub mod picture;
pub mod postgres;
pub mod scratch;
pub mod seal;
pub mod sheet;
pub mod text;
pub mod tile_list;
pub mod web;
pub mod whole_file;
