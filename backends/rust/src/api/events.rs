//! `/events`.

use axum::{
    Router,
    extract::State,
    http::header::CACHE_CONTROL,
    response::{IntoResponse, Sse},
    routing::get,
};

use crate::events::Seconds;

pub const PATH: &str = "/events";

pub fn router(seconds: Seconds) -> Router {
    Router::new().route(PATH, get(stream)).with_state(seconds)
}

async fn stream(State(seconds): State<Seconds>) -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], Sse::new(seconds.subscribe()))
}
