#include "report/gate/gate.h"

#include "base/list.h"

#include <math.h>
#include <stdlib.h>

static void add(struct gate *gate, const struct gate_verdict *verdict)
{
    *list_add(gate->verdicts, gate->count) = *verdict;
    if (verdict->outcome > gate->worst) {
        gate->worst = verdict->outcome;
    }
}

static size_t ask(struct gate *gate, const struct run_condition *condition, const struct findings *findings)
{
    size_t asked = 0;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        struct text words = {0};
        if (!run_condition_asks(condition, backend)) {
            continue;
        }
        enum condition_outcome outcome = run_condition_judge(condition, findings, backend, &words);
        add(gate, &(struct gate_verdict){condition, backend, outcome, text_take(&words)});
        asked++;
    }
    return asked;
}

static void add_unknown(struct gate *gate, const struct run_condition *condition)
{
    struct text words = {0};

    if (condition->service_length > 0) {
        text_format(&words, "no service of the run is called \"%.*s\"", (int)condition->service_length,
                    condition->service);
    } else {
        text_add(&words, "the run has no service");
    }
    add(gate, &(struct gate_verdict){condition, NULL, CONDITION_NOT_JUDGED, text_take(&words)});
}

void gate_judge(const struct run_condition *conditions, size_t count, const struct findings *findings,
                struct gate *ret_gate)
{
    *ret_gate = (struct gate){0};
    for (size_t i = 0; i < count; i++) {
        if (ask(ret_gate, &conditions[i], findings) == 0) {
            add_unknown(ret_gate, &conditions[i]);
        }
    }
}

void gate_release(struct gate *gate)
{
    for (size_t i = 0; i < gate->count; i++) {
        free(gate->verdicts[i].words);
    }
    free(gate->verdicts);
    *gate = (struct gate){0};
}

const char *gate_outcome_phrase(enum condition_outcome outcome)
{
    static const char *const phrases[] = {
        [CONDITION_CLEAR] = "does not hold", [CONDITION_NOT_JUDGED] = "cannot be judged", [CONDITION_HELD] = "holds"};
    return phrases[outcome];
}

bool gate_refuses(const struct gate *gate, const struct backend_finding *backend, const struct limit_capacity *limit)
{
    double capacity = isnan(limit->capacity) ? limit->high : limit->capacity;

    for (size_t i = 0; i < gate->count && limit->breaks; i++) {
        const struct gate_verdict *verdict = &gate->verdicts[i];
        const struct run_condition *condition = verdict->condition;
        if (verdict->backend == backend && verdict->outcome == CONDITION_HELD && condition->figure == RUN_CAPACITY &&
            !condition->above && capacity <= condition->bound) {
            return true;
        }
    }
    return false;
}
