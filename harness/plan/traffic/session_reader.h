/* session_reader: reads the member "sessions" of a scenario, before its requests, which have places for the values of
 * sessions. Which requests the steps send is found afterwards (session_links.h). */
#ifndef TWOFOLD_PLAN_TRAFFIC_SESSION_READER_H
#define TWOFOLD_PLAN_TRAFFIC_SESSION_READER_H

#include "base/error.h"
#include "base/json.h"
#include "plan/traffic/traffic.h"

/* Read what stands in "sessions" at `at` but the requests that steps name, and add its values and captures to the
 * values of `traffic`. Files are opened as `tables` says. Where "sessions" is absent nothing is read. What was read
 * before a failure stays in `traffic`. */
int session_reader_declare(struct traffic *traffic, const struct json_at *at, struct csv_tables *tables,
                           struct error *err);

#endif
