//! What the environment decides: where to listen, how many cores to fill, what others to use.

use std::{env, error::Error, net::IpAddr, num::NonZeroUsize, str::FromStr};

use anyhow::{Context, ensure};

/// How many items the catalog starts with where nothing is said.
const ITEMS_DEFAULT: u32 = 10_000;
const ITEMS_MAX: u32 = 10_000_000;

#[derive(Debug)]
pub struct Config {
    pub host: IpAddr,
    pub port: u16,
    pub cores: NonZeroUsize,
    pub items: u32,
    /// It may be asked to fail.
    pub faults: bool,
    /// Requests under way at a time, a core, before one more is refused; without it none ever is.
    pub shed: Option<NonZeroUsize>,
    pub upstream_url: Option<String>,
    pub database_url: Option<String>,
    pub table_rows: Option<usize>,
    pub model_file: Option<String>,
    pub accounts_file: Option<String>,
    pub token_key: Option<String>,
}

impl Config {
    pub fn from_env() -> anyhow::Result<Self> {
        Ok(Self {
            host: variable("HOST")?,
            port: variable("PORT")?,
            cores: variable("CORES")?,
            items: items()?,
            faults: optional("FAULTS").as_deref() == Some("1"),
            shed: optional("SHED").map(|_| variable("SHED")).transpose()?,
            upstream_url: optional("UPSTREAM_URL"),
            database_url: optional("DATABASE_URL"),
            model_file: optional("MODEL_FILE"),
            accounts_file: optional("ACCOUNTS_FILE"),
            token_key: optional("TOKEN_KEY"),
            table_rows: optional("TABLE_ROWS")
                .map(|_| variable("TABLE_ROWS"))
                .transpose()?,
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

fn items() -> anyhow::Result<u32> {
    let items = optional("ITEMS").map_or(Ok(ITEMS_DEFAULT), |text| text.parse());
    let items = items.context("ITEMS is not a number")?;
    ensure!(items <= ITEMS_MAX, "ITEMS cannot be above {ITEMS_MAX}");
    Ok(items)
}

fn optional(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
