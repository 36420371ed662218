//! Orders, in a PostgreSQL that the test starts. Without PostgreSQL there is nothing to test.

mod postgres;

use std::{num::NonZeroUsize, sync::Arc};

use catalog_service::{
    json_body::InvalidBody,
    orders::{Draft, DraftLine, Line, OrderError, Orders},
};
use postgres::Server;
use serde_json::{Value, json};

fn draft(customer: &str, lines: &[(i64, i32)]) -> Draft {
    let line = |&(item_id, quantity)| DraftLine { item_id, quantity };
    Draft {
        customer: customer.to_owned(),
        lines: lines.iter().map(line).collect(),
    }
}

#[tokio::test]
async fn orders_in_a_database() {
    let Some(mut server) = Server::start().await else {
        eprintln!("skipped: there is no PostgreSQL here");
        return;
    };
    let orders = Arc::new(Orders::new(&server.url, NonZeroUsize::MIN).unwrap());
    what_is_placed_is_read_back(&server, &orders).await;
    a_refused_order_leaves_nothing_behind(&server, &orders).await;
    orders_of_the_same_items_at_once_add_up(&server, &orders).await;
    a_database_that_comes_back_is_used_again(&mut server, &orders).await;
}

async fn what_is_placed_is_read_back(server: &Server, orders: &Orders) {
    let placed = orders
        .place(draft("Zoë 😀", &[(7, 2), (3, 100), (5, 1)]))
        .await
        .unwrap();
    assert_eq!((placed.id, placed.total_cents), (1, 2 * 70 + 100 * 30 + 50));
    let line = |item_id, quantity, price_cents| Line {
        item_id,
        quantity,
        price_cents,
    };
    assert_eq!(placed.customer, "Zoë 😀");
    assert_eq!(
        placed.lines,
        [line(7, 2, 70), line(3, 100, 30), line(5, 1, 50)]
    );

    server
        .execute("update items set price_cents = 1 where id = 7")
        .await;
    assert_eq!(orders.get(1).await.unwrap(), Some(placed));
    assert_eq!(orders.get(2).await.unwrap(), None);
    let stock = "select stock::bigint from items where id = 3";
    assert_eq!(server.number(stock).await, 900);
}

async fn a_refused_order_leaves_nothing_behind(server: &Server, orders: &Orders) {
    let state = "select count(*) + (select sum(stock) from items)::bigint from orders";
    server
        .execute("update items set stock = 5 where id = 20")
        .await;
    let before = server.number(state).await;
    let short = orders.place(draft("a", &[(19, 1), (20, 6)])).await;
    assert!(
        matches!(short, Err(OrderError::OutOfStock(20))),
        "{short:?}"
    );
    let missing = orders.place(draft("a", &[(19, 1), (101, 1)])).await;
    assert!(
        matches!(missing, Err(OrderError::NoSuchItem(101))),
        "{missing:?}"
    );
    assert_eq!(server.number(state).await, before);
    orders.place(draft("a", &[(20, 5)])).await.unwrap();
}

/// Lines in many orders over few items would deadlock if rows were locked as they come.
async fn orders_of_the_same_items_at_once_add_up(server: &Server, orders: &Arc<Orders>) {
    server
        .execute("update items set stock = 120 where id between 31 and 36")
        .await;
    let customers: Vec<_> = (0..16)
        .map(|customer| {
            let orders = Arc::clone(orders);
            tokio::spawn(async move {
                let mut taken = 0;
                for round in 0..15 {
                    let mut lines: Vec<(i64, i32)> = (31..=36).map(|id| (id, 1)).collect();
                    lines.rotate_left((customer + round) % 6);
                    lines.truncate(4);
                    if customer % 2 == 0 {
                        lines.reverse();
                    }
                    match orders.place(draft("crowd", &lines)).await {
                        Ok(_) => taken += 4,
                        Err(OrderError::OutOfStock(_)) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                }
                taken
            })
        })
        .collect();
    let mut taken = 0;
    for customer in customers {
        taken += customer.await.unwrap();
    }
    let left = "select sum(stock)::bigint from items where id between 31 and 36";
    let lines = "select sum(quantity)::bigint from order_lines
                 join orders on id = order_id where customer = 'crowd'";
    assert_eq!(server.number(left).await, 6 * 120 - taken);
    assert_eq!(server.number(lines).await, taken);
    assert!(taken < 16 * 15 * 4, "no order was refused");
}

async fn a_database_that_comes_back_is_used_again(server: &mut Server, orders: &Orders) {
    server.stop();
    for _ in 0..24 {
        let result = orders.place(draft("a", &[(50, 1)])).await;
        assert!(
            matches!(result, Err(OrderError::Unavailable(_))),
            "{result:?}"
        );
    }
    server.run().await;
    orders.place(draft("a", &[(50, 1)])).await.unwrap();
}

fn good() -> Value {
    json!({"customer": "a", "lines": [{"item_id": 1, "quantity": 1}]})
}

fn parse(body: &Value) -> Result<Draft, InvalidBody> {
    Draft::from_json(body.to_string().as_bytes())
}

#[test]
fn bodies_at_the_limits_are_orders() {
    let lines: Vec<Value> = (1..=20)
        .map(|id| json!({"item_id": id, "quantity": 100}))
        .collect();
    let highest = json!([{"item_id": 9_007_199_254_740_991_u64, "quantity": 1}]);
    for body in [
        good(),
        json!({"customer": "😀".repeat(100), "lines": lines}),
        json!({"customer": "a", "lines": highest}),
    ] {
        parse(&body).unwrap();
    }
}

#[test]
fn bodies_past_the_limits_and_of_other_types_are_none() {
    let line = json!({"item_id": 1, "quantity": 1});
    let many: Vec<Value> = (1..=21)
        .map(|id| json!({"item_id": id, "quantity": 1}))
        .collect();
    let mut bodies = vec![json!([]), json!({}), json!(["a", [line]])];
    let mut with = |pointer: &str, field: &str, value: Value| {
        let mut body = good();
        body.pointer_mut(pointer).unwrap()[field] = value;
        bodies.push(body);
    };
    for value in ["", &"😀".repeat(101), "a\0"] {
        with("", "customer", json!(value));
    }
    for value in [
        json!([]),
        json!({}),
        json!([[1, 1]]),
        json!([line, line]),
        json!(many),
    ] {
        with("", "lines", value);
    }
    for value in [
        json!(null),
        json!(true),
        json!(0),
        json!("1"),
        json!(1.5),
        json!(-1),
        json!(1e30),
    ] {
        with("", "lines", value.clone());
        with("/lines/0", "item_id", value.clone());
        with("/lines/0", "quantity", value);
    }
    with("", "id", json!(1));
    with("/lines/0", "price_cents", json!(1));
    with("/lines/0", "quantity", json!(101));
    with("/lines/0", "item_id", json!(9_007_199_254_740_992_u64));
    for body in bodies {
        let result = parse(&body);
        assert!(
            matches!(result, Err(InvalidBody::Wrong(_))),
            "{body}: {result:?}"
        );
    }
}
