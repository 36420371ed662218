//! `/series/summary`.

use axum::{Json, Router, extract::DefaultBodyLimit, routing::post};

use super::{extract::JsonBody, problem::Problem};
use crate::{
    compute,
    series::{Series, Summary},
};

const BODY_BYTES_MAX: usize = 8 << 20;

pub fn router() -> Router {
    Router::new()
        .route("/series/summary", post(summarize))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

async fn summarize(body: JsonBody) -> Result<Json<Summary>, Problem> {
    compute::run(move || body.parse(Series::from_json).map(|series| series.summary()))
        .await
        .map(Json)
}
