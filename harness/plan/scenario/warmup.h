/* warmup: the key "warmup" of a step or a soak in a scenario. It was called "settle" before, and a run log keeps the
 * text of the scenario that it was made with. So a recorded text may still use the old name; a scenario file may not.
 * No other module knows the old name. */
#ifndef TWOFOLD_PLAN_SCENARIO_WARMUP_H
#define TWOFOLD_PLAN_SCENARIO_WARMUP_H

#include "base/error.h"
#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>

/* Check that the object at `at` has no key outside `keys` (NULL-terminated). The old name is refused with the new one,
 * unless the text is `recorded`: the keys beside it are not checked again then. */
int warmup_check_keys(const struct json_at *at, const char *const *keys, bool recorded, struct error *err);

/* Read the time, above 0 and up to an hour, under whichever name it has. An absent one leaves *ns as it is. */
int warmup_read(const struct json_at *at, uint64_t *ns, struct error *err);

#endif
