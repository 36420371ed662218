//! Streams of events, over connections in memory and under a clock that the tests move.

use std::{
    convert::Infallible,
    future::pending,
    io,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    response::{IntoResponse, Sse, sse::Event},
    serve::Listener,
};
use catalog_service::{
    api,
    events::{Clock, Seconds},
    server,
    service::Service,
};
use http_body_util::BodyExt;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex},
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::sleep,
};
use tokio_stream::StreamExt;

/// What a connection holds that nobody reads: less than the head and the events of a minute.
const CONNECTION_BYTES: usize = 1024;

fn next_second() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_secs() + 1
}

fn event(second: u64) -> String {
    format!("id: {second}\ndata: {{\"second\":{second}}}\n\n")
}

/// Hands out the service's ends of connections.
struct Connections(mpsc::Receiver<DuplexStream>);

impl Listener for Connections {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (DuplexStream, ()) {
        match self.0.recv().await {
            Some(stream) => (stream, ()),
            None => pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<()> {
        Ok(())
    }
}

struct Running {
    connect: mpsc::Sender<DuplexStream>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

fn start(seconds: Seconds) -> Running {
    let (connect, connections) = mpsc::channel(8);
    let (stop, stopped) = oneshot::channel();
    let app = api::router(Service::of_items(1), seconds);
    let served = tokio::spawn(server::serve(Connections(connections), app, async {
        stopped.await.unwrap();
    }));
    Running {
        connect,
        stop,
        served,
    }
}

/// One who has subscribed and read the head.
async fn subscribe(running: &Running) -> BufReader<DuplexStream> {
    let (mut ours, theirs) = duplex(CONNECTION_BYTES);
    running.connect.send(theirs).await.unwrap();
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
async fn chunk(stream: &mut BufReader<DuplexStream>) -> String {
    let mut size = String::new();
    stream.read_line(&mut size).await.unwrap();
    let size = usize::from_str_radix(size.trim_end(), 16).unwrap();
    let mut data = vec![0; size + 2];
    stream.read_exact(&mut data).await.unwrap();
    data.truncate(size);
    String::from_utf8(data).unwrap()
}

#[tokio::test(start_paused = true)]
async fn every_stream_has_every_second_in_order_however_long_it_lasts() {
    let clock = Clock::default();
    let running = start(clock.seconds());
    let mut streams = [subscribe(&running).await, subscribe(&running).await];
    let first = next_second();
    for second in first..first + 200 {
        clock.publish(second);
        for stream in &mut streams {
            assert_eq!(chunk(stream).await, event(second));
        }
        sleep(Duration::from_secs(1)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_does_not_read_is_closed_and_nobody_else() {
    let clock = Clock::default();
    let running = start(clock.seconds());
    let mut reading = subscribe(&running).await;
    let mut silent = subscribe(&running).await;
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

#[tokio::test(start_paused = true)]
async fn streams_end_when_the_service_stops() {
    let clock = Clock::default();
    let running = start(clock.seconds());
    let mut stream = subscribe(&running).await;
    drop(clock);
    running.stop.send(()).unwrap();
    assert_eq!(chunk(&mut stream).await, "");
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
    running.served.await.unwrap();
}

async fn text(event: Event) -> String {
    let stream = tokio_stream::once(Ok::<_, Infallible>(event));
    let body = Sse::new(stream).into_response().into_body();
    let bytes = body.collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_clock_publishes_no_second_before_it_begins() {
    let clock = Clock::default();
    let mut stream = Box::pin(clock.seconds().subscribe());
    let first = next_second();
    let clock = tokio::spawn(clock.run());
    for second in first..first + 3 {
        let response = stream.next().await.unwrap().unwrap();
        assert!(next_second() > second);
        assert_eq!(text(response).await, event(second));
    }
    clock.abort();
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_second_that_had_begun_is_not_for_a_late_subscriber() {
    let clock = Clock::default();
    let mut stream = Box::pin(clock.seconds().subscribe());
    let next = next_second();
    for second in [next - 2, next - 1, next] {
        clock.publish(second);
    }
    let seen = text(stream.next().await.unwrap().unwrap()).await;
    assert!([event(next), event(next - 1)].contains(&seen), "{seen}");
}

#[tokio::test]
async fn who_is_too_far_behind_is_told() {
    let clock = Clock::default();
    let mut stream = Box::pin(clock.seconds().subscribe());
    let first = next_second();
    for second in first..first + 65 {
        clock.publish(second);
    }
    assert!(stream.next().await.unwrap().is_err());
}
