/* time_range: reads an optional time of a scenario, with bounds. */
#ifndef TWOFOLD_PLAN_SCENARIO_TIME_RANGE_H
#define TWOFOLD_PLAN_SCENARIO_TIME_RANGE_H

#include "base/error.h"
#include "base/json.h"

#include <stdint.h>

struct time_range {
    uint64_t least_ns, most_ns;
    const char *words; /* as an error message says it: "a time from 1s to 1h" */
};

extern const struct time_range time_range_any;      /* above 0 and up to an hour */
extern const struct time_range time_range_measured; /* from a second, below which a step says too little, to an hour */

/* Read the member `key` of the object at `at` into *ns. Where it is absent, *ns stays as it is. */
int time_range_read(const struct time_range *range, const struct json_at *at, const char *key, uint64_t *ns,
                    struct error *err);

#endif
