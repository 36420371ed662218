//! What the environment decides: where to listen, and how many cores to fill.

use std::{env, error::Error, net::IpAddr, num::NonZeroUsize, str::FromStr};

use anyhow::Context;

#[derive(Debug)]
pub struct Config {
    pub host: IpAddr,
    pub port: u16,
    pub cores: NonZeroUsize,
}

impl Config {
    pub fn from_env() -> anyhow::Result<Self> {
        Ok(Self {
            host: variable("HOST")?,
            port: variable("PORT")?,
            cores: variable("CORES")?,
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
