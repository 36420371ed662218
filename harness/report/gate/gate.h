/* gate: all conditions of --fail-if, asked of all services of a run. */
#ifndef TWOFOLD_REPORT_GATE_GATE_H
#define TWOFOLD_REPORT_GATE_GATE_H

#include "analysis/finding.h"
#include "report/gate/outcome.h"
#include "report/gate/run_condition.h"

#include <stddef.h>

/* What one condition comes to for one service. */
struct gate_verdict {
    const struct run_condition *condition;
    const struct backend_finding *backend; /* NULL: no service of the run has the name that the condition asks */
    enum condition_outcome outcome;
    char *words; /* what was found, as run_condition_judge says it; owned */
};

struct gate {
    struct gate_verdict *verdicts; /* by condition, then in the order of the services; owned */
    size_t count;
    enum condition_outcome worst;
};

/* `ret_gate` borrows from the conditions and the findings. Release it with gate_release. */
void gate_judge(const struct run_condition *conditions, size_t count, const struct findings *findings,
                struct gate *ret_gate);
void gate_release(struct gate *gate);

/* "holds", "does not hold", "cannot be judged". Static. */
const char *gate_outcome_phrase(enum condition_outcome outcome);

/* Whether the load at which this limit of the service breaks is one that a condition on its capacity refuses. */
bool gate_refuses(const struct gate *gate, const struct backend_finding *backend, const struct limit_capacity *limit);

#endif
