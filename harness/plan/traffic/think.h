/* think: how long a user waits between a response and the next request. Plain data, read and checked; load/ draws. */
#ifndef TWOFOLD_PLAN_TRAFFIC_THINK_H
#define TWOFOLD_PLAN_TRAFFIC_THINK_H

#include "base/error.h"
#include "base/json.h"

#include <stdint.h>

enum think_kind {
    THINK_FIXED,       /* always low_ns; all zero: no time at all */
    THINK_UNIFORM,     /* every time from low_ns to high_ns as likely */
    THINK_EXPONENTIAL, /* low_ns in the mean: most users are quick and a few are slow */
};

struct think {
    enum think_kind kind;
    uint64_t low_ns, high_ns;
};

/* Read "2s", {"uniform": ["1s", "3s"]} or {"exponential": "2s"} at `at`; each time is up to an hour. Untouched on
 * failure. */
int think_read(struct think *think, const struct json_at *at, struct error *err);

double think_mean_ns(const struct think *think);
double think_variance_ns2(const struct think *think);

#endif
