//! HTTP: routes, what they read from a request, what they answer.

mod events;
mod extract;
mod fanout;
mod fault;
mod inference;
mod items;
mod members;
mod orders;
mod pages;
mod problem;
mod report;
mod search;
mod series;
mod shed;

use std::sync::Arc;

use axum::{
    Json, Router, extract::DefaultBodyLimit, http::StatusCode, response::IntoResponse, routing::get,
};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    accounts::Accounts, catalog::Catalog, events::Seconds, inference::Model, orders::Orders,
    table::Table, upstream::Upstream,
};
use problem::Problem;
pub use shed::shed;

/// As all services of the contract have it; a series may be longer.
const BODY_BYTES_MAX: usize = 1 << 20;

/// What does the work. What needs one of these that is not there answers 503.
#[derive(Clone)]
pub struct Service {
    pub catalog: Arc<Catalog>,
    pub seconds: Seconds,
    pub upstream: Option<Upstream>,
    pub orders: Option<Arc<Orders>>,
    pub model: Option<Arc<Model>>,
    pub table: Option<Arc<Table>>,
    pub accounts: Option<Arc<Accounts>>,
}

pub fn router(service: Service) -> Router {
    with_panics_caught(routes(service))
}

/// The service, and the route that makes it fail.
pub fn router_with_faults(service: Service) -> Router {
    with_panics_caught(routes(service).merge(fault::router()))
}

fn routes(service: Service) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .merge(search::router(Arc::clone(&service.catalog)))
        .merge(pages::router(Arc::clone(&service.catalog)))
        .merge(members::router(
            service.accounts,
            Arc::clone(&service.catalog),
        ))
        .merge(items::router(service.catalog))
        .merge(events::router(service.seconds))
        .merge(series::router())
        .merge(fanout::router(service.upstream))
        .merge(orders::router(service.orders))
        .merge(inference::router(service.model))
        .merge(report::router(service.table))
        .fallback(unknown_path)
        .method_not_allowed_fallback(unknown_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// A handler that panics costs its request a 500, and not its connection.
pub fn with_panics_caught(router: Router) -> Router {
    router.layer(CatchPanicLayer::custom(|_panic| {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The service failed on this request.",
        )
        .into_response()
    }))
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}

async fn unknown_path() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is nothing at this path.")
}

async fn unknown_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "This path does not answer to this method.",
    )
}
