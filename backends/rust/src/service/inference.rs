//! The scores of rows.

use hyper::body::Bytes;

use super::Service;
use crate::{
    compute,
    inference::{Rows, Scores},
    problem::Problem,
};

impl Service {
    pub async fn score(&self, body: Bytes) -> Result<Scores, Problem> {
        let model = self.model.clone();
        compute::run(move || {
            let rows = Rows::from_json(&body)?;
            let model = model
                .ok_or_else(|| Problem::unavailable("This service was started without a model."))?;
            Ok(model.score(&rows))
        })
        .await
    }
}
