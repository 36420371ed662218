/* scenario: one scenario file, read and checked: the requests, what doubles, and the limits. */
#ifndef TWOFOLD_PLAN_SCENARIO_SCENARIO_H
#define TWOFOLD_PLAN_SCENARIO_SCENARIO_H

#include "base/error.h"
#include "plan/scenario/limits.h"
#include "plan/scenario/needs.h"
#include "plan/scenario/request_limits.h"
#include "plan/scenario/soak.h"
#include "plan/step.h"
#include "plan/traffic/traffic.h"

#include <stdbool.h>
#include <stdint.h>

enum doubling {
    DOUBLING_RATE,        /* open load: requests per second */
    DOUBLING_CONNECTIONS, /* closed load: connections, each of which sends its next request after a response */
    DOUBLING_OPEN,        /* open load at a fixed rate: connections kept open, used in turn */
    DOUBLING_SLOW,        /* open load at a fixed rate: connections beside it, whose clients send a request slowly */
    DOUBLING_SESSIONS,    /* open load: users per second, each of whom walks a session */
    DOUBLING_SUBSCRIBERS, /* streams of events kept open, on each of which a message is due at every whole second */
    DOUBLING_VALUE,       /* open load at a fixed rate: the number of the value that is VALUE_LEVEL */
};

struct scenario {
    char *text; /* the file, byte for byte, as the run log keeps it; with what the command line sets, where it does */
    char *overridden; /* what that is, "double.from=100 limits.p99=20ms"; NULL: nothing (overrides.h) */
    char *name;
    char *why;
    struct traffic traffic;
    enum doubling doubling;
    size_t doubled_value; /* index into traffic.values for DOUBLING_VALUE */
    char *variable; /* DOUBLING_VALUE: each level has a fresh process of its own, which is started with the level in
                     * this environment variable; NULL: one process climbs them all */
    uint64_t from;  /* the first level: requests/s, connections, users/s, or the value's number */
    unsigned steps;
    uint64_t rate;         /* requests/s where something else doubles at a fixed rate (doubling_has_rate), else 0 */
    struct slow_pace slow; /* DOUBLING_SLOW: what the slow connections send, and how slowly */
    uint64_t warmup_ns;    /* of each step: load flows and nothing is judged */
    uint64_t measure_ns;   /* of each step: judged */
    unsigned spikes;       /* how often the rate doubles and falls back in the measured time; 0: never */
    struct soak soak;      /* its share is 0 where there is none */
    enum arrivals arrivals;
    uint64_t deadline_ns; /* from the scheduled moment; a later response is a failure */
    uint64_t seed;
    unsigned connections_most; /* open load: the most connections that are opened; 0 for closed load */
    unsigned sessions_most;    /* sessions: the most that are under way at once; else 0 */
    struct limits limits;
    struct request_limits_list request_limits; /* of single requests, beside those on all of them */
    struct needs needs;
    bool restart; /* a service that ends is started again, as a supervisor does */
};

/* Read and check a file. Its name without ".json" must be the scenario's name. ERROR_INPUT where anything is wrong; the
 * scenario is untouched then. */
int scenario_read(struct scenario *scenario, const char *file, struct error *err);

/* The same for a text that takes the place of the one in the file. */
int scenario_read_text(struct scenario *scenario, const char *file, const char *text, struct error *err);

/* The same for the text that a run log keeps, under a name for messages. The files that its values name are not opened,
 * so such values have no lines: that is enough to judge and report a run anywhere, but not to run it. Keys that had
 * another name when the run was made are read (warmup.h). */
int scenario_parse(struct scenario *scenario, const char *name, const char *text, struct error *err);
void scenario_release(struct scenario *scenario);

/* Whether one of its requests is a fault (request.fault). */
bool scenario_has_faults(const struct scenario *scenario);

#endif
