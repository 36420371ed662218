/* progress: how a run reports what it is doing to whoever started it. All calls come from the thread that runs the
 * bench. */
#ifndef TWOFOLD_BENCH_PROGRESS_H
#define TWOFOLD_BENCH_PROGRESS_H

#include "analysis/cause/cause.h"
#include "analysis/verdict/verdict.h"
#include "record/run_log.h"

#include <stddef.h>
#include <stdint.h>

/* A step that is running; reported ten times a second. */
struct progress_live {
    const char *backend;
    unsigned trial;
    uint64_t level;
    double done;     /* share of the step's time that has passed, 0 to 1 */
    double good_rps; /* good responses a second, since the warm-up */
    uint64_t p50_ns, p99_ns, in_flight, connections;
    double service_cores; /* CPU time that the service uses, in cores */
    uint64_t rss_bytes;
    uint64_t left_ns; /* of the whole run, at most */
};

/* The first response of a step that is not as expected. */
struct progress_wrong {
    const char *backend;
    uint64_t level;
    enum step_phase phase;
    const struct wrong_response *response;
};

struct progress {
    void *context;
    void (*say)(void *context, const char *line); /* what begins now, or what went wrong */
    void (*live)(void *context, const struct progress_live *live);
    /* told while its step runs, once a step; NULL: nobody wants to know */
    void (*wrong)(void *context, const struct progress_wrong *wrong);
    /* a step has ended; `left_ns` as in struct progress_live */
    void (*step)(void *context, const struct step_record *step, const struct step_verdict *verdict,
                 const struct host_usage *host, uint64_t left_ns);
};

/* Calls `say` with a formatted line. */
void progress_say(const struct progress *progress, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
