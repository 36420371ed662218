/* order_book: what the database of orders must hold: the stock of the items that can run short, and each order that was
 * placed. It belongs to all sessions: an order is seen on every connection. Orders and drafts are JSON objects. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_ORDER_BOOK_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_ORDER_BOOK_H

#include "contract/orders/order_sql.h"
#include "contract/seed.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct order_book {
    json_t **orders; /* in the order in which they were placed */
    size_t count;
    uint64_t last; /* the id of the last one, 0 before the first */
    int64_t stock[SEED_ITEMS - ORDER_SQL_AMPLE_ITEMS];
};

/* As the harness makes the database: no order yet. */
void order_book_init(struct order_book *book);
void order_book_release(struct order_book *book);

/* How many there are of an item that can run short. */
int64_t order_book_stock(const struct order_book *book, uint64_t id);

/* What a draft, {"customer", "lines": [{"item_id", "quantity"}]} that is one by its form, must be answered with: 201,
 * 409 or 422; 0 where both of the last two are good. */
int order_book_decide(const struct order_book *book, const json_t *draft);

/* The order that a draft becomes under this id, a new reference. All its items must be there. */
json_t *order_book_make(const json_t *draft, uint64_t id);

/* It was placed: hold it (a new reference is taken) and take its quantities out of stock. */
void order_book_place(struct order_book *book, json_t *order);

#endif
