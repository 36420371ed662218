//! `/inference`.

use std::sync::Arc;

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};

use super::{extract::JsonBody, problem::Problem};
use crate::{
    compute,
    inference::{Model, Rows, Scores},
};

pub fn router(model: Option<Arc<Model>>) -> Router {
    Router::new()
        .route("/inference", post(score))
        .with_state(model)
}

async fn score(
    State(model): State<Option<Arc<Model>>>,
    body: JsonBody,
) -> Result<Json<Scores>, Problem> {
    compute::run(move || {
        let rows = body.parse(Rows::from_json)?;
        let model = model.ok_or_else(|| {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "This service was started without a model.",
            )
        })?;
        Ok(model.score(&rows))
    })
    .await
    .map(Json)
}
