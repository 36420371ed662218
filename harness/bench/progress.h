/* progress: how a run tells whoever started it what it is doing. All calls come from the thread that runs the bench. */
#ifndef TWOFOLD_BENCH_PROGRESS_H
#define TWOFOLD_BENCH_PROGRESS_H

#include "analysis/cause/cause.h"
#include "analysis/verdict/verdict.h"
#include "record/run_log.h"

#include <stddef.h>
#include <stdint.h>

/* A running step, a few times a second. */
struct progress_live {
    const char *backend;
    unsigned trial;
    uint64_t level;
    double done; /* share of the step's time */
    double good_rps;
    uint64_t p99_ns, in_flight, connections;
    double service_cores; /* cores' worth of CPU in use */
    uint64_t rss_bytes;
    uint64_t left_ns; /* at most, of the whole run */
};

struct progress {
    void *context;
    void (*say)(void *context, const char *line); /* what begins now, or what went wrong with one backend */
    void (*live)(void *context, const struct progress_live *live);
    void (*step)(void *context, const struct step_record *step, const struct step_verdict *verdict,
                 const struct host_usage *host, uint64_t left_ns);
};

/* say, with a format. */
void progress_say(const struct progress *progress, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
