/* http2_run: a loader against http2_peer.py, for tests; its steps are run by load_run.h. */
#ifndef TWOFOLD_TESTS_SUPPORT_HTTP2_RUN_H
#define TWOFOLD_TESTS_SUPPORT_HTTP2_RUN_H

#include "load_run.h"
#include "peer.h"

struct http2_service {
    const char *fault; /* of http2_peer.py; NULL: none */
    unsigned every;    /* which requests it is for; 0: all */
    unsigned streams;  /* how many requests a connection may carry; 0: 100 */
    bool clear;        /* without TLS */
};

/* Start a server and a loader for it; what `loader` leaves out is as in load_run.h. */
struct peer *http2_run_start(struct load_run *run, const struct http2_service *service,
                             const struct loader_options *loader, const char *traffic);

/* End both. The peer can be asked for its counts then; the caller frees it. */
void http2_run_end(struct load_run *run, struct peer *peer);

/* All three for one step. */
struct peer *http2_run_once(const struct http2_service *service, const struct loader_options *loader,
                            const struct planned_step *step, struct load_record *ret_record);

#endif
