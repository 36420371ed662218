/* composer: makes the bytes of one request after another from the patterns of a scenario and drawn values. Each thread
 * has its own. What a request is follows from the seed and its number among the requests of all threads, and from
 * nothing else: neither from the number of threads, which are dealt requests out in turn, nor from what the service
 * does. Nothing is allocated once the buffers have grown to their size.
 *
 * What fills a place: a drawn value; the cell of a CSV file, where all cells of one request that are of the same file
 * come from one row; or what an environment variable holds, which is written once and costs nothing per request. */
#ifndef TWOFOLD_LOAD_TRAFFIC_COMPOSER_H
#define TWOFOLD_LOAD_TRAFFIC_COMPOSER_H

#include "base/text.h"
#include "load/traffic/draw.h"
#include "plan/traffic/traffic.h"

#include <stdint.h>

/* A body without places that is so long is not copied for each thread, nor for each connection. */
#define COMPOSED_LARGE 16384

/* A request that is ready to be sent. It belongs to the composer and is valid until the next call. */
struct composed {
    const struct request *request;
    const char *data; /* as HTTP/1.1: the method, a space, the path, …, with the body at the end */
    size_t length, path_length, body_length;
    const char *large_body; /* a body without places from COMPOSED_LARGE bytes on: it is not in `data`, but to be sent
                             * behind it, and lives as long as the traffic; NULL: the body is in `data` */
    struct text *expected;  /* the value, as JSON, of the member request->expect_json; empty: nothing is expected */
};

struct composer;

/* The composer of thread `thread` of `threads` in a step, at the first of its requests, which is number `thread`.
 * `authority` is what Host says: "127.0.0.1:8080". The traffic is borrowed and must outlive the composer. */
struct composer *composer_new(const struct traffic *traffic, const char *authority, const struct planned_step *step,
                              unsigned thread, unsigned threads);
void composer_free(struct composer *composer);

/* Choose the next request by weight and compose it; or leave it out. */
void composer_next(struct composer *composer, struct composed *ret_composed);
void composer_skip(struct composer *composer);

/* Compose the request with this index. Its values that are a session's come out of `kept`, which has one text for each
 * value of the traffic; the others are drawn. NULL where there are no sessions: all are drawn. */
void composer_compose(struct composer *composer, size_t index, const struct text *kept, struct composed *ret_composed);

/* Draw values once, as a user keeps them for a whole session, into `kept`. Cells of one CSV file come from one row. */
void composer_draw_kept(struct composer *composer, const size_t *values, size_t count, struct text *kept);

/* Before anything is drawn for a user: for one who arrives, and for a step of the session. What is drawn then follows
 * from the seed, the number of the user and the step, whatever was drawn before. */
void composer_arrive(struct composer *composer, uint64_t user);
void composer_walk(struct composer *composer, uint64_t user, const struct user_session *session, size_t step);

#endif
