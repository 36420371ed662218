//! Work that keeps a core busy for milliseconds.

use std::panic;

use tokio::task;

/// Runs `work` on one of tokio's blocking threads, so that no connection waits behind it. There
/// are as many of these threads as cores, and what finds them busy waits in the order of arrival.
/// Panics as `work` does. Work runs to its end, even if nobody waits for it any more.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| panic::resume_unwind(error.into_panic()))
}
