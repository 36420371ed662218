//! `/fault`: makes the service fail as one with a mistake does. Nothing here is caught that would not
//! be elsewhere.

use std::{hint::black_box, process, time::Duration};

use axum::{Json, Router, http::StatusCode, routing::post};
use serde::{Deserialize, Serialize};
use tokio::time::sleep;

use super::{extract::KnownQuery, problem::Problem};

const TIMER: Duration = Duration::from_millis(10);
const FAULTY_BYTES: usize = 2 << 30;

pub fn router() -> Router {
    Router::new().route("/fault", post(fail))
}

#[derive(Deserialize)]
struct FaultQuery {
    kind: Kind,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Panic,
    Timer,
    Stack,
    Memory,
    Abort,
}

#[derive(Serialize)]
struct Fault {
    kind: Kind,
}

async fn fail(
    KnownQuery(FaultQuery { kind }): KnownQuery<FaultQuery>,
) -> Result<(StatusCode, Json<Fault>), Problem> {
    let mut status = StatusCode::OK;
    match kind {
        Kind::Panic => panic!("asked to fail"),
        Kind::Timer => {
            tokio::spawn(async {
                sleep(TIMER).await;
                panic!("asked to fail");
            });
            status = StatusCode::ACCEPTED;
        }
        Kind::Stack => {
            black_box(descend(1));
        }
        Kind::Memory => drop(black_box(vec![1_u8; FAULTY_BYTES])),
        Kind::Abort => process::abort(),
    }
    Ok((status, Json(Fault { kind })))
}

/// Comes back only once the depth has overflowed, which no stack outlasts.
fn descend(depth: u64) -> u64 {
    if depth == 0 {
        return depth;
    }
    black_box(descend(black_box(depth.wrapping_add(1)))).wrapping_add(depth)
}
