use std::{io, net::SocketAddr};

use anyhow::Context;
use axum::serve::ListenerExt;
use catalog_service::{api, config::Config, events::Clock, server, service::Service};
use tokio::{
    net::{TcpListener, TcpSocket},
    runtime,
    signal::unix::{SignalKind, signal},
};
use tracing::{Level, warn};

/// As long as the contract asks for.
const ACCEPT_QUEUE: u32 = 4096;

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
    let clock = Clock::default();
    let seconds = clock.seconds();
    let clock = tokio::spawn(clock.run());
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        clock.abort(); // and streams end, which would keep their connections open
    };

    let listener = listen(SocketAddr::from((config.host, config.port)))
        .with_context(|| format!("cannot listen on {}:{}", config.host, config.port))?
        .tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                warn!(%error, "cannot set TCP_NODELAY");
            }
        });

    let service = Service::open(&config)?;
    let mut app = if config.faults {
        api::router_with_faults(service, seconds)
    } else {
        api::router(service, seconds)
    };
    if let Some(shed) = config.shed {
        app = api::shed(app, shed.saturating_mul(config.cores));
    }
    server::serve(listener, app, stop).await;
    Ok(())
}

/// Tokio's own accept queue would be 1,024 long, the standard library's 128.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(ACCEPT_QUEUE)
}
