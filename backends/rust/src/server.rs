//! The accept loop. It stands in for [`axum::serve`], which cannot close idle connections or
//! bound the time that stopping takes.

mod body;

use std::{pin::pin, time::Duration};

use axum::{Router, extract::Request, serve::Listener};
use hyper::{
    body::Incoming as Body,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::time::timeout;
use tracing::warn;

use crate::patience::{Incoming, PatientStream};
use body::PatientBody;

/// How long a connection may be idle, at least: to hyper that is the time until the head of the
/// next request is there, which has a time of its own (`patience`).
const IDLE_TIMEOUT: Duration = Duration::from_secs(85);

/// How long requests in flight may take to finish once the service has been told to stop.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(4);

/// Serves `app` until `stop` completes, then closes the listener and lets the requests in flight
/// finish.
pub async fn serve(mut listener: impl Listener, app: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(IDLE_TIMEOUT);

    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);

    loop {
        let stream = tokio::select! {
            (stream, _address) = listener.accept() => stream,
            () = &mut stop => break,
        };
        let incoming = Incoming::default();
        let stream = PatientStream::new(stream, incoming.clone());
        let app = TowerToHyperService::new(app.clone());
        let service = service_fn(move |request: Request<Body>| {
            app.call(request.map(|body| PatientBody::new(body, incoming.clone())))
        });
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        // A connection fails when its client breaks it or lets it time out: no concern of ours.
        tokio::spawn(async move { connection.await.ok() });
    }

    drop(listener);
    if timeout(DRAIN_TIMEOUT, connections.shutdown())
        .await
        .is_err()
    {
        warn!("requests still in flight after {DRAIN_TIMEOUT:?} are cut off");
    }
}
