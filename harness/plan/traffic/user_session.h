/* user_session: what one kind of user does: requests one after another, with times to think between them. Plain data,
 * read from a scenario's "sessions" (session_reader.h); load/ lets users walk.
 *
 * A user arrives, takes the first step, and then each further one with its chance. The time to think of a step that is
 * taken begins with the response before it; one that is not taken takes no time. */
#ifndef TWOFOLD_PLAN_TRAFFIC_USER_SESSION_H
#define TWOFOLD_PLAN_TRAFFIC_USER_SESSION_H

#include "plan/traffic/capture.h"
#include "plan/traffic/think.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct session_step {
    size_t request; /* index into traffic.requests */
    struct think think;
    double chance; /* how likely a user takes it, drawn for each user; 1 for the first step */
    bool goes_on;  /* the user takes the next step even where this one fails; else that ends the session */
    struct capture *captures;
    size_t capture_count;
};

struct user_session {
    char *name;
    uint32_t weight; /* how many users are of this kind, beside the weights of the others */
    size_t *values;  /* those drawn once, when a user arrives: indices into traffic.values */
    size_t value_count;
    struct session_step *steps;
    size_t step_count;
};

void user_session_release(struct user_session *session);

/* The requests that a user sends in the mean, over all kinds of users, if nothing fails. */
double user_session_requests(const struct user_session *sessions, size_t count);

/* How often that is one request of the scenario. */
double user_session_requests_of(const struct user_session *sessions, size_t count, size_t request);

/* How long the users of one kind think, with nearly all of them below it: the mean of all times to think of their
 * steps and twice its standard deviation; of the kind with the longest. */
uint64_t user_session_think_ns(const struct user_session *sessions, size_t count);

#endif
