//! SIPAS Online: who does what, when. The map of the modules, lowest first; each may call only those above it.

pub mod config;
pub mod error;
pub mod schema;

pub mod base;

pub mod audit;
pub mod jobs;

// Capabilities.
pub mod staff;

pub mod places;

pub mod history;

pub mod questionnaires;

pub mod campaigns;

pub mod frames;

pub mod samples;

pub mod invitations;

pub mod fieldwork;

pub mod responses;

pub mod tablet;

pub mod keying;

pub mod quality;

pub mod coordination;

pub mod weighting;

pub mod results;

pub mod crosstabs;

pub mod exports;

pub mod editions;

pub mod reports;

pub mod portal;

pub mod feedback;

pub mod api;

// The whole, put together.
pub mod app;
pub mod command;
pub mod demo;
pub mod health;
