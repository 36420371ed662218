//! What handlers take from a request. axum's own extractors do the reading; these answer every
//! rejection as a [`Problem`].

use std::{error::Error, io};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::BytesRejection},
    http::{HeaderValue, header::CONTENT_TYPE, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{json_body, problem::Problem, service};

/// The `{id}` of a path.
pub struct Id(pub u64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Path::<u64>::from_request_parts(parts, state).await;
        service::id(read.ok().map(|Path(id)| id)).map(Self)
    }
}

/// The body of a request whose content type is `application/json`.
///
/// [`axum::Json`] is not enough: it also takes `application/*+json`, and it calls a body that is
/// cut short after a wrong field unprocessable rather than not JSON.
pub struct JsonBody(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let content_type = request.headers().get(CONTENT_TYPE);
        let is_json = json_body::is_json(content_type.map(HeaderValue::as_bytes));
        // Read whatever its type: hyper closes a connection whose request body is left unread.
        let body = Bytes::from_request(request, state).await.map_err(unread)?;
        if !is_json {
            return Err(Problem::not_json());
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
            return Problem::late_body();
        }
        cause = error.source();
    }
    Problem::new(rejection.status(), rejection.body_text())
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
