/* loader: the load generator: threads that send a scenario's traffic to one address, step by step, and record what
 * comes back. Connections are kept from step to step. It knows nothing of backends, limits or verdicts. */
#ifndef TWOFOLD_LOAD_LOADER_H
#define TWOFOLD_LOAD_LOADER_H

#include "base/error.h"
#include "load/transport/protocol.h"
#include "plan/step.h"
#include "plan/traffic/traffic.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

struct loader_options {
    const struct traffic *traffic; /* borrowed; must outlive the loader */
    const char *host;              /* an IPv4 or IPv6 address in numbers */
    uint16_t port;
    const char *name;          /* of the service, for Host and its certificate; NULL: the address */
    struct protocol protocol;  /* zero: plain HTTP/1.1 */
    unsigned threads;          /* at least 1 */
    unsigned first_thread;     /* of several loaders that send one load together: how many threads the ones before this
                                * have, */
    unsigned all_threads;      /* and how many all have; 0: this is the only one */
    uint64_t deadline_ns;      /* from the scheduled moment */
    uint64_t connections_most; /* open load: of all threads of all loaders together */
    uint64_t sessions_most;    /* sessions: under way at a time, of all threads of all loaders */
    int64_t (*wall_ahead_ns)(void); /* streams of events: how far the wall clock is ahead of clock_now_ns(); NULL: as
                                     * this machine has it (clock_wall_ahead_ns) */
    bool spin;                      /* spin just before a due moment; only where each thread has a core for itself */
    void (*on_thread)(void *context, unsigned thread); /* called first on each thread (to pin it); may be NULL */
    void *context;
};

/* Figures of a running step. The counts are of the intervals that are over. */
struct loader_live {
    uint64_t offered, completed, good; /* since the start of the measured time */
    uint64_t in_flight, connections;
    uint64_t p50_ns, p99_ns; /* of the last interval that is over, on the thread where they are highest */
};

struct loader;

/* Start the threads, which wait for a step. ERROR_INPUT where the host is no address or the file of CA certificates
 * cannot be read; ERROR_FAILED where the system or libcurl cannot do it. */
int loader_new(struct loader **ret_loader, const struct loader_options *options, struct error *err);

/* Close all connections and end the threads. NULL is fine. No step may be running. */
void loader_free(struct loader *loader);

/* Begin a step and return at once. Then wait until it is over, then take its record, which the caller releases. The
 * step is borrowed until then. */
void loader_start(struct loader *loader, const struct planned_step *step);

/* The same, to begin at that moment of clock_now_ns(). Where it has passed, what was due since then goes late. */
void loader_start_at(struct loader *loader, const struct planned_step *step, uint64_t start_ns);
bool loader_wait(struct loader *loader, uint64_t timeout_ns); /* true: it is over */
void loader_finish(struct loader *loader, struct load_record *ret_record);

/* The same where the records of several loaders are to be added up: stalls are those of all of them only then, and
 * whoever adds settles them (record/stall.h). */
void loader_finish_part(struct loader *loader, struct load_record *ret_record);

/* Why a connection could not be made, as a phrase that is never freed; NULL where none failed. Only between steps. */
const char *loader_trouble(const struct loader *loader);

/* The figures of the step that runs. */
void loader_live(struct loader *loader, struct loader_live *ret_live);

/* The first wrong response of the step that runs, of any thread, valid until loader_finish; NULL: none yet. */
const struct wrong_response *loader_first_wrong(struct loader *loader);

/* End the running step early. What is in flight then counts as unanswered, and measured_ns of the record says how much
 * was measured. The next step runs its whole time again. */
void loader_stop(struct loader *loader);

#endif
