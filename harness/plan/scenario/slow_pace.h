/* slow_pace: the member "slow" of a scenario's "double": what its slow connections send, and how slowly. */
#ifndef TWOFOLD_PLAN_SCENARIO_SLOW_PACE_H
#define TWOFOLD_PLAN_SCENARIO_SLOW_PACE_H

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "plan/scenario/scenario.h"

#define SLOW_BYTES_MOST 1000 /* a second: faster than this is not slow */

/* "head" or "body". */
const char *slow_part_name(enum slow_part part);

/* Append what each of the slow connections does: "sends the body of "create" at 1 byte a second". */
void slow_pace_describe(const struct slow_pace *slow, const struct traffic *traffic, struct text *out);

/* Read "slow" of the object "double" at `at` into `scenario`, whose traffic and doubling were read before. Where it is
 * absent, the first request is sent from its first byte on at one byte a second. ERROR_INPUT also where something else
 * doubles, and for the part "body" where no request has one. */
int slow_pace_read(struct scenario *scenario, const struct json_at *at, struct error *err);

#endif
