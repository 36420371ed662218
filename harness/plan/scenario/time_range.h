/* time_range: an optional time of a scenario and how long it may be. */
#ifndef TWOFOLD_PLAN_SCENARIO_TIME_RANGE_H
#define TWOFOLD_PLAN_SCENARIO_TIME_RANGE_H

#include "base/error.h"
#include "base/json.h"

#include <stdint.h>

struct time_range {
    uint64_t least_ns, most_ns;
    const char *words; /* what a complaint expects: "a time from 1s to 1h" */
};

extern const struct time_range time_range_any;      /* above 0 and up to an hour */
extern const struct time_range time_range_measured; /* from a second to an hour: a shorter one says too little */

/* Read the member `key` of the object at `at` into *ns. One that is absent leaves what is there. */
int time_range_read(const struct time_range *range, const struct json_at *at, const char *key, uint64_t *ns,
                    struct error *err);

#endif
