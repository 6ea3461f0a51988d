//! The interviewer's tablet: a page that is installed once and then works without a network. It takes the day's work with it, and brings
//! back visits and interviews, each by itself, each with a receipt.
//!
//! Invariants: the page itself names nobody, so it may be cached; whatever names somebody comes by a request of its own and is kept under
//! the interviewer's PIN; finished work is sealed for this server at once and arrives once, however often it is sent; an interview says
//! nothing of the case, and nothing of a delivery is logged.
//! Tables: none; visits are the fieldwork's, answers the responses'.

mod bundle;
mod deliveries;
mod pages;
pub mod routes;

use crate::app::App;
use crate::base::envelope::Opener;
use crate::error::Result;

/// What tablets seal for: a pair of this house's root key.
pub fn opener(app: &App) -> Result<Opener> {
    Opener::new(&app.keys.purpose("tablet")?)
}
