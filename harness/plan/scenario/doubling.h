/* doubling: the "double" member of a scenario: what doubles, from where, how often. A part of reading a scenario. */
#ifndef TWOFOLD_PLAN_SCENARIO_DOUBLING_H
#define TWOFOLD_PLAN_SCENARIO_DOUBLING_H

#include "base/error.h"
#include "base/json.h"
#include "plan/scenario/scenario.h"

/* Read "double" of the scenario object at `top` into `scenario`, whose traffic is read already. A value that is a level
 * and does not double is refused. */
int doubling_read(struct scenario *scenario, const struct json_at *top, struct error *err);

#endif
