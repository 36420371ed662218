/* flight: one request on its way, from the moment it was due until its response or its end. */
#ifndef TWOFOLD_LOAD_TRANSPORT_FLIGHT_H
#define TWOFOLD_LOAD_TRANSPORT_FLIGHT_H

#include <stdint.h>

struct flight {
    uint64_t due_ns, sent_ns; /* of clock_now_ns() */
    int32_t interval;         /* of the measured time in which it was due; -1: in the warm-up */
    uint32_t request;         /* its class: the index into traffic.requests; not set before it is sent */
};

#endif
