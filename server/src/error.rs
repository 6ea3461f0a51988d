//! One error for the whole server: a stable code with parameters, never a sentence.
//!
//! The sentence is in `locales/*/errors.ftl` under `error-<code>`; `base::web::errors` turns an [`Error`] into a page
//! for people or an RFC 9457 document for machines.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of thing went wrong; decides the HTTP status and whether it is logged as our fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    BadRequest,
    SignInNeeded,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    Conflict,
    TooLarge,
    Invalid,
    Locked,
    TooMany,
    Unavailable,
    Internal,
}

impl Kind {
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::SignInNeeded => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Locked => StatusCode::LOCKED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A failure on its way to a person: `code` names the sentence, `params` fill it, `cause` is for the log only.
#[derive(Debug)]
pub struct Error {
    pub kind: Kind,
    pub code: &'static str,
    pub params: Vec<(&'static str, String)>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub fn new(kind: Kind, code: &'static str) -> Self {
        Self { kind, code, params: Vec::new(), cause: None }
    }

    pub fn not_found(code: &'static str) -> Self {
        Self::new(Kind::NotFound, code)
    }

    pub fn invalid(code: &'static str) -> Self {
        Self::new(Kind::Invalid, code)
    }

    pub fn conflict(code: &'static str) -> Self {
        Self::new(Kind::Conflict, code)
    }

    /// Our fault; `code` says which part failed.
    pub fn internal(code: &'static str) -> Self {
        Self::new(Kind::Internal, code)
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Something to be told on the page it came from, with all that was typed.
    pub fn is_refusal(&self) -> bool {
        matches!(self.kind, Kind::Invalid | Kind::Conflict)
    }

    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.cause.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        for (name, value) in &self.params {
            write!(f, " {name}={value}")?;
        }
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// What the error-page middleware needs to know; carried in the response's extensions.
#[derive(Clone, Debug)]
pub struct Told {
    pub code: &'static str,
    pub params: Vec<(&'static str, String)>,
    pub detail: String,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(Told {
            code: self.code,
            params: self.params.clone(),
            detail: self.to_string(),
        });
        response
    }
}

impl From<diesel::result::Error> for Error {
    fn from(cause: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error as Diesel};
        let kind = match &cause {
            Diesel::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | Diesel::BrokenTransactionManager => {
                Kind::Unavailable
            }
            _ => Kind::Internal,
        };
        Self::new(kind, "database").caused_by(cause)
    }
}

impl From<diesel_async::pooled_connection::deadpool::PoolError> for Error {
    fn from(cause: diesel_async::pooled_connection::deadpool::PoolError) -> Self {
        Self::new(Kind::Unavailable, "database").caused_by(cause)
    }
}

impl From<askama::Error> for Error {
    fn from(cause: askama::Error) -> Self {
        Self::internal("page").caused_by(cause)
    }
}

impl From<std::io::Error> for Error {
    fn from(cause: std::io::Error) -> Self {
        let code = if cause.kind() == std::io::ErrorKind::StorageFull { "disk-full" } else { "disk" };
        Self::internal(code).caused_by(cause)
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::internal("json").caused_by(cause)
    }
}
