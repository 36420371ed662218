//! What subscribers see of streams of events, whichever framework serves them, over connections in
//! memory and under a clock that the tests move. `connect` gives the service its end of one.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use catalog_service::events::Clock;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex},
    time::sleep,
};

/// What a connection holds that nobody reads: less than the head and the events of a minute.
const CONNECTION_BYTES: usize = 1024;

pub fn next_second() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_secs() + 1
}

pub fn event(second: u64) -> String {
    format!("id: {second}\ndata: {{\"second\":{second}}}\n\n")
}

/// One who has subscribed and read the head.
pub async fn subscribe(connect: &impl Fn(DuplexStream)) -> BufReader<DuplexStream> {
    let (mut ours, theirs) = duplex(CONNECTION_BYTES);
    connect(theirs);
    let request = b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n";
    ours.write_all(request).await.unwrap();
    let mut stream = BufReader::with_capacity(64, ours);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(stream.read_line(&mut head).await.unwrap(), 0, "{head}");
    }
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(
        head.contains("content-type: text/event-stream\r\n"),
        "{head}"
    );
    assert!(head.contains("cache-control: no-store\r\n"), "{head}");
    stream
}

/// The next chunk; empty where it is the last.
pub async fn chunk(stream: &mut BufReader<DuplexStream>) -> String {
    let mut size = String::new();
    stream.read_line(&mut size).await.unwrap();
    let size = usize::from_str_radix(size.trim_end(), 16).unwrap();
    let mut data = vec![0; size + 2];
    stream.read_exact(&mut data).await.unwrap();
    data.truncate(size);
    String::from_utf8(data).unwrap()
}

pub async fn every_stream_has_every_second_in_order(clock: Clock, connect: impl Fn(DuplexStream)) {
    let mut streams = [subscribe(&connect).await, subscribe(&connect).await];
    let first = next_second();
    for second in first..first + 200 {
        clock.publish(second);
        for stream in &mut streams {
            assert_eq!(chunk(stream).await, event(second));
        }
        sleep(Duration::from_secs(1)).await;
    }
}

pub async fn who_does_not_read_is_closed_and_nobody_else(
    clock: Clock,
    connect: impl Fn(DuplexStream),
) {
    let mut reading = subscribe(&connect).await;
    let mut silent = subscribe(&connect).await;
    let first = next_second();
    for second in first..first + 200 {
        clock.publish(second);
        assert_eq!(chunk(&mut reading).await, event(second));
        sleep(Duration::from_secs(1)).await;
    }
    let mut kept = String::new();
    silent.read_to_string(&mut kept).await.unwrap(); // to its end
    let events = kept.matches("id: ").count();
    assert!(
        events > 0 && kept.len() <= CONNECTION_BYTES + 64,
        "{events}"
    );
    assert!(
        !kept.ends_with("\r\n0\r\n\r\n"),
        "it ends as if it were whole"
    );
}
