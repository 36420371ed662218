/* first_ladder: the loads and limits of a scenario that nobody wrote by hand, for a service of which nothing is known:
 * from 50/s, 14 doublings at most, p99 500 ms, 1 % errors, 95 % throughput. */
#ifndef TWOFOLD_PLAN_SCENARIO_FIRST_LADDER_H
#define TWOFOLD_PLAN_SCENARIO_FIRST_LADDER_H

#include <jansson.h>

/* Adds the members "double" and "limits" to the object `scenario`, in this order. */
void first_ladder_add(json_t *scenario);

#endif
