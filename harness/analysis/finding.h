/* finding: the types of everything that is said about a run. They are plain data. findings_make (analysis/findings.h)
 * fills them, with the help of the modules of analysis/; reports put them into words. They borrow from the run log,
 * which must outlive them. */
#ifndef TWOFOLD_ANALYSIS_FINDING_H
#define TWOFOLD_ANALYSIS_FINDING_H

#include "analysis/after/cold_start.h"
#include "analysis/after/leak.h"
#include "analysis/after/recovery.h"
#include "analysis/capacity/limit_bracket.h"
#include "analysis/cause/cause.h"
#include "analysis/forecast/forecast_signal.h"
#include "analysis/reliability/audit_gap.h"
#include "analysis/reliability/failed_trial.h"
#include "analysis/reliability/mending.h"
#include "analysis/reliability/process_death.h"
#include "analysis/resource/resource.h"
#include "analysis/usage/step_usage.h"
#include "analysis/verdict/disturbance.h"
#include "analysis/verdict/percentile_bounds.h"
#include "analysis/verdict/request_classes.h"
#include "analysis/verdict/verdict.h"
#include "plan/box.h"
#include "plan/profile.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"
#include "stats/paired_t.h"
#include "stats/percentile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One step. */
struct step_finding {
    const struct step_record *record;
    struct step_verdict verdict;
    struct cause_finding
        cause; /* of a break or an invalid step, and of an undecided one above a limit; otherwise zero */
    struct step_usage usage;
    struct disturbance disturbance;
    double offered_rps, completed_rps, good_rps;               /* over the measured part */
    double failed_share;                                       /* of the requests offered */
    uint64_t mean_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns; /* response time; NO_TIME: too few samples */
    struct percentile_bounds p99_bounds;                       /* 95 % */
    uint64_t service_p50_ns, service_p99_ns;                   /* service time; NO_TIME: too few samples */
    uint64_t cpu_ns_per_request; /* of the service's processes, per completed request; 0: none completed, or not read */
    struct request_class *classes; /* in the order of the scenario; owned */
    size_t class_count;            /* 0: the run log does not tell the request classes apart */
    /* All classes of which a success is expected, and all of which an error is, together; without a name. */
    struct request_class expected_successes, expected_errors;
};

/* The soak: a steady load after all other steps, judged as they are. */
struct soak_finding {
    struct step_finding *step; /* owned; NULL: no soak was run, or it counts for nothing */
    struct leak memory;
};

/* How alarms fared. An alarm is a forecast that the next load of the ladder is beyond a limit, by more than
 * forecasts err (forecast_signal_sure_ratio). Those for a load that
 * neither held nor broke are left out, and so are those for loads above the first one of a trial that broke. */
struct alarm_record {
    unsigned alarms;
    unsigned right;        /* of these: the load broke, */
    unsigned false_alarms; /* or it held */
    unsigned misses;       /* breaks with this signal beyond its limit that it gave no alarm of; of all signals
                              together: breaks that none of them gave one of */
};

/* How good the forecasts of one signal were, over the valid steps of the ladder in all trials, up to the first load of
 * a trial that broke (analysis/forecast/signal_score.h). CPU demands are compared up to what can be used at all: all
 * cores of the service, one core of a thread, all cores of a dependency. */
struct signal_score {
    size_t count;
    double median_error; /* of |expected - happened| / happened */
    size_t off_by_twice; /* of `count`: more than twice, or less than half, of what happened was expected */
    struct alarm_record alarms;
};

/* See analysis/forecast/early_warning.h. */
struct early_warning {
    struct signal_score scores[SIGNAL_COUNT];
    struct alarm_record alarms; /* of all signals together: an alarm is one of any of them */
    double quota_cores;         /* the CPU quota that the CPU used was held against; 0: there is none, but its cores */

