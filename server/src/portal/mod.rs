//! The public's pages: what the released editions say, for people and for machines, in both languages.
//!
//! Invariants: every figure comes from a released edition or from the published history, never from a table of answers or results; at
//! the moment of a release all pages change at once; every picture has its table, and the same address with `.csv`, `.json`, `.svg`,
//! `.png` and `.metadata.json` at its end; nothing here knows who reads. Without a database the last editions stay on show.
//! Tables: none.

mod answer;
mod compare;
mod data;
mod feed;
mod frame;
mod grid;
mod home;
mod machines;
mod map;
mod method;
mod pages;
mod province;
mod reading;
mod routes;
mod sdg;
mod search;
mod shelf;
mod told;
mod trend;
mod twins;
mod view;

pub use frame::{Frame, around};
pub use machines::{Reading, reading};
pub use routes::routes;
pub use shelf::Shelf;
pub use view::at;
