/* check: the checks. Each covers one part of the contract and records every difference in the session. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECK_H
#define TWOFOLD_CONTRACT_VERIFY_CHECK_H

#include "contract/verify/operation.h"
#include "contract/verify/session.h"

#include <stdbool.h>

struct check_context {
    struct session *session;
    unsigned operations; /* bits of enum operation that the service serves */
};

/* Reading: the contents of a fresh service, and the meaning of paths and queries. */
void check_health(const struct check_context *context);
void check_seed(const struct check_context *context);
void check_paths(const struct check_context *context);
void check_queries(const struct check_context *context);

/* Of a service that was told to start with another number of items: that it holds these, and counts on from there. */
void check_item_count(const struct check_context *context);

/* Of a service that may be asked to fail: that it does, and is there again. */
void check_faults(const struct check_context *context);

/* Of one that was not told so: that it cannot be made to fail. */
void check_no_faults(const struct check_context *context);

/* Writing: what POST and PUT accept and what they reject. */
void check_names(const struct check_context *context);
void check_ranges(const struct check_context *context);
void check_fields(const struct check_context *context);
void check_malformed(const struct check_context *context);
void check_content_types(const struct check_context *context);
void check_order(const struct check_context *context);
void check_sizes(const struct check_context *context);

/* Ids and pages after deletions. */
void check_ids(const struct check_context *context);

/* One round of random requests; all pages in turn. */
void check_round(const struct check_context *context);
void check_walk(const struct check_context *context);

/* Series, search, fan-out and orders. */
void check_summary(const struct check_context *context);
void check_series(const struct check_context *context);
void check_search(const struct check_context *context);
void check_fan_out(const struct check_context *context);
void check_orders(const struct check_context *context);
void check_stock(const struct check_context *context);
void check_statements(const struct check_context *context);

/* What the contract calls work of its own. */
void check_inference(const struct check_context *context);
void check_report(const struct check_context *context);
void check_login(const struct check_context *context);
void check_tokens(const struct check_context *context);
void check_search_native(const struct check_context *context);
void check_pages(const struct check_context *context);
void check_events(const struct check_context *context);

/* Read, on this connection, the orders placed on any connection, and place one more. */
void check_orders_elsewhere(const struct check_context *context);

/* Runs on a connection of its own, after all other checks. */
void check_second_connection(const struct check_context *context);

#endif
