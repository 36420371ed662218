/* crew: the generators of a run as if they were one: the loader of this process (load/loader.h), and in a fleet those
 * of the other ranks, which send their shares of the same requests from the same moment on and give their records back.
 * Where there is no fleet, it is the loader and nothing else. Nothing in it waits in MPI while a step runs. */
#ifndef TWOFOLD_BENCH_CREW_CREW_H
#define TWOFOLD_BENCH_CREW_CREW_H

#include "base/error.h"
#include "bench/crew/muster.h"
#include "load/loader.h"
#include "plan/step.h"
#include "record/fleet/generator.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

struct crew;

struct crew_options {
    struct loader_options loader; /* of this process; its share of the threads is filled in here */
    struct muster *muster;        /* NULL: there is no fleet */
    const char *service;          /* its name in the run, for the others; NULL: the reference service */
};

/* Makes all loaders. Fails, naming the host, where another rank cannot. */
int crew_new(struct crew **ret_crew, const struct crew_options *options, struct error *err);

/* As loader_free, of all. NULL is fine. */
void crew_free(struct crew *crew);

/* Begins a step and returns at once. In a fleet the clocks are measured first, and the step begins 300 ms later. */
void crew_start(struct crew *crew, const struct planned_step *step);

/* True: the step is over, or a generator is lost. */
bool crew_wait(struct crew *crew, uint64_t timeout_ns);

/* The record of all, added up exactly, and in *ret_generators what each of a fleet did; the caller releases both. Fails
 * without either where a generator is lost: nothing was heard of it for five seconds. The error names its host. */
int crew_finish(struct crew *crew, struct load_record *ret_record, struct generator_loads *ret_generators,
                struct error *err);

/* When the step that runs begins. */
uint64_t crew_start_ns(const struct crew *crew);

/* The figures of the step that runs, of all; the first wrong response of this process; and the end of the step. */
void crew_live(struct crew *crew, struct loader_live *ret_live);
const struct wrong_response *crew_first_wrong(struct crew *crew);
void crew_stop(struct crew *crew);

#endif
