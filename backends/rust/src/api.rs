//! HTTP on axum: routes, what they read from a request, what they answer.

mod events;
mod extract;
mod handlers;
mod problem;
mod shed;

use std::{convert::Infallible, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::IntoResponse,
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    events::Seconds,
    problem::Problem,
    service::{BODY_BYTES_MAX, SERIES_BYTES_MAX, Service},
};
pub use shed::shed;

pub fn router(service: Service, seconds: Seconds) -> Router {
    with_panics_caught(routes(service, seconds))
}

/// The service, and the route that makes it fail.
pub fn router_with_faults(service: Service, seconds: Seconds) -> Router {
    let fault = Router::new().route("/fault", post(handlers::fail));
    with_panics_caught(routes(service, seconds).merge(fault))
}

fn routes(service: Service, seconds: Seconds) -> Router {
    let summarize =
        post(handlers::summarize).layer::<_, Infallible>(DefaultBodyLimit::max(SERIES_BYTES_MAX));
    Router::new()
        .route("/healthz", get(handlers::health))
        .route("/items", get(handlers::list).post(handlers::create))
        .route("/items/search", get(handlers::search))
        .route("/items/search-native", get(handlers::search_native))
        .route(
            "/items/{id}",
            get(handlers::read)
                .put(handlers::replace)
                .delete(handlers::delete),
        )
        .route("/pages/items", get(handlers::show))
        .route("/series/summary", summarize)
        .route("/fanout", get(handlers::fan_out))
        .route("/orders", post(handlers::place_order))
        .route("/orders/{id}", get(handlers::read_order))
        .route("/inference", post(handlers::score))
        .route("/report", get(handlers::report))
        .route("/login", post(handlers::log_in))
        .route("/members/items/{id}", get(handlers::read_as_member))
        .with_state(Arc::new(service))
        .merge(events::router(seconds))
        .fallback(handlers::unknown_path)
        .method_not_allowed_fallback(handlers::unknown_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// A handler that panics costs its request a 500, and not its connection.
pub fn with_panics_caught(router: Router) -> Router {
    router.layer(CatchPanicLayer::custom(|_panic| {
        Problem::unexpected().into_response()
    }))
}
