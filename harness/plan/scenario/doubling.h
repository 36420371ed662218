/* doubling: the member "double" of a scenario: what doubles, from which level, and how often. */
#ifndef TWOFOLD_PLAN_SCENARIO_DOUBLING_H
#define TWOFOLD_PLAN_SCENARIO_DOUBLING_H

#include "base/error.h"
#include "base/json.h"
#include "plan/scenario/scenario.h"

#include <stdbool.h>

#define DOUBLING_LEVEL_MOST       10000000 /* of any level and rate */
#define DOUBLING_CONNECTIONS_MOST 20000    /* beyond, most machines run out of descriptors */

/* "rate", "connections", "open_connections", "slow_connections", "sessions", "subscribers" or "value": what
 * doubles, for programs. */
const char *doubling_name(enum doubling doubling);

/* Whether a level is a number of connections: those that carry the load (a stream has one each), or
 * those beside it. */
bool doubling_of_connections(enum doubling doubling);

/* Whether it doubles while the requests per second stay as double.rate says. */
bool doubling_has_rate(enum doubling doubling);

/* Read "double" of the scenario object at `top` into `scenario`, whose traffic was read before. ERROR_INPUT also for a
 * value that is a level and does not double. */
int doubling_read(struct scenario *scenario, const struct json_at *top, struct error *err);

#endif
