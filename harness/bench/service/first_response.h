/* first_response: whether a service answers as a scenario expects, before load is sent to it: each request is sent
 * once. A service that answers wrongly gets no numbers. */
#ifndef TWOFOLD_BENCH_SERVICE_FIRST_RESPONSE_H
#define TWOFOLD_BENCH_SERVICE_FIRST_RESPONSE_H

#include "base/error.h"
#include "load/transport/protocol.h"
#include "plan/scenario/scenario.h"

#include <stdatomic.h>
#include <stdint.h>

struct first_response_options {
    const struct scenario *scenario;
    const char *host; /* a numeric address */
    uint16_t port;
    const char *name;          /* of the service, for Host and its certificate; NULL: the address */
    struct protocol protocol;  /* zero: plain HTTP/1.1 */
    const char *authorization; /* the header of that name, for requests that have none; NULL: none is added */
    const atomic_bool *stop;   /* may be NULL */
};

/* Sends each request of the scenario once, one after the other, with values as the first step draws them (where the
 * scenario has sessions, one of each kind is walked without thinking, as far as that goes in a second), and judges
 * the response as the loader does, but for its time: 10 s is in time. *ret_fault is NULL where all are right; else it
 * says of the first that is not what was sent, what was expected and what came, on lines of their own: "…\nrequest: GET
 * /items/1\nexpected: any 2xx\ncame: status 404, body \"none\"". The caller frees it. Fails when stopped, and where no
 * request could be made at all, as for certificates that cannot be read. */
int first_response_check(const struct first_response_options *options, char **ret_fault, struct error *err);

#endif
