//! The fields of a posted form, decoded, at most [`MOST_BYTES`] of them.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use subtle::ConstantTimeEq as _;

use crate::error::{Error, Kind, Result};

/// Public side: a page of answers is below 4 KiB, so 64 KiB leaves room for long texts and none for mischief.
pub const MOST_BYTES: usize = 64 * 1024;

pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of the first field `name`, or an empty text.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// The values of all fields `name`.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect()
    }

    /// Of a form that nobody filled in yet.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// Every field except the server's own, for the questionnaire to judge.
    pub fn without(&self, own: &[&str]) -> Vec<(String, String)> {
        self.0.iter().filter(|(field, _)| !own.contains(&field.as_str())).cloned().collect()
    }

    /// Refuses a form that was not made by one of our pages for this session.
    pub fn check_csrf(&self, expected: &str) -> Result<()> {
        if !expected.is_empty() && bool::from(self.get("csrf").as_bytes().ct_eq(expected.as_bytes())) {
            Ok(())
        } else {
            Err(Error::new(Kind::Forbidden, "form-not-ours"))
        }
    }
}

impl FromRequest for Fields {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = body.await?;
            Ok(Self(form_urlencoded::parse(&body).into_owned().collect()))
        })
    }
}
