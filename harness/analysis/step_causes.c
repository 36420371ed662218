#include "analysis/step_causes.h"

#include "analysis/usage/memory_usage.h"
#include "base/mem.h"

#include <stdlib.h>

static size_t same_trial(const struct step_finding *steps, size_t count)
{
    size_t length = 1;
    while (length < count && steps[length].record->trial == steps[0].record->trial) {
        length++;
    }
    return length;
}

/* One that has not decided may be part of what breaks its load, together with other runs of it. */
static bool has_cause(const struct step_verdict *verdict)
{
    bool over = false;

    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        over = over || verdict->limits[i].over;
    }
    return verdict->verdict == VERDICT_BREAK || verdict->verdict == VERDICT_INVALID ||
           (verdict->verdict == VERDICT_UNDECIDED && over);
}

static void find_trial(struct step_finding *steps, size_t count, struct cause_context *context)
{
    struct context_step *around = mem_new(count, sizeof *around);

    for (size_t i = 0; i < count; i++) {
        around[i] = (struct context_step){.record = steps[i].record,
                                          .usage = &steps[i].usage,
                                          .valid = steps[i].verdict.verdict != VERDICT_INVALID};
    }
    context->steps = around;
    context->step_count = count;
    for (size_t i = 0; i < count; i++) {
        struct step_finding *step = &steps[i];
        if (has_cause(&step->verdict)) {
            cause_find(step->record, &step->verdict, &step->usage, context, &step->cause);
        }
    }
    free(around);
}

void step_causes_find(struct step_finding *steps, size_t count, const struct memory_reading *idle, bool cores_shared)
{
    struct cause_context context = {.idle_bytes = memory_usage_at_reading(idle), .cores_shared = cores_shared};

    for (size_t i = 0, length; i < count; i += length) {
        length = same_trial(&steps[i], count - i);
        find_trial(&steps[i], length, &context);
    }
}
