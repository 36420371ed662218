/* comparison: runs of one scenario beside each other, from several machines or of several versions: what each run says
 * about each service, and how that differs from the first run. A comparison is plain data. It borrows from the findings
 * of the runs, which must outlive it.
 *
 * What may be claimed. Two runs of one service differ by more than their trials do: by what the machine did in between,
 * and by half a second of calibration. So the run is the unit. A side that is several runs gives one figure a run, its
 * median over trials; sides of two runs or more are compared by their runs (stats/two_sample_t.h), on a logarithmic
 * scale, and "different" is what remains of all services and figures of a side together (stats/holm.h): sides of equal
 * services claim anything in at most one comparison of twenty. With one run on either side there is nothing to tell two
 * runs from two services by: the trials are compared as independent groups (stats/rank_sum.h), and what they say holds
 * for these runs only (DIFFERENCE_HERE).
 *
 * A side may also be one service of a run, and the other side another one of the same run: two versions that ran
 * interleaved. They share the machine, the moments and the requests, so they are compared block by block, and what is
 * different is what the run's own report calls so (analysis/capacity/pairs.h). */
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

/* A run's figure divided by that of the first run. */
struct change {
    enum difference difference;
    double ratio;
    double low, high;  /* its confidence interval, */
    double confidence; /* and the confidence; 0: both runs have one trial, and there is no interval */
    double p;          /* of the test between runs; NAN: there is none */
    double p_adjusted; /* for all services and figures of the side */
};

/* One figure of a service in a run. */
struct compared_figure {
    double *
        trials; /* of the trials that have it; of a side of several runs, the medians of the runs that have it; owned */
    size_t trial_count;
    double grain;  /* the standard deviation that the distance of the levels alone gives the logarithm of one of them */
    double middle; /* the median, the lower of two in the middle; NAN: no trial has it */
    struct change change;
};

/* A service in one run, or in the runs of a side. */
struct compared_side {
    const struct backend_finding *finding; /* of the side's first run; NULL: the run does not have it */
    bool mixed;                            /* the runs of the side had different builds */
    struct compared_figure figures[COMPARED_COUNT];
};

enum agreement {
    AGREEMENT_NOT_KNOWN, /* the service broke in fewer than two runs */
    AGREEMENT_SAME,
    AGREEMENT_FIRST, /* the first limit is the same, those after it are not */
    AGREEMENT_NONE,
};

struct compared_backend {
    const char *name;
    struct compared_side *sides; /* one a run; owned */
    size_t judged;               /* the number of runs that judged the service */
    uint64_t common_level;       /* the highest level of the ladder that all of those hold; 0: none */
    enum agreement order;        /* of the limits that broke, over all runs */
    bool cause_same;             /* no two runs name different causes of the first break */
    bool build_same;             /* the first runs of all sides that have it had one build (builds.h) */
    bool environment_same;       /* its manifest adds the same variables in all runs that have it */
};

struct compared_run {
    const char *file; /* its name, borrowed */
    const struct findings *findings;
    const struct findings *const *more; /* further runs of the same side; borrowed. What breaks and why is told of the
                                         * first one, figures are of all of them */
    size_t more_count;
    const char *service; /* that the side is about; NULL: all, each beside the one of its name. All sides have one, or
                          * none; borrowed */
};

struct comparison {
    struct compared_run *runs; /* owned */
    size_t run_count;
    struct setup_difference *unlike;   /* why the runs are not comparable; owned */
    size_t unlike_count;               /* 0: they are */
    struct compared_backend *backends; /* in the order of the first run, then of the others; owned */
    size_t backend_count;
    size_t shared_count; /* services that every run judged */
    bool repeated;       /* every side has several runs, so that claims can be made */
    bool paired;         /* the sides are services of one run, and are compared block by block */
    char *name;          /* of the only row where the sides are services: "next against main"; NULL otherwise; owned */
    bool order_same;     /* no two of them break in one order in one run and in the other order in another */
};

/* Compares two runs or more with the first one; release with comparison_release. */
void comparison_make(struct comparison *comparison, const struct compared_run *runs, size_t count);
void comparison_release(struct comparison *comparison);

/* A service in the order in which the services of a run break. Each service of a place is above each one of the places
 * before it (analysis/capacity/ranking.h). Two services of one place may be told apart as well, when a third one is
 * told apart from neither. */
struct comparison_place {
    const struct backend_finding *finding;
    size_t place; /* from 0 */
};

/* The services that every run judged in the order in which they break in run number `run`, those of one place by name.
 * There are comparison->shared_count of them. The caller frees the array. */
struct comparison_place *comparison_order(const struct comparison *comparison, size_t run);

/* The service in a run; NULL: the run does not have it. */
const struct backend_finding *comparison_backend(const struct findings *findings, const char *name);

/* What `findings`, of one of the runs of side number `side`, say of the row. */
const struct backend_finding *comparison_finding(const struct comparison *comparison,
                                                 const struct compared_backend *backend, size_t side,
                                                 const struct findings *findings);

/* The break that is described (finding->first_break); NULL when the service did not break or was not judged. */
const struct step_finding *comparison_first_break(const struct backend_finding *finding);

#endif
