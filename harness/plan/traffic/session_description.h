/* session_description: a session in one line, for people. */
#ifndef TWOFOLD_PLAN_TRAFFIC_SESSION_DESCRIPTION_H
#define TWOFOLD_PLAN_TRAFFIC_SESSION_DESCRIPTION_H

#include "base/text.h"
#include "plan/traffic/traffic.h"

/* Append "shopper (75 % of users): login; list after 2.00 s (exponential); buy (30 %)". The share is left out where
 * there is one session. */
void session_describe(const struct traffic *traffic, const struct user_session *session, struct text *out);

#endif
