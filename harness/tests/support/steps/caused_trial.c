#include "caused_trial.h"

#include "base/list.h"
#include "test.h"

static void move(struct step_record *record, uint64_t by_ns)
{
    record->load.started_ns += by_ns;
    for (size_t i = 0; i < record->sample_count; i++) {
        record->samples[i].at_ns += by_ns;
    }
}

void caused_trial_init(struct caused_trial *trial, const struct step_builder *builders, size_t count, unsigned cores)
{
    assert_true(count <= CAUSED_STEPS_MOST);
    *trial = (struct caused_trial){.context = {.steps = trial->steps, .step_count = count}, .cores = cores};
    for (size_t i = 0; i < count; i++) {
        step_builder_make(&builders[i], &trial->records[i]);
        move(&trial->records[i], i * CAUSED_STEP_NS);
        trial->records[i].load.detailed = true;
        trial->steps[i] =
            (struct context_step){.record = &trial->records[i], .usage = &trial->usages[i], .valid = true};
    }
}

void caused_trial_release(struct caused_trial *trial)
{
    for (size_t i = 0; i < trial->context.step_count; i++) {
        step_record_release(&trial->records[i]);
    }
}

void caused_trial_stall(struct caused_trial *trial, size_t step, double at_ms, double length_ms)
{
    struct stall_list *list = &trial->records[step].load.stalls;
    *list_add(list->stalls, list->count) =
        (struct stall){.at_ns = (uint64_t)(at_ms * 1e6), .length_ns = (uint64_t)(length_ms * 1e6)};
}

struct cause_finding caused_trial_find(struct caused_trial *trial, size_t step)
{
    struct step_verdict verdict = judge_record(&trial->records[step], &usual_limits, NULL, false);
    struct cause_finding finding;

    for (size_t i = 0; i < trial->context.step_count; i++) {
        step_usage_find(&trial->records[i], trial->cores, &trial->usages[i]);
    }
    assert_true(verdict.verdict == VERDICT_BREAK || verdict.verdict == VERDICT_UNDECIDED);
    cause_find(&trial->records[step], &verdict, &trial->usages[step], &trial->context, &finding);
    return finding;
}