    /* Whether the first break of the standing trial could be seen coming from the steps before it. */
    bool asked; /* a load of the ladder broke, and there are two valid steps before it to forecast from */
    /* A forecast showed it, but only of a signal whose alarms were not right often enough (signal_score_supports). Then
     * `signal` names it, and the break counts as not seen. */
    bool withdrawn;
    /* The number of loads of the ladder before the break at which the forecast first showed it and from which on every
     * forecast did. It shows the break when it is beyond the limit by more than the usual error of a forecast over as
     * many doublings. 0: not at all. A signal that fell again before the break, as response times do after a cold
     * start, showed nothing; nor did a forecast that also said that the highest load which held breaks. */
    unsigned steps_before;
    enum forecast_signal signal; /* the one that showed it; the rest is zero where steps_before is 0 */
    double seen;                 /* the signal at the step that many steps before the break, */
    uint64_t seen_at;            /* the level of that step, */
    bool grew;                   /* and whether the signal was higher there than at the step before */
    double limit;                /* the value at which the signal breaks */
    double expected;             /* the forecast of that step for the lowest level of the ladder that broke, */
    uint64_t expected_at;        /* and this level. The search may have found the break below it */
    bool in_spikes;              /* seen and expected are of the time in which traffic was raised */

    /* Where nothing broke: what would break first at twice the highest level that passed. Not known either where a
     * signal says so that has given false alarms (signal_score_refutes). */
    bool next_known;
    bool next_breaks; /* it is expected beyond its limit there, by more than forecasts err */
    uint64_t next_level;
    enum forecast_signal next_signal; /* the one closest to its limit */
    double next_expected, next_limit;
};

/* How many limits on p99 the critical capacity is computed from: efficiency_limits_ns. */
#define EFFICIENCY_LIMITS 5

/* See analysis/capacity/efficiency.h. NAN: the run does not tell. */
struct efficiency {
    double
        capacities[EFFICIENCY_LIMITS]; /* the level held under each limit; NAN also where it saw no break or no pass */
    double critical_capacity;          /* the geometric mean of all capacities; NAN where one is */
    double doublings;                  /* from the first level of the ladder to the capacity */
    double cpu_ns_per_request;         /* at findings->common_level; the median over trials */
    double good_rps_per_core;          /* at the capacity, per core that the service may use */
    double good_rps_per_100mb;         /* at the capacity, per 100 MB of its peak resident memory there */
    /* Where connections double: bytes of resident memory per further connection, the slope of a least-squares line
     * through the good steps, of which there must be three. */
    double bytes_per_connection;
};

/* What all trials say of one limit of a service (analysis/capacity/limit_order.h). Loads are levels of the ladder. */
struct limit_capacity {
    enum limit limit;
    const char *request; /* whose own limit it is, as in struct breach */
    size_t place;        /* in the arrays of all limits (LIMIT_PLACES) */
    unsigned order;      /* 1: it breaks first. Limits of the same number are not told apart */
    bool holds;          /* in the median trial a load was seen to hold, */
    uint64_t holds_at;
    bool breaks; /* and one to break */
    uint64_t breaks_at;
    double capacity;   /* the load at which the limit is just kept, an estimate; NAN: only the interval is known */
    double low, high;  /* its 95 % interval; 0: nothing was seen to hold; INFINITY: nothing was seen to break */
    unsigned first_in; /* the number of trials in which it broke first, alone or not told apart from others, */
    unsigned trials;   /* of so many in which any limit broke */
};

/* What the host did while a service stalled: between the reading before the stall and the one after it. */
struct stall_host {
    bool known;              /* there are two such readings, of the processes that serve; otherwise the rest is zero */
    uint64_t from_ns, to_ns; /* of these readings, from the start of the step's measured part */
    struct host_usage usage; /* between them */
    double foreign_share, steal_share; /* of the service's cores: taken by other programs, and by the hypervisor */
    uint64_t memory_before_bytes, memory_after_bytes; /* resident, with shared pages counted once; 0: not known */
};

/* A bad moment in a step that does not count as a break: the load held when it was run again, or a higher load held. */
struct stall_finding {
    unsigned trial;
    uint64_t level;
    enum limit limit;                /* the one that the step violated, the first by time, */
    const char *request;             /* and whose own limit it is, as in struct breach */
    uint64_t at_ns;                  /* from the start of the step's measured part */
    uint64_t length_ns;              /* how long no response came; where that is not known, the longest response time */
    const struct step_finding *step; /* borrowed */
    struct stall_host host;
};

