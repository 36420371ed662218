//! `/events`.

use axum::{
    Router,
    body::Body,
    extract::State,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};

use crate::events::{self, Seconds};

pub const PATH: &str = "/events";

pub fn router(seconds: Seconds) -> Router {
    Router::new().route(PATH, get(stream)).with_state(seconds)
}

async fn stream(State(seconds): State<Seconds>) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, events::CONTENT_TYPE),
        (CACHE_CONTROL, events::CACHE_CONTROL),
    ];
    (headers, Body::from_stream(seconds.subscribe()))
}
