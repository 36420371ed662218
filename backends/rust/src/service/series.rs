//! The summary of a series.

use hyper::body::Bytes;

use super::Service;
use crate::{
    compute,
    problem::Problem,
    series::{Series, Summary},
};

impl Service {
    pub async fn summarize(&self, body: Bytes) -> Result<Summary, Problem> {
        let summary = compute::run(move || Series::from_json(&body).map(|it| it.summary()));
        Ok(summary.await?)
    }
}
