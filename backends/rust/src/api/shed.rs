//! The variant of the service that sheds load: it refuses at once what could only be answered
//! late. The standard service lets every request wait.

use std::{
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header::RETRY_AFTER},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use tokio::time::{Instant, sleep_until};

use super::events;
use crate::problem::Problem;

const LOOK_EVERY: Duration = Duration::from_millis(20);
const LATE_AFTER: Duration = Duration::from_millis(25);
const LATE_LOOKS: u32 = 5;

struct Shedder {
    most: usize,
    under_way: AtomicUsize,
    /// Looks in a row that came late.
    late: AtomicU32,
}

/// Refuses requests above `most` under way, and any while the runtime keeps tasks waiting. Call it
/// on the runtime.
pub fn shed(router: Router, most: NonZeroUsize) -> Router {
    let shedder = Arc::new(Shedder {
        most: most.get(),
        under_way: AtomicUsize::new(0),
        late: AtomicU32::new(0),
    });
    tokio::spawn(watch(Arc::clone(&shedder)));
    router.layer(from_fn_with_state(shedder, serve_or_refuse))
}

async fn watch(shedder: Arc<Shedder>) {
    loop {
        let due = Instant::now() + LOOK_EVERY;
        sleep_until(due).await;
        if due.elapsed() > LATE_AFTER {
            shedder.late.fetch_add(1, Ordering::Relaxed);
        } else {
            shedder.late.store(0, Ordering::Relaxed);
        }
    }
}

/// One request under way, for as long as it is: its client may go away before it is answered.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn serve_or_refuse(
    State(shedder): State<Arc<Shedder>>,
    request: Request,
    next: Next,
) -> Response {
    // A stream has no end to wait for: it is not a request under way.
    if request.uri().path() == events::PATH {
        return next.run(request).await;
    }
    let before = shedder.under_way.fetch_add(1, Ordering::Relaxed);
    let _place = Place(&shedder.under_way);
    let full = before >= shedder.most || shedder.late.load(Ordering::Relaxed) >= LATE_LOOKS;
    if full && request.uri().path() != "/healthz" {
        let mut refusal =
            Problem::unavailable("The service has more to do than it can.").into_response();
        refusal
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static("1"));
        return refusal;
    }
    next.run(request).await
}
