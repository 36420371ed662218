/* soak: the member "soak" of a scenario: a steady load after everything else, at a share of what the service turned out
 * to hold, for long enough to see whether its memory grows. */
#ifndef TWOFOLD_PLAN_SCENARIO_SOAK_H
#define TWOFOLD_PLAN_SCENARIO_SOAK_H

#include "base/error.h"
#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>

struct soak {
    double share; /* of the highest level that held, above 0 and up to 1; 0: no soak */
    uint64_t warmup_ns, measure_ns;
};

/* Read the value of the key "soak". *soak is untouched on failure. */
int soak_read(struct soak *soak, const struct json_at *at, struct error *err);

#endif
