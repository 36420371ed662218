//! What handlers take from a request. axum's own extractors do the reading; these add the ranges
//! of the contract and answer every rejection as a [`Problem`].

use std::{error::Error, io};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE, request::Parts},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::problem::Problem;
use crate::json_body::InvalidBody;

/// 2^53 - 1, the largest integer that every JSON reader holds exactly.
pub const ID_MAX: u64 = (1 << 53) - 1;

const LIMIT_DEFAULT: usize = 20;
const LIMIT_MAX: usize = 1000;

/// The `{id}` of a path.
pub struct Id(pub u64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<u64>::from_request_parts(parts, state).await {
            Ok(Path(id @ 1..=ID_MAX)) => Ok(Self(id)),
            _ => Err(Problem::unprocessable(format!(
                "An id is an integer from 1 to {ID_MAX}."
            ))),
        }
    }
}

/// Which page of items is wanted.
#[derive(Deserialize)]
#[serde(default)]
pub struct PageQuery {
    pub after: u64,
    pub limit: usize,
}

impl Default for PageQuery {
    fn default() -> Self {
        Self {
            after: 0,
            limit: LIMIT_DEFAULT,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let KnownQuery(query) = KnownQuery::<Self>::from_request_parts(parts, state).await?;
        if query.after > ID_MAX {
            return Err(Problem::unprocessable(format!(
                "after must be from 0 to {ID_MAX}."
            )));
        }
        if !(1..=LIMIT_MAX).contains(&query.limit) {
            return Err(Problem::unprocessable(format!(
                "limit must be from 1 to {LIMIT_MAX}."
            )));
        }
        Ok(query)
    }
}

/// The body of a request whose content type is `application/json`.
///
/// [`axum::Json`] is not enough: it also takes `application/*+json`, and it calls a body that is
/// cut short after a wrong field unprocessable rather than not JSON.
pub struct JsonBody(Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        // Read whatever its type: hyper closes a connection whose request body is left unread.
        let body = Bytes::from_request(request, state).await.map_err(unread)?;
        if !is_json {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The content type must be application/json.",
            ));
        }
        Ok(Self(body))
    }
}

/// Why a body was not read to its end: it is too long, it came too slowly, or its client went away.
fn unread(rejection: BytesRejection) -> Problem {
    let mut cause = rejection.source();
    while let Some(error) = cause {
        if error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
        {
            return Problem::new(
                StatusCode::REQUEST_TIMEOUT,
                "The body did not come in time.",
            );
        }
        cause = error.source();
    }
    Problem::new(rejection.status(), rejection.body_text())
}

impl JsonBody {
    pub fn parse<T>(&self, parse: fn(&[u8]) -> Result<T, InvalidBody>) -> Result<T, Problem> {
        parse(&self.0).map_err(|invalid| match invalid {
            InvalidBody::NotJson(detail) => Problem::new(StatusCode::BAD_REQUEST, detail),
            InvalidBody::Wrong(detail) => Problem::unprocessable(detail),
        })
    }
}

/// A query, of which unknown parameters are ignored.
pub struct KnownQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for KnownQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(query) = Query::<T>::from_request_parts(parts, state)
            .await
            .map_err(|rejection| Problem::unprocessable(format!("{}.", rejection.body_text())))?;
        Ok(Self(query))
    }
}

/// Whether the content type is `application/json`, whatever its parameters.
fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
