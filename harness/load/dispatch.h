/* dispatch: decides which request goes when over which connection. It holds what one generator thread needs to send the
 * traffic of a step: the demand, the pool of connections and the recorder.
 *
 * Open load: requests leave a single queue in the order in which they are due, through any free connection. When all
 * are busy more are opened, up to a maximum; past it requests wait, and their waiting counts. Closed load: a fixed
 * number of connections, each of which sends its next request when it has the response to its last. Sessions are open
 * load: their users arrive whatever the service does, and any free connection serves any of them. Streams of events: a
 * fixed number of connections, each with a request whose response does not end (streams/streams.h).
 *
 * All times are clock_now_ns(). */
#ifndef TWOFOLD_LOAD_DISPATCH_H
#define TWOFOLD_LOAD_DISPATCH_H

#include "base/error.h"
#include "load/demand.h"
#include "load/pool.h"
#include "load/recorder/recorder.h"
#include "load/streams/streams.h"
#include "load/transport/protocol.h"
#include "plan/step.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct dispatch_options {
    const struct traffic *traffic; /* borrowed, as is the authority; both must outlive the dispatch */
    const char *authority;         /* what Host says: "127.0.0.1:8080"; without the port where it is the scheme's own */
    struct protocol protocol;
    struct sockaddr_storage address;
    unsigned thread, threads;
    uint64_t deadline_ns;           /* from the scheduled moment */
    uint64_t connections_most;      /* open load: of this thread */
    uint64_t sessions_most;         /* sessions: under way at a time, of this thread */
    int64_t (*wall_ahead_ns)(void); /* streams: as in load/streams/streams.h */
};

struct dispatch {
    struct dispatch_options options;
    struct pool pool;

    /* of the step at hand */
    const struct planned_step *step;
    uint64_t start_ns;    /* when its warm-up begins */
    uint64_t connections; /* this thread's share of the step's */
    bool closed;          /* what was open was given up; nothing is sent any more */
    struct demand demand;
    struct recorder recorder;
    struct streams streams; /* where subscribers double; they are kept from step to step */
};

/* Ready to send over the loop. ERROR_FAILED or ERROR_INPUT where the protocol cannot be spoken. */
int dispatch_init(struct dispatch *dispatch, uv_loop_t *loop, const struct dispatch_options *options,
                  struct error *err);

/* Close its connections, whose memory goes when the loop has run. */
void dispatch_release(struct dispatch *dispatch);

/* Begin a step, which is borrowed until it is finished; then take its record, which the caller releases. */
void dispatch_begin(struct dispatch *dispatch, const struct planned_step *step, uint64_t start_ns);
void dispatch_finish(struct dispatch *dispatch, struct load_record *ret_record);

/* Send what is due by `now_ns`, as far as there are connections, and open more where there are not enough. */
void dispatch_due(struct dispatch *dispatch, uint64_t now_ns);

/* The moment of the next request that could be sent if no response came, seen from `now_ns`; UINT64_MAX: none. */
uint64_t dispatch_next_due(const struct dispatch *dispatch, uint64_t now_ns);

/* Whether every request of the step is resolved. */
bool dispatch_all_resolved(const struct dispatch *dispatch, uint64_t now_ns);

/* Close the step: record every request that was sent without a response yet, or is due and was not sent, as at least as
 * old as it is now. Their connections are abandoned. */
void dispatch_close(struct dispatch *dispatch, uint64_t now_ns);

#endif
