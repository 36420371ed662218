//! `/orders` and `/orders/{id}`.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderName, StatusCode, header::LOCATION},
    routing::{get, post},
};

use super::{
    extract::{Id, JsonBody},
    problem::Problem,
};
use crate::orders::{Draft, Order, OrderError, Orders};

pub fn router(orders: Option<Arc<Orders>>) -> Router {
    Router::new()
        .route("/orders", post(place))
        .route("/orders/{id}", get(read))
        .with_state(orders)
}

async fn place(
    State(orders): State<Option<Arc<Orders>>>,
    body: JsonBody,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Order>), Problem> {
    let draft = body.parse(Draft::from_json)?;
    let order = orders.ok_or_else(no_database)?.place(draft).await?;
    let location = format!("/orders/{}", order.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(order)))
}

async fn read(
    State(orders): State<Option<Arc<Orders>>>,
    Id(id): Id,
) -> Result<Json<Order>, Problem> {
    let order = orders.ok_or_else(no_database)?.get(id as i64).await?;
    order.map(Json).ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            format!("There is no order with the id {id}."),
        )
    })
}

fn no_database() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "This service was started without a database.",
    )
}

impl From<OrderError> for Problem {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::NoSuchItem(id) => {
                Self::unprocessable(format!("There is no item with the id {id}."))
            }
            OrderError::OutOfStock(id) => Self::new(
                StatusCode::CONFLICT,
                format!("The stock of item {id} is too low."),
            ),
            OrderError::Unavailable(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "The database cannot answer.",
            ),
        }
    }
}
