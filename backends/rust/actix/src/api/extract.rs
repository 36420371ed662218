//! What handlers take from a request. actix's own extractors do the reading; these answer every
//! rejection as a [`Problem`].

use std::future::{Ready, ready};

use actix_web::{
    Error, FromRequest, HttpRequest,
    dev::Payload,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, HeaderValue},
    },
    web::{Bytes, Query},
};
use catalog_service::{json_body, problem::Problem, service};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::refusal::Refusal;

/// The `{id}` of a path.
pub struct Id(pub u64);

impl FromRequest for Id {
    type Error = Refusal;
    type Future = Ready<Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let read = request.match_info().load().ok();
        let id = service::id(read.map(|(id,)| id));
        ready(id.map(Self).map_err(Refusal))
    }
}

/// The body of a request whose content type is `application/json`.
///
/// [`actix_web::web::Json`] is not enough: it calls a body that is cut short after a wrong field
/// the same as one that is not JSON.
pub struct JsonBody(pub Bytes);

impl FromRequest for JsonBody {
    type Error = Refusal;
    type Future = LocalBoxFuture<'static, Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let content_type = request.headers().get(CONTENT_TYPE);
        let is_json = json_body::is_json(content_type.map(HeaderValue::as_bytes));
        // Read whatever its type: actix closes a connection whose request body is left unread.
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = body.await.map_err(|error| unread(&error))?;
            if !is_json {
                return Err(Problem::not_json().into());
            }
            Ok(Self(body))
        })
    }
}

/// Why a body was not read to its end: it is too long, or its client went away.
fn unread(error: &Error) -> Refusal {
    let status = error.as_response_error().status_code();
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::too_long().into();
    }
    Problem::cut_short().into()
}

/// A query, of which unknown parameters are ignored.
pub struct KnownQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequest for KnownQuery<T> {
    type Error = Refusal;
    type Future = Ready<Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let query = Query::from_query(request.query_string());
        ready(
            query
                .map(|Query(query)| Self(query))
                .map_err(|error| Problem::unprocessable(format!("{error}.")).into()),
        )
    }
}
