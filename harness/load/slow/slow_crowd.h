/* slow_crowd: the slow connections of one generator thread in one step, beside the load that it sends. They are opened
 * one after another in the first part of the warm-up (SLOW_OPENING_PARTS); one that ends is opened again at once, or a
 * second later where it lived for less than that, so that a service that refuses them is not stormed. When the step is
 * over all are closed: no step has those of another.
 *
 * They live on the loop of the thread, and what they do in one of its turns is bounded (SLOW_ACTIONS_MOST), so that
 * requests that are due do not wait for more than that. All times are clock_now_ns(). */
#ifndef TWOFOLD_LOAD_SLOW_SLOW_CROWD_H
#define TWOFOLD_LOAD_SLOW_SLOW_CROWD_H

#include "plan/step.h"
#include "plan/traffic/traffic.h"
#include "record/tally.h"

#include <netinet/in.h>
#include <stdint.h>
#include <uv.h>

/* Bytes sent and connections opened in one turn of the loop, at most. */
#define SLOW_ACTIONS_MOST 8

struct slow_crowd_options {
    uv_loop_t *loop;
    const struct sockaddr_storage *address; /* of the service; all are borrowed until the end */
    const struct traffic *traffic;
    const char *authority; /* what Host says */
    const struct planned_step *step;
    unsigned thread, threads;
    uint64_t start_ns; /* when the warm-up begins */
};

struct slow_crowd;

/* NULL: the step has none for this thread. */
struct slow_crowd *slow_crowd_new(const struct slow_crowd_options *options);

/* All of these do nothing for NULL. Close all connections; what is left of memory goes when the loop has run. */
void slow_crowd_free(struct slow_crowd *crowd);

/* Open and send what is due by `now_ns`, as far as one turn may. Returns how many of both it did. */
unsigned slow_crowd_due(struct slow_crowd *crowd, uint64_t now_ns);

/* When there is something to do next, if nothing comes in; UINT64_MAX: never. */
uint64_t slow_crowd_next_due(const struct slow_crowd *crowd);

/* Grows with all that comes in or goes out. */
uint64_t slow_crowd_activity(const struct slow_crowd *crowd);

/* Measuring begins: those that were never tried until now are missing. */
void slow_crowd_begin_measure(struct slow_crowd *crowd);

/* What became of them until now. */
void slow_crowd_count(const struct slow_crowd *crowd, struct slow_tally *ret_tally);

#endif
