/* place_order: drafts of orders, and the requests that place and read them, each checked against the order book. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_PLACE_ORDER_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_PLACE_ORDER_H

#include "contract/verify/rule.h"
#include "contract/verify/session.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum { PLACE_CUSTOMER_MOST = 100, PLACE_LINES_MOST = 20, PLACE_QUANTITY_MOST = 100 };

/* A draft of `lines` lines: one each of the items from 100 on. The caller may add to it, and releases it. */
json_t *place_draft(const char *customer, size_t lines);
void place_line(json_t *draft, uint64_t item_id, int64_t quantity);

/* POST the draft. A valid one has its response judged and enters the order book. `rule` is broken by a wrong status. */
void place_order(struct session *session, const json_t *draft, enum rule rule);

/* POST the draft; the status must be this 4xx. */
void place_refused(struct session *session, const json_t *draft, int status, enum rule rule);

/* Place an order of random lines, which cover items that can and cannot run short. */
void place_random(struct session *session, size_t lines);

/* GET an order that was placed. */
void place_read(struct session *session, const json_t *order);

#endif
