/* findings_builder: findings for tests of the reports, made up step by step instead of measured. */
#ifndef TWOFOLD_TESTS_SUPPORT_FINDINGS_BUILDER_H
#define TWOFOLD_TESTS_SUPPORT_FINDINGS_BUILDER_H

#include "analysis/findings.h"
#include "built_classes.h"

struct findings_builder {
    struct run_log log;
    struct findings findings;  /* of the log; whole after builder_finish */
    struct step_finding *step; /* the last one added, a soak too */
};

/* A step in round figures: everything else follows from them. Times of 0 are NO_TIME. */
struct step_spec {
    uint64_t level;
    enum verdict verdict;
    double good; /* share of the offered requests; the others failed with `failure` */
    enum failure failure;
    double p50_ms, p99_ms;
    double cores, thread; /* of CPU; share of a core of the busiest thread */
    double rss_mib;
};

/* A run of the scenario (its JSON text) that was not cut short, on a made-up machine with two service cores. */
void builder_init(struct findings_builder *builder, const char *scenario_text);
void builder_release(struct findings_builder *builder);

/* Services in the order of the report. */
struct backend_record *builder_backend(struct findings_builder *builder, const char *name, const char *language,
                                       const char *framework);
void builder_skip(struct findings_builder *builder, const char *name, const char *why);

/* Steps of the last service; index by level. Then what is to be said of the last step. */
void builder_step(struct findings_builder *builder, unsigned trial, const struct step_spec *spec);
void builder_breach(struct findings_builder *builder, enum limit limit, double at_ms, double observed);
void builder_breach_of(struct findings_builder *builder, enum expectation of); /* of the last breach */
void builder_classes(struct findings_builder *builder, const struct built_class *classes, size_t count);
double builder_cores(enum cause cause); /* of two that a step of this cause uses */
void builder_cause(struct findings_builder *builder, enum cause cause);
void builder_invalid(struct findings_builder *builder, enum invalidity invalidity);
void builder_disturbed(struct findings_builder *builder, enum disturbance_kind by, double share);
void builder_first_wrong(struct findings_builder *builder, const struct wrong_response *wrong);
void builder_death(struct findings_builder *builder, int exit_code, int signal, const char *output);

/* The last step belongs to the search. */
void builder_searched(struct findings_builder *builder);

/* Of the last service. */
void builder_early_warning(struct findings_builder *builder, const struct early_warning *early_warning);
void builder_soak(struct findings_builder *builder, const struct step_spec *spec, const struct leak *memory);
void builder_recovery(struct findings_builder *builder, const struct recovery_finding *recovery);

/* A request took `cold_ms` of CPU in the service's first step, and `warm_ms` in the recovery. */
void builder_cold_start(struct findings_builder *builder, double cold_ms, double warm_ms);

/* Whole services, the best first: "name verdicts,verdicts name verdicts …", one row of verdicts a trial, in letters
 * from 1,000/s on: p passed, b broke by latency for want of CPU, i invalid. */
void builder_climbs(struct findings_builder *builder, const char *climbs);

/* A stall in the last step, of 180 ms from 1.25 s into it on; `host` is borrowed for the call. */
void builder_stall(struct findings_builder *builder, const struct stall_host *host);

void builder_warn(struct findings_builder *builder, enum warning_kind kind, const char *text, const char *command);

/* Fills in what follows from the steps, by analysis/capacity/capacity.h. Nothing is to be added afterwards. */
void builder_finish(struct findings_builder *builder);

#endif
