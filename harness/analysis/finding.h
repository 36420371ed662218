/* finding: the types of everything that can be said about a run. Plain data, filled by findings_make
 * (analysis/findings.h) and by the modules that it asks; reports only put it into words. Borrows from the run log,
 * which must outlive it. */
#ifndef TWOFOLD_ANALYSIS_FINDING_H
#define TWOFOLD_ANALYSIS_FINDING_H

#include "analysis/after/leak.h"
#include "analysis/after/recovery.h"
#include "analysis/cause/cause.h"
#include "analysis/forecast/forecast_signal.h"
#include "analysis/usage/step_usage.h"
#include "analysis/verdict/percentile_bounds.h"
#include "analysis/verdict/request_classes.h"
#include "analysis/verdict/verdict.h"
#include "plan/profile.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"
#include "stats/percentile.h"
#include "stats/signed_rank.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct step_finding {
    const struct step_record *record;
    struct step_verdict verdict;
    struct cause_finding cause; /* filled for a break or an invalid step */
    struct step_usage usage;
    double offered_rps, completed_rps, good_rps;               /* over the measured part */
    double failed_share;                                       /* of offered */
    uint64_t mean_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns; /* response time; NO_TIME: too few samples */
    struct percentile_bounds p99_bounds;                       /* of 95 % */
    uint64_t service_p50_ns, service_p99_ns;
    uint64_t cpu_ns_per_request;   /* of the service's process tree, per completed request; 0: nothing completed */
    struct request_class *classes; /* of requests, in the scenario's order */
    size_t class_count;            /* 0: the run log does not tell them apart */
    /* The classes of which this is expected, together; without a name. */
    struct request_class expected_successes, expected_errors;
};

/* The steady load after everything else, judged as any other step. */
struct soak_finding {
    struct step_finding *step; /* on the heap; NULL: none was run, or it counts for nothing */
    struct leak memory;
};

/* The recorded forecasts against what happened, over all valid steps of the ladder of all trials. CPU and thread, and a
 * dependency's CPU, are demands: what is beyond all cores, or one, is compared as all of it. */
struct signal_score {
    size_t count;
    double median_error; /* |expected - happened| / happened */
};

struct early_warning {
    struct signal_score scores[SIGNAL_COUNT];

    /* Of the trial that stands for the backend: its first break, as the steps before it had it. */
    bool asked; /* there is a break, and two valid steps before it to forecast it from */
    /* How many steps before the break it was first visible, and from then on: beyond the limit by more than forecasts
     * over so many doublings are off by; 0: it was not. What fell again up to the break, as times do that a cold start
     * made long, was no sign of it. */
    unsigned steps_before;
    enum forecast_signal signal; /* in which signal */
    double seen, limit;          /* of it at that step, and from where it breaks */
    bool in_spikes;              /* seen and expected are of the time in which the step's traffic was raised */
    double expected;             /* at the load that broke, as that step had it */
    uint64_t seen_at;            /* that step's level */
    bool grew;                   /* it was higher there than at the step before */

    /* What would break next where nothing broke: at twice the highest load that held. */
    bool next_known;
    uint64_t next_level;
    enum forecast_signal next_signal; /* the smallest limit-to-level ratio */
    double next_expected, next_limit;
};

/* The p99 limits whose capacities the critical capacity is the geometric mean of: 10, 25, 50, 100, 250 ms. */
#define EFFICIENCY_LIMITS 5

struct efficiency {
    double capacities[EFFICIENCY_LIMITS]; /* level held under each; NAN where no break or no pass was seen */
    double critical_capacity;             /* NAN where one of them is not known */
    double doublings;                     /* from the first level to the highest held */
    double cpu_ns_per_request;            /* at findings->common_level; the median over trials */
    double good_rps_per_core;             /* at the highest level held, by the cores that it may use */
    double good_rps_per_100mb;            /* and by its resident memory there at most */
    double bytes_per_connection; /* where connections double: by how much its memory rises for one more of them, the
                                    line of least squares through its good steps; NAN: fewer than three of them */
};

