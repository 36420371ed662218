/* load_run: a loader against a fault server, step by step, for tests; and what every record of a step must satisfy. */
#ifndef TWOFOLD_TESTS_SUPPORT_LOAD_RUN_H
#define TWOFOLD_TESTS_SUPPORT_LOAD_RUN_H

#include "base/clock.h"
#include "fault_server.h"
#include "load/loader.h"
#include "peer.h"
#include "plan/traffic/traffic.h"
#include "test.h"

#define MS CLOCK_MILLISECOND_NS

struct load_run {
    struct traffic traffic;
    struct fault_server *server;
    struct peer *front; /* speaks TLS for the server, where the loader does; else NULL */
    struct loader *loader;
};

/* Start a server and a loader for it; what `loader` leaves out is: 127.0.0.1, one thread, a deadline of ten seconds,
 * 1,000 connections, GET /items/7 whose response must hold {"id":7}. `traffic` is the text of another one, or NULL.
 * Where the loader speaks TLS, so does the server, with the right certificate (peer.h). */
void load_run_start(struct load_run *run, const struct fault_server_options *server,
                    const struct loader_options *loader, const char *traffic);

/* Run one step; what `step` leaves out is: even arrivals, seed 1, 10 intervals, a drain limit of 200 ms. Fails the test
 * when it takes over 30 s or its record contradicts itself. The caller releases the record. */
void load_run_step(struct load_run *run, const struct planned_step *step, struct load_record *ret_record);

/* End the loader, then the server; what it saw goes to *ret_server, unless that is NULL. */
void load_run_end(struct load_run *run, struct fault_record *ret_server);

/* All three for one step. */
void load_run_once(const struct fault_server_options *server, const struct loader_options *loader,
                   const struct planned_step *step, struct load_record *ret_record, struct fault_record *ret_server);

/* Every request ends in one way, the intervals are the whole, the histograms hold what the counts say. */
void load_run_check(const struct load_record *record);

#endif
