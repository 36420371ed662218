//! The fan-out.

use serde::{Deserialize, Serialize};

use super::{ID_MAX, Service};
use crate::problem::Problem;

const CALLS_MAX: usize = 64;

#[derive(Deserialize)]
pub struct FanOutQuery {
    key: u64,
    #[serde(default = "calls_default")]
    calls: usize,
}

fn calls_default() -> usize {
    8
}

#[derive(Serialize)]
pub struct FanOutBody {
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

impl Service {
    pub async fn fan_out(
        &self,
        FanOutQuery { key, calls }: FanOutQuery,
    ) -> Result<FanOutBody, Problem> {
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
        let upstream = self
            .upstream
            .as_ref()
            .ok_or_else(|| Problem::unavailable("This service was started without an upstream."))?;
        let values = upstream.values(key, calls).await;
        Ok(FanOutBody {
            key,
            partial: values.contains(&None),
            sum: values.iter().flatten().sum(),
            results: (0..)
                .zip(values)
                .map(|(call, value)| CallResult { call, value })
                .collect(),
        })
    }
}
