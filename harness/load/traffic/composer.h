/* composer: makes the bytes of one request after another from the patterns of a scenario and drawn values. Each thread
 * has its own; the k-th request of a thread is the same in every run with the same seed, whatever the service does.
 * Nothing is allocated once the buffers have grown to their size. */
#ifndef TWOFOLD_LOAD_TRAFFIC_COMPOSER_H
#define TWOFOLD_LOAD_TRAFFIC_COMPOSER_H

#include "base/text.h"
#include "load/traffic/draw.h"
#include "plan/traffic/traffic.h"

#include <stdint.h>

/* A request that is ready to be sent. It belongs to the composer and is valid until the next call. */
struct composed {
    const struct request *request;
    const char *data; /* as HTTP/1.1: the method, a space, the path, …, with the body at the end */
    size_t length, path_length, body_length;
    struct text *expected; /* the value, as JSON, of the member request->expect_json; empty: nothing is expected */
};

struct composer;

/* The composer of thread `thread` of `threads` in a step. `authority` is what Host says: "127.0.0.1:8080". The traffic
 * is borrowed and must outlive the composer. */
struct composer *composer_new(const struct traffic *traffic, const char *authority, const struct planned_step *step,
                              unsigned thread, unsigned threads);
void composer_free(struct composer *composer);

/* Choose the next request by weight and compose it. */
void composer_next(struct composer *composer, struct composed *ret_composed);

#endif
