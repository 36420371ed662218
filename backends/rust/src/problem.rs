//! What is wrong with a request, or with the service, as RFC 9457 says it.

use std::borrow::Cow;

use hyper::StatusCode;
use serde::Serialize;
use tracing::error;

use crate::{json_body::InvalidBody, orders::OrderError};

pub const CONTENT_TYPE: &str = "application/problem+json";

/// What goes along with a 401, as `WWW-Authenticate`.
pub const CHALLENGE: &str = "Bearer";

#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: Cow<'static, str>,
}

#[derive(Debug, Serialize)]
pub struct ProblemBody<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
}

impl Problem {
    /// `detail` is a sentence for a person.
    pub fn new(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            detail: detail.into(),
        }
    }

    /// Who asks has not shown who they are.
    pub fn unauthorized(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }

    pub fn not_found(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    pub fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// The service lacks what it would need.
    pub fn unavailable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// What went wrong and is nobody's fault who asks. The log has the error.
    pub fn failed(error: anyhow::Error) -> Self {
        error!(%error, "a computation failed");
        Self::unexpected()
    }

    /// The same, of a fault that is in the log already.
    pub fn unexpected() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The service failed on this request.",
        )
    }

    pub fn unknown_path() -> Self {
        Self::not_found("There is nothing at this path.")
    }

    pub fn unknown_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "This path does not answer to this method.",
        )
    }

    pub fn not_json() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The content type must be application/json.",
        )
    }

    pub fn too_long() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is too long.")
    }

    pub fn cut_short() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "The body was cut short.")
    }

    pub fn late_body() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "The body did not come in time.",
        )
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    pub fn body(&self) -> ProblemBody<'_> {
        ProblemBody {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
        }
    }
}

impl From<InvalidBody> for Problem {
    fn from(invalid: InvalidBody) -> Self {
        match invalid {
            InvalidBody::NotJson(detail) => Self::new(StatusCode::BAD_REQUEST, detail),
            InvalidBody::Wrong(detail) => Self::unprocessable(detail),
        }
    }
}

impl From<OrderError> for Problem {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::NoSuchItem(id) => {
                Self::unprocessable(format!("There is no item with the id {id}."))
            }
            OrderError::OutOfStock(id) => Self::new(
                StatusCode::CONFLICT,
                format!("The stock of item {id} is too low."),
            ),
            OrderError::Unavailable(_) => Self::unavailable("The database cannot answer."),
        }
    }
}
