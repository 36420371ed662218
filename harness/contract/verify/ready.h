/* ready: waits until a service that was just started responds to a GET with a 2xx, and returns that moment. */
#ifndef TWOFOLD_CONTRACT_VERIFY_READY_H
#define TWOFOLD_CONTRACT_VERIFY_READY_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct verify_wait {
    const char *path; /* that is asked for, such as "/healthz" */
    uint64_t timeout_ns;
    bool (*alive)(void *service); /* called between tries; false ends the wait. NULL: not called */
    void *service;
};

/* Send the GET until the first 2xx. Tries are 2 ms apart at first, later a fiftieth of the time waited so far, at
 * most 50 ms; each try waits at most one second. *ret_ready_ns is the moment of the 2xx on base/clock.h. When the time
 * is up or the service is gone: ERROR_FAILED with the last response or failure. The connection is closed before the
 * return. */
int verify_ready(const char *base_url, const struct verify_wait *wait, uint64_t *ret_ready_ns, struct error *err);

#endif
