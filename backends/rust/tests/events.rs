//! Streams of events, under the accept loop and by themselves.

mod streams;

use std::{future::pending, io};

use axum::serve::Listener;
use catalog_service::{
    api,
    events::{Clock, Seconds},
    server,
    service::Service,
};
use tokio::{
    io::{AsyncReadExt, DuplexStream},
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use tokio_stream::StreamExt;

use streams::{chunk, event, next_second, subscribe};

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

impl Running {
    fn connect(&self, stream: DuplexStream) {
        self.connect.try_send(stream).unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn every_stream_has_every_second_in_order_however_long_it_lasts() {
    let clock = Clock::default();
    let running = start(clock.seconds());
    let connect = |stream| running.connect(stream);
    streams::every_stream_has_every_second_in_order(clock, connect).await;
}

#[tokio::test(start_paused = true)]
async fn who_does_not_read_is_closed_and_nobody_else() {
    let clock = Clock::default();
    let running = start(clock.seconds());
    let connect = |stream| running.connect(stream);
    streams::who_does_not_read_is_closed_and_nobody_else(clock, connect).await;
}

#[tokio::test(start_paused = true)]
async fn streams_end_when_the_service_stops() {
    let clock = Clock::default();
    let running = start(clock.seconds());
    let mut stream = subscribe(&|stream| running.connect(stream)).await;
    drop(clock);
    running.stop.send(()).unwrap();
    assert_eq!(chunk(&mut stream).await, "");
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
    running.served.await.unwrap();
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
        assert_eq!(response, event(second));
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
    let seen = stream.next().await.unwrap().unwrap();
    assert!(seen == event(next) || seen == event(next - 1), "{seen:?}");
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
