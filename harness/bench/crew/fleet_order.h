/* fleet_order: what the rank that leads a fleet and the others say to each other. What it says is data of the same
 * program: ranks of another version are refused before anything else (crew/muster.h). */
#ifndef TWOFOLD_BENCH_CREW_FLEET_ORDER_H
#define TWOFOLD_BENCH_CREW_FLEET_ORDER_H

#include "base/error.h"
#include "plan/step.h"
#include "record/fleet/generator.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fleet_order_kind {
    /* from the leader */
    ORDER_LOAD,   /* struct fleet_order_load: make the connections' loader ready */
    ORDER_STEP,   /* struct fleet_order_step: run it */
    ORDER_STOP,   /* end the step at once */
    ORDER_UNLOAD, /* the service is done with */
    ORDER_BEAT,   /* the leader is there; each second while a step runs */
    ORDER_END,    /* struct fleet_order_end: the run is over */
    ORDER_LINE,   /* to rank 0, where another one leads: a line of the run log to be written */

    /* to the leader */
    ORDER_HELLO,   /* to all, before anybody leads: struct generator_record and more, as JSON */
    ORDER_READY,   /* after ORDER_LOAD: the loader is there; or, with a text, why not */
    ORDER_LIVE,    /* struct loader_live */
    ORDER_RESULT,  /* what came of the step (fleet_order_write_result) */
    ORDER_WRITTEN, /* the line is on the disk; or, with a text, why not */
};

/* Where the load goes, and which part of it is this generator's. */
struct fleet_order_load {
    char address[64];
    uint16_t port;
    bool reference;    /* it is the reference service, which has requests of its own */
    char service[128]; /* the name of the service; cut where it is longer */
    unsigned first_thread, all_threads;
    uint64_t deadline_ns, connections_most, sessions_most;
};

/* The step, and when it begins by the clock of the one who is ordered. */
struct fleet_order_step {
    struct planned_step planned;
    uint64_t start_ns;
};

/* How the run ended. */
struct fleet_order_end {
    bool well;       /* all ranks can wait for each other */
    size_t measured; /* as in struct bench_outcome */
    struct error why;
};

/* What a generator did, as text on the heap. The two are as they were made here; names of requests and all. Its
 * gather_ns holds on the way when its part was over, by its own clock. */
char *fleet_order_write_result(const struct generator_load *generator, const struct load_record *load,
                               size_t *ret_length);

/* Reads it. The caller releases both. */
int fleet_order_read_result(const char *text, size_t length, struct generator_load *ret_generator,
                            struct load_record *ret_load, struct error *err);

/* The figures of one generator out of the record of its own threads. `rank` and `host`, and what is not in the record,
 * are the caller's. */
void fleet_order_describe(struct generator_load *generator, const struct load_record *load);

#endif
