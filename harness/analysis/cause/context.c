#include "analysis/cause/context.h"

const struct context_step *context_lower(const struct cause_context *context, const struct step_record *step)
{
    const struct context_step *found = NULL;

    for (size_t i = 0; i < context->step_count; i++) {
        const struct context_step *other = &context->steps[i];
        if (other->valid && other->record->level <= step->level / 2 &&
            (found == NULL || other->record->level > found->record->level)) {
            found = other;
        }
    }
    return found;
}

const struct context_step *context_higher(const struct cause_context *context, const struct step_record *step)
{
    const struct context_step *found = NULL;

    for (size_t i = 0; i < context->step_count; i++) {
        const struct context_step *other = &context->steps[i];
        if (other->valid && other->record->level / 2 >= step->level &&
            (found == NULL || other->record->level < found->record->level)) {
            found = other;
        }
    }
    return found;
}
