//! Errors as `application/problem+json` (RFC 9457).

use std::borrow::Cow;

use axum::{
    Json,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tracing::error;

#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: Cow<'static, str>,
}

#[derive(Serialize)]
struct ProblemBody<'a> {
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

    pub fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemBody {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
        };
        let content_type = [(CONTENT_TYPE, "application/problem+json")];
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = [(WWW_AUTHENTICATE, "Bearer")];
            return (self.status, content_type, challenge, Json(body)).into_response();
        }
        (self.status, content_type, Json(body)).into_response()
    }
}

/// Answers what went wrong and is nobody's fault who asks.
pub fn failed(error: anyhow::Error) -> Problem {
    error!(%error, "a computation failed");
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "The service failed on this request.",
    )
}
