//! Orders in PostgreSQL.

mod draft;

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::anyhow;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use serde::Serialize;
use tokio::time::timeout;
use tokio_postgres::{IsolationLevel, NoTls};
use tracing::warn;

pub use draft::{Draft, DraftLine};

const CONNECTIONS_PER_CORE: usize = 8;

/// How long a request waits for a connection.
const WAIT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long the database may take to answer: when it hangs, it costs a request and a connection.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// A database that is down is in the log once in this time.
const WARNING_INTERVAL: Duration = Duration::from_secs(1);

/// Rows are locked in ascending id, so that no two orders wait for each other. The lock is the one
/// that the update would take.
const LOCK_ITEMS: &str = "
select id, price_cents, stock from items where id = any($1) order by id for no key update";

/// The order, the stock that it takes, its lines. The result is the order's id and how many items
/// had the stock.
const STORE_ORDER: &str = "
with wanted as (
    select * from unnest($3::bigint[], $4::integer[], $5::integer[]) with ordinality
        as line (item_id, quantity, price_cents, line_number)
), placed as (
    insert into orders (customer, total_cents) values ($1, $2) returning id
), taken as (
    update items set stock = stock - quantity from wanted
        where items.id = item_id and stock >= quantity returning items.id
), lines as (
    insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
        select placed.id, line_number, item_id, quantity, price_cents from placed, wanted
)
select placed.id, (select count(*) from taken) from placed";

const SELECT_ORDER: &str = "
select customer, total_cents, item_id, quantity, price_cents
    from orders join order_lines on order_id = id
    where id = $1 order by line_number";

/// The orders in a database, through a pool of connections that are made when they are needed.
#[derive(Debug)]
pub struct Orders {
    pool: Pool,
    last_warning: Mutex<Option<Instant>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Order {
    pub id: i64,
    pub customer: String,
    pub total_cents: i64,
    pub lines: Vec<Line>,
}

/// One item of an order, at the price that it had when the order was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub item_id: i64,
    pub quantity: i32,
    pub price_cents: i32,
}

/// Why a good draft is not placed, or an order not read.
#[derive(Debug)]
pub enum OrderError {
    NoSuchItem(i64),
    OutOfStock(i64),
    /// The database does not answer, or not as it should.
    Unavailable(anyhow::Error),
}

impl From<tokio_postgres::Error> for OrderError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Unavailable(error.into())
    }
}

impl Orders {
    /// At most eight connections a core. The database need not be there yet.
    pub fn new(database_url: &str, cores: NonZeroUsize) -> anyhow::Result<Self> {
        let mut config: tokio_postgres::Config = database_url.parse()?;
        config.connect_timeout(WAIT_TIMEOUT);
        let recycling = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let pool = Pool::builder(Manager::from_config(config, NoTls, recycling))
            .max_size(CONNECTIONS_PER_CORE * cores.get())
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT_TIMEOUT))
            .create_timeout(Some(WAIT_TIMEOUT))
            .build()?;
        Ok(Self {
            pool,
            last_warning: Mutex::new(None),
        })
    }

    /// Stores the draft as an order and takes what it wants from the stock, or does neither.
    pub async fn place(&self, draft: Draft) -> Result<Order, OrderError> {
        self.with_connection(async |connection| place(connection, draft).await)
            .await
    }

    /// The order `id`, if there is one.
    pub async fn get(&self, id: i64) -> Result<Option<Order>, OrderError> {
        self.with_connection(async |connection| get(connection, id).await)
            .await
    }

    async fn with_connection<T>(
        &self,
        work: impl AsyncFnOnce(&mut Object) -> Result<T, OrderError>,
    ) -> Result<T, OrderError> {
        let result = match self.pool.get().await {
            Ok(mut connection) => match timeout(ANSWER_TIMEOUT, work(&mut connection)).await {
                Ok(result) => result,
                Err(elapsed) => {
                    // The next request would wait for the same answer.
                    drop(Object::take(connection));
                    Err(OrderError::Unavailable(elapsed.into()))
                }
            },
            Err(error) => Err(OrderError::Unavailable(
                anyhow::Error::new(error).context("no connection"),
            )),
        };
        if let Err(OrderError::Unavailable(error)) = &result {
            self.warn(error);
        }
        result
    }

    fn warn(&self, error: &anyhow::Error) {
        let mut last = self
            .last_warning
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= WARNING_INTERVAL) {
            *last = Some(Instant::now());
            warn!("the database cannot answer: {error:#}");
        }
    }
}

async fn place(connection: &mut Object, draft: Draft) -> Result<Order, OrderError> {
    let transaction = connection
        .build_transaction()
        .isolation_level(IsolationLevel::ReadCommitted)
        .start()
        .await?;

    let ids: Vec<i64> = draft.lines.iter().map(|line| line.item_id).collect();
    let lock_items = transaction.prepare_cached(LOCK_ITEMS).await?;
    let rows = transaction.query(&lock_items, &[&ids]).await?;
    let mut items = HashMap::with_capacity(rows.len());
    for row in rows {
        let (id, price_cents, stock): (i64, i32, i32) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        items.insert(id, (price_cents, stock));
    }

    let lines = lines_of(&draft, &items)?;
    let total_cents: i64 = lines
        .iter()
        .map(|line| i64::from(line.quantity) * i64::from(line.price_cents))
        .sum();
    let quantities: Vec<i32> = lines.iter().map(|line| line.quantity).collect();
    let prices: Vec<i32> = lines.iter().map(|line| line.price_cents).collect();

    let store_order = transaction.prepare_cached(STORE_ORDER).await?;
    let stored = transaction
        .query_one(
            &store_order,
            &[&draft.customer, &total_cents, &ids, &quantities, &prices],
        )
        .await?;
    let (id, taken): (i64, i64) = (stored.try_get(0)?, stored.try_get(1)?);
    if usize::try_from(taken) != Ok(lines.len()) {
        let error = anyhow!("the stock of {taken} items was taken, of {}", lines.len());
        return Err(OrderError::Unavailable(error));
    }
    transaction.commit().await?;
    Ok(Order {
        id,
        customer: draft.customer,
        total_cents,
        lines,
    })
}

/// The draft's lines with their prices, if every item is there and has the stock. `items` are
/// prices and stock by id.
fn lines_of(draft: &Draft, items: &HashMap<i64, (i32, i32)>) -> Result<Vec<Line>, OrderError> {
    let mut short = None;
    let mut lines = Vec::with_capacity(draft.lines.len());
    for &DraftLine { item_id, quantity } in &draft.lines {
        let Some(&(price_cents, stock)) = items.get(&item_id) else {
            return Err(OrderError::NoSuchItem(item_id));
        };
        if stock < quantity {
            short.get_or_insert(item_id);
        }
        lines.push(Line {
            item_id,
            quantity,
            price_cents,
        });
    }
    match short {
        Some(item_id) => Err(OrderError::OutOfStock(item_id)),
        None => Ok(lines),
    }
}

async fn get(connection: &Object, id: i64) -> Result<Option<Order>, OrderError> {
    let select_order = connection.prepare_cached(SELECT_ORDER).await?;
    let rows = connection.query(&select_order, &[&id]).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let (customer, total_cents) = (first.try_get(0)?, first.try_get(1)?);
    let lines = rows
        .iter()
        .map(|row| {
            Ok(Line {
                item_id: row.try_get(2)?,
                quantity: row.try_get(3)?,
                price_cents: row.try_get(4)?,
            })
        })
        .collect::<Result<_, tokio_postgres::Error>>()?;
    Ok(Some(Order {
        id,
        customer,
        total_cents,
        lines,
    }))
}
