/* sequences: how far the values in sequence have come, and the CSV files whose rows are taken in sequence, by the
 * number of a request alone, so that any number of threads takes each of them in turn: none is taken twice, or passed
 * over, before all were taken.
 *
 * Where requests are drawn by their weights, a sequence goes on by one with each request that has a place for it: a
 * thread follows what the others' requests are. Where users walk, what others do is not known: each user has as many
 * of a sequence as the session with the most requests for it takes at most, in the order of arrival. */
#ifndef TWOFOLD_LOAD_TRAFFIC_SEQUENCES_H
#define TWOFOLD_LOAD_TRAFFIC_SEQUENCES_H

#include "plan/traffic/traffic.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sequences {
    const struct traffic *traffic;
    bool any;       /* there is one, and what others do has to be followed */
    size_t count;   /* of those that may be one: the values, then the tables */
    uint64_t *next; /* how far each has come */
    struct sequences_used {
        size_t *items, count;
    } * used;           /* those that each request goes on by one */
    uint64_t *per_user; /* how many a user may take of each; at least 1 */
};

/* At their beginning. The traffic is borrowed. Release with sequences_release. */
void sequences_init(struct sequences *sequences, const struct traffic *traffic);
void sequences_release(struct sequences *sequences);

/* Before anything else, once for each request: the values that it uses. */
void sequences_use(struct sequences *sequences, size_t request, const size_t *values, size_t count);

/* How far the sequence of that value, or of those rows, has come: 0 is its first. */
uint64_t sequences_of_value(const struct sequences *sequences, size_t value);
uint64_t sequences_of_rows(const struct sequences *sequences, size_t table);

/* A request has taken what is its own. */
void sequences_go_on(struct sequences *sequences, size_t request);

/* To where the user of that number is at that step; NULL: a user who arrives, with what is kept for the whole session.
 */
void sequences_of_user(struct sequences *sequences, uint64_t number, const struct user_session *session, size_t step);

#endif
