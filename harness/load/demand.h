/* demand: what the traffic of a step wants sent by one generator thread: when the next request is due, and what it is.
 * Requests come from the schedule, or from users who walk their sessions (crowd.h). All times are clock_now_ns(). */
#ifndef TWOFOLD_LOAD_DEMAND_H
#define TWOFOLD_LOAD_DEMAND_H

#include "load/traffic/composer.h"
#include "load/traffic/schedule.h"
#include "load/users/crowd.h"
#include "plan/step.h"

#include <stdbool.h>
#include <stdint.h>

struct demand_options {
    const struct traffic *traffic; /* borrowed, as are the authority and the step */
    const char *authority;         /* what Host says */
    const struct planned_step *step;
    unsigned thread, threads;
    uint64_t start_ns;      /* when the warm-up begins */
    uint64_t sessions_most; /* users under way at a time, of this thread */
};

struct demand {
    uint64_t start_ns;
    struct schedule schedule; /* of an open load without sessions */
    struct composer *composer;
    struct crowd *crowd; /* NULL: there are no sessions */
};

void demand_init(struct demand *demand, const struct demand_options *options);

/* The step is over: end what is under way, and give the counts of sessions, all zero where there are none. */
void demand_close(struct demand *demand, struct session_tally *ret_tally);

/* When the next request of an open load is due; UINT64_MAX: none is, unless a response comes. */
uint64_t demand_due_ns(const struct demand *demand);

/* Where the next request is that of a user for whom there is no room: turn that user away. Returns whether it did. */
bool demand_turn_away(struct demand *demand);

/* Take the request that is due next, and compose it. Returns the user whose it is; NULL: there are no sessions. */
struct user *demand_take(struct demand *demand, struct composed *ret_composed);

/* Compose a request of a closed load, which is due when it can be sent. */
void demand_next(struct demand *demand, struct composed *ret_composed);

/* The request that is due next will not be sent. */
void demand_drop(struct demand *demand, uint64_t now_ns);

/* The request of a user is over. NULL is fine. */
void demand_go_on(struct demand *demand, struct user *user, uint64_t now_ns, bool failed);

#endif