/* What one trial of a service says about its capacity (analysis/capacity/capacity.h). */
struct trial_capacity {
    unsigned trial;
    bool judged;                      /* at least one step is valid */
    const struct step_finding *steps; /* borrowed from the service */
    size_t step_count;
    const struct step_finding *last_good;    /* at the highest load that held; NULL: none */
    const struct step_finding *lowest_break; /* at the lowest load above it that broke; NULL: none */
    const struct step_finding *first_break;  /* the break that is described: the lowest one whose figures name a cause;
                                                lowest_break where none does */
    uint64_t holds_at;                       /* level of last_good; 0: none */
    uint64_t breaks_at;                      /* level of lowest_break; UINT64_MAX: none */
    double estimate;                         /* of the capacity, between the two; NAN: only these are known */
    bool not_monotone;                       /* a load above lowest_break held, or one below last_good broke */
    struct limit_bracket limits[LIMIT_PLACES];
};

/* One service of the run. */
struct backend_finding {
    const struct backend_record *record; /* record->skipped says why the service has no steps */
    unsigned core_count;                 /* that it may use; 0: not known */
    struct step_finding *steps;          /* by trial, then by index; owned */
    size_t step_count;
    unsigned trials;                   /* with at least one step */
    struct trial_capacity *capacities; /* of the trials that were judged, in their order; owned */
    size_t capacity_count;

    /* The capacity over the trials that were judged: the median of their levels, the lower of two in the middle. */
    bool holds; /* the median trial has a last good step, */
    uint64_t holds_at;
    bool breaks; /* and a break, */
    uint64_t breaks_at;
    uint64_t holds_least, holds_most;     /* the lowest and highest capacity of a trial; 0: it held nothing */
    uint64_t capacity_low, capacity_high; /* the confidence interval of holds_at, */
    double capacity_confidence;           /* and its confidence; 0: there is one trial and no interval */
    double capacity;   /* of the median trial, an estimate; NAN: only holds_at and breaks_at are known */
    bool not_monotone; /* in some trial a load above a break held */
    bool all_invalid;  /* there are steps, but none is valid */

    /* The trial that stands for the service: the one whose capacity is the median; where none was judged, the first. */
    unsigned standing_trial;
    const struct step_finding *last_good;    /* at holds_at; NULL: none */
    const struct step_finding *lowest_break; /* at breaks_at; NULL: none */
    /* The break that is described: the lowest one whose figures name a cause; lowest_break where none does; NULL:
     * nothing broke. */
    const struct step_finding *first_break;
    struct recovery_finding recovery;
    struct cold_start cold_start; /* of that trial */
    struct soak_finding soak;

    struct limit_capacity limits[LIMIT_PLACES]; /* those that were judged, in the order in which they break */
    size_t limit_count;
    struct stall_finding *stalls; /* by trial, then in the order of the steps; owned */
    size_t stall_count;

    struct early_warning early_warning;
    struct efficiency efficiency;

    /* The services of the run that are seen to hold less (analysis/capacity/ranking.h); the array is owned. */
    const struct backend_finding **below;
    size_t below_count;

    /* What is used up at which load, the lowest first (analysis/resource/resources.h); owned. */
    struct resource_finding *resources;
    size_t resource_count;

    /* What went wrong beside the load, over all trials; the arrays are owned. */
    struct failed_trial *failed_trials; /* those without a step, which `trials` does not count */
    size_t failed_trial_count;
    struct failed_trial *early_ends; /* those that have fewer steps than they wanted; `trials` counts them */
    size_t early_end_count;
    struct mending *mendings; /* of dependencies */
    size_t mending_count;
    struct process_death *deaths;
    size_t death_count;
    struct audit_gap *audit_gaps;
    size_t audit_gap_count;

    /* How the service's responses disagree with what its dependencies hold; owned. NULL: they agree, as far as they
     * were audited. When they disagree, only the record and the steps above are filled. */
    char *distrusted;

    /* The first step of the ladder, in the trial that stands for the service, where more than half of its responses
     * were wrong (verdict/wrong_responses.h); NULL: they were not. `nothing_right`: in no step one was right, so that
     * nothing of the service was measured, and only the record and the steps above are filled. */
    const struct step_finding *wrong_from_start;
    bool nothing_right;
};

enum warning_kind {
    WARNING_GENERATOR, /* steps were invalid */
    WARNING_MACHINE,   /* something on the machine disturbs measurements */
    WARNING_SKIPPED,   /* a service took no part */
    WARNING_TRIAL,     /* a trial did not start, or could not be run */
    WARNING_AUDIT,     /* a service's responses disagree with its dependencies, or were not held against them */
    WARNING_WRONG,     /* a service's responses were wrong from the start */
    WARNING_RUN,       /* the run was cut short, had one trial, was quick, … */
};

