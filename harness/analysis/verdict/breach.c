#include "analysis/verdict/breach.h"

#include "analysis/verdict/request_outcome.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

const enum limit limits_on_requests[LIMITS_ON_REQUESTS] = {LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_THROUGHPUT};

const char *limit_name(enum limit limit)
{
    static const char *const names[LIMIT_COUNT] = {
        [LIMIT_LATENCY] = "latency", [LIMIT_ERRORS] = "errors", [LIMIT_THROUGHPUT] = "throughput",
        [LIMIT_MEMORY] = "memory",   [LIMIT_GROWTH] = "growth", [LIMIT_QUEUE] = "queue",
        [LIMIT_CRASH] = "crash",
    };
    assert(limit < LIMIT_COUNT);
    return names[limit];
}

/* What one interval says of the limit. */
struct violation {
    bool found;
    bool sure; /* it has requests enough to say so alone */
};

static struct violation violation_in(const struct step_record *step, size_t interval, const struct limits *limits,
                                     enum limit limit)
{
    struct request_outcome outcome = request_outcome_of_interval(step, interval, limits);

    return (struct violation){.found = request_outcome_breaks(&outcome, limits, limit),
                              .sure = request_outcome_is_enough(&outcome, limits, limit)};
}

uint64_t breach_first_ns(const struct step_record *step, const struct limits *limits, enum limit limit)
{
    size_t count = step->load.interval_count, first = count > 0 ? count - 1 : 0;
    struct violation before = {false, false};
    bool blip = false;

    for (size_t i = 0; i < count; i++) {
        struct violation now = violation_in(step, i, limits, limit);
        if (before.found && (before.sure || now.found)) {
            first = i - 1;
            break;
        }
        if (now.found && !blip) {
            blip = true;
            first = i;
        }
        before = now;
    }
    return (first + 1) * step->load.interval_ns;
}
