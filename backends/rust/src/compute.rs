//! Work that keeps a core busy for milliseconds.

use std::{num::NonZeroUsize, panic, sync::Arc};

use tokio::{sync::Semaphore, task};

/// Runs such work on tokio's blocking threads, so that no connection waits behind it, as much of
/// it at a time as there are cores. The rest waits in the order of arrival.
#[derive(Debug, Clone)]
pub struct Compute {
    permits: Arc<Semaphore>,
}

impl Compute {
    pub fn new(cores: NonZeroUsize) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(cores.get())),
        }
    }

    /// Panics as `work` does. Work that has begun runs to its end, even if nobody waits for it.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .unwrap_or_else(|error| panic::resume_unwind(error.into_panic()))
    }
}
