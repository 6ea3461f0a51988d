//! The harness: an own Postgres, a database per test, a started server, and people as clients.
//!
//! ```ignore
//! let house = House::start().await;
//! let mut citizen = house.visitor();
//! let page = citizen.get("/ma").await;
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up should stop at once"
)]

mod cluster;
mod house;
mod office;
pub mod post;
mod respondent;
mod sending;
mod survey;
mod visitor;
mod walk;

pub use cluster::Cluster;
pub use house::{House, PASSWORD, morning};
pub use office::small_design;
pub use respondent::{Asked, first_choice};
pub use sending::{Ready, one_hop};
pub use survey::{Person, Survey, corpus, corpus_names, tiny_form};
pub use visitor::{Answer, Visitor};
pub use walk::{Given, Manner, Step, Walk};
