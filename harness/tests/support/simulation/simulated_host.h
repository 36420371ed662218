/* simulated_host: what a sampler would have read of a simulated service's process and of its machine, on whose core
 * nobody else works. */
#ifndef TWOFOLD_TESTS_SUPPORT_SIMULATED_HOST_H
#define TWOFOLD_TESTS_SUPPORT_SIMULATED_HOST_H

#include "simulated_service.h"

/* Ten samples a second, one after the other, appended to a record. */
struct simulated_host {
    const struct simulated_service *service;
    struct step_record *record;
    uint64_t next_ns;                       /* when the next is due */
    double used_before[QUEUE_SERVERS_MOST]; /* CPU of each server's thread at the sample before */
};

void simulated_host_begin(struct simulated_host *host, const struct simulated_service *service,
                          struct step_record *record);

/* Takes the samples that are due by `now_ns`. */
void simulated_host_advance(struct simulated_host *host, uint64_t now_ns);

/* The reading of memory right after the measured time. */
void simulated_host_memory(const struct simulated_host *host, struct memory_reading *ret_memory);

#endif
