/* warmup: the key "warmup" of a step or a soak in a scenario. Its older name "settle" is still read, because scenario
 * files and run logs use it. No other module knows the older name. */
#ifndef TWOFOLD_PLAN_SCENARIO_WARMUP_H
#define TWOFOLD_PLAN_SCENARIO_WARMUP_H

#include "base/error.h"
#include "base/json.h"

#include <stdint.h>

/* Check that the object at `at` has no key outside `keys` (NULL-terminated, at most 8), apart from the older name. The
 * older name beside the new one is rejected. */
int warmup_check_keys(const struct json_at *at, const char *const *keys, struct error *err);

/* Read the time, above 0 and up to an hour, under whichever name it has. An absent one leaves *ns as it is. */
int warmup_read(const struct json_at *at, uint64_t *ns, struct error *err);

#endif
