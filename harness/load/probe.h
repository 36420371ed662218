/* probe: one request, alone, over a connection of its own: how long the first one takes after a service has started. */
#ifndef TWOFOLD_LOAD_PROBE_H
#define TWOFOLD_LOAD_PROBE_H

#include "base/error.h"
#include "plan/traffic/traffic.h"

#include <stdint.h>

struct probe_options {
    const char *host; /* an IPv4 address in numbers */
    uint16_t port;
    uint64_t seed;
    uint64_t timeout_ns; /* for connecting, and again from the send to the last byte */
};

/* Send the first request that a run with that seed would send, and wait for the whole response.
 * *ret_ns is the time from the send (the connection is open by then) to the last byte; what the response says is not
 * judged. */
int probe_first_request(const struct traffic *traffic, const struct probe_options *options, uint64_t *ret_ns,
                        struct error *err);

#endif
