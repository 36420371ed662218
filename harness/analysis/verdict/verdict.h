/* verdict: judges one step against the limits of its scenario: whether it kept them, which were violated and when,
 * whether the step does not decide it, or whether it was no measurement at all. Pure: the harness asks while it climbs,
 * the report asks again. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_VERDICT_H
#define TWOFOLD_ANALYSIS_VERDICT_VERDICT_H

#include "analysis/usage/host_usage.h"
#include "analysis/verdict/breach.h"
#include "analysis/verdict/dependency_faults.h"
#include "analysis/verdict/limit_test.h"
#include "analysis/verdict/validity.h"
#include "plan/scenario/limits.h"
#include "plan/scenario/request_limits.h"
#include "plan/traffic/traffic.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

enum verdict {
    VERDICT_PASS,      /* every limit holds */
    VERDICT_BREAK,     /* a limit breaks */
    VERDICT_INVALID,   /* the generator or the machine was not good enough to say anything about the service */
    VERDICT_UNDECIDED, /* no limit breaks, but the requests do not show that each of them holds (limit_test.h) */
};

const char *verdict_name(enum verdict verdict); /* "pass", "break", "invalid", "undecided" */

struct step_verdict {
    enum verdict verdict;
    struct breach breaches[LIMIT_PLACES]; /* in order of time */
    size_t breach_count;                  /* filled for an invalid step as well: what would have been said */
    bool invalid[INVALIDITY_COUNT];
    const char *blamed[INVALIDITY_COUNT]; /* of these, the host whose generator is behind it (validity_blame); borrowed
                                           * from the step */
    struct dependency_faults faults;      /* which dependencies, where it is invalid for INVALID_DEPENDENCY */
    struct limit_judgement limits[LIMIT_PLACES];
};

/* What a step is judged by. All is borrowed. */
struct verdict_terms {
    const struct limits *limits;
    const struct traffic *traffic; /* says of which requests an error is expected (request_classes.h); NULL: of none */
    const struct request_limits_list *request_limits; /* of single requests of the traffic; NULL: there are none */
    bool cores_shared; /* the generator ran on the service's cores, where its work is not foreign */
};

/* `host` is the usage over the measured part (analysis/usage/step_usage.h). */
void verdict_judge(const struct step_record *step, const struct host_usage *host, const struct verdict_terms *terms,
                   struct step_verdict *ret_verdict);

#endif
