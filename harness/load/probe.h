/* probe: sends one request alone over a connection of its own, to tell how long the first request of a service takes.
 */
#ifndef TWOFOLD_LOAD_PROBE_H
#define TWOFOLD_LOAD_PROBE_H

#include "base/error.h"
#include "plan/traffic/traffic.h"

#include <stdatomic.h>
#include <stdint.h>

struct probe_options {
    const char *host; /* an IPv4 address in numbers */
    uint16_t port;
    uint64_t seed;
    uint64_t timeout_ns;     /* for connecting, and again from the send to the last byte */
    const atomic_bool *stop; /* ends the wait at once; may be NULL */
};

/* Send the first request that a run with that seed would send, and wait for the whole response. *ret_ns is the time
 * from the send, over an open connection, to the last byte. What the response says is not judged. ERROR_FAILED where
 * there is no connection or no whole response in time. */
int probe_first_request(const struct traffic *traffic, const struct probe_options *options, uint64_t *ret_ns,
                        struct error *err);

#endif
