//! `/fanout`.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde::{Deserialize, Serialize};

use super::{
    extract::{ID_MAX, KnownQuery},
    problem::Problem,
};
use crate::upstream::Upstream;

const CALLS_MAX: usize = 64;

pub fn router(upstream: Option<Upstream>) -> Router {
    Router::new()
        .route("/fanout", get(fan_out))
        .with_state(upstream)
}

#[derive(Deserialize)]
struct FanOutQuery {
    key: u64,
    #[serde(default = "calls_default")]
    calls: usize,
}

fn calls_default() -> usize {
    8
}

#[derive(Serialize)]
struct FanOutBody {
    key: u64,
    /// Whether a call failed.
    partial: bool,
    sum: i64,
    results: Vec<CallResult>,
}

#[derive(Serialize)]
struct CallResult {
    call: usize,
    value: Option<i64>,
}

async fn fan_out(
    State(upstream): State<Option<Upstream>>,
    KnownQuery(FanOutQuery { key, calls }): KnownQuery<FanOutQuery>,
) -> Result<Json<FanOutBody>, Problem> {
    if key > ID_MAX {
        return Err(Problem::unprocessable(format!(
            "key must be from 0 to {ID_MAX}."
        )));
    }
    if !(1..=CALLS_MAX).contains(&calls) {
        return Err(Problem::unprocessable(format!(
            "calls must be from 1 to {CALLS_MAX}."
        )));
    }
    let upstream = upstream.ok_or_else(|| {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "This service was started without an upstream.",
        )
    })?;
    let values = upstream.values(key, calls).await;
    Ok(Json(FanOutBody {
        key,
        partial: values.contains(&None),
        sum: values.iter().flatten().sum(),
        results: (0..)
            .zip(values)
            .map(|(call, value)| CallResult { call, value })
            .collect(),
    }))
}