/* What one trial of a service says of its capacity (analysis/capacity/capacity.h). */
struct trial_capacity {
    unsigned trial;
    bool judged; /* at least one of its steps was valid */
    const struct step_finding *steps;
    size_t step_count;
    const struct step_finding *last_good;    /* the highest pass below the lowest break; NULL: none */
    const struct step_finding *lowest_break; /* of the ladder or the search; NULL: none */
    const struct step_finding *first_break;  /* of the ladder, where it has one: the break that is described */
    uint64_t holds_at;                       /* level of last_good; 0: none */
    uint64_t breaks_at;                      /* level of lowest_break; UINT64_MAX: none */
    bool not_monotone;                       /* a step passed above lowest_break */
};

struct backend_finding {
    const struct backend_record *record; /* record->skipped says why it has no steps */
    struct step_finding *steps;          /* by trial, then index */
    size_t step_count;
    unsigned trials;                   /* that have at least one step */
    struct trial_capacity *capacities; /* of the trials that were judged, in their order */
    size_t capacity_count;
    unsigned standing_trial; /* the one that stands for the service: whose capacity is the median; else the first */

    /* Over trials: the median of their levels (the lower one of two). Of one trial: its own. */
    bool holds;        /* some step passed below every break */
    uint64_t holds_at; /* capacity, lower bound: the largest pass below the first fail */
    bool breaks;
    uint64_t breaks_at;                   /* the lowest fail, of the ladder or the search */
    uint64_t holds_least, holds_most;     /* over trials; 0 where a trial held nothing */
    uint64_t capacity_low, capacity_high; /* interval of holds_at over trials */
    double capacity_confidence;           /* of it; 0: one trial, no interval */
    bool not_monotone;                    /* a step passed above a broken one */

    /* Of the trial that stands for the backend (the one whose levels are the median). NULL where there is none. */
    const struct step_finding *last_good;
    const struct step_finding *lowest_break; /* at breaks_at */
    /* What broke first is told of the ladder's first failing step, where the load had doubled and is as far above what
     * the service holds for everyone; near its capacity, where the search looks, chance decides which limit gives way.
     * Where no step of the ladder broke (under other limits), of the lowest break. */
    const struct step_finding *first_break;
    struct recovery_finding recovery; /* of the same trial */
    struct soak_finding soak;         /* of the same trial */
    struct early_warning early_warning;
    struct efficiency efficiency;
    bool all_invalid; /* no step said anything */
    /* How its answers do not add up with what its dependencies hold; NULL: they do, as far as they were audited. Where
     * they do not, nothing above but the record and its steps counts, and none of it is filled. */
    char *distrusted;
};

enum warning_kind {
    WARNING_GENERATOR, /* steps were invalid */
    WARNING_MACHINE,   /* something on the machine spoils measurements */
    WARNING_SKIPPED,   /* a backend took no part */
    WARNING_AUDIT,     /* a backend's answers do not add up */
    WARNING_RUN,       /* cut short, one trial, quick, … */
};

struct warning {
    enum warning_kind kind;
    char *text;    /* a sentence */
    char *command; /* that mends it, or NULL */
};

/* What can be said of two figures. */
enum difference {
    DIFFERENCE_NOT_KNOWN, /* one of the two has no figure */
    DIFFERENCE_NOT_SEEN,  /* the interval holds "the same", or the figures are equal */
    DIFFERENCE_UNPROVEN,  /* there are too few trials to claim one */
    DIFFERENCE_SEEN,
};

enum pair_figure {
    PAIR_CAPACITY, /* the highest level held */
    PAIR_CPU,      /* of a request, at the common level */
    PAIR_P99,      /* of response time there */
    PAIR_FIGURES,
};

/* One figure of two services of a run. The trial is the unit: figures of the same block of trials, which were run one
 * after the other under the same schedule, are compared by their ratio. */
struct pair {
    const struct backend_finding *first, *second;
    enum pair_figure figure;
    struct signed_rank signed_rank; /* of the logarithms of the ratios of `first` to `second` */
    enum difference difference;     /* of capacities: what analysis/capacity/ranking.h says; never NOT_KNOWN */
};

struct findings {
    const struct run_log *log;
    struct scenario scenario; /* parsed from the run log's text; its limits are those judged by */
    enum profile profile;     /* the run's */
    bool other_limits;        /* not the scenario's own */
    unsigned service_core_count;
    struct backend_finding *backends; /* by capacity, highest first; then by name; skipped ones last */
    size_t backend_count;
    uint64_t common_level; /* the highest of the ladder that every judged service holds; 0: none */
    struct pair *pairs;    /* each two services beside each other */
    size_t pair_count;
    struct warning *warnings;
    size_t warning_count;
};

#endif
