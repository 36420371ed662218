/* ready: waits until a service that was just started answers GET /healthz with 200, and tells the moment. */
#ifndef TWOFOLD_CONTRACT_VERIFY_READY_H
#define TWOFOLD_CONTRACT_VERIFY_READY_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct verify_wait {
    uint64_t timeout_ns;
    bool (*alive)(void *service); /* asked between tries; false ends the waiting. NULL: not asked */
    void *service;
};

/* Ask again and again, 2 ms apart at first, later a fiftieth of the time waited so far, at most 50 ms; one try waits a
 * second for its answer at most. *ret_ready_ns is the moment on base/clock.h at which the first 200 had come.
 * ERROR_FAILED with the last thing that came when the time is up or the service is gone. The connection is closed
 * before the return. */
int verify_ready(const char *base_url, const struct verify_wait *wait, uint64_t *ret_ready_ns, struct error *err);

#endif
