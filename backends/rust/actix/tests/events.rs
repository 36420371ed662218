//! Streams of events under actix, which are to be those of the axum service.

#[path = "../../tests/streams/mod.rs"]
mod streams;

use actix_server::Server;
use actix_service::{Service as _, ServiceFactory};
use actix_web::{rt::spawn, web::Data};
use catalog_actix::server;
use catalog_service::{
    events::{Clock, Seconds},
    patience::{Incoming, PatientStream},
    service::Service,
};
use tokio::{io::DuplexStream, time::pause};

/// A worker that is never asked to stop.
async fn start(seconds: Seconds) -> impl Fn(DuplexStream) {
    let service = Data::new(Service::of_items(1));
    let stop = Server::build().graceful_shutdown_signal();
    let http = server::http::<DuplexStream>(service, seconds, false, stop);
    let http = http.new_service(()).await.unwrap();
    move |stream| {
        spawn(http.call((PatientStream::new(stream, Incoming::default()), None)));
    }
}

#[actix_web::test]
async fn every_stream_has_every_second_in_order_however_long_it_lasts() {
    pause();
    let clock = Clock::default();
    let connect = start(clock.seconds()).await;
    streams::every_stream_has_every_second_in_order(clock, connect).await;
}

#[actix_web::test]
async fn who_does_not_read_is_closed_and_nobody_else() {
    pause();
    let clock = Clock::default();
    let connect = start(clock.seconds()).await;
    streams::who_does_not_read_is_closed_and_nobody_else(clock, connect).await;
}

#[actix_web::test]
async fn streams_end_when_their_clock_does() {
    let clock = Clock::default();
    let connect = start(clock.seconds()).await;
    let mut stream = streams::subscribe(&connect).await;
    drop(clock);
    assert_eq!(streams::chunk(&mut stream).await, "");
}
