/* comparison: runs of one scenario beside each other, on several machines or of several versions: per service what each
 * run says of it, and how that differs from the first run. Pure. Plain data; borrows from the findings, which must
 * outlive it.
 *
 * Trials of different runs have nothing in common but the scenario, so they are compared as two groups that are not
 * paired (stats/rank_sum.h), on logarithms, one figure a trial. */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_COMPARISON_H
#define TWOFOLD_ANALYSIS_COMPARISON_COMPARISON_H

#include "analysis/comparison/comparability.h"
#include "analysis/finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum compared {
    COMPARED_CAPACITY, /* the highest level held; 0: not even the first */
    COMPARED_RELATIVE, /* the load there, to the throughput of the run's own reference service */
    COMPARED_CPU,      /* ns a request, at the common level */
    COMPARED_MEMORY,   /* bytes of resident memory at most, at the common level */
    COMPARED_P99,      /* ns of response time, at the common level */
    COMPARED_COUNT,
};

const char *compared_name(enum compared compared); /* "capacity", "relative", "cpu", "memory", "p99" */

/* A run's figure to the first run's. */
struct change {
    enum difference difference;
    double ratio;
    double low, high;
    double confidence; /* of low to high; 0: one trial on both sides, no interval */
};

/* One figure of a service in a run: of each trial that has it, and the middle one. */
struct compared_figure {
    double *trials;
    size_t trial_count;
    double middle; /* the median, the lower one of two; NAN: there is none */
    struct change change;
};

/* A service in one run. */
struct compared_side {
    const struct backend_finding *finding; /* NULL: the run does not have it */
    struct compared_figure figures[COMPARED_COUNT];
};

enum agreement {
    AGREEMENT_NOT_KNOWN, /* fewer than two runs saw a break */
    AGREEMENT_SAME,
    AGREEMENT_FIRST, /* what broke first is the same, what followed is not */
    AGREEMENT_NONE,
};

struct compared_backend {
    const char *name;
    struct compared_side *sides; /* one a run */
    size_t judged;               /* in how many runs some step of it says something */
    uint64_t common_level;       /* the highest level of the ladder that all of those hold; 0: none */
    enum agreement order;        /* of the limits that broke */
    bool cause_same;             /* of the first break, where it is known */
};

struct compared_run {
    const char *file; /* its name, borrowed */
    const struct findings *findings;
};

struct comparison {
    struct compared_run *runs;
    size_t run_count;
    struct setup_difference *unlike; /* why these runs should not stand beside each other; none where they may */
    size_t unlike_count;
    struct compared_backend *backends; /* in the order of the first run, then those of the others */
    size_t backend_count;
    size_t shared_count; /* backends that every run judged */
    bool order_same;     /* no two of those break in one order here and in the other there */
};

/* Of two runs or more; the first is what the others are held against. */
void comparison_make(struct comparison *comparison, const struct compared_run *runs, size_t count);
void comparison_release(struct comparison *comparison);

/* A service in the order in which those of one run break. Services of one place are not separated from all others of
 * it: two of them may still be told apart (analysis/capacity/ranking.h), but each service of a later place is above all
 * of an earlier one. */
struct comparison_place {
    const struct backend_finding *finding;
    size_t place; /* from 0 */
};

/* The services that every run judged in the order in which they break in run number `run`: by place, then by name. The
 * array has comparison->shared_count elements; the caller frees it. */
struct comparison_place *comparison_order(const struct comparison *comparison, size_t run);

/* The step that broke first, of one that is judged; NULL: none. */
const struct step_finding *comparison_first_break(const struct backend_finding *finding);

#endif
