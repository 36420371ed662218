//! Each second of the wall clock, as it begins, for all who subscribe.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;
use tokio::{sync::broadcast, time::sleep};
use tokio_stream::{
    Stream, StreamExt,
    wrappers::{BroadcastStream, errors::BroadcastStreamRecvError},
};

/// The headers of a response that is a stream of events.
pub const CONTENT_TYPE: &str = "text/event-stream";
pub const CACHE_CONTROL: &str = "no-store";

/// How many events a subscriber may be behind before it has lost its place: a minute, and far less
/// than 64 KiB, which all subscribers share.
const BACKLOG: usize = 64;

#[derive(Clone)]
struct Second {
    /// In Unix time.
    begin: u64,
    event: Bytes,
}

/// Publishes to all who have subscribed. Their streams end when it is dropped.
pub struct Clock(broadcast::Sender<Second>);

/// Where one subscribes. It does not keep the clock going.
#[derive(Clone)]
pub struct Seconds(broadcast::WeakSender<Second>);

impl Default for Clock {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Clock {
    pub fn seconds(&self) -> Seconds {
        Seconds(self.0.downgrade())
    }

    /// Publishes each second as it begins, never before. A process that was kept from running
    /// publishes what it has missed.
    pub async fn run(self) {
        for second in unix_time() + 1.. {
            let begin = UNIX_EPOCH + Duration::from_secs(second);
            while let Ok(wait) = begin.duration_since(SystemTime::now()) {
                sleep(wait).await;
            }
            self.publish(second);
        }
    }

    /// Gives a second to every subscriber that was there before it began, and waits for none.
    pub fn publish(&self, second: u64) {
        // It fails where nobody has subscribed.
        let _ = self.0.send(Second {
            begin: second,
            event: event(second),
        });
    }
}

impl Seconds {
    /// The event of each second that begins from now on, whose bytes all subscribers share. It ends
    /// with an error where a second was lost, since the subscriber was too far behind.
    pub fn subscribe(&self) -> impl Stream<Item = Result<Bytes, BroadcastStreamRecvError>> + use<> {
        let now = unix_time();
        let receiver = match self.0.upgrade() {
            Some(sender) => sender.subscribe(),
            None => broadcast::channel(1).1, // which has ended, as the clock has
        };
        BroadcastStream::new(receiver)
            .skip_while(move |second| matches!(second, Ok(second) if second.begin <= now))
            .map(|second| second.map(|second| second.event))
    }
}

/// As the standard frames it.
fn event(second: u64) -> Bytes {
    format!("id: {second}\ndata: {{\"second\":{second}}}\n\n").into()
}

/// Whole seconds that have begun.
fn unix_time() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}
