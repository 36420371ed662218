/* simulated_service: a service and the generator that loads it, in simulated time: a step of open load gives the record
 * that a real one would, with the real schedule of arrivals and the real recorder, but in milliseconds instead of
 * seconds, and with a service whose truth is known (queue_simulation.h). The generator is a perfect one: every request
 * leaves when it is due, on a connection of its own. The process lives on from step to step; time passes. */
#ifndef TWOFOLD_TESTS_SUPPORT_SIMULATED_SERVICE_H
#define TWOFOLD_TESTS_SUPPORT_SIMULATED_SERVICE_H

#include "plan/step.h"
#include "queue_simulation.h"
#include "record/run_log.h"

#include <stdint.h>

struct service_model {
    const char *name; /* borrowed; NULL: "simulated" */
    struct queue_model queue;
    uint64_t deadline_ns;               /* of the scenario: a later response is a failure */
    double cpu_share;                   /* of the work, which is CPU of the server's own thread; the rest is waiting */
    double memory_bytes;                /* of the process before any load, */
    double memory_per_request_bytes;    /* that stays after each request, */
    double memory_per_connection_bytes; /* and that each connection holds */
};

struct simulated_service {
    struct service_model model;
    struct queue_simulation queue;
    uint64_t now_ns;      /* the clock, which also the records have */
    uint64_t connections; /* the most requests at a time so far */
};

/* A fresh process, ready for the first step. The same seed gives the same behaviour under the same load. */
void simulated_service_start(struct simulated_service *service, const struct service_model *model, uint64_t seed);

/* Lets it stand still, as between steps. */
void simulated_service_rest(struct simulated_service *service, uint64_t length_ns);

/* One step of open load, as planned. The record, whose trial and phase stay 0, is released with step_record_release. A
 * process that has died stays dead. */
void simulated_service_step(struct simulated_service *service, const struct planned_step *planned,
                            struct step_record *ret_record);

#endif
