//! Makes the service fail as one with a mistake does. Nothing here is caught that would not be
//! elsewhere.

use std::{hint::black_box, process, time::Duration};

use serde::{Deserialize, Serialize};
use tokio::time::sleep;

const TIMER: Duration = Duration::from_millis(10);
const FAULTY_BYTES: usize = 2 << 30;

#[derive(Deserialize)]
pub struct FaultQuery {
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Panic,
    Timer,
    Stack,
    Memory,
    Abort,
}

#[derive(Serialize)]
pub struct Fault {
    kind: Kind,
}

impl Fault {
    /// Whether it has yet to happen when it is answered.
    pub fn is_to_come(&self) -> bool {
        self.kind == Kind::Timer
    }
}

/// Fails as it is asked to; comes back from what the process outlasts. Call it on the runtime.
pub fn fail(FaultQuery { kind }: FaultQuery) -> Fault {
    match kind {
        Kind::Panic => panic!("asked to fail"),
        Kind::Timer => {
            tokio::spawn(async {
                sleep(TIMER).await;
                panic!("asked to fail");
            });
        }
        Kind::Stack => {
            black_box(descend(1));
        }
        Kind::Memory => drop(black_box(vec![1_u8; FAULTY_BYTES])),
        Kind::Abort => process::abort(),
    }
    Fault { kind }
}

/// Comes back only once the depth has overflowed, which no stack outlasts.
fn descend(depth: u64) -> u64 {
    if depth == 0 {
        return depth;
    }
    black_box(descend(black_box(depth.wrapping_add(1)))).wrapping_add(depth)
}
