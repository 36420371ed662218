//! The report.

use std::sync::Arc;

use serde::Deserialize;

use super::Service;
use crate::{
    compute,
    problem::Problem,
    table::{ROWS_MIN, Report},
};

#[derive(Deserialize)]
pub struct ReportQuery {
    rows: usize,
}

impl Service {
    pub async fn report(&self, ReportQuery { rows }: ReportQuery) -> Result<Report, Problem> {
        let table = self
            .table
            .as_ref()
            .ok_or_else(|| Problem::unavailable("This service was started without a table."))?;
        if !(ROWS_MIN..=table.rows()).contains(&rows) {
            return Err(Problem::unprocessable(format!(
                "rows must be from {ROWS_MIN} to {}.",
                table.rows()
            )));
        }
        let table = Arc::clone(table);
        compute::run(move || table.report(rows))
            .await
            .map_err(Problem::failed)
    }
}
