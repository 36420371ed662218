/* order_book: what the database of orders must hold: the stock of the items that can run short, and every order placed.
 * All sessions share it, since an order is visible on every connection. Orders and drafts are JSON objects. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_ORDER_BOOK_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_ORDER_BOOK_H

#include "contract/orders/order_sql.h"
#include "contract/seed.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct order_book {
    json_t **orders; /* in the order of placement */
    size_t count;
    uint64_t last; /* id of the newest order; 0: none */
    int64_t stock[SEED_ITEMS - ORDER_SQL_AMPLE_ITEMS];
};

/* The state in which the harness makes the database: no orders. */
void order_book_init(struct order_book *book);
void order_book_release(struct order_book *book);

/* The stock of an item that can run short. */
int64_t order_book_stock(const struct order_book *book, uint64_t id);

/* The correct status for a well-formed draft {"customer", "lines": [{"item_id", "quantity"}]}: 201, 409 or 422; 0 when
 * both 409 and 422 are correct. */
int order_book_decide(const struct order_book *book, const json_t *draft);

/* The order that this draft becomes under this id, a new reference. All its items must exist. */
json_t *order_book_make(const json_t *draft, uint64_t id);

/* Record an order that was placed (a new reference is taken) and take its quantities out of stock. */
void order_book_place(struct order_book *book, json_t *order);

#endif
