//! The client of the slow upstream.

use std::{io, time::Duration};

use anyhow::{Context, ensure};
use deadpool::managed::{self, Metrics, Pool, RecycleResult};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{
    Request, StatusCode, Uri,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
    header::HOST,
};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::{net::TcpStream, task::JoinSet, time::timeout};

/// For the whole service; a call that finds them all busy waits for one.
const CONNECTIONS_MAX: usize = 4096;

/// How long a call may take, its wait for a connection included.
const CALL_TIMEOUT: Duration = Duration::from_secs(2);

const ANSWER_BYTES_MAX: usize = 4096;

/// 64 of these add up without overflow.
const VALUE_MAX: u64 = (1 << 53) - 1;

#[derive(Debug, Clone)]
pub struct Upstream {
    connections: Pool<Connector>,
    authority: String,
}

#[derive(Deserialize)]
struct Answer {
    value: i64,
}

impl Upstream {
    /// `url` is like `http://127.0.0.1:8080`. It is connected to when it is first used.
    pub fn new(url: &str) -> anyhow::Result<Self> {
        Self::with_connections(url, CONNECTIONS_MAX)
    }

    /// The same, over at most so many connections.
    pub fn with_connections(url: &str, most: usize) -> anyhow::Result<Self> {
        let uri: Uri = url.parse().context("it is not a URL")?;
        ensure!(
            uri.scheme_str() == Some("http") && uri.path() == "/" && uri.query().is_none(),
            "it is not like http://127.0.0.1:8080"
        );
        let host = uri.host().context("it has no host")?;
        let port = uri.port_u16().unwrap_or(80);
        let connector = Connector {
            address: format!("{host}:{port}"),
        };
        Ok(Self {
            connections: Pool::builder(connector).max_size(most).build()?,
            authority: format!("{host}:{port}"),
        })
    }

    /// Makes the calls 0 to `calls - 1` for `key` at once and gives their values in this order,
    /// none for a call that failed.
    pub async fn values(&self, key: u64, calls: usize) -> Vec<Option<i64>> {
        let mut running = JoinSet::new();
        for call in 0..calls {
            let upstream = self.clone();
            running.spawn(async move {
                let answer = timeout(CALL_TIMEOUT, upstream.value(key, call)).await;
                (call, answer.ok().and_then(Result::ok))
            });
        }
        let mut values = vec![None; calls];
        while let Some(Ok((call, value))) = running.join_next().await {
            values[call] = value;
        }
        values
    }

    /// A call that is given up leaves its connection unfit for another, which [`Connector`] sees.
    async fn value(&self, key: u64, call: usize) -> anyhow::Result<i64> {
        let mut connection = self.connections.get().await?;
        let request = Request::get(format!("/values/{key}/{call}"))
            .header(HOST, &self.authority)
            .body(Empty::new())?;
        let response = connection.send_request(request).await?;
        let status = response.status();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX)
            .collect()
            .await
            .map_err(anyhow::Error::from_boxed)?
            .to_bytes();
        ensure!(status == StatusCode::OK, "the upstream answered {status}");
        let Answer { value } = serde_json::from_slice(&body)?;
        ensure!(value.unsigned_abs() <= VALUE_MAX, "{value} is out of range");
        Ok(value)
    }
}

/// Opens connections for the pool, and tells which can be used again.
#[derive(Debug)]
struct Connector {
    address: String,
}

impl managed::Manager for Connector {
    type Type = SendRequest<Empty<Bytes>>;
    type Error = io::Error;

    async fn create(&self) -> io::Result<Self::Type> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(io::Error::other)?;
        // It ends when the sender is dropped or the upstream closes; the call sees what went wrong.
        tokio::spawn(async move { connection.await.ok() });
        Ok(sender)
    }

    async fn recycle(&self, sender: &mut Self::Type, _: &Metrics) -> RecycleResult<Self::Error> {
        sender
            .ready()
            .await
            .map_err(|error| managed::RecycleError::Backend(io::Error::other(error)))
    }
}
