//! A model of trees, read from a file in ONNX.

mod onnx;
mod trees;

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use onnx::Ensemble;
use trees::Trees;

use crate::json_body::{self, InvalidBody};

const FEATURES: usize = 16;
const ROWS_MAX: usize = 8192;
const MAGNITUDE_MAX: f64 = 1e6;

/// At least one row, one after another.
#[derive(Debug)]
pub struct Rows {
    features: Vec<f32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeaturesBody {
    features: Vec<f64>,
}

#[derive(Debug, PartialEq, Serialize)]
pub struct Scores {
    pub scores: Vec<f32>,
}

impl Rows {
    /// Reads and checks a request body.
    pub fn from_json(body: &[u8]) -> Result<Self, InvalidBody> {
        let FeaturesBody { features } = json_body::parse(body)?;
        if features.len() % FEATURES != 0 || !(1..=ROWS_MAX).contains(&(features.len() / FEATURES))
        {
            return Err(InvalidBody::Wrong(format!(
                "There must be 1 to {ROWS_MAX} rows of {FEATURES} features."
            )));
        }
        if features.iter().any(|value| value.abs() > MAGNITUDE_MAX) {
            return Err(InvalidBody::Wrong(format!(
                "A feature must be from -{MAGNITUDE_MAX} to {MAGNITUDE_MAX}."
            )));
        }
        Ok(Self {
            features: features.into_iter().map(|value| value as f32).collect(),
        })
    }
}

/// A model that takes any number of rows.
#[derive(Debug)]
pub struct Model {
    trees: Trees,
}

impl Model {
    pub fn open(path: impl AsRef<Path>) -> anyhow::Result<Self> {
        let ensemble = Ensemble::decode(&fs::read(path)?)?;
        let trees = Trees::new(&ensemble, FEATURES)?;
        Ok(Self { trees })
    }

    /// The probability of class 1 of each row.
    pub fn score(&self, rows: &Rows) -> Scores {
        let rows = rows.features.chunks_exact(FEATURES);
        Scores {
            scores: rows.map(|row| logistic(self.trees.sum(row))).collect(),
        }
    }
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}
