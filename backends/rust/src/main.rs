use std::sync::Arc;

use anyhow::Context;
use axum::serve::ListenerExt;
use catalog_service::{
    api::{self, Service},
    catalog::Catalog,
    config::Config,
    orders::Orders,
    server,
    upstream::Upstream,
};
use tokio::{
    net::TcpListener,
    runtime,
    signal::unix::{SignalKind, signal},
};
use tracing::{Level, warn};

fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_max_level(Level::WARN)
        .with_writer(std::io::stderr)
        .init();

    let config = Config::from_env()?;
    runtime::Builder::new_multi_thread()
        .worker_threads(config.cores.get())
        .max_blocking_threads(config.cores.get())
        .enable_all()
        .build()
        .context("cannot start the runtime")?
        .block_on(run(config))
}

async fn run(config: Config) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };

    let listener = TcpListener::bind((config.host, config.port))
        .await
        .with_context(|| format!("cannot listen on {}:{}", config.host, config.port))?
        .tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                warn!(%error, "cannot set TCP_NODELAY");
            }
        });

    server::serve(listener, api::router(service(&config)?), stop).await;
    Ok(())
}

fn service(config: &Config) -> anyhow::Result<Service> {
    let upstream = config.upstream_url.as_deref().map(Upstream::new);
    let orders = config.database_url.as_deref();
    let orders = orders.map(|url| Orders::new(url, config.cores));
    Ok(Service {
        catalog: Arc::new(Catalog::seeded()),
        upstream: upstream.transpose().context("UPSTREAM_URL is wrong")?,
        orders: orders
            .transpose()
            .context("DATABASE_URL is wrong")?
            .map(Arc::new),
    })
}
