//! The operations of the contract, whichever framework reads the requests and writes the answers.

mod fanout;
pub mod fault;
mod inference;
mod items;
mod members;
mod orders;
mod pages;
mod report;
mod search;
mod series;

use std::sync::Arc;

use anyhow::Context;
use serde::Serialize;

use crate::{
    accounts::Accounts, catalog::Catalog, config::Config, inference::Model, orders::Orders,
    problem::Problem, table::Table, upstream::Upstream,
};
pub use fanout::{FanOutBody, FanOutQuery};
pub use items::{ListBody, PageQuery};
pub use members::Token;
pub use report::ReportQuery;
pub use search::{SearchBody, SearchQuery};

/// How long a body may be, but for that of a series: as all services of the contract have it.
pub const BODY_BYTES_MAX: usize = 1 << 20;

pub const SERIES_BYTES_MAX: usize = 8 << 20;

/// 2^53 - 1, the largest integer that every JSON reader holds exactly.
pub const ID_MAX: u64 = (1 << 53) - 1;

/// What does the work. What needs one of these that is not there answers 503.
pub struct Service {
    pub catalog: Arc<Catalog>,
    pub upstream: Option<Upstream>,
    pub orders: Option<Arc<Orders>>,
    pub model: Option<Arc<Model>>,
    pub table: Option<Arc<Table>>,
    pub accounts: Option<Arc<Accounts>>,
}

#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

impl Service {
    /// A service that has no more than a catalog of so many items.
    pub fn of_items(count: u32) -> Self {
        Self {
            catalog: Arc::new(Catalog::seeded(count)),
            upstream: None,
            orders: None,
            model: None,
            table: None,
            accounts: None,
        }
    }

    /// Makes and opens all that the environment names.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let upstream = config.upstream_url.as_deref().map(Upstream::new);
        let orders = config.database_url.as_deref();
        let orders = orders.map(|url| Orders::new(url, config.cores));
        let accounts = config
            .accounts_file
            .as_deref()
            .zip(config.token_key.as_deref())
            .map(|(file, key)| Accounts::open(file, key));
        let model = config.model_file.as_deref().map(Model::open);
        Ok(Self {
            catalog: Arc::new(Catalog::seeded(config.items)),
            upstream: upstream.transpose().context("UPSTREAM_URL is wrong")?,
            orders: orders
                .transpose()
                .context("DATABASE_URL is wrong")?
                .map(Arc::new),
            accounts: accounts
                .transpose()
                .context("ACCOUNTS_FILE is wrong")?
                .map(Arc::new),
            model: model
                .transpose()
                .context("MODEL_FILE is wrong")?
                .map(Arc::new),
            table: config.table_rows.map(|rows| Arc::new(Table::new(rows))),
        })
    }

    pub fn health(&self) -> Health {
        Health { status: "ok" }
    }
}

/// The id of a path, of which a framework may have made no number.
pub fn id(read: Option<u64>) -> Result<u64, Problem> {
    read.filter(|id| (1..=ID_MAX).contains(id))
        .ok_or_else(|| Problem::unprocessable(format!("An id is an integer from 1 to {ID_MAX}.")))
}

fn no_item(id: u64) -> Problem {
    Problem::not_found(format!("There is no item with the id {id}."))
}