struct warning {
    enum warning_kind kind;
    char *text;    /* a sentence without a full stop; owned */
    char *command; /* a command that helps; owned. NULL: there is none */
};

/* What can be claimed of two figures that were measured over trials. */
enum difference {
    DIFFERENCE_NOT_KNOWN, /* one of the figures is missing */
    DIFFERENCE_NOT_SEEN,  /* the interval contains "the same", or the figures are equal */
    DIFFERENCE_UNPROVEN,  /* there are too few trials for a claim */
    DIFFERENCE_HERE,      /* of two runs: their trials differ, but what another run would show is not known */
    DIFFERENCE_SEEN,
};

enum pair_figure {
    PAIR_CAPACITY, /* the highest level held */
    PAIR_CPU,      /* CPU time per request: the mean logarithm over the levels that both hold, up to the common one */
    PAIR_P99,      /* p99 of response time, at the common level */
    PAIR_FIGURES,
};

/* One figure of two services of a run, compared by its ratio within each block (analysis/capacity/pairs.h). A block is
 * the trials of one number: they were run one after the other under the same schedule. */
struct pair {
    const struct backend_finding *first, *second;
    enum pair_figure figure;
    struct paired_t test;       /* of the logarithms of first / second */
    bool whole;                 /* no block that both were judged in is without the ratio of their capacities */
    double p_adjusted;          /* the test's p, adjusted for all pairs of the run (stats/holm.h) */
    size_t blocks_needed;       /* that could show the difference if it is as it looks now; 0: it is shown, or more
                                 * than 99, or not known */
    enum difference difference; /* never NOT_KNOWN; for the capacity it follows analysis/capacity/ranking.h */
};

/* A service in one of the boxes that it ran in (analysis/capacity/box_steps.h). */
struct box_step {
    const struct backend_finding *finding;
    const struct backend_finding *before; /* in the next smaller box; NULL: there is none */
    struct box box;
    double capacity;              /* the load at which the first limit is just kept; NAN: only the interval is known */
    double low, high;             /* its 95 % interval; 0: nothing was seen to hold; INFINITY: nothing broke; NAN: no
                                   * step says anything */
    double times;                 /* what differs between the boxes, to that of the one before; NAN: there is none */
    double ratio;                 /* of the capacities; NAN: not known */
    double ratio_low, ratio_high; /* over blocks of trials its 95 % interval; otherwise what the two intervals allow */
    double rps_per_gib;           /* good responses a second at the highest load held, by the box's memory; NAN */
};

/* What the services of one language, in one box, hold (analysis/capacity/languages.h). Loads are levels of the ladder.
 */
struct language_finding {
    const char *name;                        /* borrowed from the run log */
    const char *box;                         /* that they ran in, as the run log has it; NULL: in none */
    const struct backend_finding **services; /* that count, in the order of the findings; the array is owned */
    size_t service_count;
    const struct backend_finding **tuned; /* that do not count, since nobody would ship them; the array is owned */
    size_t tuned_count;
    size_t frameworks; /* different ones of the services that count, as far as they are told */
    const struct backend_finding *lowest, *highest; /* of the services that count; NULL: none does */
    bool told_apart;                                /* the highest is seen to hold more than the lowest */
    double low, high;                   /* the range; low 0: the lowest held nothing, high INFINITY: one never broke */
    bool low_estimated, high_estimated; /* an estimate of a capacity, and no load that was run */
};

/* The run. */
struct findings {
    const struct run_log *log;
    struct scenario scenario; /* parsed from the text in the run log; with the limits that steps were judged by */
    enum profile profile;
    bool other_limits;                /* the limits are not the scenario's own */
    unsigned service_core_count;      /* of launched services */
    struct backend_finding *backends; /* by capacity, highest first, then by name; skipped ones last; owned */
    size_t backend_count;
    uint64_t common_level; /* the highest level of the ladder that every judged service holds; 0: none */
    struct pair *pairs;    /* in the order of the figures; owned */
    size_t pair_count;
    struct box_step *box_steps; /* owned */
    size_t box_step_count;
    struct language_finding *languages; /* owned; none where no language has two frameworks */
    size_t language_count;
    struct warning *warnings; /* owned */
    size_t warning_count;
};

#endif
