//! What the sign-in page shows.

use askama::Template;

use crate::base::page::Page;
use crate::base::parts::{Field, Problem};

#[derive(Template)]
#[template(path = "staff/sign_in.html")]
pub struct SignInPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub login: Field,
    pub back: String,
}
