//! HTTP: routes, what they read from a request, what they answer.

mod extract;
mod items;
mod problem;

use std::sync::Arc;

use axum::{Json, Router, http::StatusCode, routing::get};
use serde::Serialize;

use crate::catalog::Catalog;
use problem::Problem;

pub fn router(catalog: Arc<Catalog>) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .merge(items::router(catalog))
        .fallback(unknown_path)
        .method_not_allowed_fallback(unknown_method)
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
