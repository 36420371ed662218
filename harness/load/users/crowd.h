/* crowd: the users of one generator thread who are under way: who is due next, and with which request. Users arrive by
 * a schedule, whatever the service does, and walk the steps of their session (plan/traffic/user_session.h): a
 * request is due when its user has arrived, or has thought since the response before it.
 *
 * All threads follow the same stream of arrivals and take every n-th user of it. What a user is, takes and thinks
 * follows from the seed and the user's number alone: neither from the number of threads nor from what the service does.
 *
 * Requests due after the end of the measured time are not sent: their sessions stay unfinished. All times are
 * clock_now_ns(); the clock itself is not read here. Users are kept in a block that is made before the step begins;
 * what they keep of responses needs memory when more users are under way than ever before, and else none. */
#ifndef TWOFOLD_LOAD_USERS_CROWD_H
#define TWOFOLD_LOAD_USERS_CROWD_H

#include "base/random.h"
#include "base/text.h"
#include "plan/step.h"
#include "plan/traffic/traffic.h"
#include "record/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct user {
    uint64_t number; /* among the users of all threads, in the order of arrival */
    uint64_t due_ns; /* of the request at hand */
    const struct user_session *session;
    size_t step;          /* in the session: the one at hand */
    bool fresh;           /* the values of the session are still to be drawn: whoever draws them clears it */
    struct random random; /* for what is still to come of chances and times to think */
    struct text *kept;    /* by the indices of traffic.values: the values of the session, drawn or captured */
};

struct crowd;

struct crowd_options {
    const struct traffic *traffic;   /* borrowed, as is the step; with sessions */
    const struct planned_step *step; /* with users */
    unsigned thread, threads;
    uint64_t start_ns; /* when the warm-up begins */
    uint64_t most;     /* users at a time, of this thread; at least 1 */
};

struct crowd *crowd_new(const struct crowd_options *options);
void crowd_free(struct crowd *crowd); /* NULL is fine */

/* The moment at which the next request is due, UINT64_MAX: none is, unless a response comes. */
uint64_t crowd_due_ns(const struct crowd *crowd);

/* Where the next request is that of a user who arrives, and there is no room for one: turn that user away. Returns
 * whether it did. */
bool crowd_turn_away(struct crowd *crowd);

/* The user whose request is due next, and is sent now or given up. There must be one and, for an arrival, room. The
 * user stays the crowd's; crowd_go_on says what became of the request. */
struct user *crowd_take(struct crowd *crowd);

/* The request at hand is over. The user goes on to the next step, or the session ends and `user` is no more. */
void crowd_go_on(struct crowd *crowd, struct user *user, uint64_t now_ns, bool failed);

/* The step of the user whose request is at hand. */
const struct session_step *user_step(const struct user *user);

/* End the sessions that are still under way, and give the counts. */
void crowd_close(struct crowd *crowd, struct session_tally *ret_tally);

#endif
