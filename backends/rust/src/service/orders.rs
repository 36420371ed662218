//! The orders.

use super::Service;
use crate::{
    orders::{Draft, Order, Orders},
    problem::Problem,
};

impl Service {
    pub async fn place_order(&self, body: &[u8]) -> Result<Order, Problem> {
        let draft = Draft::from_json(body)?;
        Ok(self.orders()?.place(draft).await?)
    }

    pub async fn read_order(&self, id: u64) -> Result<Order, Problem> {
        let order = self.orders()?.get(id as i64).await?;
        order.ok_or_else(|| Problem::not_found(format!("There is no order with the id {id}.")))
    }

    fn orders(&self) -> Result<&Orders, Problem> {
        self.orders
            .as_deref()
            .ok_or_else(|| Problem::unavailable("This service was started without a database."))
    }
}
