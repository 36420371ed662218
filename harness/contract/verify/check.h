/* check: the checks, each a walk through one part of the contract. They note what they find in the session. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECK_H
#define TWOFOLD_CONTRACT_VERIFY_CHECK_H

#include "contract/verify/operation.h"
#include "contract/verify/session.h"

#include <stdbool.h>

struct check_context {
    struct session *session;
    unsigned operations; /* of enum operation: what the service serves */
};

/* Reading: what a fresh service holds, and what paths and queries mean. */
void check_health(const struct check_context *context);
void check_seed(const struct check_context *context);
void check_paths(const struct check_context *context);
void check_queries(const struct check_context *context);

/* Writing: what POST and PUT take and what they refuse. */
void check_names(const struct check_context *context);
void check_ranges(const struct check_context *context);
void check_fields(const struct check_context *context);
void check_malformed(const struct check_context *context);
void check_content_types(const struct check_context *context);
void check_order(const struct check_context *context);
void check_sizes(const struct check_context *context);

/* Ids and pages across deletes. */
void check_ids(const struct check_context *context);

/* A round of random requests, and a walk through all pages. */
void check_round(const struct check_context *context);
void check_walk(const struct check_context *context);

/* Numbers, names, the upstream and the database. */
void check_summary(const struct check_context *context);
void check_series(const struct check_context *context);
void check_search(const struct check_context *context);
void check_fan_out(const struct check_context *context);
void check_orders(const struct check_context *context);
void check_stock(const struct check_context *context);

/* The orders that were placed on any connection, read on this one, and one placed. */
void check_orders_elsewhere(const struct check_context *context);

/* On a connection of its own, after all the others. */
void check_second_connection(const struct check_context *context);

#endif
