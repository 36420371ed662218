/* attached: a service that runs already, as a participant of a run: read from its URL, and made ready for its trials,
 * for which nothing is built or started. */
#ifndef TWOFOLD_BENCH_SERVICE_ATTACHED_H
#define TWOFOLD_BENCH_SERVICE_ATTACHED_H

#include "base/error.h"
#include "bench/run.h"
#include "host/watch/watch.h"
#include "load/transport/protocol.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

#include <stdbool.h>

struct attached_options {
    struct protocol protocol; /* but for TLS, which the URL says */
    bool allow_remote;        /* it may be on another machine */
};

/* Reads "NAME=URL" or a URL, and resolves its host (load/target.h). Without a name it is called as host and port are:
 * "127.0.0.1:8080". ERROR_INPUT for what is wrong with the text or with the options for this URL; the manifest is
 * untouched then. Release it with manifest_release. */
int attached_read(struct manifest *ret_manifest, const char *text, const struct attached_options *options,
                  struct error *err);

/* What is spoken to it. Borrows from the attachment. */
struct protocol attached_protocol(const struct attachment *attached);

/* Begins to watch it as it is to be watched (host/watch/watch.h). */
int attached_watch(const struct attachment *attached, struct watch **ret_watch, struct error *err);

/* As prepare_backend, for an attached service: sends each request of the scenario once (first_response.h). One that a
 * scenario gives a database or an upstream to takes no part: only a service that is started can be told of them. */
int attached_prepare(const struct run *run, const struct manifest *manifest, struct backend_record *ret_record,
                     struct error *err);

#endif
