//! What the environment decides: where to listen, how many cores to fill, what others to use.

use std::{env, error::Error, net::IpAddr, num::NonZeroUsize, str::FromStr};

use anyhow::Context;

#[derive(Debug)]
pub struct Config {
    pub host: IpAddr,
    pub port: u16,
    pub cores: NonZeroUsize,
    pub upstream_url: Option<String>,
    pub database_url: Option<String>,
}

impl Config {
    pub fn from_env() -> anyhow::Result<Self> {
        Ok(Self {
            host: variable("HOST")?,
            port: variable("PORT")?,
            cores: variable("CORES")?,
            upstream_url: optional("UPSTREAM_URL"),
            database_url: optional("DATABASE_URL"),
        })
    }
}

fn variable<T>(name: &str) -> anyhow::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let value = env::var(name).with_context(|| format!("cannot read {name}"))?;
    value
        .parse()
        .with_context(|| format!("{name} cannot be {value:?}"))
}

fn optional(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
