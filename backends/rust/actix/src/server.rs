//! The server: what [`actix_web::HttpServer`] makes of the same parts, but for the streams, which
//! have patience with a request for ten seconds and no longer.

use std::{future::ready, io, net::SocketAddr, num::NonZeroUsize, time::Duration};

use actix_http::{Extensions, HttpService, error::DispatchError};
use actix_server::{GracefulShutdownSignal, Server};
use actix_service::{ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::{
    dev::AppConfig,
    rt::{net::TcpStream, spawn},
    web::Data,
};
use catalog_service::{
    events::{Clock, Seconds},
    patience::{Incoming, PatientStream},
    service::Service,
};
use tokio::io::{AsyncRead, AsyncWrite};
use tracing::warn;

use crate::api;

/// As long as the contract asks for.
const ACCEPT_QUEUE: u32 = 4096;

const IDLE_TIMEOUT: Duration = Duration::from_secs(75);

/// To actix it is the time from a connection to the head of its first request, while the connection
/// may be idle. A head that has begun has a time of its own (`patience`).
const FIRST_HEAD_TIMEOUT: Duration = Duration::from_secs(85);

/// How long what is left of a body that nobody reads is let go of before the connection is closed.
const LINGER_TIMEOUT: Duration = Duration::from_secs(1);

/// How long requests in flight may take to finish once the service has been told to stop.
const DRAIN_TIMEOUT_S: u64 = 4;

/// Starts a worker for each core. The server ends well after SIGTERM or SIGINT.
pub fn start(
    address: SocketAddr,
    cores: NonZeroUsize,
    service: Data<Service>,
    faults: bool,
) -> io::Result<Server> {
    let builder = Server::build()
        .workers(cores.get())
        // Of each worker, which is as many as cores altogether.
        .worker_max_blocking_threads(1)
        .backlog(ACCEPT_QUEUE)
        .shutdown_timeout(DRAIN_TIMEOUT_S);
    let stop = builder.graceful_shutdown_signal();
    // Called by each worker, on its own thread.
    let factory = move || {
        let seconds = start_clock(stop.clone());
        let http = http(service.clone(), seconds, faults, stop.clone());
        fn_service(|stream: TcpStream| ready(Ok::<_, DispatchError>(connection(stream))))
            .and_then(http)
    };
    Ok(builder.bind("http", address, factory)?.run())
}

/// A clock whose subscribers are all of one thread, which need not be woken by another.
fn start_clock(stop: GracefulShutdownSignal) -> Seconds {
    let clock = Clock::default();
    let seconds = clock.seconds();
    let clock = spawn(clock.run());
    spawn(async move {
        stop.notified().await;
        clock.abort(); // and streams end, which would keep their connections open
    });
    seconds
}

/// What reads the requests of connections and answers them.
pub fn http<S>(
    service: Data<Service>,
    seconds: Seconds,
    faults: bool,
    stop: GracefulShutdownSignal,
) -> impl ServiceFactory<
    (PatientStream<S>, Option<SocketAddr>),
    Config = (),
    Response = (),
    Error = DispatchError,
    InitError = (),
>
where
    S: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let app = api::app(service, seconds, faults);
    HttpService::build()
        .keep_alive(IDLE_TIMEOUT)
        .client_request_timeout(FIRST_HEAD_TIMEOUT)
        .client_disconnect_timeout(LINGER_TIMEOUT)
        .graceful_shutdown_signal(move || {
            let stop = stop.clone();
            async move { stop.notified().await }
        })
        .on_connect_ext(|stream: &PatientStream<S>, data: &mut Extensions| {
            data.insert(stream.incoming().clone());
        })
        .h1(map_config(app, |()| AppConfig::default()))
}

fn connection(stream: TcpStream) -> (PatientStream<TcpStream>, Option<SocketAddr>) {
    if let Err(error) = stream.set_nodelay(true) {
        warn!(%error, "cannot set TCP_NODELAY");
    }
    let peer = stream.peer_addr().ok();
    (PatientStream::new(stream, Incoming::default()), peer)
}
