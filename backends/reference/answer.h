/* answer: what a request gets: the route, the status and the body, and their bytes in HTTP/1.1. Knows nothing of
 * sockets. */
#ifndef REFERENCE_ANSWER_H
#define REFERENCE_ANSWER_H

#include "catalog.h"

#include <stdbool.h>
#include <stddef.h>

#define ANSWER_BODY_MOST 320
#define ANSWER_MOST      (ANSWER_BODY_MOST + 320) /* head and body */
#define ANSWER_DATE      32

struct answer {
    int status;
    bool stream; /* the status is 200 and a stream of events follows (events.h), not the body here */
    size_t length;
    char body[ANSWER_BODY_MOST];
};

/* What the head says besides. */
struct envelope {
    const char *date; /* as HTTP writes it, "Sun, 06 Nov 1994 08:49:37 GMT" */
    bool head_only;   /* the answer to HEAD: everything but the body */
    bool old;         /* the request was HTTP/1.0, where keeping the connection must be said */
    bool last;        /* the connection closes behind it */
};

/* Whether GET of `target` is a stream of events. */
bool answer_is_stream(const char *target, size_t length);

/* The answer to GET of `target` (path and query as they came). */
void answer_get(struct answer *answer, const struct catalog *catalog, const char *target, size_t length);

/* The answer to any other method there: 405 at a path that is known, 404 elsewhere. */
void answer_other(struct answer *answer, const char *target, size_t length);

/* A problem of this status: one of 400, 404, 405, 414, 422, 431. */
void answer_problem(struct answer *answer, int status);

/* Write it as HTTP/1.1 to `out`, which has room for ANSWER_MOST bytes. Returns how many were written. */
size_t answer_write(const struct answer *answer, const struct envelope *envelope, char *out);

#endif
