/* request_limits: what one request of a scenario must hold at every step by itself, beside the limits on all of them:
 * {"name": "checkout", …, "limits": {"p99": "20ms", "errors": "1%"}}. */
#ifndef TWOFOLD_PLAN_SCENARIO_REQUEST_LIMITS_H
#define TWOFOLD_PLAN_SCENARIO_REQUEST_LIMITS_H

#include "base/error.h"
#include "base/json.h"
#include "plan/scenario/limits.h"
#include "plan/traffic/traffic.h"

#include <stddef.h>

/* How many requests can have limits of their own. */
#define REQUEST_LIMITS_MOST 16

struct request_limits {
    size_t request;       /* the index into traffic.requests */
    struct limits limits; /* a percentile, errors, or both; nothing by default */
};

struct request_limits_list {
    struct request_limits *items; /* in the order of the requests */
    size_t count;
};

/* Read the "limits" of each of the requests of the scenario at `scenario`, which `traffic` was read from. Nothing is
 * kept on failure. */
int request_limits_read(struct request_limits_list *list, const struct json_at *scenario, const struct traffic *traffic,
                        struct error *err);
void request_limits_release(struct request_limits_list *list);

#endif
