//! `/report`.

use std::sync::Arc;

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde::Deserialize;

use super::{
    extract::KnownQuery,
    problem::{self, Problem},
};
use crate::{
    compute,
    table::{ROWS_MIN, Report, Table},
};

pub fn router(table: Option<Arc<Table>>) -> Router {
    Router::new()
        .route("/report", get(report))
        .with_state(table)
}

#[derive(Deserialize)]
struct ReportQuery {
    rows: usize,
}

async fn report(
    State(table): State<Option<Arc<Table>>>,
    KnownQuery(ReportQuery { rows }): KnownQuery<ReportQuery>,
) -> Result<Json<Report>, Problem> {
    let table = table.ok_or_else(|| {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "This service was started without a table.",
        )
    })?;
    if !(ROWS_MIN..=table.rows()).contains(&rows) {
        return Err(Problem::unprocessable(format!(
            "rows must be from {ROWS_MIN} to {}.",
            table.rows()
        )));
    }
    compute::run(move || table.report(rows))
        .await
        .map(Json)
        .map_err(problem::failed)
}
