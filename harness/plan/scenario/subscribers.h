/* subscribers: what a scenario whose subscribers double may say. Each subscriber opens one of its requests, whose
 * response is a stream of server-sent events without an end, and keeps it open; a message is due to each at every whole
 * second of the wall clock. What says when requests go, or what a whole response is, has no meaning there. */
#ifndef TWOFOLD_PLAN_SCENARIO_SUBSCRIBERS_H
#define TWOFOLD_PLAN_SCENARIO_SUBSCRIBERS_H

#include "base/error.h"
#include "base/json.h"
#include "plan/scenario/scenario.h"

/* Of the scenario object at `top`, whose "double" was read into `scenario`: marks its requests as streams where
 * subscribers double, and refuses what has no meaning beside them (ERROR_INPUT). Does nothing where something else
 * doubles. */
int subscribers_read(struct scenario *scenario, const struct json_at *top, struct error *err);

#endif
