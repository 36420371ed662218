/* scenario: one scenario file, read and checked: the requests, what doubles, the limits. */
#ifndef TWOFOLD_PLAN_SCENARIO_H
#define TWOFOLD_PLAN_SCENARIO_H

#include "base/error.h"
#include "plan/traffic.h"

#include <stdint.h>

enum doubling {
    DOUBLING_RATE,        /* open load: requests per second */
    DOUBLING_CONNECTIONS, /* closed load: connections, each sends its next request when the last is answered */
    DOUBLING_VALUE,       /* open load at a fixed rate: the value's number */
};

enum arrivals {
    ARRIVALS_POISSON, /* exponential gaps: independent users */
    ARRIVALS_EVEN,    /* equal gaps */
};

/* A limit that is 0 is not judged. */
struct limits {
    double percentile;       /* of response time that latency_ns bounds, in (0, 1): 0.99 for "p99" */
    uint64_t latency_ns;
    double error_share;      /* most failed / offered */
    double throughput_share; /* least good / offered */
    uint64_t memory_bytes;   /* most resident memory of the service's process tree */
};

struct scenario {
    char *text; /* the file, byte for byte: it goes into the run log */
    char *name;
    char *why;
    struct traffic traffic;
    enum doubling doubling;
    size_t doubled_value; /* index into traffic.values for DOUBLING_VALUE */
    uint64_t from;        /* the first level: requests/s, connections, or the value's number */
    unsigned steps;
    uint64_t rate;        /* requests/s for DOUBLING_VALUE, else 0 */
    uint64_t settle_ns;   /* of each step: load flows, nothing is judged */
    uint64_t measure_ns;  /* of each step: judged */
    enum arrivals arrivals;
    uint64_t deadline_ns; /* from the scheduled moment; an answer after it is a failure */
    uint64_t seed;
    unsigned connections_most; /* open load: the most connections that are opened */
    struct limits limits;
};

/* Read and check a file, or the text of one under a name (a run log keeps the text). ERROR_INPUT on anything wrong. */
int scenario_read(struct scenario *scenario, const char *file, struct error *err);
int scenario_parse(struct scenario *scenario, const char *name, const char *text, struct error *err);
void scenario_release(struct scenario *scenario);

/* Change limits from the command line: "p99=100ms", "errors=1%", "throughput=90%", "memory=1GiB", "p99=none". */
int limits_set(struct limits *limits, const char *assignment, struct error *err);

#endif
