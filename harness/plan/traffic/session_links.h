/* session_links: holds the sessions and the requests of a scenario together. */
#ifndef TWOFOLD_PLAN_TRAFFIC_SESSION_LINKS_H
#define TWOFOLD_PLAN_TRAFFIC_SESSION_LINKS_H

#include "base/error.h"
#include "base/json.h"
#include "plan/traffic/traffic.h"

/* Find the requests that the steps of "sessions" at `at` name, and what of their responses must be kept. ERROR_INPUT
 * unless every request is of some session and has no weight, every value of a session is sent, and no user comes to a
 * request with a place for a value that the user may not have. `requests` is the member "requests". Without sessions
 * there is nothing to do. */
int session_links_make(struct traffic *traffic, const struct json_at *at, const struct json_at *requests,
                       struct error *err);

#endif
