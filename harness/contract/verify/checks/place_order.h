/* place_order: drafts of orders, and the requests that place, refuse and read them, each with the answer that the order
 * book asks for. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_PLACE_ORDER_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_PLACE_ORDER_H

#include "contract/verify/rule.h"
#include "contract/verify/session.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum { PLACE_CUSTOMER_MOST = 100, PLACE_LINES_MOST = 20, PLACE_QUANTITY_MOST = 100 };

/* A draft with `lines` lines, of the items from 100 up, one of each; the caller adds to it and releases it. */
json_t *place_draft(const char *customer, size_t lines);
void place_line(json_t *draft, uint64_t item_id, int64_t quantity);

/* POST it. A good one has its answer judged and is in the book then. `rule`: what is broken where the status is wrong. */
void place_order(struct session *session, const json_t *draft, enum rule rule);

/* POST it: this 4xx must come. */
void place_refused(struct session *session, const json_t *draft, int status, enum rule rule);

/* Place an order of random lines, of items of every kind. */
void place_random(struct session *session, size_t lines);

/* GET an order that was placed. */
void place_read(struct session *session, const json_t *order);

#endif
