use std::{io, net::SocketAddr};

use actix_web::{rt::System, web::Data};
use anyhow::Context;
use catalog_actix::server;
use catalog_service::{config::Config, service::Service};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{filter::Targets, fmt, prelude::*};

fn main() -> anyhow::Result<()> {
    // actix_http has an error for whoever sends what is not HTTP; that is no concern of an operator.
    let heard = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("actix_http", LevelFilter::OFF);
    tracing_subscriber::registry()
        .with(fmt::layer().with_writer(io::stderr))
        .with(heard)
        .init();

    let config = Config::from_env()?;
    let service = Data::new(Service::open(&config)?);
    let address = SocketAddr::from((config.host, config.port));
    System::new().block_on(async {
        server::start(address, config.cores, service, config.faults)
            .with_context(|| format!("cannot listen on {address}"))?
            .await
            .context("the server failed")
    })
}
